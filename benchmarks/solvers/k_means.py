"""k-means-constrained on the places of schools: clusters by geography alone, sizes kept."""

from __future__ import annotations

import math

import numpy as np
from k_means_constrained import KMeansConstrained

from benchmarks.answers import Answer, Limits, refused
from benchmarks.instances import Loaded
from matcher.solution import Solution, evaluate

PACKAGES = ("k-means-constrained",)


def solve(loaded: Loaded, limits: Limits) -> Answer:
    """Cluster with every number of clusters that the sizes allow; keep the plan of the highest objective."""
    problem, points = loaded.problem, loaded.points
    if (
        points is None
        or problem.pair_value.any()
        or len(problem.cannot_link)
        or (problem.pair_demand > 1).any()
    ):
        return refused("k-means knows places and sizes only")
    low, high, n = int(problem.min_load.max()), int(problem.max_load.min()), problem.n_mentees
    best, most = None, -math.inf
    for count in range(math.ceil(n / high), min(problem.n_hosts, n // max(low, 1)) + 1):
        method = KMeansConstrained(
            n_clusters=count, size_min=low, size_max=high, random_state=limits.seed, n_jobs=1
        )
        plan = np.asarray(method.fit_predict(points), np.int64)
        judged = evaluate(problem, Solution(plan))
        if judged.is_feasible and judged.objective > most:
            best, most = plan, judged.objective
    return Answer("unknown" if best is None else "feasible", best)
