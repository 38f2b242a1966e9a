"""Columns of numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.intake.faults import Fault, Parsed, error, refused, warning
from matcher.intake.grid import CellKind, RawCell
from matcher.intake.kinds import CellValue
from matcher.intake.numbers import Number, read_number

_MOST_DIGITS = 30
_SUPPRESSED = re.compile(r"-(?:1|9|99|999)|[<≤]\s*=?\s*\d+")


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number, from `minimum` up.

    Where `suppressed` is set, the codes of registers for *withheld* (-1, <=3) mean unknown.
    """

    minimum: int = 0
    suppressed: bool = False
    choices: Mapping[str, object] = field(default_factory=dict)

    @property
    def format(self) -> str:
        """What to write, in plain words."""
        return f"a whole number, {self.minimum} or more"

    def parse(self, cell: RawCell) -> Parsed:
        """Read the number; a separator before three digits stands for thousands, with a warning."""
        if self.suppressed and _SUPPRESSED.fullmatch(cell.text):
            doubt = warning(
                "suppressed-value",
                "This is a register's sign for a number that is withheld; it was read as not known.",
                "Write the number if you have it, or leave the cell empty.",
            )
            return Parsed(None, (doubt,))
        number, faults = number_in(cell, self.format)
        if number is None:
            return Parsed(None, faults)
        if number.grouped is not None and cell.kind is CellKind.TEXT:
            doubt = warning(
                "thousands-separator",
                f"The separator was read as thousands: {number.grouped}.",
                "Write whole numbers without any separator.",
            )
            number, faults = Number(number.grouped), (*faults, doubt)
        value = number.whole
        if value is None:
            return refused("not-a-whole-number", "A whole number is expected here.", f"Write {self.format}.")
        if value < self.minimum:
            return refused(
                "number-out-of-range", f"The number is below {self.minimum}.", f"Write {self.format}."
            )
        return Parsed(value, faults)

    def write(self, value: Any) -> CellValue:
        """Return the number itself."""
        return int(value)


@dataclass(frozen=True, slots=True)
class DecimalNumber:
    """A number with or without decimals.

    Attributes
    ----------
    minimum, maximum : float or None
        Bounds, both included.
    what : str
        What the number is, for messages: ``a number from 0 to 1``.
    unit : str
        Unit that may stand behind the number, such as ``km``.
    percent : bool
        Whether ``35 %`` is understood, as 0.35.
    thousands : bool
        Whether a number such as 1,234 may have meant thousands, so that it gets a warning.
    """

    what: str
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    percent: bool = False
    thousands: bool = False
    choices: Mapping[str, object] = field(default_factory=dict)

    @property
    def format(self) -> str:
        """What to write, in plain words."""
        return self.what

    def parse(self, cell: RawCell) -> Parsed:
        """Read the number, with a decimal point or a decimal comma."""
        text = cell.text
        if self.unit and text.lower().endswith(self.unit):
            text = text[: -len(self.unit)].rstrip()
        per_cent = self.percent and text.endswith("%")
        number, faults = number_in(RawCell(text.rstrip("% ") if per_cent else text, cell.kind), self.format)
        if number is None:
            return Parsed(None, faults)
        value = float(number.digits) / 100 if per_cent else float(number.digits)
        if self.thousands and number.grouped is not None and cell.kind is CellKind.TEXT:
            doubt = warning(
                "ambiguous-number",
                f"The separator was read as a decimal sign: {number.digits}.",
                f"If thousands were meant, write {number.grouped}.",
            )
            faults = (*faults, doubt)
        wrong = self.range_fault(value)
        return Parsed(None, (*faults, wrong)) if wrong else Parsed(value, faults)

    def range_fault(self, value: float) -> Fault | None:
        """Return what is wrong with a value outside the bounds, or None."""
        if self.minimum is not None and value < self.minimum:
            return error(
                "number-out-of-range", f"The number is below {self.minimum:g}.", f"Write {self.format}."
            )
        if self.maximum is not None and value > self.maximum:
            return error(
                "number-out-of-range", f"The number is above {self.maximum:g}.", f"Write {self.format}."
            )
        return None

    def write(self, value: Any) -> CellValue:
        """Return the number itself."""
        return float(value)


@dataclass(frozen=True, slots=True)
class Coordinate(DecimalNumber):
    """Latitude or longitude in degrees; the bounds are ±`maximum`."""

    def range_fault(self, value: float) -> Fault | None:
        """Say what is probably wrong: metres of a national grid, or latitude and longitude exchanged."""
        limit = self.maximum or 180.0
        if abs(value) <= limit:
            return None
        if abs(value) > 360:
            return error(
                "coordinate-in-metres",
                f"The number is far outside the degrees from {-limit:g} to {limit:g}; it looks like metres "
                "of a national grid, or a lost decimal sign.",
                "Convert the point to WGS 84 and write decimal degrees such as 45.815.",
            )
        return error(
            "coordinate-out-of-range",
            f"Degrees here run from {-limit:g} to {limit:g}.",
            "Look whether latitude and longitude are exchanged or a digit is wrong; write decimal degrees.",
        )


def number_in(cell: RawCell, expected: str) -> tuple[Number | None, tuple[Fault, ...]]:
    """Return the number in a cell, or None and why there is none.

    Parameters
    ----------
    cell : RawCell
    expected : str
        What to write, for the advice.
    """
    if cell.text.upper() == "NA":
        doubt = warning(
            "na-read-as-unknown",
            "NA in a column of numbers was read as not known.",
            "Leave the cell empty where the number is not known.",
        )
        return None, (doubt,)
    if cell.kind is CellKind.DATE:
        wrong = error(
            "date-in-number-column",
            "The spreadsheet holds a date here where a number is expected.",
            "Format the cell as a number and write it again; 3.4 is often turned into 3 April.",
        )
        return None, (wrong,)
    number = read_number(cell.text)
    if number is not None and (len(number.digits) > _MOST_DIGITS or not math.isfinite(float(number.digits))):
        wrong = error("number-too-long", "The number is too long to be meant.", f"Write {expected}.")
        return None, (wrong,)
    if number is None:
        return None, (error("not-a-number", "This is not a number.", f"Write {expected}."),)
    return number, ()
