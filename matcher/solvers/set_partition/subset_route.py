"""The programme over subsets on the clusters of least slack, then on more, until they are enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.problem import Problem
from matcher.solvers.set_partition.columns import Columns
from matcher.solvers.set_partition.duals import Bound, tighten
from matcher.solvers.set_partition.near_best import limits, near_best
from matcher.solvers.set_partition.subsets import Selection, best_selection, steps
from matcher.solvers.set_partition.units import Units

FIRST_COLUMNS = 300
"""Columns of least slack that the first programme gets."""

NEAR_STEPS = 2_000_000
"""Combinations looked at near the bound before tables take over; less than a tenth of a second."""

STEPS_PER_WORK = 100_000_000
"""Table entries that count as one unit of work; a little less than a second."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the programme found, without the problem's constant.

    Attributes
    ----------
    selection : Selection or None
        The best choice found; None without one.
    bound : int or None
        No choice is worth more; None if no choice exists.
    work : float
    """

    selection: Selection | None
    bound: int | None
    work: float


def settle(problem: Problem, units: Units, columns: Columns, work_limit: float | None) -> Settled:
    """Choose among all columns, looking at as few of them as prove the choice best.

    A plan that uses a column of slack s is worth at most ``bound - s``. So once the best plan without
    some columns reaches that for the least slack among them, it is optimal; otherwise only the
    columns of slack below ``bound - best`` can still matter, and the programme is repeated with more of
    them. A round that would exceed the work limit is not begun. Where few plans are near the bound they are
    gone through first: the best of them is the best of all, and no table is needed.
    """
    found = tighten(problem, units, columns)
    if found is None:
        return Settled(None, None, 0.0)
    near, began = _near(problem, units, columns, found, work_limit)
    if near is not None:
        return Settled(near, near.value, began)
    order = np.argsort(found.slack, kind="stable")
    take, done = FIRST_COLUMNS, 0
    selection: Selection | None = None
    while True:
        chosen = np.sort(order[:take])
        some = columns.take(chosen)
        done += steps(problem, some)
        work = began + done / STEPS_PER_WORK
        if work_limit is not None and work > work_limit:
            return Settled(selection, found.bound, min(work, work_limit))
        selection = best_selection(problem, units, some)
        if selection is not None:
            selection = Selection(selection.value, chosen[selection.picked])
        if take >= len(columns):
            return Settled(selection, None if selection is None else selection.value, work)
        useful = len(columns)
        if selection is not None:
            if selection.value >= found.bound - int(found.slack[order[take]]):
                return Settled(selection, selection.value, work)
            useful = int((found.slack < found.bound - selection.value).sum())
        # a first plan may be poor, and a better one cheaper to find than all that the poor one leaves open
        take = min(useful, 4 * take)


def _near(
    problem: Problem, units: Units, columns: Columns, found: Bound, work_limit: float | None
) -> tuple[Selection | None, float]:
    """Best of the plans near the bound, and the work; None where that takes too much, or there is no plan."""
    work = 0.0
    for limit in limits(found.slack):
        if work_limit is not None and work + NEAR_STEPS / STEPS_PER_WORK > work_limit:
            break
        near = near_best(problem, units, columns, found, limit=limit, most=NEAR_STEPS)
        work += (NEAR_STEPS if near is None else near.steps) / STEPS_PER_WORK
        if near is None:
            break
        if near.least <= limit:
            return Selection(found.bound - near.least, near.picked), work
    return None, work
