"""Close the gap: list every column that a better plan could use, and choose among them exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.solvers.base import SolveSettings
from matcher.solvers.branch_and_price.bound import prices_of, worth_of_kinds
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.branch_and_price.generate import NODES_A_UNIT, Dual, reduced_values
from matcher.solvers.branch_and_price.integer_master import Choice, choose
from matcher.solvers.branch_and_price.pricing.hosts import list_columns
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.prepared import IntArray

EVERYTHING = 2**58
"""A slack beyond any value: all columns."""


WIDEST = 50
"""Without a plan yet, one within this part of the bound is looked for at first."""


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
    value, aim = search.value, search.aim
    slack = EVERYTHING if aim is None else dual.bound - aim
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
    found = _choose(search, pool, listed, floor=value, work=work)
    if not (found.settled and complete):
        return False
    if search.value is None:
        search.infeasible = True
    else:
        search.tighten(search.value)
    return True


def guess(search: Search, pool: Pool, dual: Dual, *, limit: int, work: float) -> bool:
    """Look for a plan near the bound, where too many columns could be in one merely above the best so far.

    All columns that a plan within some slack of the bound may use are listed, the slack halved until they are
    few enough. The best plan made of them is the best of all; where there is none, the bound falls by the
    slack.

    Returns
    -------
    bool
        Whether bound or plan changed.

    References
    ----------
    As for :func:`columns_within`.
    """
    bound = dual.bound if search.bound is None else min(dual.bound, search.bound)
    least = bound - abs(bound) // WIDEST if search.aim is None else search.aim
    slack = bound - least
    while slack >= 0 and not search.over():
        aim = -(-(bound - slack) // search.grain) * search.grain
        if aim > bound:
            break
        listed, used = columns_within(pool, dual, dual.bound - aim, limit)
        search.work += used
        if listed is not None:
            found = _choose(search, pool, listed, floor=aim - search.grain, work=work)
            if found.settled:
                better = search.value if found.chosen is not None else None
                search.tighten(aim - search.grain if better is None else better)
            return found.settled or found.chosen is not None
        if slack < search.grain:
            break
        slack //= 2
    return False


def _choose(search: Search, pool: Pool, listed: IntArray, *, floor: int | None, work: float) -> Choice:
    """Choose among listed columns a plan above the floor, and offer it."""
    settings = limited(search, work)
    found = choose(
        pool, listed, factor=search.grain, floor=floor, settings=settings, should_stop=search.should_stop
    )
    search.work += found.work
    if found.chosen is not None:
        search.offer(pool.plan_of(found.chosen))
    return found


def limited(search: Search, work: float) -> SolveSettings:
    """Set the limits of a choice among what is listed: so much work, within the limits of the whole."""
    limits = [limit for limit in (search.work_left(), search.work_until_asked()) if limit is not None]
    return replace(
        search.settings,
        work_limit=min([work, *limits]),
        time_limit_s=search.seconds_left(),
        relative_gap=0.0,
        stop=None,
    )


def _most_promising(pool: Pool, dual: Dual, limit: int) -> IntArray:
    """Positions of the pool's columns of least slack, at most `limit`."""
    reduced = reduced_values(pool, np.arange(len(pool)), dual.duals, dual.cuts)
    kind = pool.prepared.kind_of[pool.host]
    slack = worth_of_kinds(pool.prepared, dual.best)[kind] - reduced
    return np.argsort(slack, kind="stable")[:limit].astype(np.int64)
