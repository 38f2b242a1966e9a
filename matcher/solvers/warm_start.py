"""A plan that is already there is never made worse."""

from __future__ import annotations

from dataclasses import replace

from matcher.problem import Problem
from matcher.result import Result, SolveStatus
from matcher.solution import Solution, evaluate


def keep_better(problem: Problem, result: Result, warm_start: Solution | None) -> Result:
    """Return `result`, or the same search with the warm start as its plan where that is better.

    A search that reached its limit may have found less than it was given. A warm start that breaks a
    hard rule is not used.
    """
    if warm_start is None or result.status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE):
        return result
    given = evaluate(problem, warm_start)
    if not given.is_feasible or (result.objective is not None and result.objective >= given.objective):
        return result
    return replace(
        result, status=SolveStatus.FEASIBLE, host_of=warm_start.host_of.copy(), objective=given.objective
    )
