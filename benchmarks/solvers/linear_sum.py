"""scipy's ``linear_sum_assignment`` on places: each host stands there once a place."""

from __future__ import annotations

import time

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.answers import Answer, Limits, refused
from benchmarks.instances import Loaded
from matcher.problem import SCALE
from matcher.solution import UNASSIGNED
from matcher.solvers.flow import FlowSolver

PACKAGES = ("scipy",)

LARGE = 1e12
MOST_PLACES = 4_000


def solve(loaded: Loaded, limits: Limits) -> Answer:  # noqa: ARG001 - over in milliseconds
    """Assign mentees to places; places that must be taken are barred to the rows that stand for nobody."""
    problem = loaded.problem
    n, places = problem.n_mentees, int(problem.max_load.sum())
    reason = FlowSolver().refusal(problem)
    if (
        reason is not None
        or problem.open_cost.any()
        or len(problem.locked)
        or (problem.pair_demand > 1).any()
    ):
        return refused(reason or "places only")
    if n + places > MOST_PLACES:
        return refused(f"a dense matrix of {n + places} rows")
    cost = np.full((n, problem.n_hosts), LARGE)
    cost[problem.pair_mentee, problem.pair_host] = -problem.pair_value / SCALE
    stay = np.where(problem.may_stay, problem.unassigned_cost / SCALE, LARGE)
    least = np.where(problem.must_open, problem.min_load, 0)
    needed = np.arange(places) - np.repeat(np.cumsum(problem.max_load) - problem.max_load, problem.max_load)
    matrix = np.zeros((n + places, places + n))
    matrix[:n, :places] = np.repeat(cost, problem.max_load, axis=1)
    matrix[:n, places:] = stay[:, None]
    matrix[n:, :places] = np.where(needed < np.repeat(least, problem.max_load), LARGE, 0.0)
    began = time.perf_counter()
    row, column = linear_sum_assignment(matrix)
    seconds = time.perf_counter() - began
    if matrix[row, column].max() >= LARGE:
        return Answer("infeasible", extra={"call_s": seconds})
    host = np.concatenate([np.repeat(np.arange(problem.n_hosts), problem.max_load), np.full(n, UNASSIGNED)])
    plan = np.full(n, UNASSIGNED, np.int64)
    plan[row[row < n]] = host[column[row < n]]
    return Answer("optimal", plan, None, "", {"call_s": seconds})
