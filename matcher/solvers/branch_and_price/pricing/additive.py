"""Exact search for a host's best clusters where only rivals, rules and loads tie members together.

A dynamic programme over loads says, for each candidate and load, what all later candidates can still
add; it is exact without rivals, so that the search that follows it hardly ever turns back.
"""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.pricing.cohesive import cut_toll, hold
from matcher.solvers.branch_and_price.pricing.collect import (
    composition_cost,
    cutoff_after,
    keep,
    too_many,
)
from matcher.solvers.branch_and_price.pricing.local import charge, most_members
from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Found, Local, Prices
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

FINEST = 4**8
"""The search for the best cluster first aims this share of its span below what is possible; a power of 4."""


@compiled
def completions(local: Local, order: IntArray) -> IntArray:
    """Best that candidates from each place in `order` on can add at each load, shape (n + 1, high + 1).

    References
    ----------
    S. Martello, P. Toth, *Knapsack Problems*, Wiley 1990, section 2.6.
    """
    size = len(order)
    table = np.empty((size + 1, local.high + 1), np.int64)
    for load in range(local.high + 1):
        table[size, load] = -charge(local, load) if load >= local.low else FORBIDDEN
    for at in range(size - 1, -1, -1):
        worth, need = local.value[order[at]], local.demand[order[at]]
        for load in range(local.high + 1):
            best = table[at + 1, load]
            if load + need <= local.high:
                best = max(best, worth + table[at + 1, load + need])
            table[at, load] = best
    return table


@compiled
def search_from(
    local: Local,
    order: IntArray,
    table: IntArray,
    prices: Prices,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
    list_all: bool,  # noqa: FBT001 - kernels take no keywords
) -> Found:
    """Search as :func:`search_additive` does, from one cutoff, in an order with its completions."""
    most, size = most_members(local), len(local.value)
    members = np.empty((max_columns, max(1, most)), np.int64)
    length, worth = np.empty(max_columns, np.int64), np.empty(max_columns, np.int64)
    found, nodes = 0, 0
    if most == 0 or size == 0:
        return Found(members[:0], length[:0], worth[:0], cutoff, 0, True)
    counts = np.zeros(len(local.comp_low), np.int64)
    held = np.zeros(len(prices.cut_price), np.int64)
    blocked = np.zeros(size, np.int64)
    path, place = np.empty(most, np.int64), np.empty(most, np.int64)
    value, load = np.zeros(most + 1, np.int64), np.zeros(most + 1, np.int64)
    value[0] = local.fixed
    limit = cutoff
    bound_left = np.full(most + 1, FORBIDDEN, np.int64)
    depth, at, complete = 0, 0, True
    while True:
        # the best that can still be had by going on from `at` with the present members
        hope = FORBIDDEN if at >= size else value[depth] + table[at, load[depth]]
        if hope <= limit:
            if depth == 0:
                break
            depth -= 1
            gone = path[depth]
            hold(prices, local.unit[gone], held, -1)
            for rule in range(len(counts)):
                counts[rule] -= local.comp_count[rule, gone]
            for other in range(size):
                if local.pair[gone, other] <= FORBIDDEN // 2:
                    blocked[other] -= 1
            at = place[depth] + 1
            continue
        if nodes >= max_nodes:
            complete = False
            break
        nodes += 1
        c = order[at]
        need = local.demand[c]
        if blocked[c] > 0 or load[depth] + need > local.high or too_many(local, counts, c):
            at += 1
            continue
        toll, _ = cut_toll(prices, local.unit[c], held)
        now = value[depth] + local.value[c] - toll
        if now + table[at + 1, load[depth] + need] <= limit:
            at += 1
            continue
        path[depth], place[depth] = c, at
        value[depth + 1], load[depth + 1] = now, load[depth] + need
        hold(prices, local.unit[c], held, 1)
        for rule in range(len(counts)):
            counts[rule] += local.comp_count[rule, c]
        for other in range(size):
            if local.pair[c, other] <= FORBIDDEN // 2:
                blocked[other] += 1
        depth += 1
        at += 1
        if load[depth] >= local.low:
            price = composition_cost(local, counts)
            now = value[depth] - charge(local, load[depth]) - price
            if price >= 0 and now > limit:
                if list_all and found == max_columns:
                    complete = False
                    break
                found = keep(members, length, worth, found, path, depth, now)
                if not list_all:
                    limit = cutoff_after(worth, found, cutoff)
        if depth == most:  # full: turn back at once
            at = size
    bound = cutoff
    for column in range(found):
        bound = max(bound, worth[column])
    if not complete:
        bound_left[0] = value[depth] + (table[at, load[depth]] if at < size else FORBIDDEN)
        for level in range(depth):
            if place[level] + 1 < size:
                bound_left[level + 1] = value[level] + table[place[level] + 1, load[level]]
        bound = max(bound, int(np.max(bound_left)))
    return Found(members[:found], length[:found], worth[:found], bound, nodes, complete)


@compiled
def search_additive(
    local: Local,
    prices: Prices,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
    list_all: bool,  # noqa: FBT001 - kernels take no keywords
) -> Found:
    """Find the clusters of one host that are worth more than `cutoff`.

    Parameters and result as for :func:`~matcher.solvers.branch_and_price.pricing.cohesive.search_cohesive`.
    `local` must be without cohesion; its `pair` marks rivals. Unless all are listed, the search begins just
    below what the completions allow and lowers its aim until it finds a cluster: from a low cutoff it would
    meet very many clusters, each a little better than the last.
    """
    order = np.argsort(-local.value, kind="mergesort")
    table = completions(local, order)
    hope = local.fixed + table[0, 0]
    span = hope - cutoff
    if list_all or span <= 0:
        return search_from(local, order, table, prices, cutoff, max_columns, max_nodes, list_all)
    nodes, share = 0, FINEST
    while True:
        aim = cutoff if share == 1 else hope - max(1, span // share)
        found = search_from(
            local, order, table, prices, max(cutoff, aim), max_columns, max_nodes - nodes, False
        )
        nodes += found.nodes
        if len(found.worth) > 0 or not found.complete or aim <= cutoff:
            return Found(found.members, found.length, found.worth, found.bound, nodes, found.complete)
        share //= 4
