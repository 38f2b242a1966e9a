"""What a plan that is not proven is worth, and that one which is already there is never made worse."""

from __future__ import annotations

from dataclasses import replace

from matcher.problem import Problem
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate


def at_true_worth(problem: Problem, result: Result) -> Result:
    """Claim what an unproven plan is really worth.

    The products and penalties of an integer model are tight only at its optimum; before that, the model
    may count a plan below its worth. An optimal result is left as the solver claims it, so that the
    referee's check stays independent.
    """
    if result.status is not SolveStatus.FEASIBLE or result.host_of is None:
        return result
    objective = evaluate(problem, Solution(result.host_of)).objective
    if objective == result.bound:
        return replace(result, objective=objective, status=SolveStatus.OPTIMAL, stopped_by=StoppedBy.PROOF)
    return replace(result, objective=objective)


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
    better = replace(result, status=SolveStatus.FEASIBLE, host_of=warm_start.host_of.copy())
    return at_true_worth(problem, better)


def worth_of_start(problem: Problem, warm_start: Solution | None) -> int | None:
    """Objective of a warm start; None without one, or if it breaks a hard rule."""
    if warm_start is None:
        return None
    judged = evaluate(problem, warm_start)
    return judged.objective if judged.is_feasible else None
