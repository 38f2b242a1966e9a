"""Diving: fix the clusters that the linear master likes best, generate anew for the rest, repeat."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.bound import NO_CUTS
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds, longest_cluster
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.master import Duals, FloatArray, Master
from matcher.solvers.branch_and_price.parts import outside_rows, share
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.restrict import restrict
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.prepared import IntArray

ALMOST_WHOLE = 0.95
SHARE_A_STEP = 0.12
"""Share of the clusters in the master's solution that is fixed in each step, at least."""

ROUNDS_A_STEP = 30


NEAR = 0.001
"""Share of the bound within which the linear master of a step is good enough."""


def dive(search: Search, pool: Pool, generator: Generator) -> None:
    """Dive from the solution of a generator's master, and offer the plan that comes of it.

    References
    ----------
    R. Sadykov, F. Vanderbeck, A. Pessoa, I. Tahiri, E. Uchoa, "Primal heuristics for branch and price: the
    assets of diving methods", INFORMS Journal on Computing 31 (2019).
    """
    prepared = search.prepared
    unit_host = np.full(prepared.n_units, -1, np.int64)
    units = np.arange(prepared.n_units, dtype=np.int64)
    hosts = np.arange(prepared.n_hosts, dtype=np.int64)
    small, master, best = pool, generator.master, generator.best
    while not search.over():
        positions, weight = master.primal()
        chosen = _to_fix(small, positions, weight)
        if not len(chosen):
            break
        local = small.plan_of(chosen)
        placed = local >= 0
        unit_host[units[placed]] = hosts[local[placed]]
        units, prices = units[~placed], None if best is None else best.duals.unit[~placed]
        free = np.isin(hosts, hosts[local[placed]], invert=True)
        kind_price = None if best is None else best.duals.kind[small.prepared.kind_of][free]
        hosts = hosts[free]
        if not len(units) or not len(hosts):
            break
        part = restrict(prepared, units, hosts, outside_rows(prepared, unit_host, units))
        small = Pool(part, tables_of(part), longest_cluster(part))
        master = Master(small)
        master.add(share(pool, small, units, hosts))
        below = Generator(small, master, NO_CUTS, workers=search.settings.workers)
        if best is not None and prices is not None and kind_price is not None:
            kinds = kind_price[first_of_kinds(part)]
            below.start_from(Duals(prices, kinds, best.duals.row, np.empty(0, np.int64)), NO_CUTS)
        below.run(lambda state: _enough(state) or search.over())
        search.work += below.work
        best = below.best
    search.offer(unit_host)


def _enough(state: Generator) -> bool:
    """Whether a step need not be solved any further."""
    if state.rounds >= ROUNDS_A_STEP or state.best is None:
        return state.rounds >= ROUNDS_A_STEP
    return state.best.bound - state.master.objective < NEAR * abs(state.best.bound)


def _to_fix(pool: Pool, positions: IntArray, weight: FloatArray) -> IntArray:
    """Columns to fix: all that are almost whole, and the largest ones up to a share of the clusters."""
    least = max(1, int(SHARE_A_STEP * float(weight.sum()) + 1e-6))
    used: set[int] = set()
    chosen: list[int] = []
    for at in np.lexsort((positions, -np.round(weight, 6))).tolist():
        if weight[at] < ALMOST_WHOLE and len(chosen) >= least:
            break
        units = pool.members[positions[at]]
        members = set(units[units >= 0].tolist())
        if not members & used:
            chosen.append(int(positions[at]))
            used |= members
    return np.array(chosen, np.int64)
