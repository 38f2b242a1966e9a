"""Close the gap: list every column that a better plan could use, and choose among them exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.solvers.branch_and_price.bound import prices_of, worth_of_kinds
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.branch_and_price.generate import NODES_A_UNIT, Dual
from matcher.solvers.branch_and_price.integer_master import choose
from matcher.solvers.branch_and_price.pricing.hosts import list_columns
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.prepared import IntArray

EVERYTHING = 2**58
"""A slack beyond any value: all columns."""


def columns_within(pool: Pool, dual: Dual, slack: int, limit: int) -> tuple[IntArray | None, float]:
    """List every column that a plan worth at least ``dual.bound - slack`` may use.

    A plan's value is the bound less the slack of each of its columns and of each row, none of which
    is negative; so no such plan holds a column whose own slack is larger.

    Returns
    -------
    positions : ndarray of int64 or None
        In the pool; None where there are more than `limit`.
    work : float

    References
    ----------
    R. Baldacci, N. Christofides, A. Mingozzi, "An exact algorithm for the vehicle routing problem based
    on the set partitioning formulation", Mathematical Programming 115 (2008).
    """
    prepared = pool.prepared
    cutoffs = worth_of_kinds(prepared, dual.best) - slack - 1
    max_nodes = 200 * limit + 1_000_000
    listed = list_columns(
        pool.tables,
        prices_of(prepared, dual.duals, dual.cuts),
        first_of_kinds(prepared),
        cutoffs,
        limit=limit,
        max_nodes=max_nodes,
        longest=pool.longest,
    )
    if listed is None:
        return None, max_nodes / NODES_A_UNIT / 4
    return np.unique(pool.add(listed.host, listed.members)), listed.nodes / NODES_A_UNIT


def widest_slack(pool: Pool, dual: Dual, most: int, limit: int) -> tuple[int, IntArray, float]:
    """Largest slack, up to `most` (scaled units), whose columns are at most `limit`; with these columns.

    By halving, at least down to a slack of nothing.
    """
    slack, work = most, 0.0
    while True:
        listed, used = columns_within(pool, dual, slack, limit)
        work += used
        if listed is not None:
            return slack, listed, work
        if slack == 0:
            return -1, np.empty(0, np.int64), work
        slack //= 2


def close(search: Search, pool: Pool, dual: Dual, *, limit: int, work: float) -> bool:
    """Search all plans within some slack of the bound; either finds the best plan or lowers the bound.

    Parameters
    ----------
    limit : int
        Columns that the integer master may have.
    work : float
        Work units that it may use.

    Returns
    -------
    bool
        Whether the choice was settled within the work.
    """
    floor = search.value
    most = EVERYTHING if floor is None else dual.bound - floor - search.factor
    if most < 0:
        search.tighten(dual.bound)
        return True
    slack, listed, used = widest_slack(pool, dual, most, limit)
    search.work += used
    if slack < 0:
        return False
    least = floor
    if slack < most:
        least = dual.bound - slack - 1 if floor is None else max(floor, dual.bound - slack - 1)
    left = search.work_left()
    settings = replace(
        search.settings,
        work_limit=work if left is None else min(work, left),
        time_limit_s=search.seconds_left(),
        relative_gap=0.0,
        stop=None,
    )
    found = choose(
        pool, listed, factor=search.factor, floor=least, settings=settings, should_stop=search.should_stop
    )
    search.work += found.work
    if found.chosen is not None:
        search.offer(pool.plan_of(found.chosen))
    if found.settled:
        _conclude(search, found.chosen is not None, least)
    return found.settled


def _conclude(search: Search, found: bool, least: int | None) -> None:  # noqa: FBT001 - a plain fact
    """Draw the bound from a settled choice: what was found is best; or nothing exceeds `least`."""
    if found and search.value is not None:
        search.tighten(search.value)
    elif least is None:
        search.infeasible = True
    else:
        search.tighten(least)
