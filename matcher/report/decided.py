"""Read what was really decided, to put a plan beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matcher.exceptions import InputError, UsageError
from matcher.intake.folding import fold
from matcher.intake.grid import Grid, GridRow, column_letters
from matcher.intake.text_files import read_text_grid
from matcher.issues import Issue, Location, Severity

_MENTEE_HEADINGS = {"mentee id", "mentee", "school id"}
_MENTOR_HEADINGS = {"mentor id", "mentor", "host id", "host"}


@dataclass(frozen=True, slots=True)
class Decided:
    """One placement that was really decided."""

    mentee_id: str
    mentor_id: str


def read_decided(path: Path) -> list[Decided]:
    """Read what was decided from a CSV file with the columns *mentee_id* and *mentor_id*.

    Parameters
    ----------
    path : Path
        Any delimiter and encoding that an intake may have; other columns are left aside. A row without a
        mentor says that the school was decided to have none and is left out.

    Raises
    ------
    UsageError
        If the file does not exist.
    InputError
        With every located fault: a missing column, a row without a mentee, a mentee decided twice.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise UsageError(f"{path} is not a file.") from None
    grid, issues = read_text_grid(data, path.name, _heading_score)
    found, faults = _decided(grid)
    errors = tuple(issue for issue in (*issues, *faults) if issue.is_error)
    if errors:
        raise InputError(errors)
    return found


def _decided(grid: Grid) -> tuple[list[Decided], list[Issue]]:
    head = max(grid.rows, key=lambda row: _heading_score([_texts(row)]), default=None)
    mentee_at = _column(head, _MENTEE_HEADINGS)
    mentor_at = _column(head, _MENTOR_HEADINGS)
    if head is None or mentee_at is None or mentor_at is None:
        missing = "mentee_id" if mentee_at is None else "mentor_id"
        problem = f"There is no column '{missing}'."
        return [], [Issue(Severity.ERROR, "column-missing", Location(grid.file), "", problem, "Add it.")]
    found: dict[str, Decided] = {}
    faults: list[Issue] = []
    for row in grid.rows:
        if row.number <= head.number or row.is_blank:
            continue
        mentee, mentor = row.cell(mentee_at).text, row.cell(mentor_at).text
        place = Location(grid.file, "", row.number, column_letters(mentee_at), head.cell(mentee_at).text)
        if not mentee:
            problem, advice = "The row names no mentee.", "Write its id."
            faults.append(Issue(Severity.ERROR, "id-missing", place, "", problem, advice))
        elif mentee in found:
            problem, advice = "The mentee was decided twice.", "Keep one of the rows."
            faults.append(Issue(Severity.ERROR, "duplicate-id", place, mentee, problem, advice))
        elif mentor:
            found[mentee] = Decided(mentee, mentor)
    return list(found.values()), faults


def _texts(row: GridRow) -> list[str]:
    return [cell.text for cell in row.cells]


def _heading_score(rows: list[list[str]]) -> int:
    known = (_MENTEE_HEADINGS, _MENTOR_HEADINGS)
    return max((sum(any(fold(cell) in names for cell in row) for names in known) for row in rows), default=0)


def _column(head: GridRow | None, names: set[str]) -> int | None:
    """Position of the first heading in `names`; one that ends in *id* comes first."""
    if head is None:
        return None
    hits = [at for at, text in enumerate(_texts(head)) if fold(text) in names]
    return min(hits, key=lambda at: not fold(head.cell(at).text).endswith(" id"), default=None)
