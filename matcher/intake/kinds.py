"""Kinds of columns: how a cell's text becomes a value, and a value a cell.

Every kind says in plain words what to write (``format``), so that a message, the template's note and the
documentation page cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from matcher.intake.faults import Parsed, error, refused, warning
from matcher.intake.grid import CellKind, RawCell
from matcher.intake.nulls import means_unknown

CellValue = str | int | float | date | None

_ERROR_VALUES = frozenset({"#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!"})
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)


class Kind(Protocol):
    """What every kind of column offers."""

    @property
    def format(self) -> str:
        """What to write, in plain words."""

    @property
    def choices(self) -> Mapping[str, object]:
        """Words offered by the template's drop-down; empty where any text may stand."""

    def parse(self, cell: RawCell) -> Parsed:
        """Return what a cell that is neither empty nor *not known* means."""

    def write(self, value: Any) -> CellValue:
        """Return the cell for `value`, which is not None."""


def parse_cell(kind: Kind, cell: RawCell) -> Parsed:
    """Return what `cell` means in a column of this kind; None when it is empty or says *not known*.

    Parameters
    ----------
    kind : Kind
    cell : RawCell

    Returns
    -------
    Parsed
        With an error among its faults the value is not to be used.
    """
    if cell.kind is CellKind.UNCALCULATED:
        return refused(
            "formula-not-calculated",
            "The cell holds a formula whose result is not stored in the file.",
            "Open the file in the spreadsheet program and save it again, or write the value itself.",
        )
    if cell.text in _ERROR_VALUES:
        return refused(
            "formula-error",
            "The cell's formula gives an error.",
            "Correct the formula or write the value itself.",
        )
    return Parsed(None) if means_unknown(cell.text) else kind.parse(cell)


def written_text(value: CellValue) -> str:
    """Return the text of a cell value: as a text file holds it, and as a reader will see it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Text:
    """Any text, kept as it is."""

    format: str = "any text"
    choices: Mapping[str, object] = field(default_factory=dict)

    def parse(self, cell: RawCell) -> Parsed:
        """Keep the text; refuse what the spreadsheet turned into a date."""
        if cell.kind is CellKind.DATE:
            return refused(
                "date-in-text-column",
                "The spreadsheet holds a date here where a text is expected.",
                "Format the cell as text and write it again; codes such as 3-4 are often turned into dates.",
            )
        return Parsed(cell.text)

    def write(self, value: Any) -> CellValue:
        """Return the text itself."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Identifier(Text):
    """The id of a school: a text, with its leading zeros."""

    format: str = "the school's code, as text, the same on every sheet; leading zeros count"

    def parse(self, cell: RawCell) -> Parsed:
        """Keep the text; warn where the file holds a number, as leading zeros may be lost."""
        if _SCIENTIFIC.fullmatch(cell.text):
            return refused(
                "id-in-scientific-notation",
                "The spreadsheet has shortened a long code, so its last digits are lost.",
                "Format the column as text and paste the codes again from their source.",
            )
        kept = Text.parse(self, cell)
        if cell.kind is CellKind.NUMBER:
            lost = warning(
                "id-is-a-number",
                "The code is stored as a number, so zeros at its beginning may have been lost.",
                "Compare with the register; format the column as text to keep zeros.",
            )
            return Parsed(kept.value, (*kept.faults, lost))
        return kept


@dataclass(frozen=True, slots=True)
class Region(Text):
    """A NUTS code; it is judged with the school's country, once the whole row is known."""

    format: str = "a NUTS 2024 code of level 1, 2 or 3"


_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"  # of the moment at which a survey was taken
_ISO = re.compile(r"(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})\.?" + _TIME)
_DAY_FIRST = re.compile(r"(\d{1,2})([-./]) ?(\d{1,2})[-./] ?(\d{4})\.?" + _TIME)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day; a time of day behind it is not kept."""

    format: str = "a date such as 2026-12-31 or 31.12.2026"
    choices: Mapping[str, object] = field(default_factory=dict)

    def parse(self, cell: RawCell) -> Parsed:
        """Read ISO dates and day-first dates; a date that may also be month-first gets a warning."""
        found = _ISO.fullmatch(cell.text)
        if found:
            return self._day(*(int(part) for part in found.groups()))
        found = _DAY_FIRST.fullmatch(cell.text)
        if not found:
            return self._refused()
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        parsed = self._day(year, month, day)
        if found[2] == "/" and day <= 12 and day != month and not parsed.faults:
            doubt = warning(
                "ambiguous-date",
                f"The date was read day first, as {parsed.value.isoformat()}.",
                "If the month stands first, write the date as year-month-day.",
            )
            return Parsed(parsed.value, (doubt,))
        return parsed

    def write(self, value: Any) -> CellValue:
        """Return the date itself."""
        return value if isinstance(value, date) else str(value)

    def _day(self, year: int, month: int, day: int) -> Parsed:
        try:
            return Parsed(date(year, month, day))
        except ValueError:
            return Parsed(
                None, (error("date-invalid", "There is no such day in the calendar.", self._advice()),)
            )

    def _refused(self) -> Parsed:
        return refused("date-invalid", "This is not a date that can be read.", self._advice())

    def _advice(self) -> str:
        return f"Write {self.format}."
