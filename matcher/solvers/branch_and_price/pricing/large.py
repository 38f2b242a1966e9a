"""Hosts with many members: climb for good clusters, bound by split pairs, and search what that leaves."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.pricing.climb import climb_some
from matcher.solvers.branch_and_price.pricing.cohesive import search_cohesive
from matcher.solvers.branch_and_price.pricing.local import most_members, potentials, take
from matcher.solvers.branch_and_price.pricing.split import STEPS, split_pairs
from matcher.solvers.branch_and_price.pricing.tables import Found, Local, Prices
from matcher.solvers.compiled import compiled

NODES_SHARE = 20
"""One node here costs as many plain ones: child lists are long."""


@compiled
def search_large(
    local: Local,
    prices: Prices,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
    list_all: bool,  # noqa: FBT001 - kernels take no keywords
) -> tuple[Found, Local]:
    """Find good clusters worth more than `cutoff`, and a bound that is strong even where the search is cut short.

    Parameters and result as for :func:`~.cohesive.search_cohesive`; the positions in the result refer to
    the narrowed candidates returned with it.
    """
    most = most_members(local)
    members = np.empty((max_columns, most), np.int64)
    length, worth = np.empty(max_columns, np.int64), np.empty(max_columns, np.int64)
    table = potentials(local.pair, most)
    found = 0
    if not list_all:
        first = np.argsort(-(2 * local.value + table[:, most - 1]), kind="mergesort")
        found = climb_some(local, prices, first, cutoff, members, length, worth)
    known = cutoff
    for column in range(found):
        known = max(known, worth[column])
    split = split_pairs(local, known, STEPS)
    nodes = STEPS * 10
    if split.bound <= known:
        return Found(members[:found], length[:found], worth[:found], known, nodes, True), local
    kept = np.flatnonzero(split.held > (cutoff if list_all else known))
    if list_all:
        part = take(local, kept)
        rest = search_cohesive(part, split.table[kept], prices, cutoff, max_columns, max_nodes, True)
        return rest, part
    part = take(local, kept)
    rest = search_cohesive(part, split.table[kept], prices, known, 1, max_nodes // NODES_SHARE, False)
    bound = min(split.bound, max(rest.bound, known))
    if len(rest.worth) > 0:
        spot = found if found < max_columns else np.argmin(worth)
        members[spot, : rest.length[0]] = kept[rest.members[0, : rest.length[0]]]
        length[spot], worth[spot] = rest.length[0], rest.worth[0]
        found = max(found, spot + 1)
    return Found(members[:found], length[:found], worth[:found], bound, nodes + rest.nodes, rest.complete), local
