"""Ids of the page's targets, safe in HTML, in a link and in a CSS selector."""

from __future__ import annotations

from string import ascii_letters, digits

_PLAIN = frozenset(ascii_letters + digits + "-")


def anchor(prefix: str, name: str) -> str:
    """Make an id from any text; different texts give different ids.

    Parameters
    ----------
    prefix : str
        Kind of the target, such as ``school``; letters only.
    name : str
        Id as it stands in the intake; letters, digits and hyphens stay, any other character becomes its
        code point between underscores.

    Returns
    -------
    str

    Examples
    --------
    >>> anchor("school", "IT-M01"), anchor("school", "a b")
    ('school-IT-M01', 'school-a_20_b')
    """
    return f"{prefix}-" + "".join(c if c in _PLAIN else f"_{ord(c):x}_" for c in name)
