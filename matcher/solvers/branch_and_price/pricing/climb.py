"""Good clusters of one host by greedy building and swaps: quick, but without proof."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.solvers.branch_and_price.pricing.cohesive import cut_toll, hold
from matcher.solvers.branch_and_price.pricing.collect import composition_cost, keep
from matcher.solvers.branch_and_price.pricing.local import charge
from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Local, Prices
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

STARTS = 12
"""Greedy starts, each from another first member."""

MOST_MOVES = 200
"""Moves from one start."""


class Climb(NamedTuple):
    """A cluster in the making.

    Attributes
    ----------
    inside : ndarray of int64, shape (n,)
        1 for members.
    gain : ndarray of int64, shape (n,)
        Value of the candidate with the present members (rivalry aside).
    clash : ndarray of int64, shape (n,)
        Its rivals among them.
    """

    inside: IntArray
    gain: IntArray
    clash: IntArray


@compiled
def turn(local: Local, climb: Climb, one: int, sign: int) -> None:
    """Put a candidate in (sign 1) or take it out (sign -1)."""
    climb.inside[one] += sign
    for other in range(len(climb.gain)):
        if local.pair[one, other] <= FORBIDDEN // 2:
            climb.clash[other] += sign
        else:
            climb.gain[other] += sign * local.pair[one, other]


@compiled
def best_to_add(local: Local, climb: Climb, load: int) -> int:
    """Candidate that fits and gains most, -1 where none fits."""
    best = -1
    for one in range(len(climb.gain)):
        if climb.inside[one] == 1 or climb.clash[one] > 0 or load + local.demand[one] > local.high:
            continue
        if best < 0 or climb.gain[one] > climb.gain[best]:
            best = one
    return best


@compiled
def best_swap(local: Local, climb: Climb, load: int) -> tuple[int, int, int]:
    """Gain, member out (-1: nobody) and candidate in (-1: nobody) of the best swap, if any gains."""
    best, out, into = 0, -1, -1
    size = len(climb.gain)
    for gone in range(size):
        if climb.inside[gone] == 0:
            continue
        left = load - local.demand[gone]
        if left >= local.low and -climb.gain[gone] > best:
            best, out, into = -climb.gain[gone], gone, -1
        for one in range(size):
            if climb.inside[one] == 1:
                continue
            after = left + local.demand[one]
            rivals = local.pair[gone, one] <= FORBIDDEN // 2
            if after < local.low or after > local.high or climb.clash[one] != (1 if rivals else 0):
                continue
            change = climb.gain[one] - climb.gain[gone] - (0 if rivals else local.pair[gone, one])
            if change > best:
                best, out, into = change, gone, one
    one = best_to_add(local, climb, load)
    if one >= 0 and climb.gain[one] > best:
        best, out, into = climb.gain[one], -1, one
    return best, out, into


@compiled
def worth_of(local: Local, prices: Prices, path: IntArray) -> tuple[int, bool]:
    """Value less all prices of a cluster without rivals, and whether it keeps the load and compositions."""
    total, load = local.fixed, 0
    counts = np.zeros(len(local.comp_low), np.int64)
    held = np.zeros(len(prices.cut_price), np.int64)
    for at in range(len(path)):
        one = path[at]
        toll, _ = cut_toll(prices, local.unit[one], held)
        hold(prices, local.unit[one], held, 1)
        total += local.value[one] - toll
        load += local.demand[one]
        for other in range(at):
            total += local.pair[one, path[other]]
        for rule in range(len(counts)):
            counts[rule] += local.comp_count[rule, one]
    price = composition_cost(local, counts)
    legal = price >= 0 and local.low <= load <= local.high
    return total - charge(local, load) - max(0, price), legal


@compiled
def climb_some(
    local: Local,
    prices: Prices,
    first: IntArray,
    limit: int,
    members: IntArray,
    length: IntArray,
    worth: IntArray,
) -> int:
    """Climb from each candidate of `first`; store clusters worth more than `limit`; returns how many."""
    size, found = len(local.value), 0
    for at in range(min(STARTS, len(first))):
        climb = Climb(np.zeros(size, np.int64), local.value.copy(), np.zeros(size, np.int64))
        load = 0
        one = first[at]
        while one >= 0 and (load == 0 or climb.gain[one] > 0 or load < local.low):
            turn(local, climb, one, 1)
            load += local.demand[one]
            one = best_to_add(local, climb, load)
        for _ in range(MOST_MOVES):
            gain, out, into = best_swap(local, climb, load)
            if gain <= 0:
                break
            if out >= 0:
                turn(local, climb, out, -1)
                load -= local.demand[out]
            if into >= 0:
                turn(local, climb, into, 1)
                load += local.demand[into]
        path = np.flatnonzero(climb.inside)
        if len(path) == 0 or len(path) > members.shape[1]:
            continue
        now, legal = worth_of(local, prices, path)
        known = False
        for column in range(found):
            same = length[column] == len(path) and worth[column] == now
            for spot in range(len(path)):
                same = same and members[column, spot] == path[spot]
            known = known or same
        full = found == len(worth)
        if legal and not known and now > (max(limit, int(np.min(worth))) if full else limit):
            found = keep(members, length, worth, found, path, len(path), now)
    return found
