"""A strong bound for one host with many members: each pair's value split between its two ends.

If member i may count ``share[i, k]`` for partner k and k ``share[k, i]`` for i, with the two shares adding
up to twice the pair's value, then letting every member choose its own best partners overestimates what a
cluster is worth. A member that chooses two rivals as partners pays a toll, and is given as much beforehand:
that costs a true cluster nothing. The least overestimate over all shares and tolls is close to the truth.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.pricing.local import most_members
from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Local
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

FloatArray = NDArray[np.float64]

TOLLS = 96
"""Pairs of rivals that one candidate may have tolls on."""


class Split(NamedTuple):
    """The bound, and what a search needs to use it.

    Attributes
    ----------
    table : ndarray of int64, shape (n, most)
        Column k: at most what a candidate can count for k partners, doubled; in place of
        :func:`~matcher.solvers.branch_and_price.pricing.local.potentials`.
    bound : int
        No cluster is worth more.
    chosen : ndarray of int64, shape (k,)
        The candidates that the bound takes together.
    held : ndarray of int64, shape (n,)
        No cluster with this candidate is worth more.
    """

    table: IntArray
    bound: int
    chosen: IntArray
    held: IntArray


@compiled
def best_partners(share: FloatArray, one: int, most: int, partner: IntArray, sums: FloatArray) -> None:
    """Write a candidate's best partners (-1: none with a share above 0), and sums of their shares."""
    top = np.zeros(most)
    count = 0
    for other in range(share.shape[0]):
        worth = share[one, other]
        if worth <= 0.0 or (count == most - 1 and (count == 0 or worth <= top[count - 1])):
            continue
        spot = min(count, most - 2)
        while spot > 0 and top[spot - 1] < worth:
            top[spot], partner[spot] = top[spot - 1], partner[spot - 1]
            spot -= 1
        top[spot], partner[spot] = worth, other
        count = min(count + 1, most - 1)
    sums[0] = 0.0
    for at in range(most - 1):
        if at >= count:
            partner[at] = -1
        sums[at + 1] = sums[at] + (top[at] if at < count else 0.0)


@compiled
def best_some(reach: FloatArray, number: int) -> tuple[float, IntArray]:
    """Sum and positions of the `number` largest, the first of equals first."""
    chosen, count = np.empty(number, np.int64), 0
    for one in range(len(reach)):
        if count == number and reach[one] <= reach[chosen[count - 1]]:
            continue
        spot = min(count, number - 1)
        while spot > 0 and reach[chosen[spot - 1]] < reach[one]:
            chosen[spot] = chosen[spot - 1]
            spot -= 1
        chosen[spot] = one
        count = min(count + 1, number)
    total = 0.0
    for one in chosen[:count]:
        total += reach[one]
    return total, chosen[:count]


@compiled
def best_together(base: FloatArray, sums: FloatArray, least: int, most: int) -> tuple[float, int, IntArray]:
    """Largest sum, over numbers r of members, of the r best candidates with r - 1 partners each."""
    best, number, chosen = -np.inf, 0, np.empty(0, np.int64)
    for r in range(max(1, least), min(most, len(base)) + 1):
        total, some = best_some(base + sums[:, r - 1], r)
        if total > best:
            best, number, chosen = total, r, some
    return best, number, chosen


class Tolls(NamedTuple):
    """What each candidate pays for choosing two rivals as partners.

    Attributes
    ----------
    number : ndarray of int64, shape (n,)
    one, other : ndarray of int64, shape (n, TOLLS)
        The two rivals.
    toll : ndarray of float64, shape (n, TOLLS)
        At least 0; given back in `base`, and taken off the shares of both rivals.
    """

    number: IntArray
    one: IntArray
    other: IntArray
    toll: FloatArray


@compiled
def charge_toll(
    base: FloatArray, share: FloatArray, tolls: Tolls, owner: int, at: int, change: float
) -> None:
    """Raise or lower one toll."""
    tolls.toll[owner, at] += change
    base[owner] += change
    share[owner, tolls.one[owner, at]] -= change
    share[owner, tolls.other[owner, at]] -= change


@compiled
def meet(local: Local, tolls: Tolls, owner: int, partner: IntArray) -> None:
    """Open tolls for rivals that a candidate chooses together."""
    for at in range(len(partner)):
        one = partner[at]
        if one < 0:
            break
        for to in range(at):
            other = partner[to]
            if local.pair[one, other] > FORBIDDEN // 2:
                continue
            first, second = min(one, other), max(one, other)
            known = False
            for spot in range(tolls.number[owner]):
                known = known or (tolls.one[owner, spot] == first and tolls.other[owner, spot] == second)
            if not known and tolls.number[owner] < TOLLS:
                spot = tolls.number[owner]
                tolls.one[owner, spot], tolls.other[owner, spot] = first, second
                tolls.toll[owner, spot] = 0.0
                tolls.number[owner] += 1


