"""How numbers stand in the report: one decimal, a dash for what is not known."""

from __future__ import annotations

from markupsafe import Markup

UNKNOWN = Markup(
    '<span class="unknown"><span aria-hidden="true">–</span><span class="vh">not known</span></span>'
)
"""What stands for a value that is not known."""
_THIN = "\u202f"
_MINUS = "\u2212"


def said(value: float, decimals: int = 1) -> str:
    """Write a number with commas between thousands and a true minus sign.

    Examples
    --------
    >>> said(12345.678), said(-0.04), said(7, 0)
    ('12,345.7', '0.0', '7')
    """
    text = f"{value:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", _MINUS)


def number(value: float | None, decimals: int = 1) -> str | Markup:
    """Write a number, or the dash when it is not known."""
    return UNKNOWN if value is None else said(value, decimals)


def percent(share: float | None, decimals: int = 0) -> str | Markup:
    """Write a share in [0, 1] as per cent."""
    return UNKNOWN if share is None else f"{said(100 * share, decimals)}{_THIN}%"


def kilometres(distance_km: float | None) -> str | Markup:
    """Write a distance in km."""
    return UNKNOWN if distance_km is None else f"{said(distance_km)}{_THIN}km"


def counted(count: int, one: str, many: str) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> counted(1, "school", "schools"), counted(2000, "school", "schools")
    ('1 school', '2,000 schools')
    """
    return f"{count:,} {one if count == 1 else many}"
