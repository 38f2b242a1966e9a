"""Cheapest repairs of large problems: relaxations alone are searched, plans only to judge them.

A small model of the relaxations is asked for the cheapest choice; the repaired problem is then looked at by
itself. If it is still infeasible, what was found there is a cut: relaxations of which a repair must use more.
The model holds only what all repairs must keep, so that the first choice that works is a cheapest one.

References
----------
E. Moreno-Centeno, R. M. Karp, "The implicit hitting set approach to solve combinatorial optimization
problems", Operations Research 61 (2013).
J. N. Hooker, G. Ottosson, "Logic-based Benders decomposition", Mathematical Programming 96 (2003).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matcher.problem.precheck import ConflictKind, precheck
from matcher.questions.conflict import ConflictState, find_conflict
from matcher.questions.demands import Demand, DemandKind, Demands, PairBars, list_demands
from matcher.questions.oracle import Oracle, short_of_places
from matcher.questions.relaxing import Relaxation, Relaxations, openable
from matcher.questions.repaired import Repair, repaired
from matcher.result import SolveStatus
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.cp_search import search

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_ROUNDS = 200
"""Choices looked at before the search gives up; the bound is then that of the last one."""


@dataclass(slots=True, eq=False)
class RelaxationModel:
    """The model of the relaxations, with the cuts found so far.

    Attributes
    ----------
    demands : Demands
    relaxations : Relaxations
    settings : SolveSettings
    should_stop : callable or None
    work : float
    """

    demands: Demands
    relaxations: Relaxations
    settings: SolveSettings
    should_stop: ShouldStop | None
    work: float = 0.0
    model: cp_model.CpModel = field(init=False)
    units: dict[Relaxation, list[cp_model.IntVar]] = field(default_factory=dict)
    _by_demand: dict[Demand, list[Relaxation]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

        self.model = cp_model.CpModel()
        groups: dict[str, list[cp_model.IntVar]] = {}
        for one in self.relaxations.listed:
            literals = [self.model.new_bool_var("") for _ in range(one.most)]
            for fewer, more in pairwise(literals):
                self.model.add_implication(more, fewer)
            self.units[one] = literals
            self._by_demand.setdefault(one.demand, []).append(one)
            groups.setdefault(one.group, []).extend(literals)
        for group, literals in groups.items():
            if group in self.relaxations.limits:
                self.model.add(sum(literals) <= self.relaxations.limits[group])

    def price(self) -> cp_model.LinearExpr:
        """Price of what is given up."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

        prices = [one.price for one, literals in self.units.items() for _ in literals]
        every = [literal for literals in self.units.values() for literal in literals]
        return cp_model.LinearExpr.weighted_sum(every, prices)

    def choose(self) -> Repair | SolveStatus:
        """Ask for a choice that keeps all cuts; a status where there is none."""
        every = [literal for literals in self.units.values() for literal in literals]
        outcome = search(self.model, every, self.settings, stage="repair", should_stop=self.should_stop)
        self.work += outcome.work
        if outcome.objective is None:
            return outcome.status
        if self.model.has_objective() and outcome.status is not SolveStatus.OPTIMAL:
            return SolveStatus.UNKNOWN
        values = iter(outcome.chosen)
        counts = {one: sum(next(values) for _ in literals) for one, literals in self.units.items()}
        uses = tuple(sorted((one, count) for one, count in counts.items() if count))
        return Repair(uses, sum(one.price * count for one, count in uses))

    def working(self) -> Repair | SolveStatus:
        """Ask for choices, adding cuts, until one works: INFEASIBLE if none does, UNKNOWN at a limit."""
        for _ in range(MOST_ROUNDS):
            choice = self.choose()
            if not isinstance(choice, Repair):
                return choice
            left = demands_after(self.demands, self.relaxations, choice)
            cuts = list(self._counted(left))
            if not cuts:
                found = find_conflict(left, Oracle(left, should_stop=self.should_stop))
                if found.state is ConflictState.NONE:
                    return choice
                if found.state is ConflictState.UNSETTLED:
                    return SolveStatus.UNKNOWN
                cuts = [(self._next(found.demands, choice), 1)]
            for literals, least in cuts:
                self.model.add(sum(literals) >= least)
        return SolveStatus.UNKNOWN

    def _next(self, conflict: tuple[Demand, ...], choice: Repair) -> list[cp_model.IntVar]:
        """Units beyond those chosen of whatever the conflict demands: one of them is needed."""
        used = dict(choice.uses)
        return [
            self.units[one][used.get(one, 0)]
            for demand in conflict
            for one in self._by_demand.get(demand, [])
            if used.get(one, 0) < one.most
        ]

    def _counted(self, left: Demands) -> Iterator[tuple[list[cp_model.IntVar], int]]:
        """Cuts by counting: rivals beyond the hosts in reach, and mentees beyond the places in reach."""
        for conflict in precheck(left.problem):
            if conflict.kind is ConflictKind.TOO_MANY_RIVALS:
                group = set(conflict.mentees)
                apart = [one for one in left.listed if one.kind is DemandKind.APART]
                inside = [one for one in apart if {one.mentee, one.other} <= group]
                ways = [*self._ways_out(left, group, set(conflict.hosts)), *self._all(_without_room(left))]
                yield [*self._all(inside), *ways], conflict.needed - conflict.available
        for active in short_of_places(left, together=True):
            kept = left.of(active)
            group = {one.mentee for one in kept if one.mentee >= 0}
            hosts = [one for one in kept if one.kind is DemandKind.MOST]
            room = sum(int(self.demands.problem.max_load[one.host]) for one in hosts)
            reach = {one.host for one in hosts}
            yield [*self._ways_out(left, group, reach), *self._all(hosts)], len(group) - room

    def _ways_out(self, left: Demands, group: set[int], reach: set[int]) -> list[cp_model.IntVar]:
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

    def _all(self, demands: list[Demand]) -> list[cp_model.IntVar]:
        return [
            lit for demand in demands for one in self._by_demand.get(demand, []) for lit in self.units[one]
        ]


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
