"""A sheet as text: what every reader of files hands on, whatever the kind of file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CellKind(Enum):
    """How the file itself holds a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    UNCALCULATED = "formula without a value"


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell: its text as shown, and how the file holds it.

    Attributes
    ----------
    text : str
        The text without spaces at both ends; empty for an empty cell. A number is written
        with a point and as few digits as it needs, a date as ``2026-12-31``, a formula as it is.
    kind : CellKind
    """

    text: str = ""
    kind: CellKind = CellKind.TEXT


EMPTY = RawCell()


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number as the spreadsheet shows it (the line number for text files) and its cells."""

    number: int
    cells: tuple[RawCell, ...]
    hidden: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds any text."""
        return not any(cell.text for cell in self.cells)

    def cell(self, index: int) -> RawCell:
        """Return the cell at `index` (from 0); an empty cell beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else EMPTY


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged range; rows as shown, columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a text file as rows of text.

    Attributes
    ----------
    file, sheet : str
        File name without folder; sheet name, empty for a text file.
    rows : tuple of GridRow
        Rows in order; blank rows may be left out, so their numbers count.
    merged : tuple of MergedRange
    hidden : bool
        Whether the whole sheet is hidden.
    """

    file: str
    sheet: str
    rows: tuple[GridRow, ...]
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False


def column_letters(index: int) -> str:
    """Return the spreadsheet's letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def tidy(text: str) -> str:
    """Return `text` with line ends made alike and spaces stripped at both ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
