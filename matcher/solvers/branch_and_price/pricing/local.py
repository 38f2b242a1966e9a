"""Gather one host's candidates, and drop those that no cluster above the cutoff can hold."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Local, Prices, Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray


@compiled
def gather(tables: Tables, prices: Prices, host: int, place: IntArray) -> Local:
    """One host's candidates with all prices taken off.

    Parameters
    ----------
    place : ndarray of int64, shape (n_units,)
        Scratch, all -1; left as it was.
    """
    first, last = tables.start[host], tables.start[host + 1]
    unit, demand = tables.unit[first:last], tables.demand[first:last]
    value = tables.value[first:last] - prices.candidate[first:last]
    size = last - first
    for at in range(size):
        place[unit[at]] = at
    pair = np.zeros((size, size), np.int64)
    has_links = False
    for at in range(size):
        here = unit[at]
        for link in range(tables.nb_start[here], tables.nb_start[here + 1]):
            other = place[tables.nb_unit[link]]
            if other >= 0:
                pair[at, other] = tables.nb_value[link]
                has_links = True
        for link in range(tables.rival_start[here], tables.rival_start[here + 1]):
            other = place[tables.rival[link]]
            if other >= 0:
                pair[at, other] = FORBIDDEN
    for at in range(size):
        place[unit[at]] = -1
    rules = np.flatnonzero(tables.comp_host[:, host])
    count = np.zeros((len(rules), size), np.int64)
    for row in range(len(rules)):
        for at in range(size):
            count[row, at] = tables.comp_count[rules[row], unit[at]]
    return Local(
        unit,
        value,
        demand,
        pair,
        has_links,
        count,
        tables.comp_low[rules],
        tables.comp_high[rules],
        tables.comp_price[rules],
        tables.low[host],
        tables.high[host],
        tables.target_low[host],
        tables.target_high[host],
        tables.under_price,
        tables.over_price,
        -tables.open_cost[host] - prices.host[host],
    )


@compiled
def take(local: Local, kept: IntArray) -> Local:
    """Keep the candidates at some positions."""
    size = len(kept)
    pair = np.empty((size, size), np.int64)
    count = np.empty((len(local.comp_low), size), np.int64)
    for row in range(size):
        for column in range(size):
            pair[row, column] = local.pair[kept[row], kept[column]]
        for rule in range(len(local.comp_low)):
            count[rule, row] = local.comp_count[rule, kept[row]]
    return Local(
        local.unit[kept],
        local.value[kept],
        local.demand[kept],
        pair,
        local.has_links,
        count,
        local.comp_low,
        local.comp_high,
        local.comp_price,
        local.low,
        local.high,
        local.target_low,
        local.target_high,
        local.under_price,
        local.over_price,
        local.fixed,
    )


@compiled
def most_members(local: Local) -> int:
    """Most units that fit into one cluster."""
    room, count = local.high, 0
    for demand in np.sort(local.demand):
        if demand > room:
            break
        room -= demand
        count += 1
    return count


@compiled
def potentials(pair: IntArray, most: int) -> IntArray:
    """Sum of each candidate's k largest positive cohesion values, shape (n, most): column k.

    For a cluster S, twice its cohesion is at most the sum over its members c of ``potentials[c, |S| - 1]``.
    """
    size = len(pair)
    table = np.zeros((size, most), np.int64)
    for at in range(size):
        best = np.zeros(most, np.int64)  # the most - 1 largest, descending; one cell to spare
        for other in range(size):
            worth = pair[at, other]
            if most < 2 or worth <= best[most - 2]:
                continue
            spot = most - 2
            while spot > 0 and best[spot - 1] < worth:
                best[spot] = best[spot - 1]
                spot -= 1
            best[spot] = worth
        for k in range(1, most):
            table[at, k] = table[at, k - 1] + best[k - 1]
    return table


@compiled
def narrow(local: Local, cutoff: int) -> Local:
    """Drop candidates that no cluster worth more than `cutoff` can hold.

    A cluster of at most r units that holds c is worth at most ``fixed`` plus half of ``2 value + potential``
    of c and of the r - 1 best others. Repeated, since each candidate dropped lowers what others can reach.
    """
    for _ in range(4):
        most = most_members(local)
        size = len(local.value)
        if most == 0 or size == 0:
            return take(local, np.empty(0, np.int64))
        reach = 2 * local.value + potentials(local.pair, most)[:, most - 1]
        order = np.argsort(-reach)
        others = 0
        for at in range(min(most - 1, size)):
            others += max(0, reach[order[at]])
        limit = 2 * (cutoff - local.fixed)
        kept = np.flatnonzero((reach + others > limit) & (local.demand <= local.high))
        if len(kept) == size:
            break
        local = take(local, kept)
        if len(kept) * 10 > size * 9:
            break
    return local


@compiled
def charge(local: Local, load: int) -> int:
    """Price of a load that misses its target."""
    under = max(0, local.target_low - load)
    over = max(0, load - local.target_high)
    return local.under_price * under + local.over_price * over
