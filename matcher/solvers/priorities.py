"""Strict priorities, solved in order: what comes first is never given up for what comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem, Row, validate
from matcher.result import Result, SolveStatus
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.budget import Budget
from matcher.solvers.clock import now
from matcher.solvers.dispatch import solve

_NO_LINKS = np.empty((0, 2), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Priority:
    """Something to have as much of as possible, before anything that comes later counts.

    The sum of ``pair_weight`` over chosen pairs and of ``open_weight`` over open hosts; take negative
    weights to have as little as possible.

    Attributes
    ----------
    key : str
        Stable name, for reports.
    pair_weight : ndarray of int64, shape (n_pairs,)
    open_weight : ndarray of int64, shape (n_hosts,)
    """

    key: str
    pair_weight: NDArray[np.int64]
    open_weight: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached of one priority, in units of its weights.

    Attributes
    ----------
    key : str
    value : int
        At least so much the final plan has.
    bound : int or None
        No plan that keeps the priorities before it has more; equal to `value` where that is proven.
    """

    key: str
    value: int
    bound: int | None

    @property
    def is_proven(self) -> bool:
        """Whether no more could be had."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """A plan by strict priorities.

    Attributes
    ----------
    result : Result
        Objective and bound are those of the problem's own objective, among the plans that have at least
        what was reached of every priority.
    reached : tuple of Reached
        In order; only as far as plans were found.
    """

    result: Result
    reached: tuple[Reached, ...]

    @property
    def is_proven(self) -> bool:
        """Whether every priority and the objective after them are proven optimal, in this order."""
        return self.result.status is SolveStatus.OPTIMAL and all(step.is_proven for step in self.reached)


def solve_in_order(
    problem: Problem,
    priorities: Sequence[Priority],
    settings: SolveSettings | None = None,
    *,
    method: str = "auto",
    warm_start: Solution | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Ordered:
    """Solve for each priority in turn, hold what was reached by a hard row, last for the objective itself.

    No weights stand for ranks: each priority is an objective of its own, so that nothing overflows and
    nothing leaks (Ehrgott, *Multicriteria Optimization*, 2005, ch. 5: the lexicographic method).

    Parameters
    ----------
    problem : Problem
    priorities : sequence of Priority
        First things first.
    settings : SolveSettings, optional
        Limits of the whole; each step may use an equal share of what is left. `stop` is asked in each.
    method, warm_start, on_progress, should_stop
        As for :func:`matcher.solvers.solve`. Each step starts from the plan of the one before.

    Returns
    -------
    Ordered
        Where a limit leaves a priority unproven, what was found of it is held, and `reached` says so.

    Raises
    ------
    UsageError, ValueError, RefereeError
        As for :func:`matcher.solvers.solve`.
    """
    settings = settings or SolveSettings()
    budget = Budget(settings, len(priorities) + 1, now())
    held, start = problem, warm_start
    reached: list[Reached] = []
    validate(replace(problem, rows=(*problem.rows, *(held_at(priority, 0) for priority in priorities))))
    for number, priority in enumerate(priorities, start=1):
        step = solve(
            only_counting(held, priority),
            budget.share(number),
            method=method,
            warm_start=start,
            on_progress=renamed(on_progress, f"priority {priority.key}"),
            should_stop=should_stop,
        )
        budget.used += step.work
        if step.host_of is None or step.objective is None:
            return Ordered(replace(step, bound=None, work=budget.used), tuple(reached))
        start = Solution(step.host_of)
        reached.append(Reached(priority.key, step.objective, step.bound))
        held = replace(held, rows=(*held.rows, held_at(priority, step.objective)))
    last = solve(
        held,
        budget.share(len(priorities) + 1),
        method=method,
        warm_start=start,
        on_progress=on_progress,
        should_stop=should_stop,
    )
    return Ordered(replace(last, work=budget.used + last.work), tuple(reached))


def only_counting(problem: Problem, priority: Priority) -> Problem:
    """Keep the problem's hard rules, with the priority as the objective."""
    return replace(
        problem,
        pair_value=priority.pair_weight,
        open_cost=-priority.open_weight,
        unassigned_cost=np.zeros(problem.n_mentees, np.int64),
        cohesion_pair=_NO_LINKS,
        cohesion_value=np.empty(0, np.int64),
        compositions=tuple(rule for rule in problem.compositions if rule.price is None),
        quotas=tuple(quota for quota in problem.quotas if quota.price is None),
        rows=tuple(row for row in problem.rows if row.price is None),
        load_target=None,
        constant=0,
    )


def held_at(priority: Priority, value: int) -> Row:
    """Row that holds what was reached of a priority."""
    return Row(f"priority:{priority.key}", priority.pair_weight, priority.open_weight, value, None)


def renamed(on_progress: OnProgress | None, name: str) -> OnProgress | None:
    """Put a name before the stage that a report is about; none before an empty one."""
    if on_progress is None or not name:
        return on_progress
    return lambda progress: on_progress(replace(progress, stage=f"{name}, {progress.stage}"))
