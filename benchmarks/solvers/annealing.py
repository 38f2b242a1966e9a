"""Simulated annealing: the library's own local search kernel, alone."""

from __future__ import annotations

import time

from benchmarks.answers import Answer, Limits
from benchmarks.instances import Loaded
from matcher.solvers.local_search import Search
from matcher.solvers.local_search.search import COLD, HOT
from matcher.solvers.prepared import prepare

PACKAGES = ("mensi-matcher", "numba", "numpy")

FIRST_CYCLE = 200_000
"""Moves of the first cycle; each further one has four times as many, the last what the time allows."""


def solve(loaded: Loaded, limits: Limits) -> Answer:
    """Cool from hot again and again, ever more slowly, until the limit; the best plan of all counts."""
    began = time.perf_counter()
    prepared = prepare(loaded.problem)
    search = Search(prepared, limits.seed)
    search.fill()
    search.begin()
    moves, made, speed = FIRST_CYCLE, 0, 0.0
    while moves > FIRST_CYCLE // 10:
        cycle = time.perf_counter()
        search.cool(moves, HOT, COLD)
        now = time.perf_counter()
        made, speed = made + moves, moves / max(now - cycle, 1e-3)
        left = speed * (limits.seconds - (now - began))
        moves = int(left if left < 6 * moves else 4 * moves)
    best, extra = search.best, {"moves": float(made), "moves_per_s": speed}
    if best is None:
        return Answer("unknown", extra=extra)
    return Answer("feasible", prepared.plan_of(best.unit_host), extra=extra)
