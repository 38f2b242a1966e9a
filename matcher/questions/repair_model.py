"""The repair model: a plan that keeps every demand, or pays for what it gives up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Composition, Problem, Quota
from matcher.questions.demands import BoolArray, Demand, DemandKind, Demands, IntArray
from matcher.questions.relaxing import Relaxation, Relaxations, openable
from matcher.solvers.cp_sat.constraints import add_constraints, clique_cover
from matcher.solvers.cp_sat.counts import count_members, count_quota, host_load
from matcher.solvers.cp_sat.variables import Variables, create_variables

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


Counted = TypeVar("Counted", Composition, Quota)


@dataclass(frozen=True, slots=True, eq=False)
class RepairModel:
    """The model and what is read off it.

    Attributes
    ----------
    demands : Demands
    relaxations : Relaxations
    model : CpModel
    variables : Variables
    problem : Problem
        The relaxed problem that the variables speak of: its own mentees, all hosts.
    mentees : ndarray of int64
        Position of its mentees in the whole problem.
    hosts : ndarray of bool, shape (n_hosts,)
        Hosts that it is about.
    units : dict of Relaxation to list of literal
        Literal t says that at least t + 1 units are used.
    """

    demands: Demands
    relaxations: Relaxations
    model: cp_model.CpModel
    variables: Variables
    problem: Problem
    mentees: IntArray
    hosts: BoolArray
    units: dict[Relaxation, list[cp_model.IntVar]]

    def literals(self) -> list[cp_model.IntVar]:
        """All literals of relaxations, in the order of `units`."""
        return [literal for literals in self.units.values() for literal in literals]

    def price(self) -> cp_model.LinearExpr:
        """Price of what is given up."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

        prices = [one.price for one, literals in self.units.items() for _ in literals]
        return cp_model.LinearExpr.weighted_sum(self.literals(), prices)


