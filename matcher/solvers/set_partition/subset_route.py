"""The route by subsets: the dynamic programme over the clusters of least slack, until they are enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.problem import Problem
from matcher.solution import Solution, evaluate
from matcher.solvers.set_partition.columns import Columns
from matcher.solvers.set_partition.duals import tighten
from matcher.solvers.set_partition.master import plan_of
from matcher.solvers.set_partition.subsets import (
    MAX_ENTRIES,
    MAX_STEPS,
    MAX_UNITS,
    Selection,
    best_selection,
    entries,
    steps,
)
from matcher.solvers.set_partition.units import Units

FIRST_COLUMNS = 300
"""Columns of least slack that the first programme gets."""

STEPS_PER_WORK = 100_000_000
"""Table entries that count as one unit of work; a little less than a second."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An optimal selection (None: no plan exists) and the deterministic work it took."""

    selection: Selection | None
    work: float


def settle(problem: Problem, units: Units, columns: Columns, work_limit: float | None) -> Settled | None:
    """Solve by subsets; None where there are too many units, too much to do, or a quota is in the way.

    A plan that uses a column of slack s is worth at most ``bound - s``. So once the best plan without
    some columns reaches that for the least slack among them, it is optimal; otherwise only the
    columns of slack below ``bound - best`` can still matter, and the programme is repeated with more of them.
    Quotas are left out; a plan that keeps them all at no price is optimal with them, too.
    """
    settled = _settle(problem, units, columns, work_limit)
    if settled is None or settled.selection is None or not problem.quotas:
        return settled
    plan = Solution(plan_of(problem, units, columns.take(settled.selection.picked)))
    judged = evaluate(problem, plan)
    kept = judged.is_feasible and judged.objective == settled.selection.value + problem.constant
    return settled if kept else None


def _settle(problem: Problem, units: Units, columns: Columns, work_limit: float | None) -> Settled | None:
    if units.count > MAX_UNITS:
        return None
    found = tighten(problem, units, columns)
    if found is None:
        return Settled(None, 0.0)
    most = MAX_STEPS if work_limit is None else min(MAX_STEPS, int(work_limit * STEPS_PER_WORK))
    order = np.argsort(found.slack, kind="stable")
    take, done = FIRST_COLUMNS, 0
    while True:
        some = columns.take(np.sort(order[:take]))
        done += steps(problem, some)
        if done > most or entries(problem, some) > MAX_ENTRIES:
            return None
        selection = best_selection(problem, units, some)
        if selection is not None:
            selection = Selection(selection.value, np.sort(order[:take])[selection.picked])
        if take >= len(columns):
            return Settled(selection, done / STEPS_PER_WORK)
        useful = len(columns)
        if selection is not None:
            if selection.value >= found.bound - int(found.slack[order[take]]):
                return Settled(selection, done / STEPS_PER_WORK)
            useful = int((found.slack < found.bound - selection.value).sum())
        # a first plan may be poor, and a better one cheaper to find than all that the poor one leaves open
        take = min(useful, 4 * take)
