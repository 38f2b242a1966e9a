"""Read the *Programme* sheet: a setting a row, its name first, its value second."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matcher.intake.columns import PROGRAMME
from matcher.intake.faults import Fault, error, warning
from matcher.intake.folding import closest, fold
from matcher.intake.grid import EMPTY, Grid, GridRow, RawCell, column_letters
from matcher.intake.kinds import parse_cell
from matcher.intake.origin import TableOrigin
from matcher.issues import Issue, Location

_HEADING_WORDS = frozenset(
    ("setting", "key", "name", "field", "instelling", "postavka", "nastaveni", "beallitas", "impostazione")
)


@dataclass(slots=True)
class ProgrammeReading:
    """Settings found, by field, and what is wrong with them."""

    values: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    origin: TableOrigin = field(default_factory=TableOrigin)


def read_programme(grid: Grid) -> ProgrammeReading:
    """Read the settings of a round of matching.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    ProgrammeReading
    """
    reading = ProgrammeReading(origin=TableOrigin(grid.file, grid.sheet))
    for row in grid.rows:
        filled = [(index, cell) for index, cell in enumerate(row.cells) if cell.text]
        if not filled:
            continue
        index, key = filled[0]
        name = PROGRAMME.headings.get(fold(key.text))
        value = row.cell(index + 1)
        if name is None or (fold(key.text) in _HEADING_WORDS and fold(value.text) in _VALUE_WORDS):
            fault = _unknown(key, value)
            if fault is not None:
                reading.issues.append(_place(fault, grid, row, index, key.text))
            continue
        _read_setting(reading, grid, row, index, name)
    return reading


_VALUE_WORDS = frozenset(("value", "waarde", "vrijednost", "hodnota", "ertek", "valore", "valor", ""))


def _read_setting(reading: ProgrammeReading, grid: Grid, row: GridRow, index: int, name: str) -> None:
    heading, cell = row.cell(index).text, row.cell(index + 1)
    if name in reading.values:
        fault = error("setting-twice", f"'{heading}' stands here twice.", "Delete one of the two rows.")
        reading.issues.append(_place(fault, grid, row, index, heading))
        return
    parsed = parse_cell(PROGRAMME.column(name).kind, cell)
    reading.values[name] = parsed.value
    reading.issues.extend(_place(fault, grid, row, index + 1, heading, cell) for fault in parsed.faults)


def _unknown(key: RawCell, value: RawCell) -> Fault | None:
    folded = fold(key.text)
    if folded in _HEADING_WORDS and fold(value.text) in _VALUE_WORDS:
        return None
    near = closest(key.text, PROGRAMME.headings)
    known = ", ".join(column.heading for column in PROGRAMME.columns)
    meant = f"Did you mean '{PROGRAMME.column(PROGRAMME.headings[near]).heading}'? " if near else ""
    return warning(
        "unknown-setting", "The form has no such setting; it was not read.", f"{meant}Known are: {known}."
    )


def _place(  # noqa: PLR0917 - a place has these parts
    fault: Fault, grid: Grid, row: GridRow, index: int, heading: str, cell: RawCell = EMPTY
) -> Issue:
    return fault.at(Location(grid.file, grid.sheet, row.number, column_letters(index), heading), cell.text)
