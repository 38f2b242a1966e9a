"""Small words that several checks share."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be: ``1 place``, ``3 places``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(ids: set[str]) -> str:
    """Return ids in alphabetical order, separated by commas."""
    return ", ".join(sorted(ids))
