"""The library's own ``solve``, which picks its method."""

from __future__ import annotations

from benchmarks.answers import Answer, Limits
from benchmarks.instances import Loaded
from matcher.solvers import SolveSettings
from matcher.solvers import solve as solve_problem
from matcher.solvers.stable import Side, deferred_acceptance

PACKAGES = ("mensi-matcher", "numba", "numpy", "ortools")


def solve(loaded: Loaded, limits: Limits) -> Answer:
    """Solve under a wall-clock limit."""
    if loaded.preferences is not None:
        plan = deferred_acceptance(loaded.problem, loaded.preferences, Side.MENTEE)
        return Answer("feasible", plan.host_of, words="deferred acceptance")
    settings = SolveSettings(
        work_limit=None,
        time_limit_s=limits.seconds,
        relative_gap=limits.gap,
        workers=limits.workers,
        seed=limits.seed,
    )
    result = solve_problem(loaded.problem, settings)
    return Answer(str(result.status), result.host_of, result.bound, result.reason, {"work": result.work})