@compiled
def move(
    local: Local,
    base: FloatArray,
    share: FloatArray,
    tolls: Tolls,
    partner: IntArray,
    chosen: IntArray,
    number: int,
    excess: float,
    touched: IntArray,
) -> None:
    """Step towards shares on which the two ends agree, and tolls that keep rivals apart."""
    row = np.full(share.shape[0], len(chosen), np.int64)  # the last row stands for all that are not chosen
    counts = np.zeros((len(chosen) + 1, share.shape[0]), np.bool_)
    for place in range(len(chosen)):
        one = chosen[place]
        row[one] = place
        meet(local, tolls, one, partner[one, : number - 1])
        for at in range(number - 1):
            if partner[one, at] >= 0:
                counts[place, partner[one, at]] = True
    apart = 0
    for one in chosen:
        for at in range(number - 1):
            other = partner[one, at]
            apart += other >= 0 and not counts[row[other], one]
        for at in range(tolls.number[one]):
            both = int(counts[row[one], tolls.one[one, at]]) + int(counts[row[one], tolls.other[one, at]])
            apart += both == 2 or (both == 0 and tolls.toll[one, at] > 0.0)
    touched[:] = 0
    if apart == 0:
        return
    step = excess / apart
    for one in chosen:
        for at in range(number - 1):
            other = partner[one, at]
            if other >= 0 and not counts[row[other], one]:
                share[one, other] -= step
                share[other, one] += step
                touched[one], touched[other] = 1, 1
        for at in range(tolls.number[one]):
            both = int(counts[row[one], tolls.one[one, at]]) + int(counts[row[one], tolls.other[one, at]])
            if both == 2:
                charge_toll(base, share, tolls, one, at, step)
                touched[one] = 1
            elif both == 0 and tolls.toll[one, at] > 0.0:
                charge_toll(base, share, tolls, one, at, -min(step, tolls.toll[one, at]))
                touched[one] = 1


@compiled
def split_pairs(local: Local, target: int, steps: int) -> Split:
    """Split pair values so that the bound comes as near to `target` as it may.

    Parameters
    ----------
    local : Local
    target : int
        Worth of a cluster known, or the cutoff: there is no use in a lower bound.
    steps : int
        Subgradient steps.

    References
    ----------
    A. Caprara, D. Pisinger, P. Toth, "Exact solution of the quadratic knapsack problem", INFORMS Journal on
    Computing 11 (1999).
    """
    size, most = len(local.value), int(most_members(local))
    least = max(1, -((-local.low) // int(np.max(local.demand))))
    base = 2.0 * local.value.astype(np.float64)
    share = np.where(local.pair > FORBIDDEN // 2, local.pair, 0).astype(np.float64)
    tolls = Tolls(
        np.zeros(size, np.int64),
        np.zeros((size, TOLLS), np.int64),
        np.zeros((size, TOLLS), np.int64),
        np.zeros((size, TOLLS)),
    )
    partner = np.full((size, max(1, most - 1)), -1, np.int64)
    sums = np.zeros((size, most))
    touched = np.ones(size, np.int64)
    lowest, kept, kept_toll = np.inf, share.copy(), tolls.toll.copy()
    factor, stalled = 1.0, 0
    aim = 2.0 * (target - local.fixed)
    number = most
    for step in range(steps):
        for one in range(size):
            if touched[one] == 1 and most > 1:
                best_partners(share, one, most, partner[one], sums[one])
        if step % 16 == 0:
            total, number, chosen = best_together(base, sums, least, most)
        else:
            total, number, chosen = best_together(base, sums, number - 1, min(int(most), number + 1))
        if total < lowest - 1e-4 * abs(lowest):  # smaller gains are not worth the copy
            lowest, stalled = total, 0
            kept[:] = share
            kept_toll[:] = tolls.toll
        else:
            stalled += 1
        if lowest <= aim:
            break
        if stalled >= 20:
            factor, stalled = factor / 2.0, 0
            if factor < 0.002:
                break
        move(local, base, share, tolls, partner, chosen, number, factor * (total - aim), touched)
        if np.max(touched) == 0:
            break
    tolls.toll[:] = kept_toll
    return settle(local, kept, tolls, least, most)


@compiled
def settle(local: Local, share: FloatArray, tolls: Tolls, least: int, most: int) -> Split:
    """Round the shares so that each two add up exactly, and draw all bounds in whole numbers."""
    size = len(local.value)
    exact, given = np.zeros((size, size), np.int64), np.zeros(size, np.int64)
    for one in range(size):
        for at in range(tolls.number[one]):
            share[one, tolls.one[one, at]] += tolls.toll[one, at]
            share[one, tolls.other[one, at]] += tolls.toll[one, at]
    for one in range(size):
        for other in range(one):
            if local.pair[one, other] > FORBIDDEN // 2:
                exact[one, other] = np.int64(np.rint(share[one, other]))
                exact[other, one] = 2 * local.pair[one, other] - exact[one, other]
    for one in range(size):
        for at in range(tolls.number[one]):
            toll = np.int64(np.rint(tolls.toll[one, at]))
            exact[one, tolls.one[one, at]] -= toll
            exact[one, tolls.other[one, at]] -= toll
            given[one] += toll
        for other in range(size):
            if local.pair[one, other] <= FORBIDDEN // 2:
                exact[one, other] = 0
    table = np.zeros((size, most), np.int64)
    for one in range(size):
        row = -np.sort(-exact[one])
        table[one, 0] = given[one]
        for at in range(1, most):
            table[one, at] = table[one, at - 1] + (max(0, row[at - 1]) if at - 1 < size else 0)
    bound, chosen, held = FORBIDDEN, np.empty(0, np.int64), np.full(size, FORBIDDEN, np.int64)
    for r in range(max(1, least), min(most, size) + 1):
        reach = 2 * local.value + table[:, r - 1]
        order = np.argsort(-reach, kind="mergesort")
        total = np.sum(reach[order[:r]])
        if total > bound:
            bound, chosen = total, order[:r].copy()
        last = reach[order[r - 1]]
        for one in range(size):
            held[one] = max(held[one], total + min(0, reach[one] - last))
    for one in range(size):
        held[one] = local.fixed + (held[one] + 1) // 2
    return Split(table, local.fixed + (bound + 1) // 2, chosen, held)
