"""Hosts with many members: climb for good clusters, bound by split pairs, and search what that leaves."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.pricing.climb import climb_some
from matcher.solvers.branch_and_price.pricing.cohesive import search_cohesive
from matcher.solvers.branch_and_price.pricing.local import most_members, potentials, take
from matcher.solvers.branch_and_price.pricing.split import split_pairs
from matcher.solvers.branch_and_price.pricing.tables import Found, Local, Prices
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

LARGE = 1_200
"""Candidates times members above which a plain search has little hope."""

STEPS_SHARE = 500
"""Nodes that one subgradient step is worth; at most `MOST_STEPS` are taken."""

MOST_STEPS = 400

NODES_SHARE = 20
"""One node of a large host costs as many of a small one: its lists of children are long."""


@compiled
def steps_for(max_nodes: int) -> int:
    """Subgradient steps that go with a number of nodes."""
    return min(MOST_STEPS, max(1, max_nodes // STEPS_SHARE))


@compiled
def search_plain(
    local: Local,
    prices: Prices,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
    list_all: bool,  # noqa: FBT001 - kernels take no keywords
) -> tuple[Found, IntArray]:
    """Search a host of few members; where the nodes do not suffice, bound it by split pairs too.

    Parameters and result as for :func:`~.cohesive.search_cohesive`, and the candidates that the bound takes
    together, as positions (none where the search is complete).
    """
    nobody = np.empty(0, np.int64)
    table = potentials(local.pair, most_members(local))
    found = search_cohesive(local, table, prices, cutoff, max_columns, max_nodes, list_all)
    if found.complete or list_all:
        return found, nobody
    known = cutoff
    for column in range(len(found.worth)):
        known = max(known, found.worth[column])
    split = split_pairs(local, known, steps_for(max_nodes))
    bound = min(found.bound, max(known, split.bound))
    done = bound <= known
    relaxed = nobody if done else split.chosen
    return Found(found.members, found.length, found.worth, bound, found.nodes, done), relaxed


@compiled
def search_large(
    local: Local,
    prices: Prices,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
) -> tuple[Found, IntArray]:
    """Find good clusters worth more than `cutoff`, and a bound that is strong without a whole search.

    Parameters and result as for :func:`search_plain`; the columns are good ones, not surely the best.
    """
    most = most_members(local)
    members = np.full((max_columns, most), -1, np.int64)
    length, worth = np.empty(max_columns, np.int64), np.empty(max_columns, np.int64)
    table = potentials(local.pair, most)
    first = np.argsort(-(2 * local.value + table[:, most - 1]), kind="mergesort")
    found = climb_some(local, prices, first, cutoff, members, length, worth)
    known = cutoff
    for column in range(found):
        known = max(known, worth[column])
    steps = steps_for(max_nodes)
    split = split_pairs(local, known, steps)
    bound, nodes, relaxed = max(known, split.bound), steps * len(first) // 10, split.chosen
    kept = np.flatnonzero(split.held > known)
    if bound > known and len(kept) * most <= 2 * LARGE:
        rest = search_cohesive(
            take(local, kept), table[kept], prices, known, 1, max_nodes // NODES_SHARE, False
        )
        nodes += rest.nodes * NODES_SHARE
        bound = min(bound, rest.bound)
        if len(rest.worth) > 0:
            spot = found if found < max_columns else int(np.argmin(worth))
            members[spot] = -1
            for at in range(rest.length[0]):
                members[spot, at] = kept[rest.members[0, at]]
            length[spot], worth[spot] = rest.length[0], rest.worth[0]
            found = max(found, spot + 1)
            known = max(known, rest.worth[0])
    done = bound <= known
    if done:
        relaxed = relaxed[:0]
    return Found(members[:found], length[:found], worth[:found], bound, nodes, done), relaxed
