"""What clusters form around, in words: a mentor, a hub of several leads, or a group of equals.

Sentences are written about mentees and their mentor, the words of the intake form. Under a model without
single mentors they are said over in that model's words here, in one place, so that no sentence has to be
written three times.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from matcher.policy.model import Policy

Part = TypeVar("Part", bound=BaseModel)


class Around(StrEnum):
    """What clusters form around."""

    MENTOR = "mentor"
    HUB = "hub"
    GROUP = "group"


_GROUP = (
    ("mentee and mentor", "every two schools of a group"),
    ("mentees and mentors", "schools"),
    ("each mentor that leads a cluster fills", "each group that is formed fills"),
    (", unless its own entry in the form says otherwise", ""),
    ("the place with which mentor", "the place with which group"),
    ("of a cluster's mentees", "of a group's schools"),
    ("led by a mentor with", "with"),
    ("leads no cluster", "is not formed"),
    ("lead no cluster", "are not formed"),
    ("to lead one", "to form it"),
    ("co-mentees", "schools of its group"),
    ("with a mentor", "in a group"),
    ("with its mentor", "with its group"),
    ("with mentors", "in groups"),
    ("the mentor and its mentees", "its schools"),
    ("clusters", "groups"),
    ("cluster", "group"),
    ("mentees", "schools"),
    ("mentee", "school"),
    ("mentors", "groups"),
    ("mentor", "group"),
)
_HUB = (("mentors", "hubs"), ("mentor", "hub"))
_WORDS: dict[Around, dict[str, str]] = {
    Around.MENTOR: {},
    Around.HUB: dict(_HUB),
    Around.GROUP: dict(_GROUP),
}
_EDGE = r"(?<![\w<])"
_PATTERN = {
    around: re.compile(
        "|".join(rf"{_EDGE if word[0].isalpha() else ''}{re.escape(word)}(?!\w)" for word in words),
        re.IGNORECASE,
    )
    for around, words in _WORDS.items()
    if words
}
SENTENCES = frozenset(
    (
        "detail",
        "why",
        "flags",
        "reason",
        "note",
        "barred_by",
        "statement",
        "sentence",
        "method_reason",
        "weak_data",
    )
)
"""Fields of the document that hold sentences of ours; names and the author's own words stand elsewhere."""


def around_of(policy: Policy) -> Around:
    """Say what clusters form around under a policy."""
    if policy.peers.enabled:
        return Around.GROUP
    if policy.hubs.enabled:
        return Around.HUB
    return Around.MENTOR


def said(text: str, around: Around | str, names: Iterable[str] = ()) -> str:
    """Say a text in the words of a model.

    Parameters
    ----------
    text : str
    around : Around or str
        What clusters form around.
    names : iterable of str
        Names that stay as they are, e.g. of schools with *mentor* in theirs.

    Returns
    -------
    str

    Examples
    --------
    >>> said("2 mentees without a mentor; the Mentor is full.", "group")
    '2 schools without a group; the Group is full.'
    >>> said("3 mentors", "mentor")
    '3 mentors'
    """
    around = Around(around)
    if around not in _PATTERN or not _PATTERN[around].search(text):
        return text
    kept = _kept(around, frozenset(names))
    if kept is None:
        return _PATTERN[around].sub(lambda found: _like(found[0], _WORDS[around][found[0].lower()]), text)
    return "".join(piece if at % 2 else said(piece, around) for at, piece in enumerate(kept.split(text)))


@lru_cache(maxsize=16)
def _kept(around: Around, names: frozenset[str]) -> re.Pattern[str] | None:
    """Find the names that a model's words would change, the longest first; None if there are none.

    A page has tens of thousands of texts and as many names as schools: they are looked through once.
    """
    kept = sorted(
        (name for name in names if _PATTERN[around].search(name)), key=lambda name: (-len(name), name)
    )
    return re.compile("(" + "|".join(map(re.escape, kept)) + ")") if kept else None


def reworded(part: Part, around: Around, names: Collection[str]) -> Part:
    """Say every sentence of a part of the document over in the words of a model.

    Parameters
    ----------
    part : pydantic model
    around : Around
    names : collection of str
        Names of schools.

    Returns
    -------
    pydantic model
        The same object where clusters form around a mentor.
    """
    if around is Around.MENTOR:
        return part
    names = frozenset(names)
    changed: dict[str, Any] = {}
    for name, value in part:
        if isinstance(value, BaseModel):
            changed[name] = reworded(value, around, names)
        elif isinstance(value, tuple) and value and all(isinstance(one, BaseModel) for one in value):
            changed[name] = tuple(reworded(one, around, names) for one in value)
        elif name in SENTENCES and isinstance(value, str):
            changed[name] = said(value, around, names)
        elif name in SENTENCES and isinstance(value, tuple):
            changed[name] = tuple(said(one, around, names) for one in value)
    return part.model_copy(update=changed)


def _like(found: str, word: str) -> str:
    """Begin a word with a capital where the one that it stands for does."""
    return word[:1].upper() + word[1:] if found[:1].isupper() else word
