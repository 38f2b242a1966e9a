"""From a grid to records: every cell read, every fault kept with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from matcher.intake.columns import EXAMPLE_PREFIX, Column, Sheet
from matcher.intake.faults import Fault, error
from matcher.intake.folding import fold
from matcher.intake.grid import EMPTY, Grid, GridRow, column_letters
from matcher.intake.header_map import HeaderMap, map_headings
from matcher.intake.kinds import parse_cell
from matcher.intake.model_faults import model_faults
from matcher.intake.origin import Table, TableOrigin
from matcher.intake.region_faults import region_faults
from matcher.intake.row_issues import grid_issues
from matcher.issues import Issue, Location, Severity

# Words for totals, sources and notes in the seven languages, folded.
_FOOT = (
    "total totals sum source note notes updated totaal bron opmerking ukupno izvor napomena "
    "celkem zdroj poznamka osszesen forras megjegyzes totale fonte nota"
)
_FOOT_WORDS = frozenset(_FOOT.split())
_UNIT = re.compile(r"[(\[][^)\]]*[)\]]\.?")


@dataclass(slots=True)
class TableReading:
    """What reading one sheet gave.

    Attributes
    ----------
    records : list of BaseModel
        Rows without an error, in order.
    issues : list of Issue
    origin : TableOrigin
        Where the records stand.
    dropped : list of str
        Headings left out, as ``Sheet: heading``.
    rejected : set of str
        Ids in rows left out because of an error (first identifier column).
    """

    records: list[BaseModel] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    origin: TableOrigin = field(default_factory=TableOrigin)
    dropped: list[str] = field(default_factory=list)
    rejected: set[str] = field(default_factory=set)


def read_table(grid: Grid, sheet: Sheet) -> TableReading:
    """Read every row of a sheet.

    Parameters
    ----------
    grid : Grid
        The sheet as text.
    sheet : Sheet
        What its columns are.

    Returns
    -------
    TableReading
    """
    reading = TableReading()
    header, issues = map_headings(grid, sheet)
    reading.issues.extend(issues)
    if header is None:
        reading.origin = TableOrigin(grid.file, grid.sheet)
        return reading
    body = tuple(row for row in grid.rows if row.number > header.row and not row.is_blank)
    reading.dropped = [f"{sheet.title}: {heading}" for _, heading in header.dropped]
    reading.issues.extend(grid_issues(grid, body, header))
    numbers: list[int] = []
    unread: set[int] = set()
    for row in body:
        if _is_units(row, header):
            reading.issues.append(_units(grid, row))
            unread.add(row.number)
        elif _is_foot(row, header, sheet):
            reading.issues.append(_ignored(grid, row))
            unread.add(row.number)
        elif _is_example(row, header, sheet):
            reading.issues.append(_example(grid, row))
            unread.add(row.number)
        else:
            record = _read_row(grid, row, header, sheet, reading)
            if record is not None:
                reading.records.append(record)
                numbers.append(row.number)
    columns = {name: (column_letters(index), text) for name, (index, text) in header.fields.items()}
    dropped = tuple((column_letters(index), text) for index, text in header.dropped)
    reading.origin = TableOrigin(
        grid.file, grid.sheet, tuple(numbers), columns, header.row, frozenset(unread), dropped
    )
    reading.issues = _merge_repeated(reading.issues)
    return reading


def _read_row(
    grid: Grid, row: GridRow, header: HeaderMap, sheet: Sheet, reading: TableReading
) -> BaseModel | None:
    values: dict[str, Any] = {}
    found: list[Issue] = []
    for column in sheet.columns:
        if column.field not in header.fields:
            continue
        parsed = parse_cell(column.kind, row.cell(header.fields[column.field][0]))
        values[column.field] = parsed.value
        faults = list(parsed.faults)
        if column.required and parsed.value is None and not faults:
            faults.append(_empty(column))
        found.extend(_place(fault, grid, row, header, column.field) for fault in faults)
    if sheet.table is Table.SCHOOLS:
        found.extend(_place(fault, grid, row, header, name) for name, fault in region_faults(values))
    record = None
    if not any(issue.is_error for issue in found):
        try:
            record = sheet.model.model_validate(
                {name: value for name, value in values.items() if value is not None}
            )
        except ValidationError as failure:
            found.extend(
                _place(fault, grid, row, header, name) for name, fault in model_faults(failure, sheet)
            )
    reading.issues.extend(found)
    if record is None and isinstance(values.get(sheet.columns[0].field), str):
        reading.rejected.add(values[sheet.columns[0].field])
    return record


def _place(fault: Fault, grid: Grid, row: GridRow, header: HeaderMap, name: str) -> Issue:
    index, heading = header.fields.get(name, (-1, ""))
    letters = column_letters(index) if index >= 0 else ""
    text = row.cell(index).text if index >= 0 else ""
    return fault.at(Location(grid.file, grid.sheet, row.number, letters, heading), text)


def _empty(column: Column) -> Fault:
    return error(
        "required-cell-empty",
        f"'{column.heading}' is not filled in.",
        f"Write {column.kind.format}.",
    )


def _is_foot(row: GridRow, header: HeaderMap, sheet: Sheet) -> bool:
    """Whether a row is a total or a note: a word for it in the first filled cell, and no record."""
    filled = [index for index, cell in enumerate(row.cells) if cell.text]
    words = fold(row.cells[filled[0]].text).split()
    needed = [header.fields[column.field][0] for column in sheet.columns if column.required]
    lacking = sum(not row.cell(index).text for index in needed)
    if 2 * lacking < len(needed):
        return False
    if len(filled) > 1:
        return words[:1] != [] and words[0] in _FOOT_WORDS
    return not words or any(word in _FOOT_WORDS for word in words)


def _is_units(row: GridRow, header: HeaderMap) -> bool:
    """Whether a row right below the headings holds nothing but units in brackets, such as ``(km)``."""
    filled = [cell.text for cell in row.cells if cell.text]
    return row.number == header.row + 1 and all(_UNIT.fullmatch(text) for text in filled)


def _is_example(row: GridRow, header: HeaderMap, sheet: Sheet) -> bool:
    ids = [
        column.field
        for column in sheet.columns
        if column.field in _ID_FIELDS and column.field in header.fields
    ]
    return any(row.cell(header.fields[name][0]).text.startswith(EXAMPLE_PREFIX) for name in ids)


_ID_FIELDS = frozenset({"school_id", "school_a", "school_b", "from_school", "to_school"})


def _ignored(grid: Grid, row: GridRow) -> Issue:
    # The note itself may name a person, and issues travel: its first word is enough to know it by.
    text = next((cell for cell in row.cells if cell.text), EMPTY).text
    return Issue(
        Severity.WARNING,
        "foot-row-ignored",
        Location(grid.file, grid.sheet, row.number),
        text.split()[0].rstrip(":"),
        "The row was taken for a total or a note and not read.",
        "If it is a record, fill in its required cells; otherwise nothing to do.",
    )


def _units(grid: Grid, row: GridRow) -> Issue:
    return Issue(
        Severity.WARNING,
        "units-row-ignored",
        Location(grid.file, grid.sheet, row.number),
        "",
        "The row below the headings holds only words in brackets; it was taken for units and not read.",
        "If it is a record, write its values without brackets; otherwise nothing to do.",
    )


def _example(grid: Grid, row: GridRow) -> Issue:
    return Issue(
        Severity.WARNING,
        "example-row-ignored",
        Location(grid.file, grid.sheet, row.number),
        "",
        "The template's example row is still there; it was not read.",
        "Delete the row when the form is filled in.",
    )


def _merge_repeated(issues: list[Issue]) -> list[Issue]:
    """Say once a column, not once a row, that codes are stored as numbers."""
    kept: list[Issue] = []
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    for issue in issues:
        if issue.code == "id-is-a-number":
            letters = issue.location.column
            counts[letters] = counts.get(letters, 0) + 1
            if letters in first:
                continue
            first[letters] = len(kept)
        kept.append(issue)
    for letters, position in first.items():
        if counts[letters] > 1:
            old = kept[position]
            problem = (
                f"{counts[letters]} codes in this column are stored as numbers; leading zeros may be lost."
            )
            kept[position] = Issue(old.severity, old.code, old.location, old.value, problem, old.advice)
    return kept
