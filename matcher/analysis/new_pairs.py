"""Pairs that a rule bars, with what they would be worth if it were given up for the mentee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.barred_pairs import opened_pairs, pair_bars
from matcher.encoding import Encoding
from matcher.encoding.assembly import soft_lock_bonus
from matcher.encoding.units import to_units
from matcher.features.pairs import PairList
from matcher.policy.concessions import PAIR_RULE_NAMES
from matcher.questions.edits import NewPair
from matcher.rules.judge import judge_pairs
from matcher.scores.cohesion import cohesion_points
from matcher.scores.pair_scores import score_pairs

MORE_KM = 20.0
"""Kilometres by which a limit on travel is widened."""
NOT_WAIVED = {"country"}
"""Rules that nobody waives for one school: each country runs its own programme."""

IntArray = NDArray[np.int64]


def pairs_by_waiver(encoding: Encoding) -> dict[tuple[str, int], tuple[NewPair, ...]]:
    """Pairs that one rule alone bars, by the rule and the mentee for which it would be given up.

    Limits on travel are widened by :data:`MORE_KM`; other rules are waived whole.

    Parameters
    ----------
    encoding : Encoding

    Returns
    -------
    dict of (str, int) to tuple of NewPair
        By rule, in the policy's order, then by mentee.
    """
    within = {key: MORE_KM if key == "travel" else None for key in PAIR_RULE_NAMES if key not in NOT_WAIVED}
    bars = pair_bars(encoding)
    opened = opened_pairs(encoding, bars, within)
    mentee, host = np.nonzero((opened == bars.mask) & (bars.mask & (bars.mask - 1) == 0) & (bars.mask > 0))
    if not len(mentee):
        return {}
    rule = np.array([int(bit).bit_length() - 1 for bit in bars.mask[mentee, host]])
    value = _values(encoding, PairList(mentee.astype(np.int64), host.astype(np.int64)))
    meeting = _Meeting(encoding)
    meeting.learn(mentee, host)
    found: dict[tuple[str, int], tuple[NewPair, ...]] = {}
    for at in np.lexsort((host, mentee, rule)).tolist():
        one, other = int(mentee[at]), int(host[at])
        demand = encoding.intake.mentees[one].demand
        pair = NewPair(one, other, int(value[at]), demand, meeting.cohesion(one, other))
        key = bars.keys[rule[at]], one
        found[key] = (*found.get(key, ()), pair)
    return found


def _values(encoding: Encoding, pairs: PairList) -> IntArray:
    """Score less soft penalties, and the bonus of soft locks, in objective units.

    The rule that bars the pair takes nothing.
    """
    intake, features, policy = encoding.intake, encoding.features, encoding.policy
    value = to_units(score_pairs(intake, features, policy, pairs).score)
    for outcome in judge_pairs(intake, features, policy, pairs):
        value = value - to_units(outcome.penalty)
    return value + soft_lock_bonus(pairs, encoding.locks)


def hard_keys(encoding: Encoding) -> dict[tuple[int, int], tuple[str, ...]]:
    """By two mentees, ascending, that must be kept apart: the rules that say so."""
    found: dict[tuple[int, int], dict[str, None]] = {}
    for link in encoding.apart:
        if link.price is None:
            found.setdefault((link.first, link.second), {})[link.key] = None
    return {pair: tuple(keys) for pair, keys in found.items()}


def cohesion_of_rivals(encoding: Encoding) -> dict[tuple[int, int], int]:
    """Tell what mentees that must be kept apart would be worth together, in objective units.

    The rules that keep them apart are given up whole, so that soft links of the same rule go, too.
    """
    gone = hard_keys(encoding)
    return _shared_units(encoding, sorted(gone), gone)


def _shared_units(
    encoding: Encoding,
    pairs: Sequence[tuple[int, int]],
    gone: Mapping[tuple[int, int], tuple[str, ...]] = MappingProxyType({}),
) -> dict[tuple[int, int], int]:
    """Cohesion and soft links of mentees that never met, objective units; `gone` are rules given up."""
    found = dict.fromkeys(pairs, 0)
    if pairs and encoding.policy.cohesion.points_per_pair:
        positions = np.array(pairs, dtype=np.int64)
        units = to_units(cohesion_points(encoding.intake, encoding.features, encoding.policy, positions))
        found = dict(zip(pairs, units.tolist(), strict=True))
    for sign, links in ((-1, encoding.apart), (1, encoding.together)):
        for link in links:
            pair = link.first, link.second
            if link.price is not None and pair in found and link.key not in gone.get(pair, ()):
                found[pair] += sign * link.price
    return found


class _Meeting:
    """Cohesion of mentees that no host could bring together before."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding
        problem = encoding.problem
        self._hosts: list[set[int]] = [set() for _ in range(problem.n_mentees)]
        self._members: list[list[int]] = [[] for _ in range(problem.n_hosts)]
        for mentee, host in zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True):
            self._hosts[mentee].add(host)
            self._members[host].append(mentee)
        self._apart = {(first, second) for first, second in problem.cannot_link.tolist()}
        self._points: dict[tuple[int, int], int] = {}

    def learn(self, mentee: NDArray[np.intp], host: NDArray[np.intp]) -> None:
        """Work out the cohesion of all mentees that the new pairs can bring together, in one call."""
        wanted = {
            pair
            for one, at in zip(mentee.tolist(), host.tolist(), strict=True)
            for pair in self._fresh(one, at)
        }
        self._points = _shared_units(self._encoding, sorted(wanted))

    def cohesion(self, mentee: int, host: int) -> tuple[tuple[int, int], ...]:
        """Mentees that the pair newly brings together with this one, and what that is worth."""
        return tuple(
            (pair[0] + pair[1] - mentee, self._points[pair])
            for pair in self._fresh(mentee, host)
            if self._points[pair]
        )

    def _fresh(self, mentee: int, host: int) -> list[tuple[int, int]]:
        own = self._hosts[mentee]
        pairs = [
            (min(mentee, other), max(mentee, other))
            for other in self._members[host]
            if own.isdisjoint(self._hosts[other])
        ]
        return [pair for pair in pairs if pair not in self._apart]
