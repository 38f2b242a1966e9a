"""Plain CP-SAT: the library's general model, without a start and without presolve of ours."""

from __future__ import annotations

from benchmarks.answers import Answer, Limits
from benchmarks.instances import Loaded
from matcher.solvers import SolveSettings
from matcher.solvers.cp_sat import CpSatSolver

PACKAGES = ("ortools",)


def solve(loaded: Loaded, limits: Limits) -> Answer:
    """Solve under a wall-clock limit."""
    settings = SolveSettings(
        work_limit=None,
        time_limit_s=limits.seconds,
        relative_gap=limits.gap,
        workers=limits.workers,
        seed=limits.seed,
    )
    result = CpSatSolver().solve(loaded.problem, settings)
    return Answer(str(result.status), result.host_of, result.bound, "", {"work": result.work})
