"""Prices of mentees and a proven bound: column generation over the listed clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.problem import SCALE, Problem
from matcher.solvers.set_partition.columns import Columns, closed_value
from matcher.solvers.set_partition.units import IntArray, Units

MAX_ROUNDS = 60
NEW_COLUMNS = 20
"""Columns that each host adds in a round."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A proven bound, and by how much each column misses it.

    Attributes
    ----------
    bound : int
        No plan's objective (without the problem's constant) exceeds it.
    slack : ndarray of int64, shape (n_columns,)
        No plan that uses the column exceeds ``bound - slack``; at least 0.
    idle : ndarray of int64, shape (n_hosts,)
        The same of each host's leading no cluster; 0 where it must lead one.
    price : ndarray of int64, shape (n_units,)
        Prices that prove the bound.
    """

    bound: int
    slack: IntArray
    idle: IntArray
    price: IntArray


def lagrangian_bound(problem: Problem, units: Units, columns: Columns, price: IntArray) -> Bound | None:
    """Bound at given prices of the units, in whole numbers: exact whatever the prices are.

    The rows "each unit once" are priced out; what is left falls apart by host, and each host takes its
    best column.

    Parameters
    ----------
    price : ndarray of int64, shape (n_units,)

    Returns
    -------
    Bound or None
        None when a host that must lead has no column: the problem is infeasible.

    References
    ----------
    M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems",
    Management Science 27 (1981).
    """
    reduced = columns.value - columns.members.astype(np.int64) @ price
    bound = sum(price.tolist())
    for unit in np.flatnonzero(units.may_stay).tolist():
        bound += max(0, -int(units.stay_cost[unit]) - int(price[unit]))
    best, idle = np.zeros(problem.n_hosts, np.int64), np.zeros(problem.n_hosts, np.int64)
    for host in range(problem.n_hosts):
        options = reduced[columns.host == host]
        closed = closed_value(problem, host)
        if closed is None and not len(options):
            return None
        choices = [int(options.max())] if len(options) else []
        best[host] = max(choices if closed is None else [*choices, closed])
        idle[host] = 0 if closed is None else best[host] - closed
        bound += int(best[host])
    return Bound(bound, best[columns.host] - reduced, idle, price)


def tighten(problem: Problem, units: Units, columns: Columns) -> Bound | None:
    """Best bound that column generation finds; None when a host that must lead has no column.

    The linear master is solved by GLOP over a growing share of the columns. Its prices, rounded to whole
    units, go into :func:`lagrangian_bound`: rounding errors of the LP can weaken the bound, never falsify it.

    References
    ----------
    M. E. Lübbecke, J. Desrosiers, "Selected topics in column generation", Operations Research 53 (2005).
    R. Baldacci, N. Christofides, A. Mingozzi, "An exact algorithm for the vehicle routing problem based
    on the set partitioning formulation", Mathematical Programming 115 (2008): columns by their slack.
    """
    price = np.zeros(units.count, np.int64)
    best = lagrangian_bound(problem, units, columns, price)
    if best is None:
        return None
    master = _Master(problem, units)
    known = np.zeros(len(columns), np.bool_)
    newest = _worst(columns, best.slack, known, problem.n_hosts)
    for _ in range(MAX_ROUNDS):
        known[newest] = True
        master.add(columns.take(newest))
        found = master.prices()
        if found is None:
            break
        price = found
        now = lagrangian_bound(problem, units, columns, price)
        if now is not None and now.bound < best.bound:
            best = now
        reduced = columns.value - columns.members.astype(np.int64) @ price
        attractive = reduced / SCALE > master.host_prices()[columns.host] + 1e-7
        newest = _worst(columns, -reduced, known | ~attractive, problem.n_hosts)
        if not len(newest):
            break
    return best


def _worst(columns: Columns, slack: IntArray, barred: NDArray[np.bool_], n_hosts: int) -> NDArray[np.intp]:
    """Positions of each host's few columns with the least slack that are not barred."""
    picked = []
    for host in range(n_hosts):
        open_ones = np.flatnonzero((columns.host == host) & ~barred)
        order = np.argsort(slack[open_ones], kind="stable")[:NEW_COLUMNS]
        picked.append(open_ones[order])
    return np.concatenate(picked) if picked else np.empty(0, np.intp)


class _Master:
    """The linear master over the columns added so far, in points (objective units / SCALE)."""

    def __init__(self, problem: Problem, units: Units) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - keeps `import matcher` light

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._objective: Any = self._solver.Objective()
        self._objective.SetMaximization()
        self._unit_rows = [self._solver.Constraint(1, 1) for _ in range(units.count)]
        self._host_rows = [self._solver.Constraint(1, 1) for _ in range(problem.n_hosts)]
        # a price nobody would pay keeps the master feasible while columns are missing
        out = 10.0 * (1 + np.abs(units.value).max(initial=0) + np.abs(units.cohesion).sum()) / SCALE
        for unit, row in enumerate(self._unit_rows):
            stays = bool(units.may_stay[unit])
            self._variable(-float(units.stay_cost[unit]) / SCALE if stays else -out, [row])
        for host, row in enumerate(self._host_rows):
            closed = closed_value(problem, host)
            self._variable(-out if closed is None else closed / SCALE, [row])

    def _variable(self, value: float, rows: list[Any]) -> None:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._objective.SetCoefficient(variable, value)
        for row in rows:
            row.SetCoefficient(variable, 1)

    def add(self, columns: Columns) -> None:
        """Add columns."""
        for host, members, value in zip(
            columns.host.tolist(), columns.members, columns.value.tolist(), strict=True
        ):
            units = np.flatnonzero(members).tolist()
            self._variable(value / SCALE, [self._host_rows[host], *(self._unit_rows[u] for u in units)])

    def prices(self) -> IntArray | None:
        """Solve; prices of the units, rounded to objective units. None where GLOP has no answer."""
        if self._solver.Solve() != self._solver.OPTIMAL:
            return None
        return np.array([round(row.dual_value() * SCALE) for row in self._unit_rows], np.int64)

    def host_prices(self) -> NDArray[np.float64]:
        """Prices of the hosts' rows at the last solution, in points."""
        return np.array([row.dual_value() for row in self._host_rows], np.float64)
