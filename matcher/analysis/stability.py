"""Every blocking pair of a plan, in words, with the rule that excuses it if one does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.bars import bars_on
from matcher.analysis.document import FirstThing
from matcher.analysis.stability_document import BlockingPair, StabilityReport
from matcher.analysis.wording import counted, listed
from matcher.encoding import Encoding
from matcher.exceptions import RefereeError
from matcher.models.broken import breach_words
from matcher.models.stability import holds_claim
from matcher.models.wishes import LAST, RankedPairs, Wanted, rank_pairs, wanted_pairs
from matcher.policy.stability import StabilityMode, Unranked
from matcher.scores.pair_values import mentee_wishes, mentor_wishes
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.stable import (
    BLOCKING_PAIRS,
    blocking_pairs,
    blocks_at,
    broken_by_exchange,
    standing_of,
)

IntArray = NDArray[np.int64]


def stability_of(
    encoding: Encoding, plan: Solution, first: Sequence[FirstThing] = ()
) -> StabilityReport | None:
    """Say which pairs block a plan.

    Parameters
    ----------
    encoding : Encoding
    plan : Solution
        A plan that keeps every hard rule.
    first : sequence of FirstThing
        What counted before points: whether the number is proven stands there.

    Returns
    -------
    StabilityReport or None
        None where the policy does not ask for stability.

    Raises
    ------
    RefereeError
        If deferred acceptance was asked for and the plan is another one.
    """
    rule = encoding.policy.stability
    if rule.mode is StabilityMode.OFF:
        return None
    if not holds_claim(encoding, plan):
        raise RefereeError(f"the plan is not the one that stability.mode: {rule.mode} asks for")
    wanted = wanted_pairs(encoding)
    teller = _Teller(encoding, plan, wanted)
    allowed = tuple(teller.allowed())
    barred = tuple(teller.barred())
    free = tuple(pair for pair in allowed if not pair.excused_by)
    excused = tuple(pair for pair in allowed if pair.excused_by)
    proven = any(thing.key == BLOCKING_PAIRS and thing.proven for thing in first)
    return StabilityReport(
        mode=str(rule.mode),
        unranked=_unranked(rule.unranked),
        number=len(allowed),
        excused=len(excused),
        barred=len(barred),
        proven_fewest=proven,
        left_out=wanted.left_out,
        sentence=_sentence(len(allowed), len(excused), len(barred), proven=proven),
        pairs=(*free, *excused, *barred),
    )


def _unranked(value: Unranked) -> Literal["unacceptable", "last"]:
    return "unacceptable" if value is Unranked.UNACCEPTABLE else "last"


def _sentence(number: int, excused: int, barred: int, *, proven: bool) -> str:
    if not number:
        said = "No pair that the rules allow blocks the plan."
    else:
        verb = "block" if number > 1 else "blocks"
        said = f"{counted(number, 'pair', 'pairs')} that the rules allow {verb} the plan"
        said += ", and no plan has fewer." if proven else "; whether a plan has fewer is not proven."
        said += _excused(number, excused)
    if barred:
        verb = "is" if barred == 1 else "are"
        said += f" {counted(barred, 'more wish', 'more wishes')} {verb} barred by a rule about pairs."
    return said


def _excused(number: int, excused: int) -> str:
    if not excused:
        return ""
    if excused == number:
        who = "It" if number == 1 else "None of them"
        return (
            f" {who} could {'not ' if number == 1 else ''}have its way without breaking a rule on clusters."
        )
    their = "its" if excused == 1 else "their"
    return f" Of these, {excused} could not have {their} way without breaking a rule on clusters."


class _Teller:
    """Tells the blocking pairs of one plan."""

    def __init__(self, encoding: Encoding, plan: Solution, wanted: Wanted) -> None:
        self._encoding, self._plan, self._wanted = encoding, plan, wanted
        self._standing = standing_of(wanted.problem, wanted.preferences, plan)
        self._names = {school.school_id: school.name for school in encoding.intake.schools}
        self._has_named = mentee_wishes(encoding.intake).has_named, mentor_wishes(encoding.intake).has_named

    def allowed(self) -> Iterator[BlockingPair]:
        """Pairs that the rules allow, by mentee and mentor."""
        problem, preferences = self._wanted.problem, self._wanted.preferences
        for at in blocking_pairs(problem, preferences, self._plan).tolist():
            broken = broken_by_exchange(problem, preferences, self._plan, at)
            yield self._pair(
                (int(problem.pair_mentee[at]), int(problem.pair_host[at])),
                (int(preferences.mentee_rank[at]), int(preferences.host_rank[at])),
                counted_in=True,
                excuses=tuple(f"{breach_words(self._encoding, one)}." for one in broken),
            )

    def barred(self) -> Iterator[BlockingPair]:
        """Pairs that a hard rule bars and of which one side named the other, by mentee and mentor."""
        mentee, host, ranked = self._named_barred()
        demands = [school.demand for school in self._encoding.intake.mentees]
        for at in np.flatnonzero(ranked.acceptable).tolist():
            pair = int(mentee[at]), int(host[at])
            ranks = int(ranked.preferences.mentee_rank[at]), int(ranked.preferences.host_rank[at])
            places = int(self._wanted.problem.max_load[pair[1]])
            if blocks_at(self._standing, *ranks, (*pair, demands[pair[0]], places)):
                bars = bars_on(self._encoding, *pair) or ("The mentor has too few places for it.",)
                yield self._pair(pair, ranks, counted_in=False, excuses=bars)

    def _named_barred(self) -> tuple[IntArray, IntArray, RankedPairs]:
        encoding = self._encoding
        mentees = {school_id: at for at, school_id in enumerate(encoding.mentee_ids)}
        hosts = {school_id: at for at, school_id in enumerate(encoding.host_ids)}
        pairs: set[tuple[int, int]] = set()
        for wish in encoding.intake.preferences:
            for one, other in ((wish.from_school, wish.to_school), (wish.to_school, wish.from_school)):
                if one in mentees and other in hosts:
                    pairs.add((mentees[one], hosts[other]))
        barred = np.array(sorted(pairs - encoding.problem.pair_index.keys()), dtype=np.int64).reshape(-1, 2)
        ranked = rank_pairs(encoding, barred[:, 0], barred[:, 1], encoding.policy.stability.unranked)
        return barred[:, 0], barred[:, 1], ranked

    def _pair(
        self, pair: tuple[int, int], ranks: tuple[int, int], *, counted_in: bool, excuses: tuple[str, ...]
    ) -> BlockingPair:
        mentee, host = pair
        leaving = self._lets_go(pair, ranks[1])
        return BlockingPair(
            mentee_id=self._encoding.mentee_ids[mentee],
            host_id=self._encoding.host_ids[host],
            mentee_words=self._mentee_words(mentee, ranks[0]),
            host_words=self._host_words(host, ranks[1], leaving),
            lets_go=tuple(self._encoding.mentee_ids[other] for other in leaving),
            counted=counted_in,
            excused_by=excuses,
        )

    def _lets_go(self, pair: tuple[int, int], rank: int) -> tuple[int, ...]:
        """Whom the mentor would let go: the least liked first, until there is room."""
        mentee, host = pair
        cluster = self._standing.clusters[host]
        demand = self._encoding.intake.mentees[mentee].demand
        short = sum(size for _, size, _ in cluster) + demand - int(self._wanted.problem.max_load[host])
        leaving = []
        for worse, size, other in sorted(cluster, key=lambda entry: (-entry[0], entry[2])):
            if short <= 0 or worse <= rank:
                break
            leaving.append(other)
            short -= size
        return tuple(leaving)

    def _mentee_words(self, mentee: int, rank: int) -> str:
        wish = self._ranked(rank, named=bool(self._has_named[0][mentee]))
        own = int(self._plan.host_of[mentee])
        if own == UNASSIGNED:
            return f"{wish}; now it has no mentor"
        held = self._ranked(int(self._standing.held[mentee]), named=bool(self._has_named[0][mentee]))
        return f"{wish}; now it has {self._name(self._encoding.host_ids[own])}, {held}"

    def _host_words(self, host: int, rank: int, leaving: tuple[int, ...]) -> str:
        named = bool(self._has_named[1][host])
        wish = self._ranked(rank, named=named)
        if not leaving:
            return f"{wish}; a place is free"
        ranks = {other: worse for worse, _, other in self._standing.clusters[host]}
        who = [
            f"{self._name(self._encoding.mentee_ids[other])}, {self._ranked(ranks[other], named=named)}"
            for other in leaving
        ]
        return f"{wish}; it would let go {listed(who)}"

    def _name(self, school_id: str) -> str:
        return f"{self._names.get(school_id, school_id)} ({school_id})"

    @staticmethod
    def _ranked(rank: int, *, named: bool) -> str:
        if not named:
            return "as welcome as any"
        return "not named" if rank >= LAST else f"choice {rank}"
