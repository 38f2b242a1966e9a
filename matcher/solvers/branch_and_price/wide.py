"""The route for wide clusters with cohesion: a plan by annealing, then a bound that shares pairs out."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.pricing.large import LARGE
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.branch_and_price.shared import SharedBound
from matcher.solvers.local_search.search import COLD
from matcher.solvers.local_search.search import Search as LocalSearch
from matcher.solvers.prepared import Prepared

MOST_PAIRS = 30_000_000
"""More pairs of candidates than this, over all hosts, would take too much memory."""

HOT = 0.05
"""Temperature at the start of an annealing cycle, in mean changes by a random move."""

FIRST_MOVES, MOST_MOVES = 2_500, 30_000
"""Moves a unit of the first annealing cycle, and of the second where there is no limit."""

SLICES = 50

PLAN_SHARE = 0.4
"""Share of a limit that seeking a plan may use; the bound takes the rest."""

MOVES_A_WORK_UNIT = 4_000_000


def is_wide(prepared: Prepared) -> bool:
    """Whether the usual host has too many candidates and members for clusters to be priced exactly."""
    if not len(prepared.nb_unit):
        return False
    sizes = np.diff(prepared.start)
    usual = int(np.median(sizes)) * longest_cluster(prepared)
    return usual > LARGE and int((sizes**2).sum()) <= MOST_PAIRS


def plan_and_bound(search: Search, pool: Pool) -> None:
    """Seek a plan by two annealing cycles, then lower the bound until it hardly falls any further."""
    _seek(search)
    if search.over():
        return
    shared = SharedBound(search.prepared, pool.tables, _target(search))
    shared.run(search.follow())


def _target(search: Search) -> int:
    """Value of the best plan; without one, something below the bound to aim at."""
    if search.value is not None:
        return search.value
    assert search.bound is not None
    return search.bound - abs(search.bound) // 5


def _seek(search: Search) -> None:
    """Make two annealing cycles from scratch; the second as long as the limits allow."""
    units = max(1, search.prepared.n_units)
    seconds, work = search.seconds, search.work
    moves = FIRST_MOVES * units
    _cycle(search, moves)
    seconds, work = search.seconds - seconds, search.work - work
    more = float(MOST_MOVES * units)
    if search.settings.time_limit_s is not None:
        spare = PLAN_SHARE * search.settings.time_limit_s - search.seconds
        more = min(more, moves * spare / max(seconds, 1e-3))
    if search.settings.work_limit is not None:
        spare = PLAN_SHARE * search.settings.work_limit - search.work
        more = min(more, moves * spare / max(work, 1e-9))
    if more > moves and not search.over():
        _cycle(search, int(more))


def _cycle(search: Search, moves: int) -> None:
    """Anneal from scratch, in slices."""
    local = LocalSearch(search.prepared, search.settings.seed)
    local.fill()
    local.begin()
    cooling = (COLD / HOT) ** (1 / SLICES)
    for number in range(SLICES):
        hot = HOT * cooling**number
        local.cool(moves // SLICES, hot, hot * cooling)
        search.work += moves / SLICES / MOVES_A_WORK_UNIT
        if local.best is not None:
            search.offer(local.best.unit_host)
        if search.over():
            return
