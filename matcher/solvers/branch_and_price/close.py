"""Close the gap: list every column that a better plan could use, and choose among them exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.solvers.branch_and_price.bound import prices_of, worth_of_kinds
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.branch_and_price.generate import NODES_A_UNIT, Dual, reduced_values
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


def close(search: Search, pool: Pool, dual: Dual, *, limit: int, work: float) -> bool:
    """List every column that a better plan could use, and choose among them; without a plan yet, find one.

    Parameters
    ----------
    limit : int
        Columns that the integer master may have; where more could matter, nothing is done unless there is no
        plan yet: then the most promising ones are tried.
    work : float
        Work units that the choice may use.

    Returns
    -------
    bool
        Whether the choice settled the problem.
    """
    value = search.value
    slack = EVERYTHING if value is None else dual.bound - value - search.grain
    if slack < 0:
        search.tighten(dual.bound)
        return True
    listed, used = columns_within(pool, dual, slack, limit)
    search.work += used
    complete = listed is not None
    if listed is None:
        if value is not None:
            return False
        listed = _most_promising(pool, dual, limit)
    left = search.work_left()
    settings = replace(
        search.settings,
        work_limit=work if left is None else min(work, left),
        time_limit_s=search.seconds_left(),
        relative_gap=0.0,
        stop=None,
    )
    found = choose(
        pool, listed, factor=search.grain, floor=value, settings=settings, should_stop=search.should_stop
    )
    search.work += found.work
    if found.chosen is not None:
        search.offer(pool.plan_of(found.chosen))
    if not (found.settled and complete):
        return False
    if search.value is None:
        search.infeasible = True
    else:
        search.tighten(search.value)
    return True


def _most_promising(pool: Pool, dual: Dual, limit: int) -> IntArray:
    """Positions of the pool's columns of least slack, at most `limit`."""
    reduced = reduced_values(pool, np.arange(len(pool)), dual.duals, dual.cuts)
    kind = pool.prepared.kind_of[pool.host]
    slack = worth_of_kinds(pool.prepared, dual.best)[kind] - reduced
    return np.argsort(slack, kind="stable")[:limit].astype(np.int64)
