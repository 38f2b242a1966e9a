"""From a choice of relaxations to one that works: what fails is told as cuts, and asked again.

References
----------
J. N. Hooker, G. Ottosson, "Logic-based Benders decomposition", Mathematical Programming 96 (2003).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np

from matcher.problem.precheck import ConflictKind, precheck
from matcher.questions.conflict import ConflictState, find_conflict
from matcher.questions.demands import Demand, DemandKind, Demands, PairBars, list_demands
from matcher.questions.oracle import Oracle, short_of_places
from matcher.questions.relaxing import Relaxation, Relaxations, openable
from matcher.questions.repair_flow import Cut, Unit
from matcher.questions.repaired import Repair, repaired
from matcher.result import SolveStatus
from matcher.solvers.base import ShouldStop

MOST_ROUNDS = 200
"""Choices looked at before the search gives up; the bound is then that of the last one."""


class Chooser(Protocol):
    """Chooses relaxations that keep all cuts so far, the cheapest first."""

    def choose(self) -> Repair | SolveStatus:
        """Ask for a choice; a status where there is none."""
        ...

    def require(self, cuts: Iterable[Cut]) -> None:
        """Add cuts."""
        ...


def working(
    chooser: Chooser,
    demands: Demands,
    relaxations: Relaxations,
    *,
    up_to: int | None = None,
    should_stop: ShouldStop | None = None,
) -> Repair | SolveStatus:
    """Ask for choices, adding cuts, until one works.

    Parameters
    ----------
    chooser : Chooser
    demands : Demands
    relaxations : Relaxations
    up_to : int, optional
        A choice that costs more ends the search as if there were none.
    should_stop : callable, optional

    Returns
    -------
    Repair or SolveStatus
        INFEASIBLE if the chooser says that no choice keeps the cuts; UNKNOWN at a limit.
    """
    judge = _Judge(demands, relaxations)
    for _ in range(MOST_ROUNDS):
        if should_stop is not None and should_stop():
            return SolveStatus.UNKNOWN
        choice = chooser.choose()
        if not isinstance(choice, Repair):
            return choice
        if up_to is not None and choice.price > up_to:
            return SolveStatus.INFEASIBLE
        left = demands_after(demands, relaxations, choice)
        cuts = list(judge.counted(left))
        if not cuts:
            found = find_conflict(left, Oracle(left, should_stop=should_stop))
            if found.state is ConflictState.NONE:
                return choice
            if found.state is ConflictState.UNSETTLED:
                return SolveStatus.UNKNOWN
            cuts = [(judge.beyond(found.demands, choice), 1)]
        chooser.require(cuts)
    return SolveStatus.UNKNOWN


class _Judge:
    """Says what a repair has to use more of."""

    def __init__(self, demands: Demands, relaxations: Relaxations) -> None:
        self.demands, self.relaxations = demands, relaxations
        self._by_demand: dict[Demand, list[Relaxation]] = {}
        for one in relaxations.listed:
            self._by_demand.setdefault(one.demand, []).append(one)

    def beyond(self, conflict: tuple[Demand, ...], choice: Repair) -> tuple[Unit, ...]:
        """Units beyond those chosen of whatever the conflict demands: one of them is needed."""
        used = dict(choice.uses)
        return tuple(
            (one, used.get(one, 0))
            for demand in conflict
            for one in self._by_demand.get(demand, [])
            if used.get(one, 0) < one.most
        )

    def counted(self, left: Demands) -> Iterator[Cut]:
        """Cuts by counting: rivals beyond the hosts in reach, and mentees beyond the places in reach."""
        for conflict in precheck(left.problem):
            if conflict.kind is ConflictKind.TOO_MANY_RIVALS:
                group = set(conflict.mentees)
                apart = [one for one in left.listed if one.kind is DemandKind.APART]
                inside = [one for one in apart if {one.mentee, one.other} <= group]
                ways = (*self._ways_out(left, group, set(conflict.hosts)), *self._all(_without_room(left)))
                yield (*self._all(inside), *ways), conflict.needed - conflict.available
        for active in short_of_places(left, together=True):
            kept = left.of(active)
            group = {one.mentee for one in kept if one.mentee >= 0}
            hosts = [one for one in kept if one.kind is DemandKind.MOST]
            room = sum(int(self.demands.problem.max_load[one.host]) for one in hosts)
            reach = {one.host for one in hosts}
            yield (*self._ways_out(left, group, reach), *self._all(hosts)), len(group) - room

    def _ways_out(self, left: Demands, group: set[int], reach: set[int]) -> tuple[Unit, ...]:
        """Leave one of the group out, give up its lock or link, or waive a rule that keeps it within reach.

        A waiver counts only if, with whatever else may be waived, it opens a host beyond `reach`; to a locked
        mentee only the host that it is locked to matters, as long as the lock holds.
        """
        opened = openable(left, self.relaxations)
        opened[:, sorted(reach)] = False
        locked: dict[int, set[int]] = {}
        for mentee, host in left.problem.locked.tolist():
            locked.setdefault(mentee, set()).add(host)
        found = []
        for one in left.listed:
            if one.kind is DemandKind.TOGETHER and (one.mentee in group or one.other in group):
                found.append(one)
            elif one.mentee not in group:
                continue
            elif one.kind is DemandKind.LOCK or (one.kind is DemandKind.PLACED and one.mentee not in locked):
                found.append(one)
            elif one.kind is DemandKind.BAR:
                bit = left.bars.keys.index(one.key)
                hosts = opened[one.mentee] & (((left.bars.mask[one.mentee] >> bit) & 1) != 0)
                if one.mentee in locked:
                    hosts = hosts[sorted(locked[one.mentee])]
                found += [one] if hosts.any() else []
        return self._all(found)

    def _all(self, demands: list[Demand]) -> tuple[Unit, ...]:
        return tuple(
            (one, level)
            for demand in demands
            for one in self._by_demand.get(demand, [])
            for level in range(one.most)
        )


def _without_room(left: Demands) -> list[Demand]:
    """Maxima of hosts that have no room for even one mentee: with more places they come into reach."""
    small = np.flatnonzero(left.problem.max_load < 1).tolist()
    return [Demand(DemandKind.MOST, host=host) for host in small]


def demands_after(demands: Demands, relaxations: Relaxations, repair: Repair) -> Demands:
    """List what is still demanded once a repair is applied.

    Parameters
    ----------
    demands : Demands
    relaxations : Relaxations
    repair : Repair

    Returns
    -------
    Demands
        Of the repaired problem; a bar that was waived stands for what the waiver does not open.
    """
    bars = demands.bars
    bits = np.zeros(demands.problem.n_mentees, np.uint16)
    for one, _ in repair.uses:
        if one.demand.kind is DemandKind.BAR:
            bits[one.demand.mentee] |= 1 << bars.keys.index(one.demand.key)
    mask = bars.mask & ~(relaxations.opens & bits[:, None])
    return list_demands(repaired(demands, relaxations, repair), PairBars(bars.keys, mask, bars.places))
