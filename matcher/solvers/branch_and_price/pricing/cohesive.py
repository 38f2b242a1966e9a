"""Exact search for a host's best clusters where members count for each other.

Depth first over sets; at each node the candidates are sorted by what each could still add, and a branch
is cut where even the best completion cannot exceed the cutoff.
"""

from __future__ import annotations

import numpy as np

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


@compiled
def cut_toll(prices: Prices, unit: int, held: IntArray) -> tuple[int, int]:
    """Say what the cuts charge for adding a unit: exactly, and at least by the time the cluster is complete.

    A cut is charged when the second of its three units comes in. While one is in, both others see the
    charge; if both come in it is paid once, so a bound may count only half of it for each.
    """
    exact, half = 0, 0
    for at in range(prices.cut_start[unit], prices.cut_start[unit + 1]):
        cut = prices.cut_of[at]
        if held[cut] == 1:
            exact += prices.cut_price[cut]
            half += prices.cut_price[cut] // 2
    return exact, half


@compiled
def hold(prices: Prices, unit: int, held: IntArray, step: int) -> None:
    """Count a unit in (step 1) or out (step -1) of the cuts it is in."""
    for at in range(prices.cut_start[unit], prices.cut_start[unit + 1]):
        held[prices.cut_of[at]] += step


@compiled
def best_completion(
    reach: IntArray,
    total: IntArray,
    need: IntArray,
    first: int,
    size: int,
    at_least: int,
    at_most: int,
    room: int,
) -> int:
    """Most that candidates from position `first` on can add (doubled), FORBIDDEN where too few are left.

    With equal demands (`room` negative) they are sorted by `reach`: the at-most-that-many best, whatever
    their sign as far as the minimum asks for them. Otherwise sorted by reach for each place: the fractional
    knapsack.
    """
    if room < 0:
        forced = first + max(1, at_least)
        if forced > size:
            return FORBIDDEN
        end, last = forced, min(size, first + at_most)
        while end < last and reach[end] > 0:
            end += 1
        return int(total[end] - total[first])
    added = 0
    for at in range(first, size):
        if reach[at] <= 0:
            break
        if need[at] > room:
            added += reach[at] * room // need[at] + 1
            break
        added += reach[at]
        room -= need[at]
    return added


@compiled
def sort_children(
    child: IntArray,
    gain: IntArray,
    reach: IntArray,
    need: IntArray,
    size: int,
    equal: bool,  # noqa: FBT001 - kernels take no keywords
) -> None:
    """Sort by insertion (a child list inherits nearly the order of its parent's), best first."""
    for at in range(1, size):
        c, g, r, q = child[at], gain[at], reach[at], need[at]
        spot = at
        while spot > 0:
            before = spot - 1
            if equal:
                ahead = reach[before] >= r
            elif r > 0 and reach[before] > 0:
                ahead = reach[before] * q >= r * need[before]
            else:
                ahead = reach[before] >= r
            if ahead:
                break
            child[spot], gain[spot], reach[spot], need[spot] = (
                child[before],
                gain[before],
                reach[before],
                need[before],
            )
            spot = before
        child[spot], gain[spot], reach[spot], need[spot] = c, g, r, q


