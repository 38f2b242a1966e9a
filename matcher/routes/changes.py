"""What a person asks to change: changes file, corrected workbook, new schools – read and checked together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.changes import HAND_EDITS, Change, ChangeKind
from matcher.exceptions import InputError, UsageError
from matcher.intake import read_intake
from matcher.intake.changes_checks import check_changes
from matcher.intake.changes_reader import ChangeRow, ChangesReading, read_changes
from matcher.intake.folding import fold
from matcher.intake.origin import IntakeReading, SourceFile
from matcher.issues import Issue, Location, Severity
from matcher.models import refuse_hubs
from matcher.profiles import Intake, School
from matcher.report.pins import PinEdit, read_pins
from matcher.report.workbook import ASSIGNMENTS
from matcher.runs.opened import OpenRun
from matcher.runs.record import EditRecord, sha256_of_file


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Changes that were read and hold no fault.

    Attributes
    ----------
    rows : tuple of ChangeRow
    joining : IntakeReading or None
        The new schools.
    sources : tuple of SourceFile
        Files that were read.
    warnings : tuple of Issue
        What is strange about the files.
    """

    rows: tuple[ChangeRow, ...]
    joining: IntakeReading | None = None
    sources: tuple[SourceFile, ...] = ()
    warnings: tuple[Issue, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(row.change for row in self.rows)


def hosts_of(run: OpenRun) -> dict[str, str | None]:
    """Mentor id of each mentee id of a run; None without one."""
    placed: dict[str, str | None] = dict.fromkeys(run.encoding.mentee_ids)
    return placed | {row.mentee_id: row.host_id for row in run.document.assignments}


def read_request(
    run: OpenRun,
    changes: Path | Sequence[Change] | None = None,
    *,
    pins: Path | None = None,
    new_schools: Path | IntakeReading | Intake | None = None,
    only_edits: bool = False,
) -> Request:
    """Read what is to change in a run, and find every fault of it at once.

    Parameters
    ----------
    run : OpenRun
    changes : Path or sequence of Change, optional
        A changes file, a ``result.xlsx`` with *Pin?* and *Change to* filled in, or the changes themselves.
    pins : Path, optional
        A ``result.xlsx`` beside the changes file.
    new_schools : Path, IntakeReading or Intake, optional
        Intake with the new schools; all of them join.
    only_edits : bool
        Whether only pins and moves are allowed.

    Returns
    -------
    Request

    Raises
    ------
    UsageError
        If nothing is given, a file is not there or of no known kind, or the run's clusters have no single
        mentor.
    InputError
        With all faults of all files.
    """
    refuse_hubs(run.encoding.policy, "A change by hand or a rematch")
    if changes is None and pins is None and new_schools is None:
        raise UsageError("Nothing is to change: give --changes, --pins or --new-schools.")
    joining = _joining(new_schools, run)
    known = [*run.encoding.mentee_ids]
    known += [] if joining is None else [school.school_id for school in joining.intake.mentees]
    hosts = hosts_of(run)
    schools = (*run.encoding.intake.schools, *(() if joining is None else joining.intake.schools))
    readings = [_with_ids(_reading(changes, hosts, known), schools)] if changes is not None else []
    if pins is not None:
        readings.append(_pinned(pins, hosts, known))
    rows = tuple(row for reading in readings for row in reading.rows)
    issues = [issue for reading in readings for issue in reading.issues]
    issues += list(joining.issues) if joining is not None else []
    issues += check_changes(
        rows,
        run.encoding.intake,
        run.encoding.policy,
        hosts=hosts,
        joining=joining,
        faulty=[row for reading in readings for row in reading.faulty],
    )
    if only_edits:
        issues += [_no_edit(row) for row in rows if row.change.change not in HAND_EDITS]
    if any(issue.is_error for issue in issues):
        raise InputError(_in_order(issues))
    if not rows and joining is None:
        raise UsageError("Nothing is to change: the file holds no change.")
    sources = [source for reading in readings for source in reading.sources]
    sources += list(joining.sources) if joining is not None else []
    return Request(rows, joining, tuple(sources), tuple(issues))


def _in_order(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Sort faults file by file (in the order in which they were read), sheet by sheet and row by row."""
    files = list(dict.fromkeys(issue.location.file for issue in issues))
    return tuple(
        sorted(
            issues,
            key=lambda one: (files.index(one.location.file), one.location.sheet, one.location.row or 0),
        )
    )


def edit_records(request: Request, run: OpenRun) -> tuple[EditRecord, ...]:
    """Say for the record what was changed by hand, by whom, why, and where it was read from."""
    hosts = hosts_of(run)
    schools = {school.school_id: school for school in run.encoding.intake.schools}
    return tuple(_edit(row, hosts, schools.get(row.change.school)) for row in request.rows)


def _edit(row: ChangeRow, hosts: dict[str, str | None], school: object) -> EditRecord:
    change = row.change
    what, before, after = change.change.value, None, change.other
    if change.change in HAND_EDITS:
        what, before = "mentor", hosts.get(change.school)
        after = change.other or before
    elif change.change is ChangeKind.CAPACITY:
        places = getattr(school, "max_load", None)
        what, before, after = "max load", None if places is None else str(places), str(change.value)
    return EditRecord(
        what=what,
        school=change.school,
        before=before,
        after=after,
        author=change.author,
        reason=change.reason,
        source=str(row.place),
    )


def _joining(source: Path | IntakeReading | Intake | None, run: OpenRun) -> IntakeReading | None:
    if source is None or isinstance(source, IntakeReading):
        return source
    if isinstance(source, Intake):
        return IntakeReading(source)
    return read_intake(source, as_of=run.encoding.intake.as_of)


def _reading(
    changes: Path | Sequence[Change], hosts: dict[str, str | None], known: list[str]
) -> ChangesReading:
    if not isinstance(changes, Path):
        return ChangesReading(
            tuple(ChangeRow(one, Location("changes", row=at)) for at, one in enumerate(changes, start=1))
        )
    return _pinned(changes, hosts, known) if _is_result(changes) else read_changes(changes)


def _with_ids(reading: ChangesReading, schools: Sequence[School]) -> ChangesReading:
    """Put the id where a row gives a school's name, as far as one school alone has that name."""
    ids = {school.school_id for school in schools}
    named: dict[str, set[str]] = {}
    for school in schools:
        named.setdefault(fold(school.name), set()).add(school.school_id)

    def own(text: str | None) -> str | None:
        found = named.get(fold(text or ""), set())
        return text if text in ids or len(found) != 1 else next(iter(found))

    def translated(row: ChangeRow) -> ChangeRow:
        names = {"school": own(row.change.school), "other": own(row.change.other)}
        return replace(row, change=row.change.model_copy(update=names))

    return replace(
        reading,
        rows=tuple(translated(row) for row in reading.rows),
        faulty=tuple(translated(row) for row in reading.faulty),
    )


def _is_result(path: Path) -> bool:
    """Whether a workbook is a result that was corrected: it has the sheet Assignments."""
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        return False
    from matcher.intake.xlsx_grids import read_xlsx_grids  # noqa: PLC0415 - loads openpyxl

    try:
        grids = read_xlsx_grids(path.read_bytes(), path.name)
    except UsageError:
        return False  # whoever reads it as a changes file says so, with what else is wrong
    return any(fold(grid.sheet) == fold(ASSIGNMENTS) for grid in grids)


def _pinned(path: Path, hosts: dict[str, str | None], known: list[str]) -> ChangesReading:
    found = read_pins(path, mentee_ids=known)
    rows = []
    issues = list(found.issues)
    for edit in found.edits:
        if hosts.get(edit.mentee_id) != edit.before:
            issues.append(_stale(edit, hosts.get(edit.mentee_id)))
        kind = ChangeKind.PIN if hosts.get(edit.mentee_id) == edit.after else ChangeKind.MOVE
        change = Change(
            change=kind, school=edit.mentee_id, other=edit.after, reason=edit.reason, author=edit.author
        )
        rows.append(ChangeRow(change, Location(edit.place)))
    return ChangesReading(tuple(rows), tuple(issues), (SourceFile(path.name, sha256_of_file(path)),))


def _stale(edit: PinEdit, host: str | None) -> Issue:
    return Issue(
        Severity.ERROR,
        "not-of-this-run",
        Location(edit.place),
        edit.mentee_id,
        f"The school has mentor {edit.before or 'none'} in this workbook, {host or 'none'} in the run.",
        "Fill in the result.xlsx of the run itself.",
    )


def _no_edit(row: ChangeRow) -> Issue:
    problem = "A hand edit pins or moves schools; this changes what the plan is made from."
    return Issue(
        Severity.ERROR,
        "no-edit",
        row.at("change"),
        row.change.change.value,
        problem,
        "Use `matcher rematch` for it.",
    )
