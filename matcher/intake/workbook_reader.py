"""Read an intake from a workbook: which sheet is which table."""

from __future__ import annotations

import hashlib
from datetime import date

from matcher.intake.assemble import assemble
from matcher.intake.columns import COPY_NOTE, SCHOOLS, SHEET_NAMES, SHEETS, is_note_sheet, table_named
from matcher.intake.folder import missing_schools
from matcher.intake.folding import closest
from matcher.intake.grid import Grid
from matcher.intake.header_map import SEARCHED_ROWS, matched_fields
from matcher.intake.ods_grids import read_ods_grids
from matcher.intake.origin import IntakeReading, SourceFile, Table
from matcher.intake.xlsx_grids import read_xlsx_grids
from matcher.issues import Issue, Location, Severity

_LOOKS_LIKE = 4


def read_workbook(data: bytes, file: str, *, as_of: date | None = None) -> IntakeReading:
    """Read an intake from the bytes of a workbook.

    Parameters
    ----------
    data : bytes
        The whole file, ``.xlsx`` or ``.ods`` by the name.
    file : str
        Name without folder.
    as_of : date, optional
        Goes before the workbook's own date.

    Raises
    ------
    UsageError
        If the file is protected by a password or is no workbook.
    """
    is_ods = file.lower().endswith(".ods")
    sheets = read_ods_grids(data, file) if is_ods else read_xlsx_grids(data, file)
    issues: list[Issue] = []
    grids: dict[Table, Grid] = {}
    for grid in sheets:
        table = table_named(grid.sheet)
        if table is None:
            issues.extend(_ignored(grid))
        elif table in grids:
            issues.append(_twice(grid, grids[table].sheet, table))
        else:
            grids[table] = grid
    if Table.SCHOOLS not in grids:
        issues.append(_no_schools(file, sheets))
    source = SourceFile(file, hashlib.sha256(data).hexdigest())
    return assemble(grids, issues=issues, sources=(source,), as_of=as_of)


def _ignored(grid: Grid) -> list[Issue]:
    if _is_marked_copy(grid):
        return [_marked_copy(grid)]
    if is_note_sheet(grid.sheet) or not grid.rows:
        return []
    near = closest(grid.sheet, SHEET_NAMES)
    table = table_named(near) if near else None
    known = ", ".join(sheet.title for sheet in SHEETS.values())
    advice = f"Did you mean '{SHEETS[table].title}'?" if table else f"Sheets that are read: {known}."
    return [
        Issue(
            Severity.WARNING,
            "sheet-ignored",
            Location(grid.file, grid.sheet),
            "",
            "The form has no sheet of this name; it was not read.",
            advice,
        )
    ]


def _is_marked_copy(grid: Grid) -> bool:
    return bool(grid.rows) and any(cell.text == COPY_NOTE for cell in grid.rows[0].cells)


def _marked_copy(grid: Grid) -> Issue:
    return Issue(
        Severity.WARNING,
        "marked-copy",
        Location(grid.file, grid.sheet),
        "",
        "This file is a marked copy: columns that were not read are empty in it, and rows may be missing.",
        "Correct your own file, then check that again.",
    )


def _twice(grid: Grid, first: str, table: Table) -> Issue:
    return Issue(
        Severity.ERROR,
        "table-twice",
        Location(grid.file, grid.sheet),
        "",
        f"This sheet and '{first}' are both {SHEETS[table].title}.",
        "Put the rows on one sheet.",
    )


def _no_schools(file: str, sheets: list[Grid]) -> Issue:
    for grid in sheets:
        rows = [[cell.text for cell in row.cells] for row in grid.rows if row.number <= SEARCHED_ROWS]
        if max((matched_fields(cells, SCHOOLS) for cells in rows), default=0) >= _LOOKS_LIKE:
            return missing_schools(file, f"a sheet Schools (if it is '{grid.sheet}', rename that sheet)")
    return missing_schools(file, "a sheet Schools")