@compiled
def search_cohesive(
    local: Local,
    table: IntArray,
    prices: Prices,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
    list_all: bool,  # noqa: FBT001 - kernels take no keywords
) -> Found:
    """Find the clusters of one host that are worth more than `cutoff`.

    Parameters
    ----------
    local : Local
        Narrowed with the same cutoff.
    table : ndarray of int64, shape (n, most members)
        Potentials of the candidates, plain (:func:`~.local.potentials`) or split (:class:`~.split.Split`).
    prices : Prices
        Only the cuts are read.
    cutoff : int
    max_columns : int
        The best so many are kept; with `list_all` the search stops (incomplete) at one more.
    max_nodes : int
        The search stops (incomplete, with a valid bound) after so many nodes.
    list_all : bool
        Keep the cutoff fixed, to list every cluster above it.

    Returns
    -------
    Found
    """
    most, size = most_members(local), len(local.value)
    depth_cap = max(1, most)
    members = np.empty((max_columns, depth_cap), np.int64)
    length, worth = np.empty(max_columns, np.int64), np.empty(max_columns, np.int64)
    found, nodes = 0, 0
    if most == 0 or size == 0:
        return Found(members[:0], length[:0], worth[:0], cutoff, 0, True)
    least_demand, largest_demand = np.min(local.demand), np.max(local.demand)
    equal = least_demand == largest_demand
    child = np.empty((depth_cap, size), np.int64)
    gain, reach = np.empty((depth_cap, size), np.int64), np.empty((depth_cap, size), np.int64)
    need, total = np.empty((depth_cap, size), np.int64), np.zeros((depth_cap, size + 1), np.int64)
    width, spot = np.zeros(depth_cap, np.int64), np.zeros(depth_cap, np.int64)
    value, load = np.zeros(depth_cap + 1, np.int64), np.zeros(depth_cap + 1, np.int64)
    path = np.empty(depth_cap, np.int64)
    counts = np.zeros(len(local.comp_low), np.int64)
    held = np.zeros(len(prices.cut_price), np.int64)
    value[0] = local.fixed
    limit = cutoff
    depth, complete = 0, True
    fresh = True  # whether the child list of `depth` must be built
    while True:
        if fresh:
            more = (local.high - load[depth]) // least_demand
            filled = 0
            source = size if depth == 0 else width[depth - 1]
            begin = 0 if depth == 0 else spot[depth - 1]
            for at in range(begin, source):
                if depth == 0:
                    c, g = at, local.value[at]
                else:
                    c = child[depth - 1, at]
                    g = gain[depth - 1, at] + local.pair[path[depth - 1], c]
                if g < FORBIDDEN // 2 or load[depth] + local.demand[c] > local.high:
                    continue
                if too_many(local, counts, c):
                    continue
                _, half = cut_toll(prices, local.unit[c], held)
                child[depth, filled], gain[depth, filled] = c, g
                reach[depth, filled] = 2 * (g - half) + table[c, min(more, most) - 1]
                need[depth, filled] = local.demand[c]
                filled += 1
            sort_children(child[depth], gain[depth], reach[depth], need[depth], filled, equal)
            for at in range(filled):
                total[depth, at + 1] = total[depth, at] + reach[depth, at]
            width[depth], spot[depth] = filled, 0
            fresh = False
        at = spot[depth]
        go_on = at < width[depth]
        if go_on:
            at_least = max(0, -((load[depth] - local.low) // largest_demand))
            at_most = (local.high - load[depth]) // least_demand
            room = -1 if equal else local.high - load[depth]
            hope = best_completion(
                reach[depth], total[depth], need[depth], at, width[depth], at_least, at_most, room
            )
            go_on = 2 * value[depth] + hope > 2 * limit
        if not go_on:
            if depth == 0:
                break
            depth -= 1
            gone = path[depth]
            hold(prices, local.unit[gone], held, -1)
            for rule in range(len(counts)):
                counts[rule] -= local.comp_count[rule, gone]
            continue
        if nodes >= max_nodes:
            complete = False
            break
        nodes += 1
        spot[depth] += 1
        c = child[depth, at]
        toll, _ = cut_toll(prices, local.unit[c], held)
        path[depth] = c
        value[depth + 1] = value[depth] + gain[depth, at] - toll
        load[depth + 1] = load[depth] + local.demand[c]
        hold(prices, local.unit[c], held, 1)
        for rule in range(len(counts)):
            counts[rule] += local.comp_count[rule, c]
        if load[depth + 1] >= local.low:
            price = composition_cost(local, counts)
            now = value[depth + 1] - charge(local, load[depth + 1]) - price
            if price >= 0 and now > limit:
                if list_all and found == max_columns:
                    complete = False
                    break
                found = keep(members, length, worth, found, path, depth + 1, now)
                if not list_all:
                    limit = cutoff_after(worth, found, cutoff)
        if depth + 1 < most and load[depth + 1] + least_demand <= local.high:
            depth += 1
            fresh = True
        else:
            hold(prices, local.unit[c], held, -1)
            for rule in range(len(counts)):
                counts[rule] -= local.comp_count[rule, c]
    bound = cutoff
    for at in range(found):
        bound = max(bound, worth[at])
    if not complete:
        for level in range(depth + 1):
            first = spot[level]
            at_least = max(0, -((load[level] - local.low) // largest_demand))
            at_most = (local.high - load[level]) // least_demand
            room = -1 if equal else local.high - load[level]
            if first < width[level]:
                hope = best_completion(
                    reach[level], total[level], need[level], first, width[level], at_least, at_most, room
                )
                bound = max(bound, (2 * value[level] + hope + 1) // 2)
    return Found(members[:found], length[:found], worth[:found], bound, nodes, complete)
