"""Faults of a sheet's shape: merged cells, hidden rows, cells beyond the headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.intake.grid import Grid, GridRow, column_letters
from matcher.intake.header_map import HeaderMap
from matcher.issues import Issue, Location, Severity

_SHOWN = 10


def grid_issues(grid: Grid, body: Sequence[GridRow], header: HeaderMap) -> Iterator[Issue]:
    """Yield the faults of the shape of a sheet.

    Parameters
    ----------
    grid : Grid
    body : sequence of GridRow
        The rows below the headings that are not blank.
    header : HeaderMap
    """
    if grid.hidden:
        yield Issue(
            Severity.WARNING,
            "hidden-sheet",
            Location(grid.file, grid.sheet),
            "",
            "The sheet is hidden, and was read.",
            "Delete the sheet if it is not meant.",
        )
    hidden = [row.number for row in body if row.hidden]
    if hidden:
        listed = ", ".join(map(str, hidden[:_SHOWN])) + (" …" if len(hidden) > _SHOWN else "")
        yield Issue(
            Severity.WARNING,
            "hidden-rows",
            Location(grid.file, grid.sheet, hidden[0]),
            "",
            f"{len(hidden)} hidden row(s) were read: {listed}.",
            "Delete the rows if they are not meant; a filter only hides them.",
        )
    yield from _merged(grid, body, header)
    yield from _beyond(grid, body, header)


def _merged(grid: Grid, body: Sequence[GridRow], header: HeaderMap) -> Iterator[Issue]:
    numbers = {row.number for row in body}
    known = dict(header.fields.values())
    for area in grid.merged:
        columns = [index for index in range(area.first_column, area.last_column + 1) if index in known]
        rows = [number for number in range(area.first_row, area.last_row + 1) if number in numbers]
        covers_more = (area.last_row > area.first_row) or len(columns) > 1
        if columns and rows and covers_more:
            first, last = column_letters(area.first_column), column_letters(area.last_column)
            yield Issue(
                Severity.ERROR,
                "merged-cells",
                Location(grid.file, grid.sheet, area.first_row, first, known[columns[0]]),
                "",
                f"The cells {first}{area.first_row} to {last}{area.last_row} are merged: only one is filled.",
                "Unmerge the cells and write the value into each of them.",
            )


def _beyond(grid: Grid, body: Sequence[GridRow], header: HeaderMap) -> Iterator[Issue]:
    named = {index for index, _ in header.fields.values()} | {index for index, _ in header.dropped}
    unnamed: dict[int, int] = {}
    for row in body:
        for index, cell in enumerate(row.cells):
            if not cell.text or index in named:
                continue
            if index >= header.width:
                yield Issue(
                    Severity.ERROR,
                    "too-many-cells",
                    Location(grid.file, grid.sheet, row.number, column_letters(index)),
                    "",  # the cell is of no column that may be read, so it may be contact data
                    "The row has more cells than there are headings, so its cells may have slipped sideways.",
                    "Put a cell that holds the separator (as in 45,8) between quotation marks.",
                )
                break
            unnamed.setdefault(index, row.number)
    for index, number in sorted(unnamed.items()):
        yield Issue(
            Severity.WARNING,
            "column-without-heading",
            Location(grid.file, grid.sheet, number, column_letters(index)),
            "",
            f"Column {column_letters(index)} holds values but has no heading; it was not read.",
            "Give the column a heading, or delete it.",
        )
