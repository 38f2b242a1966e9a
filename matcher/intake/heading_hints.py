"""Guess what column an unknown heading was meant to be; a guess is only ever asked about, never read."""

from __future__ import annotations

import re
from collections import defaultdict

from matcher.intake.columns import Sheet
from matcher.intake.folding import closest, fold
from matcher.intake.headings import words_of

_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*\*?$|\s*\*+$")
_ALIKE = 0.8
_SHARED = 0.5
_TELLING = 4  # letters; shorter words ("max", "of", "za") tell nothing


def without_unit(heading: str) -> str:
    """Return a heading without a unit in brackets or a star behind it."""
    return _UNIT.sub("", heading)


def meant_field(heading: str, sheet: Sheet) -> str | None:
    """Return the field that an unknown heading was probably meant for, or None.

    Parameters
    ----------
    heading : str
        As it stands in the file.
    sheet : Sheet

    Returns
    -------
    str or None
        The first of: a field for which the heading is listed as doubtful; the field of a heading spelt
        nearly alike; the one field with a heading that shares half the words and a telling one.
    """
    plain = without_unit(heading)
    doubtful = doubtful_field(heading, sheet)
    if doubtful:
        return doubtful
    found = closest(plain, sheet.headings, cutoff=_ALIKE)
    return sheet.headings[found] if found else _by_words(plain, sheet)


def doubtful_field(heading: str, sheet: Sheet) -> str | None:
    """Return the field for which a heading is listed as doubtful, or None."""
    folded = fold(without_unit(heading))
    listed = (name for name, entry in sheet.doubtful.items() if folded in map(fold, words_of(entry)))
    return next(listed, None)


def _by_words(heading: str, sheet: Sheet) -> str | None:
    """Return the one field whose headings share most words with `heading`; None on a tie or for too few.

    A word that stands in the headings of two fields, such as *number* or *school*, tells nothing.
    """
    words = set(fold(heading).split())
    fields_of: dict[str, set[str]] = defaultdict(set)
    for known, name in sheet.headings.items():
        for word in known.split():
            fields_of[word].add(name)
    best: dict[str, float] = {}
    for known, name in sheet.headings.items():
        others = set(known.split())
        common = words & others
        if any(len(word) >= _TELLING and len(fields_of[word]) == 1 for word in common):
            best[name] = max(best.get(name, 0.0), len(common) / len(words | others))
    top = max(best.values(), default=0.0)
    fields = [name for name, share in best.items() if share == top]
    return fields[0] if top >= _SHARED and len(fields) == 1 else None
