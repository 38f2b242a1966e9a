"""The linear relaxation over a core of pairs, for prices and for where to branch; never for a bound."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.flow.costs import HostCosts
from matcher.solvers.flow_fixing.rules import BoolArray, IntArray, LinearRow

WORK_PER_ITERATION = 1e-4
"""Work units of one step of the simplex method: about 10,000 steps a second."""


class Relaxation:
    """Flow as a linear programme (GLOP) to which rows are added as they are violated.

    Attributes
    ----------
    share : ndarray of float, shape (n_pairs,)
        Last solution; shares of the pairs.
    work : float
        Work units used so far.
    solved : bool
        Whether the last attempt to solve it worked.
    """

    def __init__(self, core: Problem, costs: HostCosts) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - keeps `import matcher` light

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._optimal = pywraplp.Solver.OPTIMAL
        self.share: NDArray[np.float64] = np.zeros(core.n_pairs)
        self.work = 0.0
        self.solved = False
        self._allowed = np.ones(core.n_pairs, np.bool_)
        self._may_stay = core.may_stay.copy()
        self._rows: list[Any] = []
        solver, goal = self._solver, self._solver.Objective()
        goal.SetMaximization()
        mentees = [solver.Constraint(1, 1) for _ in range(core.n_mentees)]
        hosts = [solver.Constraint(float(least), float(least)) for least in costs.least.tolist()]
        self._hosts = hosts
        self._pairs = self._variables(goal, core.pair_value, np.ones(core.n_pairs))
        columns = zip(self._pairs, core.pair_mentee.tolist(), core.pair_host.tolist(), strict=True)
        for variable, mentee, host in columns:
            mentees[mentee].SetCoefficient(variable, 1)
            hosts[host].SetCoefficient(variable, 1)
        # leaving at a price that nobody would pay keeps the programme feasible where nobody may stay
        self._ban = 10 * (
            1 + int(np.abs(core.pair_value).max(initial=0) + np.abs(core.unassigned_cost).max(initial=0))
        )
        self._cost = core.unassigned_cost
        worth = np.where(core.may_stay, -self._cost, -self._ban)
        self._stays = self._variables(goal, worth, np.ones(core.n_mentees))
        for variable, row in zip(self._stays, mentees, strict=True):
            row.SetCoefficient(variable, 1)
        steps = self._variables(goal, -costs.step, costs.count)
        for variable, host in zip(steps, costs.host.tolist(), strict=True):
            hosts[host].SetCoefficient(variable, -1)

    def _variables(self, goal: Any, value: IntArray, most: NDArray[Any]) -> list[Any]:
        variables = [self._solver.NumVar(0, float(bound), "") for bound in most.tolist()]
        for variable, worth in zip(variables, value.tolist(), strict=True):
            goal.SetCoefficient(variable, float(worth))
        return variables

    def add(self, row: LinearRow) -> None:
        """Add a row; its pairs are positions in the core."""
        made = self._solver.Constraint(-self._solver.infinity(), float(row.limit))
        for at, weight in zip(row.pair.tolist(), row.weight.tolist(), strict=True):
            made.SetCoefficient(self._pairs[at], float(weight))
        self._rows.append(made)

    def solve(self, allowed: BoolArray, may_stay: BoolArray) -> bool:
        """Solve for the pairs and stays that are allowed; whether that worked."""
        for at in np.flatnonzero(allowed != self._allowed).tolist():
            self._pairs[at].SetUb(float(allowed[at]))
        for at in np.flatnonzero(may_stay != self._may_stay).tolist():
            cost = self._cost[at] if may_stay[at] else self._ban
            self._solver.Objective().SetCoefficient(self._stays[at], -float(cost))
        self._allowed, self._may_stay = allowed.copy(), may_stay.copy()
        status = self._solver.Solve()
        # rows and bounds that change leave the last basis dual feasible
        self._solver.SetSolverSpecificParametersAsString("use_dual_simplex:true use_preprocessing:false")
        self.work += WORK_PER_ITERATION * (10 + self._solver.iterations())
        self.solved = status == self._optimal
        if not self.solved:
            return False
        self.share = np.zeros(len(self._pairs))
        for at in np.flatnonzero(allowed).tolist():
            self.share[at] = self._pairs[at].solution_value()
        return True

    def prices(self) -> IntArray:
        """Price of each added row at the last solution, 0 or more, in whole objective units."""
        return np.array([max(0, round(row.dual_value())) for row in self._rows], np.int64)

    def host_prices(self) -> IntArray:
        """Price of a place at each host at the last solution, of either sign, in whole objective units."""
        return np.array([round(row.dual_value()) for row in self._hosts], np.int64)
