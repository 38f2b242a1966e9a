"""Find the row of headings and decide which column holds which field."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.intake.columns import Sheet
from matcher.intake.folding import fold
from matcher.intake.grid import Grid, GridRow, column_letters
from matcher.intake.heading_hints import doubtful_field, meant_field, without_unit
from matcher.intake.headings import CONTACT
from matcher.issues import Issue, Location, Severity

SEARCHED_ROWS = 25
_FEWEST = 2
_CONTACT_WORDS = frozenset(fold(word) for word in CONTACT.split("|"))


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """Which column of a grid holds which field.

    Attributes
    ----------
    row : int
        Number of the row of headings, as shown.
    fields : dict of str to (int, str)
        Field → column (from 0) and heading as it stands in the file.
    dropped : tuple of (int, str)
        Columns left out by the allow-list and their headings.
    width : int
        Number of cells of the row of headings.
    """

    row: int
    fields: dict[str, tuple[int, str]]
    dropped: tuple[tuple[int, str], ...]
    width: int


def field_of(heading: str, sheet: Sheet) -> str | None:
    """Return the field that a heading stands for, with or without a unit or a star behind it."""
    found = sheet.headings.get(fold(heading))
    return found or sheet.headings.get(fold(without_unit(heading)))


def matched_fields(cells: list[str], sheet: Sheet) -> int:
    """Return how many different fields the headings in `cells` stand for."""
    return len({found for cell in cells if cell and (found := field_of(cell, sheet))})


def map_headings(grid: Grid, sheet: Sheet) -> tuple[HeaderMap | None, list[Issue]]:
    """Find the row of headings among the first rows and map its columns.

    Parameters
    ----------
    grid : Grid
    sheet : Sheet

    Returns
    -------
    HeaderMap or None
        None when no row of headings was found or a required column is missing or doubled.
    list of Issue
        What is wrong with the headings, and which were left out.
    """
    row = _heading_row(grid, sheet)
    if row is None:
        return None, [_no_headings(grid, sheet)]
    fields: dict[str, tuple[int, str]] = {}
    dropped: list[tuple[int, str]] = []
    issues: list[Issue] = []
    for index, cell in enumerate(row.cells):
        heading = " ".join(cell.text.split())
        found = field_of(heading, sheet) if heading else None
        if found is None:
            if heading:
                dropped.append((index, heading))
        elif found in fields:
            issues.append(_twice(grid, row, index, heading, fields[found]))
        else:
            fields[found] = (index, heading)
    issues.extend(_missing(grid, sheet, row, fields, dropped))
    issues.extend(_left_out(grid, sheet, row, fields, dropped))
    if any(issue.is_error for issue in issues):
        return None, issues
    return HeaderMap(row.number, fields, tuple(dropped), len(row.cells)), issues


def _heading_row(grid: Grid, sheet: Sheet) -> GridRow | None:
    candidates = [row for row in grid.rows if row.number <= SEARCHED_ROWS]
    best = max(candidates, key=lambda row: _hits(row, sheet), default=None)
    return best if best is not None and _hits(best, sheet) >= _FEWEST else None


def _hits(row: GridRow, sheet: Sheet) -> int:
    return matched_fields([cell.text for cell in row.cells], sheet)


def _no_headings(grid: Grid, sheet: Sheet) -> Issue:
    wanted = ", ".join(column.heading for column in sheet.columns if column.must_be_there)
    return Issue(
        Severity.ERROR,
        "headings-not-found",
        Location(grid.file, grid.sheet),
        "",
        f"None of the first {SEARCHED_ROWS} rows holds the headings of {sheet.title}.",
        f"Give the columns headings; needed are: {wanted}. 'matcher template' writes an empty workbook.",
    )


def _twice(grid: Grid, row: GridRow, index: int, heading: str, first: tuple[int, str]) -> Issue:
    letters = column_letters(first[0])
    return Issue(
        Severity.ERROR,
        "column-twice",
        Location(grid.file, grid.sheet, row.number, column_letters(index), heading),
        heading,
        f"This column says the same as column {letters} ('{first[1]}').",
        "Keep one of the two columns and delete or rename the other.",
    )


def _missing(
    grid: Grid,
    sheet: Sheet,
    row: GridRow,
    fields: dict[str, tuple[int, str]],
    dropped: list[tuple[int, str]],
) -> list[Issue]:
    issues = []
    for column in sheet.columns:
        if not column.must_be_there or column.field in fields:
            continue
        near = next((text for _, text in dropped if _meant(text, sheet) == column.field), None)
        advice = f"Is it '{near}'? Then name it '{column.heading}'." if near else "Add it with this heading."
        issues.append(
            Issue(
                Severity.ERROR,
                "column-missing",
                Location(grid.file, grid.sheet, row.number),
                "",
                f"The column '{column.heading}' is missing from {sheet.title}.",
                advice,
            )
        )
    return issues


def _left_out(
    grid: Grid,
    sheet: Sheet,
    row: GridRow,
    fields: dict[str, tuple[int, str]],
    dropped: list[tuple[int, str]],
) -> list[Issue]:
    if not dropped:
        return []
    contact = [text for _, text in dropped if is_contact(text)]
    others = [text for _, text in dropped if not is_contact(text)]
    parts = []
    if others:
        parts.append("columns that the form does not know: " + ", ".join(others))
    if contact:
        parts.append("contact data, which matching must not hold: " + ", ".join(contact))
    meant = [(text, name) for text in others if (name := _meant(text, sheet)) and name not in fields]
    return [
        Issue(
            Severity.WARNING,
            "column-dropped",
            Location(grid.file, grid.sheet, row.number),
            "",
            f"Not read: {'; '.join(parts)}.",
            _advice(meant, sheet) if others else _CONTACT_ADVICE,
        )
    ]


_CONTACT_ADVICE = "Nothing to do; best delete them from the file."
_GUIDE = "give it the heading that the guide lists for it ('matcher template' writes all headings)."


def _advice(meant: list[tuple[str, str]], sheet: Sheet) -> str:
    asked = " ".join(f"'{text}': did you mean {_described(text, name, sheet)}?" for text, name in meant)
    return f"{asked} If one of these should count, {_GUIDE}".strip()


def _described(text: str, name: str, sheet: Sheet) -> str:
    """Name a column; where the heading often means something else, say what the column holds."""
    column = sheet.column(name)
    meaning = column.meaning[0].lower() + column.meaning[1:].split(". ")[0].rstrip(".")
    return f"'{column.heading}' ({meaning})" if doubtful_field(text, sheet) else f"'{column.heading}'"


def _meant(heading: str, sheet: Sheet) -> str | None:
    return None if is_contact(heading) else meant_field(heading, sheet)


def is_contact(heading: str) -> bool:
    """Whether a heading speaks of contact data or of a person."""
    folded = fold(heading)
    padded = f" {folded} "
    return "mail" in folded or "phone" in folded or any(f" {word} " in padded for word in _CONTACT_WORDS)
