"""From a choice of relaxations to one that works: what fails is told as cuts, and asked again.

References
----------
J. N. Hooker, G. Ottosson, "Logic-based Benders decomposition", Mathematical Programming 96 (2003).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import numpy as np

from matcher.problem.graph import component_labels, groups_of
from matcher.problem.precheck import Conflict, ConflictKind, precheck
from matcher.questions.conflict import ConflictState, find_conflict
from matcher.questions.demands import Demand, DemandKind, Demands, PairBars, list_demands
from matcher.questions.oracle import Oracle
from matcher.questions.relaxing import Relaxation, Relaxations, openable
from matcher.questions.repair_flow import Cut, Unit
from matcher.questions.repair_plan import replanned
from matcher.questions.repaired import Repair, repaired
from matcher.questions.shortage import hosts_and_rows, places_offered, short_of_places
from matcher.result import SolveStatus
from matcher.solvers.base import ShouldStop

MOST_WORK = 30.0
"""Work units that the checks of all choices may take; beyond, nothing more is settled."""
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
    dearer: Callable[[Repair], None] | None = None,
    should_stop: ShouldStop | None = None,
) -> Repair | SolveStatus:
    """Ask for choices, adding cuts, until one works.

    Where a choice gives up much, a plan may choose anew who is concerned, at the same price.

    Parameters
    ----------
    chooser : Chooser
    demands : Demands
    relaxations : Relaxations
    up_to : int, optional
        A choice that costs more ends the search as if there were none.
    dearer : callable, optional
        Called with a repair that works and that costs more than the choice it was made from.
    should_stop : callable, optional

    Returns
    -------
    Repair or SolveStatus
        INFEASIBLE if the chooser says that no choice keeps the cuts; UNKNOWN at a limit.
    """
    judge, budget = _Judge(demands, relaxations), MOST_WORK
    for _ in range(MOST_ROUNDS):
        if should_stop is not None and should_stop():
            return SolveStatus.UNKNOWN
        choice = chooser.choose()
        if not isinstance(choice, Repair):
            return choice
        if up_to is not None and choice.price > up_to:
            return SolveStatus.INFEASIBLE
        left = demands_after(demands, relaxations, choice)
        cuts = [cut for cut in judge.counted(left) if not _keeps(choice, cut)]
        if not cuts:
            again = replanned(demands, relaxations, choice, should_stop)
            if again is not None and again.price <= choice.price:
                return again
            if again is not None and dearer is not None:
                dearer(again)
            oracle = Oracle(left, should_stop=should_stop, budget=budget)
            found = find_conflict(left, oracle)
            budget = oracle.budget
            if found.state is not ConflictState.FOUND:
                return choice if found.state is ConflictState.NONE else SolveStatus.UNKNOWN
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
        """Units beyond those chosen of whatever the conflict demands: one of them is needed.

        A row that limits places gives way to places more at its hosts as well.
        """
        used = dict(choice.uses)
        rows = [one for one in conflict if one.kind is DemandKind.ROW]
        hosts, _ = hosts_and_rows(self.demands, rows)
        roomier = {Demand(DemandKind.MOST, host=host) for host in hosts}
        return tuple(
            (one, used.get(one, 0))
            for demand in sorted({*conflict, *roomier})
            for one in self._by_demand.get(demand, [])
            if used.get(one, 0) < one.most
        )

    def counted(self, left: Demands) -> Iterator[Cut]:
        """Cuts by counting: rivals beyond the hosts in reach, and mentees beyond the places in reach."""
        for conflict in precheck(left.problem):
            if conflict.kind is ConflictKind.TOO_MANY_RIVALS:
                yield self._rivals(left, conflict)
        for active in short_of_places(left, together=True):
            kept = left.of(active)
            group = {one.mentee for one in kept if one.mentee >= 0}
            hosts, rows = hosts_and_rows(self.demands, kept)
            room = places_offered(self.demands, kept)
            ways = [Demand(DemandKind.MOST, host=host) for host in sorted(hosts)]
            ways += [Demand(DemandKind.ROW, key=key) for key in sorted(rows)]
            yield (*self._ways_out(left, group, group, hosts), *self._all(ways)), len(group) - room

    def _rivals(self, left: Demands, conflict: Conflict) -> Cut:
        """Cut for rivals that outnumber the hosts in reach.

        A rival may have to be placed only because one must who stays with it; of such a group, one unit may
        free all rivals that are in it. Any other unit is about one rival, or brings one host into reach.
        """
        group, reach = set(conflict.mentees), set(conflict.hosts)
        tied, freed = set(group), 1
        links = left.problem.must_link
        for one in groups_of(component_labels(links[:, 0], links[:, 1], left.problem.n_mentees)):
            if one & group:
                tied |= one
                freed = max(freed, len(one & group))
        ways = [
            one
            for one in left.listed
            if (one.kind is DemandKind.APART and {one.mentee, one.other} <= group)
            or (one.kind is DemandKind.TOGETHER and one.mentee in tied)
        ]
        ways += _without_room(left, group, reach)
        short = conflict.needed - conflict.available
        return (*self._all(ways), *self._ways_out(left, group, tied, reach)), -(-short // freed)

    def _ways_out(self, left: Demands, group: set[int], tied: set[int], reach: set[int]) -> tuple[Unit, ...]:
        """Leave out one of those tied to the group, give up its lock, or waive a rule that keeps the group.

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
            if one.mentee not in tied:
                continue
            if one.kind is DemandKind.LOCK or (one.kind is DemandKind.PLACED and one.mentee not in locked):
                found.append(one)
            elif one.kind is DemandKind.BAR and one.mentee in group:
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


def _keeps(choice: Repair, cut: Cut) -> bool:
    """Whether a choice keeps a cut already, which then says too little: places may grow by too few."""
    used = dict(choice.uses)
    return sum(level < used.get(one, 0) for one, level in cut[0]) >= cut[1]


def _without_room(left: Demands, group: set[int], reach: set[int]) -> list[Demand]:
    """Maxima of hosts too small for one of the group: with more places they come into reach."""
    problem = left.problem
    members = sorted(group)
    own = np.isin(problem.pair_mentee, members)
    needed = max(int(left.bars.places[members].max()), int(problem.pair_demand[own].max(initial=0)))
    small = set(np.flatnonzero(problem.max_load < needed).tolist()) - reach
    return [Demand(DemandKind.MOST, host=host) for host in sorted(small)]


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
    left = PairBars(bars.keys, mask, bars.places)
    return list_demands(repaired(demands, relaxations, repair), left, demands.row_hosts)
