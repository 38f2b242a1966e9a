"""Rules about pairs, held between the members of a group of equals.

Where no school leads, the rules that otherwise hold between a mentee and its mentor hold between every two
schools of a group.

Source: *professional distance* between schools that review each other (NAHT, *The principles of effective
school to school peer review*, 2019).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.policy.peers import groups_by_country
from matcher.policy.rules import WhenUnknown
from matcher.rules.context import Force, PairRuleSpec, RuleContext, Verdict, force_of, is_off
from matcher.rules.judge import PAIR_RULES, spared

_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Between:
    """What one rule finds between members: pairs that break it, and pairs that it could not judge."""

    key: str
    broken: dict[tuple[int, int], tuple[bool, float, str]]
    unjudged: list[tuple[int, int]]


def between_members(context: RuleContext) -> Iterator[Between]:
    """Judge every two mentees that a group could hold by every rule about pairs that is not off.

    A rule that the two schools' countries take differently binds as the stricter country has it.

    Parameters
    ----------
    context : RuleContext
        Of an intake whose hosts are groups.

    Yields
    ------
    Between
        In the policy's order; positions in ``intake.mentees``, ``i < k``.
    """
    both = replace(context, mentors=context.mentees)
    for spec in member_rules(context.policy):
        force = force_of(spec.settings(context.policy), context.mentees)
        found = Between(spec.key, {}, [])
        for pairs in _pairs(context):
            part = pairs.take(~(force.off[pairs.mentee] & force.off[pairs.host]))
            _judge(both, spec, part, force, found)
        yield found


def member_rules(policy: Policy) -> tuple[PairRuleSpec, ...]:
    """Rules that hold between two members: all that are on, but the country that the group itself has."""
    return tuple(
        spec
        for spec in PAIR_RULES
        if not is_off(spec.settings(policy)) and not (spec.key == "country" and groups_by_country(policy))
    )


def _judge(
    context: RuleContext,
    spec: PairRuleSpec,
    pairs: PairList,
    force: Force,
    found: Between,
) -> None:
    there, back = pairs, PairList(pairs.host, pairs.mentee)
    verdict = _either(spec.judge(context, there), spec.judge(context, back))
    verdict = spared(context, spec, back, spared(context, spec, there, verdict))
    forbid = spec.settings(context.policy).unknown is WhenUnknown.FORBID
    hard = force.hard[pairs.mentee] | force.hard[pairs.host]
    price = np.maximum(force.price[pairs.mentee], force.price[pairs.host])
    for at in np.flatnonzero(verdict.broken | verdict.unknown).tolist():
        one, other = int(pairs.mentee[at]), int(pairs.host[at])
        if verdict.broken[at] or forbid:
            say = spec.breach if verdict.broken[at] else spec.missing
            words = _named(context, one, other, say(context.single(one, other), 0, 0))
            found.broken[one, other] = (bool(hard[at]), float(price[at]), words)
        else:
            found.unjudged.append((one, other))


def _either(one: Verdict, other: Verdict) -> Verdict:
    broken: NDArray[np.bool_] = one.broken | other.broken
    return Verdict(broken, (one.unknown | other.unknown) & ~broken)


def _pairs(context: RuleContext) -> Iterator[PairList]:
    """Yield all two mentees that a group could hold, some rows at a time."""
    countries = np.array([school.country for school in context.mentees], dtype="<U2")
    apart = groups_by_country(context.policy)
    for start in range(0, len(countries), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(countries)))
        may = rows[:, None] < np.arange(len(countries))[None, :]
        if apart:
            may &= countries[rows][:, None] == countries[None, :]
        first, second = np.nonzero(may)
        yield PairList(rows[first].astype(np.int64), second.astype(np.int64))


def _named(context: RuleContext, one: int, other: int, words: str) -> str:
    """Put the two schools' names where a rule speaks of mentee and mentor."""
    names = {"mentee": context.mentees[one].name, "mentor": context.mentees[other].name}
    return re.sub(r"\b(?:the )?(mentee|mentor)\b", lambda found: names[found[1]], words)
