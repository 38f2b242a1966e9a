"""Find out what a school id that nobody has was meant to be."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.intake.checks.context import CheckContext

_MOST_GUESSES = 50  # each guess compares with every id: many schools and many faults must not take minutes


class SchoolLookup:
    """Advice on ids that are not in the list of schools.

    Parameters
    ----------
    context : CheckContext
        The intake under examination.
    """

    def __init__(self, context: CheckContext) -> None:
        self._schools = context.schools
        self._advice: dict[str, str] = {}

    def advice(self, school_id: str) -> str:
        """Return one sentence on what to write instead of `school_id`."""
        if school_id not in self._advice:
            self._advice[school_id] = self._look_up(school_id)
        return self._advice[school_id]

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for school_id in sorted(self._schools):
            found.setdefault(id_key(school_id), []).append(school_id)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for school_id in sorted(self._schools):
            found.setdefault(self._schools[school_id].name.casefold(), []).append(school_id)
        return found

    def _look_up(self, school_id: str) -> str:
        same = self._by_key.get(id_key(school_id))
        if same:
            return (
                f"It differs from {_either(same)} only by {_difference(school_id, same[0])}: write {same[0]}."
            )
        named = self._by_name.get(school_id.strip().casefold())
        if named:
            return f"This is a school's name: write its id, {_either(named)}."
        near: list[str] = []
        if len(self._advice) < _MOST_GUESSES:
            near = get_close_matches(school_id, self._schools, n=3, cutoff=0.75)
        if near:
            return f"Did you mean {_either(near)}?"
        return "Write an id of the Schools table, or add the school there."


def id_key(school_id: str) -> str:
    """Return an id without leading zeros, capitals, spaces and punctuation, to find ids meant alike."""
    return re.sub(r"[\W_]+", "", school_id).casefold().lstrip("0")


def _difference(written: str, known: str) -> str:
    if re.sub(r"\s+", "", written) == re.sub(r"\s+", "", known):
        return "spaces"
    if written.casefold() == known.casefold():
        return "capital letters"
    if written.lstrip("0") == known.lstrip("0"):
        return "leading zeros"
    return "leading zeros, capital letters, spaces or punctuation"


def _either(ids: list[str]) -> str:
    return " or ".join(ids[:3])
