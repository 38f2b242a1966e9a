"""The route for many schools: a near-tight bound first, then plans by re-solving where the gap lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.bundle import Bundle
from matcher.solvers.branch_and_price.columns import Pool
from matcher.solvers.branch_and_price.large_neighbourhood import LargeNeighbourhood
from matcher.solvers.branch_and_price.master import Duals
from matcher.solvers.branch_and_price.parts import outside_rows
from matcher.solvers.branch_and_price.plan_value import keeps_rules
from matcher.solvers.branch_and_price.pricing.tables import Tables, tables_of
from matcher.solvers.branch_and_price.restrict import restrict
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.local_search import improve
from matcher.solvers.prepared import IntArray

MOVES_A_UNIT = 400
"""Moves of the short local search that mends a rounded plan."""

MOVES_A_WORK_UNIT = 4_000_000

SHARE_A_STEP = 0.2
"""Share of the hosts that a step of the dive fixes, at least."""

ALMOST_WHOLE = 0.9

ROUNDS_A_STEP = 15

FloatArray = NDArray[np.float64]


def bound_first(search: Search, pool: Pool) -> Bundle:
    """Bound by a bundle method; the pool receives the columns that the bound was proven with."""
    bundle = Bundle(search.prepared, workers=search.settings.workers, tables=pool.tables)
    bundle.run(search.follow())
    hosts, members = bundle.columns()
    kept = sound(pool.tables, hosts, members)
    pool.add(hosts[kept], members[kept])
    return bundle


def plan_at_scale(search: Search, pool: Pool, bundle: Bundle) -> None:
    """Dive from the bundle's columns, and improve by large neighbourhoods until all rest."""
    if not search.over():
        mend(search, dive(search, bundle))
    if bundle.best is not None:
        neighbourhood = LargeNeighbourhood(search, pool, dual=bundle.best)
        while not search.over() and not neighbourhood.exhausted:
            neighbourhood.run(tries=64)


def dive(search: Search, bundle: Bundle) -> IntArray:
    """Fix the columns that carry most weight, bound the rest anew, repeat; host of each unit, -1 where none.

    References
    ----------
    R. Sadykov, F. Vanderbeck, A. Pessoa, I. Tahiri, E. Uchoa, "Primal heuristics for branch and price: the
    assets of diving methods", INFORMS Journal on Computing 31 (2019).
    """
    prepared = search.prepared
    unit_host = np.full(prepared.n_units, -1, np.int64)
    units = np.arange(prepared.n_units, dtype=np.int64)
    hosts = np.arange(prepared.n_hosts, dtype=np.int64)
    while not search.over():
        local = _heaviest(bundle)
        placed = local >= 0
        if not placed.any():
            break
        unit_host[units[placed]] = hosts[local[placed]]
        units, used = units[~placed], np.unique(local[placed])
        hosts = np.delete(hosts, used)
        if not len(units) or not len(hosts) or bundle.best is None:
            break
        price = bundle.best.duals
        part = restrict(prepared, units, hosts, outside_rows(prepared, unit_host, units))
        left = price.unit[~placed]
        bundle = Bundle(part, workers=search.settings.workers)
        bundle.start_from(Duals(left, np.empty(0, np.int64), price.row, price.cut))
        bundle.run(lambda _: search.over(), rounds=ROUNDS_A_STEP)
        search.work += bundle.work
    return unit_host


def sound(tables: Tables, hosts: IntArray, members: IntArray) -> list[int]:
    """Positions of the columns that keep every rule: a search cut short leaves others behind."""
    return [
        at
        for at, (host, row) in enumerate(zip(hosts.tolist(), members, strict=True))
        if keeps_rules(tables, host, row[row >= 0])
    ]


def _heaviest(bundle: Bundle) -> IntArray:
    """Host of each unit when columns are taken by falling weight, for a share of the hosts at least."""
    prepared = bundle.prepared
    hosts, members, weight = bundle.in_use()
    kept = sound(bundle.tables or tables_of(prepared), hosts, members)
    hosts, members, weight = hosts[kept], members[kept], weight[kept]
    unit_host = np.full(prepared.n_units, -1, np.int64)
    free: dict[int, list[int]] = {}
    for host, kind in reversed(list(enumerate(prepared.kind_of.tolist()))):
        free.setdefault(kind, []).append(host)
    least, fixed = max(1, int(SHARE_A_STEP * prepared.n_hosts)), 0
    for at in np.lexsort((hosts, -np.round(weight, 6))).tolist():
        if fixed >= least and weight[at] < ALMOST_WHOLE:
            break
        cluster = members[at][members[at] >= 0]
        spare = free[int(prepared.kind_of[hosts[at]])]
        if spare and (unit_host[cluster] < 0).all():
            unit_host[cluster] = spare.pop()
            fixed += 1
    return unit_host


def mend(search: Search, unit_host: IntArray) -> None:
    """Offer a plan, and what a short local search makes of it and of the best one so far."""
    prepared = search.prepared
    search.offer(unit_host)
    moves = MOVES_A_UNIT * prepared.n_units
    for start in (unit_host, search.unit_host):
        if len(start) and not search.over():
            found = improve(prepared, start, moves=moves, seed=search.settings.seed, hot=0.05)
            search.work += moves / MOVES_A_WORK_UNIT
            if found is not None:
                search.offer(found.unit_host)
