"""Numbers as people write them: decimal comma, thousands separators, both at once."""

from __future__ import annotations

import re
from typing import NamedTuple

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_MIXED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d+")
_COMMA = re.compile(r"[+-]?\d+,\d+")


class Number(NamedTuple):
    """A number in plain digits with a point, and what else it may have meant.

    ``grouped`` is set when the one separator may stand for thousands: ``1.234`` is 1.234 or 1234.
    """

    digits: str
    grouped: str | None = None

    @property
    def whole(self) -> int | None:
        """The whole number that the digits say, or None if there is a fraction."""
        head, _, tail = self.digits.partition(".")
        if "e" in self.digits.lower():
            value = float(self.digits)
            return int(value) if value.is_integer() else None
        return int(head) if not tail.strip("0") else None


def read_number(text: str) -> Number | None:
    """Return the number that `text` says, or None if it is not a number.

    Examples
    --------
    >>> read_number("45,815")
    Number(digits='45.815', grouped='45815')
    >>> read_number("1.234,5").digits
    '1234.5'
    """
    bare = _SPACES.sub("", text.strip().replace("−", "-"))
    if _MIXED.fullmatch(bare):
        cut = max(bare.rfind("."), bare.rfind(","))
        return Number(_without_separators(bare[:cut]) + "." + bare[cut + 1 :])
    if _GROUPED.fullmatch(bare):
        joined = _without_separators(bare)
        if len(re.findall(r"[.,]", bare)) > 1:
            return Number(joined)
        leads_with_zero = bare.lstrip("+-").startswith("0")
        return Number(bare.replace(",", "."), None if leads_with_zero else joined)
    if _COMMA.fullmatch(bare):
        return Number(bare.replace(",", "."))
    return Number(bare) if _PLAIN.fullmatch(bare) else None


def _without_separators(text: str) -> str:
    return text.replace(".", "").replace(",", "")
