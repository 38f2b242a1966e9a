"""Proof by relaxation: an optimal plan without some rules that happens to keep them all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import LoadTarget, Problem
from matcher.result import Result, SolveStatus
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import Solver, SolveSettings
from matcher.solvers.flow import FlowSolver
from matcher.solvers.set_partition import SetPartitionSolver

_NO_LINKS = np.empty((0, 2), np.int64)


def relax(problem: Problem) -> Problem:
    """Drop what a flow cannot express and what can only lower the objective.

    Minima of hosts that need not open, rivals, must-links, compositions, quotas and other rows, costs of
    opening, load targets from below, and cohesion that is nowhere positive. Every plan of `problem` is a
    plan of the relaxed problem, with at least its objective.
    """
    only_costs = not (problem.cohesion_value > 0).any()
    target = problem.load_target
    return replace(
        problem,
        min_load=np.where(problem.must_open, problem.min_load, 0),
        open_cost=np.minimum(problem.open_cost, 0),
        cannot_link=_NO_LINKS,
        must_link=_NO_LINKS,
        cohesion_pair=_NO_LINKS if only_costs else problem.cohesion_pair,
        cohesion_value=np.empty(0, np.int64) if only_costs else problem.cohesion_value,
        compositions=(),
        quotas=(),
        rows=(),
        load_target=None
        if target is None
        else LoadTarget(
            np.where(problem.must_open, target.low, 0), target.high, target.under_price, target.over_price
        ),
    )


def solve_relaxed(problem: Problem, settings: SolveSettings) -> Result | None:
    """Solve the relaxed problem by flow; None unless that settles the whole one.

    Returns
    -------
    Result or None
        OPTIMAL if the referee finds that the relaxed plan keeps every rule of `problem` at the same
        objective (its bound is then the bound of `problem`); INFEASIBLE if even the relaxed problem has no
        plan.
    """
    return _settled(
        problem, relax(problem), FlowSolver(), settings, "without the rules that a flow leaves out"
    )


def solve_without_limits(problem: Problem, settings: SolveSettings) -> Result | None:
    """Solve a small problem without its quotas and rows by subsets; None unless that settles the whole one.

    Returns
    -------
    Result or None
        As for :func:`solve_relaxed`; None also where there are no such limits.
    """
    if not problem.quotas and not problem.rows:
        return None
    relaxed = replace(problem, quotas=(), rows=())
    return _settled(problem, relaxed, SetPartitionSolver(), settings, "without the limits across clusters")


def _settled(
    problem: Problem, relaxed: Problem, solver: Solver, settings: SolveSettings, without: str
) -> Result | None:
    """Solve the relaxed problem; its result where it is one of the whole problem, too."""
    if solver.refusal(relaxed) is not None:
        return None
    result = solver.solve(relaxed, settings)
    if result.status is SolveStatus.INFEASIBLE:
        return replace(result, reason=f"even {without} there is no plan")
    if result.host_of is None or result.status is not SolveStatus.OPTIMAL:
        return None
    judged = evaluate(problem, Solution(result.host_of))
    if not judged.is_feasible or judged.objective != result.objective:
        return None
    return replace(result, reason=f"the best plan {without} keeps them all")


def starting_plan(problem: Problem, settings: SolveSettings) -> Solution | None:
    """Find a plan at once, to start a search from; None if no attempt keeps every rule.

    Attempts: the best plan by pair values and loads alone (cohesion left out as well), a plan by a short
    local search, and nobody placed.
    """
    from matcher.solvers.local_search import first_plan  # noqa: PLC0415 - compiled code loads late
    from matcher.solvers.prepared import prepare  # noqa: PLC0415

    relaxed = replace(relax(problem), cohesion_pair=_NO_LINKS, cohesion_value=np.empty(0, np.int64))
    plans = [Solution(np.full(problem.n_mentees, UNASSIGNED, np.int64))]
    prepared = prepare(problem)
    searched = first_plan(prepared, settings.seed)
    plans += [] if searched is None else [Solution(prepared.plan_of(searched))]
    flow = FlowSolver()
    if flow.refusal(relaxed) is None:
        best = flow.solve(relaxed, settings).host_of
        plans += [] if best is None else [Solution(best)]
    judged = [(evaluate(problem, plan), plan) for plan in plans]
    sound = [(found.objective, at) for at, (found, _) in enumerate(judged) if found.is_feasible]
    return plans[max(sound)[1]] if sound else None
