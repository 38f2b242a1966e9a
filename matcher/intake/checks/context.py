"""What every check is given: the intake, where it stands, and a short way to make a located issue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from matcher.intake.origin import IntakeReading, Table
from matcher.issues import Issue, Severity
from matcher.profiles import Intake, Role, School

if TYPE_CHECKING:
    from matcher.profiles import Link

Cell = tuple[Table, int | None, str | None]
"""Where an issue is: a table, a record (None: the table as a whole), a field (None: the whole record)."""


@dataclass(frozen=True)
class CheckContext:
    """An intake under examination.

    Attributes
    ----------
    reading : IntakeReading
        The intake as it was read, with the place of each record.
    """

    reading: IntakeReading

    @property
    def intake(self) -> Intake:
        """The intake itself."""
        return self.reading.intake

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position of the first school that bears each id, in reading order."""
        found: dict[str, int] = {}
        for at, school in enumerate(self.intake.schools):
            found.setdefault(school.school_id, at)
        return found

    @cached_property
    def schools(self) -> dict[str, School]:
        """First school that bears each id, in reading order."""
        return {key: self.intake.schools[at] for key, at in self.positions.items()}

    @cached_property
    def mentees(self) -> tuple[School, ...]:
        """Mentees, each id once, sorted by id."""
        return self._with_role(Role.MENTEE)

    @cached_property
    def mentors(self) -> tuple[School, ...]:
        """Mentors, each id once, sorted by id."""
        return self._with_role(Role.MENTOR)

    @property
    def rejected_ids(self) -> frozenset[str]:
        """Ids of schools that the reader had to leave out; nothing that names them is a fault."""
        return self.reading.rejected_ids

    @cached_property
    def schools_are_unreadable(self) -> bool:
        """Whether no school could be read at all, so that no id can be called unknown."""
        return not self.intake.schools and self.reading.has_errors

    @cached_property
    def schools_are_complete(self) -> bool:
        """Whether every school could be read, so that counts of schools mean something."""
        return not (
            self.rejected_ids or self.schools_are_unreadable or self.has_reading_errors(Table.SCHOOLS)
        )

    @cached_property
    def links_in_force(self) -> tuple[tuple[int, Link], ...]:
        """Position and link of every link that holds on the intake's date."""
        as_of = self.intake.as_of
        return tuple((at, link) for at, link in enumerate(self.intake.links) if link.in_force(as_of))

    def has_reading_errors(self, table: Table) -> bool:
        """Whether the reader itself found errors in this table, so that records may be missing from it."""
        place = self.reading.origin.locate(table)
        return any(
            issue.is_error and (issue.location.file, issue.location.sheet) == (place.file, place.sheet)
            for issue in self.reading.issues
        )

    def error(self, code: str, cell: Cell, value: object, problem: str, advice: str) -> Issue:
        """Make an error at `cell`."""
        location = self.reading.origin.locate(*cell)
        return Issue(Severity.ERROR, code, location, _text(value), problem, advice)

    def warning(self, code: str, cell: Cell, value: object, problem: str, advice: str) -> Issue:
        """Make a warning at `cell`."""
        location = self.reading.origin.locate(*cell)
        return Issue(Severity.WARNING, code, location, _text(value), problem, advice)

    def place(self, table: Table, index: int, field: str | None = None) -> str:
        """Say where another record stands, e.g. ``A4 of Schools``, or its number if there is no file."""
        location = self.reading.origin.locate(table, index, field)
        if not location.cell:
            return f"record {index + 1} of {table.value.capitalize()}"
        return f"{location.cell} of {location.sheet or location.file}"

    def _with_role(self, role: Role) -> tuple[School, ...]:
        return tuple(self.schools[key] for key in sorted(self.schools) if self.schools[key].role is role)


def _text(value: object) -> str:
    return "" if value is None else str(value)
