"""Small helpers that every sentence and every number of the document goes through."""

from __future__ import annotations

import math
from collections.abc import Sequence

DECIMALS = 6
"""Decimals kept in the document: one objective unit is the sixth decimal of a point."""


def rounded(value: float) -> float:
    """Round a number for the document to :data:`DECIMALS` decimals; -0.0 becomes 0.0.

    Examples
    --------
    >>> rounded(0.1 + 0.2)
    0.3
    """
    return round(float(value), DECIMALS) + 0.0


def rounded_or_none(value: float | None) -> float | None:
    """Round a number, or keep an unknown (None or NaN) as None."""
    return None if value is None or math.isnan(value) else rounded(value)


def mean_or_none(values: Sequence[float]) -> float | None:
    """Mean of some numbers; None of no numbers.

    Examples
    --------
    >>> mean_or_none([1.0, 2.0]), mean_or_none([])
    (1.5, None)
    """
    return rounded(math.fsum(values) / len(values)) if values else None


def said_points(points: float) -> str:
    """Points as they stand in a sentence: two decimals at most, thousands apart.

    Examples
    --------
    >>> said_points(12345.678), said_points(40.0), said_points(0.000002)
    ('12,345.68', '40', '0.000002')
    """
    decimals = 2 if abs(points) >= 0.01 or points == 0 else DECIMALS
    text = f"{points:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "school", "schools"), counted(3, "school", "schools")
    ('1 school', '3 schools')
    """
    return f"{number:,} {one if number == 1 else many}"


def listed(words: Sequence[str], last: str = "and", limit: int = 8) -> str:
    """Join words as in a sentence, saying how many are left out beyond `limit`.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    shown = list(words[:limit])
    if len(words) > limit:
        shown.append(f"{len(words) - limit} more")
    if len(shown) <= 1:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def as_sentence(text: str) -> str:
    """Make a phrase a sentence: a capital to begin with, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    end = "" if text[-1] in ".!?" else "."
    return text[0].upper() + text[1:] + end
