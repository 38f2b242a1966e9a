"""The route for many schools: a near-tight bound first, then plans by re-solving where the gap lies."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.bundle import Bundle
from matcher.solvers.branch_and_price.columns import Pool
from matcher.solvers.branch_and_price.large_neighbourhood import LargeNeighbourhood
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.local_search import improve
from matcher.solvers.prepared import IntArray

MOVES_A_UNIT = 400
"""Moves of the short local search that mends a rounded plan."""

MOVES_A_WORK_UNIT = 4_000_000


def solve_at_scale(search: Search, pool: Pool) -> Bundle:
    """Bound by a bundle method, round what it used, and improve by large neighbourhoods until all rest.

    Parameters
    ----------
    search : Search
    pool : Pool
        Receives the columns that the bound was proven with.
    """
    bundle = Bundle(search.prepared, workers=search.settings.workers, tables=pool.tables)
    before = 0.0

    def enough(state: Bundle) -> bool:
        nonlocal before
        search.work += state.work - before
        before = state.work
        if state.best is not None:
            search.tighten(state.best.bound)
        return search.over()

    bundle.run(enough)
    hosts, members, weight = bundle.in_use()
    pool.add(hosts, members)
    if not search.over():
        _round(search, hosts, members, weight)
    if bundle.best is not None:
        neighbourhood = LargeNeighbourhood(search, pool, dual=bundle.best)
        while not search.over() and not neighbourhood.exhausted:
            neighbourhood.run(tries=64)
    return bundle


def _round(
    search: Search, hosts: IntArray, members: IntArray, weight: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    """Take columns by falling weight as long as they fit, and mend the rest by local search."""
    prepared = search.prepared
    unit_host = np.full(prepared.n_units, -1, np.int64)
    taken = np.zeros(prepared.n_hosts, np.bool_)
    of_kind: dict[int, list[int]] = {}
    for host, kind in enumerate(prepared.kind_of.tolist()):
        of_kind.setdefault(kind, []).append(host)
    for at in np.lexsort((hosts, -np.round(weight, 6))).tolist():
        cluster = members[at][members[at] >= 0]
        free = [host for host in of_kind[int(prepared.kind_of[hosts[at]])] if not taken[host]]
        if free and (unit_host[cluster] < 0).all():
            unit_host[cluster] = free[0]
            taken[free[0]] = True
    search.offer(unit_host)
    moves = MOVES_A_UNIT * prepared.n_units
    for start in (unit_host, search.unit_host):
        if len(start) and not search.over():
            found = improve(prepared, start, moves=moves, seed=search.settings.seed, hot=0.05)
            search.work += moves / MOVES_A_WORK_UNIT
            if found is not None:
                search.offer(found.unit_host)
