"""The linear master: each unit once, each host at most one cluster, the rows across clusters, the cuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.columns import Pool, cut_hits, first_of_kinds
from matcher.solvers.prepared import NO_LIMIT, IntArray, Prepared

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Duals:
    """Prices of the master's rows, in objective units (whole numbers: exact wherever they are used).

    Attributes
    ----------
    unit : ndarray of int64, shape (n_units,)
    kind : ndarray of int64, shape (n_kinds,)
    row : ndarray of int64, shape (n_rows,)
    cut : ndarray of int64, shape (n_cuts,)
        At least 0.
    """

    unit: IntArray
    kind: IntArray
    row: IntArray
    cut: IntArray


class Master:
    """Linear programme over the columns added so far, solved by GLOP, in floats.

    Its prices are rounded to whole units and used only where any prices are right (Lagrangian bounds);
    its primal values only guide the search. So its rounding errors can cost time, never correctness.
    """

    def __init__(self, pool: Pool) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - keeps `import matcher` light

        self._pool = pool
        prepared = pool.prepared
        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        # GLOP's own presolve forgets the last basis, and now and then ends without an answer
        self._solver.SetSolverSpecificParametersAsString("use_preprocessing: false")
        self._infinity = self._solver.infinity()
        self._objective: Any = self._solver.Objective()
        self._objective.SetMaximization()
        self.scale = _scale(prepared)
        self.solved = False
        self._stale = True
        self._value = 0.0
        self._column_at: list[int] = []
        self._known = np.zeros(0, np.bool_)
        self._variables: list[Any] = []
        self._cut_rows: list[Any] = []
        self._cuts = np.empty((0, 3), np.int64)
        self._artificial: list[Any] = []
        self._unit_rows = [self._row(1.0, 1.0) for _ in range(prepared.n_units)]
        kinds = first_of_kinds(prepared)
        self._copies = np.bincount(prepared.kind_of, minlength=len(kinds))
        self._kind_rows = [self._row(float(count), float(count)) for count in self._copies]
        self._add_slacks(prepared, kinds)
        self._row_rows = [self._across(prepared, row) for row in range(prepared.n_rows)]

    def _row(self, low: float, high: float) -> Any:
        return self._solver.Constraint(low, high)

    def _variable(self, value: float, rows: list[tuple[Any, float]], upper: float | None = None) -> Any:
        variable = self._solver.NumVar(0.0, self._infinity if upper is None else upper, "")
        self._objective.SetCoefficient(variable, value)
        for row, weight in rows:
            row.SetCoefficient(variable, weight)
        return variable

    def _add_slacks(self, prepared: Prepared, kinds: IntArray) -> None:
        for unit, row in enumerate(self._unit_rows):
            if prepared.may_stay[unit]:
                self._variable(-float(prepared.stay_cost[unit]) / self.scale, [(row, 1.0)])
            else:
                self._artificial.append(self._variable(0.0, [(row, 1.0)]))
        for kind, row in enumerate(self._kind_rows):
            host = int(kinds[kind])
            if prepared.may_close[host]:
                self._variable(float(prepared.closed_value[host]) / self.scale, [(row, 1.0)])
            else:
                self._artificial.append(self._variable(0.0, [(row, 1.0)]))

    def _across(self, prepared: Prepared, row: int) -> Any:
        low, high = float(prepared.row_low[row]), float(prepared.row_high[row])
        across = self._row(
            low if low > -NO_LIMIT else -self._infinity, high if high < NO_LIMIT else self._infinity
        )
        price = int(prepared.row_price[row])
        # stands in by the largest weight at a time: else prices of units grow with the unit of the row
        size = float(
            max(
                1, *(int(np.abs(part[row]).max(initial=0)) for part in (prepared.row_pair, prepared.row_open))
            )
        )
        for sign in (1.0, -1.0):
            if price >= 0:
                self._variable(-price / self.scale, [(across, sign)])
            else:
                self._artificial.append(self._variable(0.0, [(across, sign * size)]))
        return across

    def punish(self, price: float) -> None:
        """Price what stands in for columns that are still missing, in the master's own scale."""
        self._stale = True
        for variable in self._artificial:
            self._objective.SetCoefficient(variable, -price)

    def add(self, positions: IntArray) -> int:
        """Add columns of the pool; returns how many were new."""
        pool = self._pool
        if len(self._known) < len(pool):
            self._known = np.append(self._known, np.zeros(len(pool) - len(self._known), np.bool_))
        fresh = np.unique(positions[~self._known[positions]])
        self._known[fresh] = True
        self._stale = self._stale or len(fresh) > 0
        kind = pool.prepared.kind_of[pool.host[fresh]].tolist()
        worth = (pool.value[fresh] / self.scale).tolist()
        first = len(self._variables)
        for column, value, host_kind, members in zip(
            fresh.tolist(), worth, kind, pool.members[fresh].tolist(), strict=True
        ):
            variable = self._solver.NumVar(0.0, self._infinity, "")
            self._objective.SetCoefficient(variable, value)
            self._kind_rows[host_kind].SetCoefficient(variable, 1.0)
            for unit in members:
                if unit < 0:
                    break
                self._unit_rows[unit].SetCoefficient(variable, 1.0)
            self._variables.append(variable)
            self._column_at.append(column)
        counts = pool.count_in_rows[fresh]
        for at, row in np.argwhere(counts).tolist():
            self._row_rows[row].SetCoefficient(self._variables[first + at], float(counts[at, row]))
        self._enter(fresh, self._variables[first:], np.arange(len(self._cuts)))
        return len(fresh)

    def add_cuts(self, cuts: IntArray) -> None:
        """Add subset-row cuts, shape (n, 3): of three units, at most one chosen column holds two."""
        self._stale = True
        first = len(self._cuts)
        self._cuts = np.concatenate([self._cuts, cuts])
        self._cut_rows += [self._row(-self._infinity, 1.0) for _ in range(len(cuts))]
        self._enter(np.array(self._column_at, np.int64), self._variables, np.arange(first, len(self._cuts)))

    def _enter(self, columns: IntArray, variables: list[Any], cuts: IntArray) -> None:
        """Write columns (positions in the pool) into the rows of cuts."""
        if len(columns) and len(cuts):
            for at, cut in cut_hits(self._pool.members[columns], self._cuts[cuts]).tolist():
                self._cut_rows[cuts[cut]].SetCoefficient(variables[at], 1.0)

    def solve(self) -> bool:
        """Solve; whether an optimal basis was found."""
        self._stale = False
        self.solved = bool(self._solver.Solve() == self._solver.OPTIMAL)
        self._value = float(self._objective.Value()) * self.scale if self.solved else 0.0
        return self.solved

    @property
    def iterations(self) -> int:
        """Simplex iterations of the last solve: a measure of work that does not depend on the clock."""
        return int(self._solver.iterations())

    @property
    def objective(self) -> float:
        """Objective of the last solution, objective units."""
        return self._value

    @property
    def missing(self) -> float:
        """How much the last solution leaves to what stands in for missing columns; infinite without one."""
        if self._stale:
            self.solve()
        if not self.solved:
            return float("inf")
        return float(sum(variable.solution_value() for variable in self._artificial))

    def duals(self) -> Duals:
        """Prices at the last solution."""
        kind = self._whole(self._kind_rows)
        return Duals(
            self._whole(self._unit_rows),
            kind,
            self._whole(self._row_rows),
            np.maximum(0, self._whole(self._cut_rows)),
        )

    def _whole(self, rows: list[Any]) -> IntArray:
        return np.array([round(row.dual_value() * self.scale) for row in rows], np.int64)

    def primal(self) -> tuple[IntArray, FloatArray]:
        """Positions and values of the columns in use at the optimum; none without one."""
        if self._stale:
            self.solve()
        if not self.solved:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        values = np.array([variable.solution_value() for variable in self._variables], np.float64)
        used = np.flatnonzero(values > 1e-9)
        return np.array(self._column_at, np.int64)[used], values[used]


def _scale(prepared: Prepared) -> float:
    """Objective units that count 100 in the master."""
    largest = max(
        int(np.abs(prepared.value).max(initial=0)),
        int(np.abs(prepared.stay_cost).max(initial=0)),
        int(np.abs(prepared.nb_value).max(initial=0)),
        1,
    )
    return largest / 100.0
