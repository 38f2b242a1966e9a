"""Blocking pairs and best plans by trying everything, written from the definitions alone."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import strategies as st

from matcher.problem import Problem
from matcher.solvers.stable import Preferences
from tests.solvers.naive import naive_objective

Plan = tuple[int, ...]


def naive_blocking(problem: Problem, preferences: Preferences, host_of: Plan) -> set[tuple[int, int]]:
    """Pairs of which the mentee is better off, and the host as well after letting go some it likes less."""
    mine, theirs, demand = {}, {}, {}
    for at in range(problem.n_pairs):
        pair = int(problem.pair_mentee[at]), int(problem.pair_host[at])
        mine[pair], theirs[pair] = int(preferences.mentee_rank[at]), int(preferences.host_rank[at])
        demand[pair] = int(problem.pair_demand[at])
    found = set()
    for (i, j), rank in mine.items():
        own = host_of[i]
        if own == j or (own != -1 and mine[i, own] <= rank):
            continue
        members = [k for k, host in enumerate(host_of) if host == j]
        stay = [k for k in members if theirs[k, j] <= theirs[i, j]]  # all others may be let go
        if sum(demand[k, j] for k in stay) + demand[i, j] <= problem.max_load[j]:
            found.add((i, j))
    return found


def best_by_trying(problem: Problem, preferences: Preferences) -> tuple[int, int] | None:
    """Fewest blocking pairs, and the best objective of the plans that have so few; None without a plan."""
    best: tuple[int, int] | None = None
    for host_of in product(range(-1, problem.n_hosts), repeat=problem.n_mentees):
        objective = naive_objective(problem, host_of)
        if objective is not None:
            worth = -len(naive_blocking(problem, preferences, host_of)), objective
            best = worth if best is None else max(best, worth)
    return None if best is None else (-best[0], best[1])


@st.composite
def ranks(draw: st.DrawFn, problem: Problem) -> Preferences:
    """Ranks with many ties."""
    side = st.lists(st.integers(1, 3), min_size=problem.n_pairs, max_size=problem.n_pairs)
    return Preferences(np.array(draw(side), dtype=np.int64), np.array(draw(side), dtype=np.int64))
