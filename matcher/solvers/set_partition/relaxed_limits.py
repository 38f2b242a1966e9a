"""What a small part could be worth at most if one thing were given up: a place, a rivalry, a barred pair."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem
from matcher.solvers.set_partition.columns import (
    MAX_CLUSTERS,
    Sets,
    closed_value,
    enumerate_columns,
    host_sets,
    plan_of,
)
from matcher.solvers.set_partition.duals import lagrangian_bound, tighten
from matcher.solvers.set_partition.near_best import near_best
from matcher.solvers.set_partition.subsets import MAX_UNITS
from matcher.solvers.set_partition.units import IntArray, Units, build_units

MOST_STEPS = 500_000
"""Combinations looked at before a search is left to the solver."""

NOTHING = -(2**60)
"""Worth of a cluster that does not exist."""


@dataclass(frozen=True, slots=True, eq=False)
class RelaxedLimits:
    """The prices that prove a part's bound, and every set of units at each host, ready to be extended.

    A relaxation only adds clusters. Priced by the same prices, the best of them says by how much the bound
    can rise at most (weak duality); nothing is solved anew. Quotas, rows, compositions and load targets
    are left out of the clusters that are added, which can only raise what they are worth.

    Attributes
    ----------
    bound : int
        No plan of the part is worth more, in objective units.
    """

    bound: int
    _problem: Problem
    _units: Units
    _price: IntArray
    _sets: tuple[Sets, ...]
    _best: IntArray
    _unit_of: IntArray

    def with_place(self, host: int) -> int | None:
        """No plan is worth more if the host has one place more; None where a load target moves along."""
        problem, units = self._problem, self._units
        if problem.load_target is not None:
            return None
        high, best = int(problem.max_load[host]) + 1, NOTHING
        for unit in np.flatnonzero(units.eligible[:, host]).tolist():
            value, demand = int(units.value[unit, host]), int(units.demand[unit, host])
            best = max(best, self._best_with(host, unit, value, (high, high), demand))
        return self._raised({host: best})

    def together(self, first: int, second: int, cohesion: int = 0) -> int | None:
        """No plan is worth more if two mentees may share a host; None where they are bound together.

        `cohesion` is what their sharing one adds beyond what the part counts, in objective units.
        """
        units = self._units
        one, other = int(self._unit_of[first]), int(self._unit_of[second])
        if one == other:
            return None
        best: dict[int, int] = {}
        more = np.zeros(len(units.group), np.int64)
        more[one] = cohesion
        for host in np.flatnonzero(units.eligible[one] & units.eligible[other]).tolist():
            value, demand = int(units.value[other, host]), int(units.demand[other, host])
            best[host] = self._best_with(host, other, value, self._load(host), demand, beside=one, more=more)
        return self._raised(best)

    def with_pair(self, mentee: int, host: int, value: int, demand: int, cohesion: IntArray) -> int | None:
        """No plan is worth more if a barred pair may be chosen; None for a mentee tied to others.

        Parameters
        ----------
        mentee, host : int
        value, demand : int
            Of the pair, objective units and places.
        cohesion : ndarray of int64, shape (n_mentees,)
            Value of the mentee's sharing a host with each other, beyond what the part counts.
        """
        unit, units = int(self._unit_of[mentee]), self._units
        if int(units.group[unit].sum()) > 1:
            return None
        more = units.group.astype(np.int64) @ cohesion
        return self._raised({host: self._best_with(host, unit, value, self._load(host), demand, more=more)})

    def best_of(self, relaxed: Problem, floor: int) -> tuple[int, IntArray] | None:
        """Solve the part with something given up, by the prices that are there: no new ones are sought.

        Parameters
        ----------
        relaxed : Problem
            The part with one thing given up.
        floor : int
            What a known plan of it is worth, objective units.

        Returns
        -------
        tuple of (int, ndarray of int64) or None
            The optimum and the host of each mentee; None where that takes more work, or there are limits
            across clusters.
        """
        if relaxed.quotas or relaxed.rows:
            return None
        units = build_units(relaxed)
        columns = enumerate_columns(relaxed, units)
        found = None if columns is None else lagrangian_bound(relaxed, units, columns, self._price)
        if columns is None or found is None:
            return None
        bound = found.bound + relaxed.constant
        near = near_best(relaxed, units, columns, found, limit=bound - floor, most=MOST_STEPS)
        if near is None or near.least > near.limit:
            return None
        return bound - near.least, plan_of(relaxed, units, columns.take(near.picked))

    def _load(self, host: int) -> tuple[int, int]:
        return int(self._problem.min_load[host]), int(self._problem.max_load[host])

    def _best_with(
        self,
        host: int,
        unit: int,
        value: int,
        load: tuple[int, int],
        demand: int,
        *,
        beside: int = -1,
        more: IntArray | None = None,
    ) -> int:
        """Worth, less prices, of the best set of a host that a unit joins, or of the unit alone.

        The load then lies within `load`; the set holds no rival other than `beside`, and `beside` if given.
        """
        sets, units = self._sets[host], self._units
        barred = units.apart[unit].copy()
        barred[unit] = True
        fits = (sets.load + demand >= load[0]) & (sets.load + demand <= load[1])
        if beside >= 0:
            barred[beside] = False
            fits &= sets.members[:, beside]
        fits &= ~sets.members[:, barred].any(axis=1)
        members = sets.members[fits].astype(np.int64)
        shared = units.cohesion[unit] if more is None else units.cohesion[unit] + more
        own = value - int(self._price[unit]) - int(self._problem.open_cost[host])
        joined = sets.value[fits] + members @ (shared - self._price) + own
        alone = own if beside < 0 and load[0] <= demand <= load[1] else NOTHING
        return max(int(joined.max(initial=NOTHING)), alone)

    def _raised(self, best: dict[int, int]) -> int:
        return self.bound + sum(max(0, worth - int(self._best[host])) for host, worth in best.items())


def relaxed_limits(problem: Problem) -> RelaxedLimits | None:
    """Prepare the limits of a small part; None where its clusters cannot be listed or it has no plan."""
    if problem.n_mentees > MAX_UNITS:
        return None
    relaxed = replace(problem, quotas=(), rows=())
    units = build_units(relaxed)
    columns = enumerate_columns(relaxed, units)
    found = None if columns is None else tighten(relaxed, units, columns)
    if columns is None or found is None:
        return None
    sets = [host_sets(relaxed, units, host, MAX_CLUSTERS) for host in range(problem.n_hosts)]
    reduced = columns.value - columns.members.astype(np.int64) @ found.price
    best = np.zeros(problem.n_hosts, np.int64)
    for host in range(problem.n_hosts):
        closed = closed_value(relaxed, host)
        own = int(reduced[columns.host == host].max(initial=NOTHING))
        best[host] = own if closed is None else max(own, closed)
    return RelaxedLimits(
        bound=found.bound + problem.constant,
        _problem=relaxed,
        _units=units,
        _price=found.price,
        _sets=tuple(one for one in sets if one is not None),
        _best=best,
        _unit_of=np.nonzero(units.group.T)[1],
    )
