"""The integer master over listed columns, by CP-SAT: exact in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matcher.result import SolveStatus
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.prepared import NO_LIMIT, IntArray

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Choice:
    """What the integer master found.

    Attributes
    ----------
    chosen : ndarray of int64 or None
        Positions in the pool; None without a plan.
    settled : bool
        Whether the search ended with a proof: the plan is the best one made of these columns and above the
        floor, or there is none.
    work : float
    """

    chosen: IntArray | None
    settled: bool
    work: float


def choose(
    pool: Pool,
    positions: IntArray,
    *,
    factor: int,
    floor: int | None,
    settings: SolveSettings,
    should_stop: ShouldStop | None = None,
) -> Choice:
    """Choose among some columns the best plan that is worth more than `floor`.

    Parameters
    ----------
    positions : ndarray of int64, shape (n,)
        Columns of the pool.
    factor : int
        All values are multiples of it.
    floor : int or None
        Scaled value that the plan must exceed.
    """
    from matcher.solvers.cp_search import search  # noqa: PLC0415 - keeps `import matcher` light

    built = _build(pool, positions, factor, floor)
    # one worker: taking turns with a second one costs more here than it brings (measured: six times as long)
    outcome = search(
        built.model,
        built.pick,
        replace(settings, workers=1),
        stage="choose clusters",
        linear=True,
        should_stop=should_stop,
    )
    if not outcome.chosen:
        return Choice(None, outcome.status is SolveStatus.INFEASIBLE, outcome.work)
    chosen = positions[np.flatnonzero(outcome.chosen)]
    return Choice(chosen, outcome.status is SolveStatus.OPTIMAL, outcome.work)


@dataclass(slots=True)
class _Build:
    """A model as it grows: `pick` says which columns are chosen, `terms` and `worth` what counts how much."""

    pool: Pool
    positions: IntArray
    factor: int
    model: cp_model.CpModel
    pick: list[cp_model.IntVar]
    terms: list[cp_model.IntVar]
    worth: list[int]

    def count(self, variable: cp_model.IntVar, scaled: int) -> cp_model.IntVar:
        """Let a variable count in the objective, by a value that is a multiple of the factor."""
        self.terms.append(variable)
        self.worth.append(scaled // self.factor)
        return variable


def _build(pool: Pool, positions: IntArray, factor: int, floor: int | None) -> _Build:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    model = cp_model.CpModel()
    pick = [model.new_bool_var("") for _ in range(len(positions))]
    worth = (pool.value[positions] // factor).tolist()
    built = _Build(pool, positions, factor, model, pick, list(pick), worth)
    _units_once(built)
    _kinds_once(built)
    for row in range(pool.prepared.n_rows):
        _row(built, row)
    total = cp_model.LinearExpr.weighted_sum(built.terms, built.worth)
    if floor is not None:
        model.add(total >= floor // factor + 1)
    model.maximize(total)
    return built


def _units_once(built: _Build) -> None:
    """Each unit in one cluster, or staying where it may."""
    prepared = built.pool.prepared
    holders: list[list[cp_model.IntVar]] = [[] for _ in range(prepared.n_units)]
    for at, cluster in enumerate(built.pool.members[built.positions].tolist()):
        for unit in cluster:
            if unit >= 0:
                holders[unit].append(built.pick[at])
    for unit, options in enumerate(holders):
        if prepared.may_stay[unit]:
            stay = built.model.new_bool_var("")
            options.append(built.count(stay, -int(prepared.stay_cost[unit])))
        built.model.add_exactly_one(options)


def _kinds_once(built: _Build) -> None:
    """Each host of a kind leads one cluster, or none where it may."""
    prepared = built.pool.prepared
    copies = np.bincount(prepared.kind_of).tolist()
    kind_of = prepared.kind_of[built.pool.host[built.positions]]
    for kind, host in enumerate(first_of_kinds(prepared).tolist()):
        options = [built.pick[at] for at in np.flatnonzero(kind_of == kind).tolist()]
        if prepared.may_close[host]:
            idle = built.model.new_int_var(0, copies[kind], "")
            options.append(built.count(idle, int(prepared.closed_value[host])))
        built.model.add(sum(options) == copies[kind])


def _row(built: _Build, row: int) -> None:
    """One row across clusters; what is missed of a soft one costs."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    prepared = built.pool.prepared
    counts = built.pool.count_in_rows[built.positions, row]
    used = np.flatnonzero(counts)
    low, high = int(prepared.row_low[row]), int(prepared.row_high[row])
    price = int(prepared.row_price[row])
    options = [built.pick[at] for at in used.tolist()]
    weights: list[int] = counts[used].tolist()
    limits = [abs(limit) for limit in (low, high) if abs(limit) < NO_LIMIT]
    most = int(np.abs(counts).sum()) + max(limits, default=0)
    for sign in (1, -1) if price >= 0 else ():
        options.append(built.count(built.model.new_int_var(0, most, ""), -price))
        weights.append(sign)
    count = cp_model.LinearExpr.weighted_sum(options, weights)
    if low > -NO_LIMIT:
        built.model.add(count >= low)
    if high < NO_LIMIT:
        built.model.add(count <= high)
