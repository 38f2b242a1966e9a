"""Compare words as a person does: whatever the case, the accents, the spacing or the punctuation."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ß": "ss", "æ": "ae"})
_NEITHER = re.compile("[^0-9a-z]+")


def fold(text: str) -> str:
    r"""Return `text` in lower case, without accents, with single spaces for all but letters and digits.

    Examples
    --------
    >>> fold(" Šifra_škole\\n(ID) ")
    'sifra skole id'
    """
    if text.isascii():  # no accents to look for, and most words by far
        return _NEITHER.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    kept = (" " if not char.isalnum() else char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def closest(word: str, known: Iterable[str], cutoff: float = 0.75) -> str | None:
    """Return the folded entry of `known` that is nearest to `word`, or None when none is near.

    Parameters
    ----------
    word : str
        Any spelling; it is folded first.
    known : iterable of str
        Folded words.
    cutoff : float, default 0.75
        Least similarity, the ratio of :class:`difflib.SequenceMatcher`.
    """
    found = difflib.get_close_matches(fold(word), sorted(known), n=1, cutoff=cutoff)
    return found[0] if found else None
