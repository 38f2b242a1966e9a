"""Plain CP-SAT: the library's general model, without a start and without presolve of ours."""

from __future__ import annotations

import time

from benchmarks.answers import Answer, Limits
from benchmarks.instances import Loaded
from matcher.solvers import SolveSettings
from matcher.solvers.cp_sat import CpSatSolver

PACKAGES = ("ortools",)

PATIENCE = 4.0
"""Wall-clock seconds allowed for each processor second of the limit."""


def solve(loaded: Loaded, limits: Limits) -> Answer:
    """Solve within a limit of processor seconds a worker, so that a busy machine takes nothing away."""
    began = time.process_time()
    settings = SolveSettings(
        work_limit=None,
        time_limit_s=PATIENCE * limits.seconds,
        relative_gap=limits.gap,
        workers=limits.workers,
        seed=limits.seed,
    )

    def over() -> bool:
        return time.process_time() - began >= limits.seconds * limits.workers

    result = CpSatSolver().solve(loaded.problem, settings, should_stop=over)
    return Answer(str(result.status), result.host_of, result.bound, "", {"work": result.work})
