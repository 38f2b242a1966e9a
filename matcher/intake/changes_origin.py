"""Where the records of a changed intake stand: in the changes, in the new schools, or in the run's intake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.intake.changes_apply import LINKS
from matcher.intake.changes_reader import ChangeRow
from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading, Origin, Table
from matcher.issues import Issue, Location
from matcher.profiles import Intake

SEALED = "intake of the earlier run"
_KEYS = {"school_a": "school", "school_b": "other", "kind": "change", "reason": "reason"}
"""Key of a change for each field of the link that it makes."""


@dataclass(frozen=True)
class ChangedOrigin(Origin):
    """Places in an intake that changes were applied to; what is new stands last in its table.

    Attributes
    ----------
    rows : tuple of ChangeRow
        Those that made links, in order.
    joining : IntakeReading or None
    sizes : dict of Table to int
        Number of records of each table of the changed intake.
    """

    rows: tuple[ChangeRow, ...] = ()
    joining: IntakeReading | None = None
    sizes: dict[Table, int] | None = None

    def locate(self, table: Table, index: int | None = None, field_name: str | None = None) -> Location:
        """Return the place of a record; what was there before has none but its table."""
        before = Location(SEALED, table.value.capitalize())
        if index is None or self.sizes is None:
            return before
        back = self.sizes[table] - index  # 1 for the last record
        if table is Table.LINKS:
            if back <= len(self.rows):
                return self.rows[-back].at(_KEYS.get(field_name or "", "change"))
            back -= len(self.rows)
        theirs = () if self.joining is None else _records(self.joining.intake, table)
        if self.joining is not None and back <= len(theirs):
            return self.joining.origin.locate(table, len(theirs) - back, field_name)
        return before


def check_changed(
    before: Intake, after: Intake, rows: Sequence[ChangeRow], joining: IntakeReading | None = None
) -> tuple[tuple[Issue, ...], Origin]:
    """Check a changed intake.

    Parameters
    ----------
    before, after : Intake
        Without and with the changes.
    rows : sequence of ChangeRow
        The changes.
    joining : IntakeReading, optional
        The new schools.

    Returns
    -------
    issues : tuple of Issue
        All findings, those that the intake had before among them. Where there are errors, only what
        is new.
    origin : Origin
        Where the records stand.
    """
    made = tuple(row for row in rows if row.change.change in LINKS)
    sizes = {table: len(_records(after, table)) for table in Table}
    origin = ChangedOrigin(rows=made, joining=joining, sizes=sizes)
    issues = check_intake(IntakeReading(after, origin=origin))
    if any(issue.is_error for issue in issues):
        known = {(one.code, one.value, one.problem) for one in check_intake(IntakeReading(before))}
        issues = tuple(
            one for one in issues if one.is_error or (one.code, one.value, one.problem) not in known
        )
    return issues, origin


def _records(intake: Intake, table: Table) -> Sequence[object]:
    found: Sequence[object] = () if table is Table.PROGRAMME else getattr(intake, table.value)
    return found
