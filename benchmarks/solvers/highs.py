"""HiGHS, as scipy carries it, on the linearised pair model."""

from __future__ import annotations

import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.answers import Answer, Limits, refused
from benchmarks.instances import Loaded
from benchmarks.solvers.pair_model import build, obstacle
from matcher.problem import SCALE
from matcher.solution import UNASSIGNED

PACKAGES = ("scipy",)

STATUS = {0: "optimal", 1: "feasible", 2: "infeasible"}


def solve(loaded: Loaded, limits: Limits) -> Answer:
    """Solve under a wall-clock limit; what building the model takes is part of the call.

    HiGHS works in doubles with a tolerance of 1e-6; its "optimal" is a proof within that.
    """
    problem = loaded.problem
    reason = obstacle(problem)
    if reason is not None:
        return refused(reason)
    began = time.perf_counter()
    model = build(problem)
    built = time.perf_counter() - began
    result = milp(
        -model.gain,
        integrality=model.integral,
        bounds=Bounds(model.least, 1.0),
        constraints=LinearConstraint(model.rows, model.low, model.high),
        options={"time_limit": max(1.0, limits.seconds - built), "mip_rel_gap": limits.gap},
    )
    extra = {"model_s": built, "rows": float(model.rows.shape[0]), "columns": float(model.rows.shape[1])}
    extra["nodes"] = float(getattr(result, "mip_node_count", None) or 0)
    dual = getattr(result, "mip_dual_bound", None)
    bound = None
    if dual is not None and np.isfinite(dual):
        bound = round(-float(dual) * SCALE) + model.constant
    if result.x is None:
        status = "infeasible" if result.status == 2 else "unknown"
        return Answer(status, None, bound, "", extra)
    chosen = np.asarray(result.x[: problem.n_pairs]) > 0.5
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    host_of[problem.pair_mentee[chosen]] = problem.pair_host[chosen]
    status = STATUS.get(int(result.status), "unknown")
    if status == "optimal" and limits.gap > 0:
        status = "feasible"
    return Answer(status, host_of, bound, "", extra)
