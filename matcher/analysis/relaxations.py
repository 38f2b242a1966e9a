"""What would help most: the rules and limits that hold a plan back, each with what giving it up is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from matcher.analysis.bars import rule_label
from matcher.analysis.new_pairs import MORE_KM, cohesion_of_rivals, hard_keys, pairs_by_waiver
from matcher.analysis.outlook_document import Relaxation
from matcher.analysis.wording import rounded, rounded_or_none
from matcher.encoding import Encoding
from matcher.encoding.reserve import more_to_fill
from matcher.problem import SCALE
from matcher.profiles import School
from matcher.questions import Answers
from matcher.questions.relaxations import (
    MayPair,
    NotApart,
    OnePlaceMore,
    Relaxing,
    Worth,
    has_small_parts,
    most_valuable,
    own_relaxations,
)
from matcher.solution import Solution

Kind = Literal["place", "apart", "travel", "rule"]


def relaxations_of(
    encoding: Encoding,
    plan: Solution,
    *,
    bound: int | None,
    answers: Answers,
    large_groups: bool,
    on_item: Callable[[int, int, str], None] | None = None,
) -> tuple[Relaxation, ...]:
    """Find the ten relaxations that would improve a plan most.

    Looked at are one more place at each full mentor, each hard rule that keeps two mentees apart, 20 km more
    travel for each mentee, and each other rule about pairs waived for each mentee that it alone keeps
    from some mentor (not the rule *country*).

    Parameters
    ----------
    encoding : Encoding
    plan : Solution
    bound : int or None
        Proven upper bound of the objective, objective units.
    answers : Answers
    large_groups : bool
        Whether to look into groups of schools so large that each relaxation has to be searched for long.
    on_item : callable, optional
        Called before each is tried: which it is, of how many at most, and what it is in words.

    Returns
    -------
    tuple of Relaxation
        Most valuable first; only what is worth something.
    """
    problem = encoding.problem
    if not large_groups and not has_small_parts(problem):
        return ()
    candidates = relaxation_candidates(encoding, plan)

    def on_relaxing(number: int, of: int, one: Relaxing) -> None:
        if on_item is not None:
            on_item(number, of, _words(encoding, one)[2])

    found = most_valuable(
        problem,
        plan,
        candidates,
        bound=bound,
        answers=answers,
        large_parts=large_groups,
        on_item=on_relaxing,
    )
    return tuple(_said(encoding, worth) for worth in found)


def relaxation_candidates(encoding: Encoding, plan: Solution) -> tuple[Relaxing, ...]:
    """List what could be given up, as :func:`relaxations_of` says; no rules about pairs beside a reserve."""
    problem = encoding.problem
    own = own_relaxations(problem, plan, cohesion=cohesion_of_rivals(encoding), rows=more_to_fill(encoding))
    if not encoding.takes_new_pairs:  # limits and costs would have to weigh them
        return own
    waived = pairs_by_waiver(encoding)
    return (*own, *(MayPair(f"{key} {mentee}", pairs) for (key, mentee), pairs in waived.items()))


def _said(encoding: Encoding, worth: Worth) -> Relaxation:
    kind, schools, words = _words(encoding, worth.relaxing)
    return Relaxation(
        kind=kind,
        schools=schools,
        words=words,
        worth_at_least=rounded(worth.at_least / SCALE),
        worth_at_most=rounded_or_none(None if worth.at_most is None else worth.at_most / SCALE),
    )


def _words(encoding: Encoding, relaxing: Relaxing) -> tuple[Kind, tuple[str, ...], str]:
    mentees, mentors = encoding.intake.mentees, encoding.intake.mentors
    if isinstance(relaxing, OnePlaceMore):
        mentor = mentors[relaxing.host]
        return "place", (mentor.school_id,), f"one more place at {_named(mentor)}"
    if isinstance(relaxing, NotApart):
        first, second = mentees[relaxing.first], mentees[relaxing.second]
        rules = [rule_label(key) for key in _keys_of(encoding, relaxing)]
        label = " and ".join(f"“{label}”" for label in rules)
        words = f"giving up the rule {label} between {_named(first)} and {_named(second)}"
        return "apart", (first.school_id, second.school_id), words
    key, school = relaxing.key.split(" ")[0], mentees[relaxing.pairs[0].mentee]
    if key == "travel":
        return "travel", (school.school_id,), f"{MORE_KM:g} km more travel for {_named(school)}"
    words = f"waiving the rule “{rule_label(key)}” for {_named(school)}"
    return "rule", (school.school_id,), words


def _keys_of(encoding: Encoding, relaxing: NotApart) -> tuple[str, ...]:
    """Rules that keep the two apart."""
    pair = relaxing.first, relaxing.second
    return hard_keys(encoding).get(pair, ())


def _named(school: School) -> str:
    return f"{school.name} ({school.school_id})"