def build_model(
    demands: Demands, relaxations: Relaxations, concerned: BoolArray, hosts: BoolArray
) -> RepairModel:
    """Write down the repair model of some mentees and hosts.

    Parameters
    ----------
    demands : Demands
    relaxations : Relaxations
    concerned : ndarray of bool, shape (n_mentees,)
        Mentees of the parts that have to be repaired; the others share no host with them.
    hosts : ndarray of bool, shape (n_hosts,)
        Hosts of these parts.

    Returns
    -------
    RepairModel
        Without an objective.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    mentees = np.flatnonzero(concerned)
    place = np.full(demands.problem.n_mentees, -1, np.int64)
    place[mentees] = np.arange(len(mentees))
    problem = _relaxed(demands, relaxations, mentees, place)
    ours = tuple(one for one in problem.quotas if (one.hosts & hosts).any() or not one.hosts.any())
    problem = replace(problem, must_open=problem.must_open & hosts, quotas=ours)
    model = cp_model.CpModel()
    variables = create_variables(model, problem)
    add_constraints(model, problem, variables)
    made = RepairModel(demands, relaxations, model, variables, problem, mentees, hosts, {})
    writer = _Writer(made, place)
    for one in relaxations.listed:
        writer.write(one)
    writer.barred_pairs()
    writer.cliques()
    writer.rows()
    writer.limits()
    return made


def _relaxed(demands: Demands, relaxations: Relaxations, mentees: IntArray, place: IntArray) -> Problem:
    """Leave out, or widen as far as it goes, everything that may be given up."""
    whole = demands.problem
    offered = {one.demand: one for one in relaxations.listed}
    missed = {(one.demand.key, one.over) for one in relaxations.listed}
    pairs = openable(demands, relaxations)
    pairs[whole.pair_mentee, whole.pair_host] = True
    first, second = np.nonzero(pairs[mentees])
    needs = np.repeat(demands.bars.places[:, None], whole.n_hosts, axis=1)
    needs[whole.pair_mentee, whole.pair_host] = whole.pair_demand
    most, least = whole.max_load.copy(), whole.min_load.copy()
    may_stay = whole.may_stay.copy()
    for demand, one in offered.items():
        if demand.kind is DemandKind.MOST:
            most[demand.host] += one.most
        elif demand.kind is DemandKind.LEAST:
            least[demand.host] = max(0, int(least[demand.host]) - one.most)
        elif demand.kind is DemandKind.PLACED:
            may_stay[demand.mentee] = True
    n_pairs = len(first)
    return Problem(
        n_mentees=len(mentees),
        n_hosts=whole.n_hosts,
        pair_mentee=first.astype(np.int64),
        pair_host=second.astype(np.int64),
        pair_value=np.zeros(n_pairs, np.int64),
        pair_demand=needs[mentees[first], second],
        min_load=least,
        max_load=most,
        must_open=whole.must_open,
        open_cost=np.zeros(whole.n_hosts, np.int64),
        may_stay=may_stay[mentees],
        unassigned_cost=np.zeros(len(mentees), np.int64),
        cannot_link=_left(whole.cannot_link, DemandKind.APART, offered, place),
        must_link=_left(whole.must_link, DemandKind.TOGETHER, offered, place),
        locked=_left_locks(whole.locked, offered, place),
        compositions=tuple(_firm(one, mentees, missed) for one in whole.compositions if one.price is None),
        quotas=tuple(_firm(one, mentees, missed) for one in whole.quotas if one.price is None),
        rows=(),
    )


def _firm(rule: Counted, mentees: IntArray, missed: set[tuple[str, bool]]) -> Counted:
    """Keep of a quota or composition the sides that may not be missed."""
    return replace(
        rule,
        members=rule.members[mentees],
        at_least=None if (rule.key, False) in missed else rule.at_least,
        at_most=None if (rule.key, True) in missed else rule.at_most,
    )


def _left(
    links: IntArray, kind: DemandKind, offered: dict[Demand, Relaxation], place: IntArray
) -> NDArray[np.int64]:
    kept = [
        (int(place[i]), int(place[k]))
        for i, k in links.tolist()
        if place[i] >= 0 and place[k] >= 0 and Demand(kind, min(i, k), max(i, k)) not in offered
    ]
    return np.array(kept, np.int64).reshape(-1, 2)


def _left_locks(locked: IntArray, offered: dict[Demand, Relaxation], place: IntArray) -> NDArray[np.int64]:
    kept = [
        (int(place[i]), j)
        for i, j in locked.tolist()
        if place[i] >= 0 and Demand(DemandKind.LOCK, i, host=j) not in offered
    ]
    return np.array(kept, np.int64).reshape(-1, 2)


class _Writer:
    """Writes, for each relaxation, the demand that holds unless it is paid for."""

    def __init__(self, made: RepairModel, place: IntArray) -> None:
        self.made, self.place = made, place
        self.demands, self.relaxations = made.demands, made.relaxations
        self.model, self.variables, self.problem = made.model, made.variables, made.problem
        self.whole = made.demands.problem
        self.pairs_of: list[dict[int, cp_model.IntVar]] = [{} for _ in range(self.problem.n_mentees)]
        pairs = zip(self.problem.pair_mentee.tolist(), self.problem.pair_host.tolist(), strict=True)
        for (mentee, host), literal in zip(pairs, self.variables.choose, strict=True):
            self.pairs_of[mentee][host] = literal

    def write(self, one: Relaxation) -> None:
        demand = one.demand
        if demand.mentee >= 0 and self.place[demand.mentee] < 0:
            return
        if demand.other >= 0 and self.place[demand.other] < 0:
            return
        if demand.host >= 0 and not self.made.hosts[demand.host]:
            return
        if demand.kind is DemandKind.PLACED:
            self.made.units[one] = [self.variables.stay[int(self.place[demand.mentee])]]
            return
        literals = [self.model.new_bool_var("") for _ in range(one.most)]
        for fewer, more in pairwise(literals):
            self.model.add_implication(more, fewer)
        self.made.units[one] = literals
        _WRITE[demand.kind](self, one, literals)

    def most(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        host = one.demand.host
        self.model.add(
            host_load(self.problem, self.variables, host) <= int(self.whole.max_load[host]) + sum(units)
        )

    def least(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        host = one.demand.host
        low = int(self.whole.min_load[host])
        wanted = low if self.whole.must_open[host] else low * self.variables.lead[host]
        self.model.add(host_load(self.problem, self.variables, host) + sum(units) >= wanted)

    def apart(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        for first, second in self._shared(one.demand):
            if first is not None and second is not None:
                self.model.add_bool_or([~first, ~second, units[0]])

    def together(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        for first, second in self._shared(one.demand):
            if first is not None:
                self.model.add_bool_or([~first, units[0], *([second] if second is not None else [])])
            if second is not None:
                self.model.add_bool_or([~second, units[0], *([first] if first is not None else [])])

    def lock(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        at = self.problem.pair_index.get((int(self.place[one.demand.mentee]), one.demand.host))
        self.model.add_bool_or([units[0], *([self.variables.choose[at]] if at is not None else [])])

    def row(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        """Nothing of its own: places more count as well, see :meth:`rows`."""

    def rows(self) -> None:
        """Limit the places that are filled at some hosts; places more there raise the limit."""
        of_demand = {one.demand: literals for one, literals in self.made.units.items()}
        for row in self.whole.rows:
            if row.price is not None or row.at_most is None:
                continue
            hosts = self.demands.row_hosts[row.key] & self.made.hosts
            own = hosts[self.problem.pair_host]
            filled = [
                int(places) * literal
                for places, literal, counts in zip(
                    self.problem.pair_demand, self.variables.choose, own, strict=True
                )
                if counts
            ]
            more = list(of_demand.get(Demand(DemandKind.ROW, key=row.key), []))
            for host in np.flatnonzero(hosts).tolist():
                more += of_demand.get(Demand(DemandKind.MOST, host=host), [])
            if hosts.any() or row.at_most < 0:
                self.model.add(sum(filled) <= row.at_most + sum(more))

    def bar(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        """Nothing of its own: each pair asks for its waivers, see :meth:`barred_pairs`."""

    def quota(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        (quota,) = (quota for quota in self.whole.quotas if quota.key == one.demand.key)
        if quota.hosts.any() and not (quota.hosts & self.made.hosts).any():
            return
        own = replace(quota, members=quota.members[self.made.mentees])
        count = count_quota(self.problem, self.variables, own)
        if one.over and quota.at_most is not None:
            self.model.add(count <= quota.at_most + sum(units))
        if not one.over and quota.at_least is not None:
            self.model.add(count >= quota.at_least - sum(units))

    def composition(self, one: Relaxation, units: list[cp_model.IntVar]) -> None:
        (rule,) = (rule for rule in self.whole.compositions if rule.key == one.demand.key)
        members = rule.members[self.made.mentees]
        for host in np.flatnonzero(rule.hosts).tolist():
            count = count_members(self.problem, self.variables, members, host)
            if one.over and rule.at_most is not None:
                self.model.add(count <= rule.at_most + sum(units))
            if not one.over and rule.at_least is not None:
                self.model.add(count >= rule.at_least * self.variables.lead[host] - sum(units))

    def barred_pairs(self) -> None:
        """``x_ij <= waiver of each rule that bars (i, j)``."""
        waiver = {
            (one.demand.mentee, one.demand.key): literals[0]
            for one, literals in self.made.units.items()
            if one.demand.kind is DemandKind.BAR
        }
        bars = self.demands.bars
        pairs = zip(self.problem.pair_mentee.tolist(), self.problem.pair_host.tolist(), strict=True)
        for at, (mentee, host) in enumerate(pairs):
            who = int(self.made.mentees[mentee])
            mask = int(bars.mask[who, host])
            for bit, key in enumerate(bars.keys):
                if mask >> bit & 1:
                    self.model.add_implication(self.variables.choose[at], waiver[who, key])

    def cliques(self) -> None:
        """Count pigeons: mentees of a clique beyond one a host need at least as many waived links.

        Implied for whole values (t of a clique at one host waive t (t - 1) / 2 of its links, at least
        t - 1); without it the proof that links must be waived would have to try every placement.
        """
        waived = {
            (one.demand.mentee, one.demand.other): literals[0]
            for one, literals in self.made.units.items()
            if one.demand.kind is DemandKind.APART
        }
        apart: dict[int, set[int]] = {}
        for i, k in self.whole.cannot_link.tolist():
            if self.place[i] >= 0 and self.place[k] >= 0:
                apart.setdefault(i, set()).add(k)
                apart.setdefault(k, set()).add(i)
        for clique in clique_cover(apart):
            inside = [
                waived[i, k] for at, i in enumerate(clique) for k in clique[at + 1 :] if (i, k) in waived
            ]
            if len(clique) > 2 and inside:
                self._pigeons(clique, inside)

    def _pigeons(self, clique: list[int], waived: list[cp_model.IntVar]) -> None:
        at_host: dict[int, list[cp_model.IntVar]] = {}
        for mentee in clique:
            for host, literal in self.pairs_of[int(self.place[mentee])].items():
                at_host.setdefault(host, []).append(literal)
        beyond = []
        for literals in at_host.values():
            if len(literals) > 1:
                excess = self.model.new_int_var(0, len(literals) - 1, "")
                self.model.add(sum(literals) <= 1 + excess)
                beyond.append(excess)
        self.model.add(sum(beyond) <= sum(waived))

    def limits(self) -> None:
        """So many units of a group at most."""
        groups: dict[str, list[cp_model.IntVar]] = {}
        for one, literals in self.made.units.items():
            groups.setdefault(one.group, []).extend(literals)
        for group, literals in groups.items():
            limit = self.relaxations.limits.get(group)
            if limit is not None and limit < len(literals):
                self.model.add(sum(literals) <= limit)

    def _shared(self, demand: Demand) -> list[tuple[cp_model.IntVar | None, cp_model.IntVar | None]]:
        first = self.pairs_of[int(self.place[demand.mentee])]
        second = self.pairs_of[int(self.place[demand.other])]
        return [(first.get(host), second.get(host)) for host in sorted(first.keys() | second.keys())]


_WRITE = {
    DemandKind.MOST: _Writer.most,
    DemandKind.LEAST: _Writer.least,
    DemandKind.APART: _Writer.apart,
    DemandKind.TOGETHER: _Writer.together,
    DemandKind.LOCK: _Writer.lock,
    DemandKind.BAR: _Writer.bar,
    DemandKind.QUOTA: _Writer.quota,
    DemandKind.COMPOSITION: _Writer.composition,
    DemandKind.ROW: _Writer.row,
}
