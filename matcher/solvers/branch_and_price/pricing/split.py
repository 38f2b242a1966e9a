"""A strong bound for one host with many members: each pair's value split between its two ends.

If member i may count ``share[i, k]`` for partner k and k ``share[k, i]`` for i, with the two shares adding
up to twice the pair's value, then letting every member choose its own best partners overestimates what a
cluster is worth; the least overestimate over all ways to split is close to the truth.
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

STEPS = 300
"""Subgradient steps."""


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
    """Write a candidate's best partners, best first (-1: none with a share above 0), and sums of their shares."""
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
def best_together(base: FloatArray, sums: FloatArray, least: int, most: int) -> tuple[float, int, IntArray]:
    """Largest sum, over each number r of members, of the r best candidates with r - 1 partners each."""
    best, number, chosen = -np.inf, 0, np.empty(0, np.int64)
    for r in range(max(1, least), min(most, len(base)) + 1):
        order = np.argsort(-(base + sums[:, r - 1]), kind="mergesort")[:r]
        total = 0.0
        for one in order:
            total += base[one] + sums[one, r - 1]
        if total > best:
            best, number, chosen = total, r, order
    return best, number, chosen


@compiled
def move(
    share: FloatArray, partner: IntArray, chosen: IntArray, number: int, excess: float, touched: IntArray
) -> None:
    """Step towards shares on which the two ends agree: less where only one end counts the other."""
    size = share.shape[0]
    counts = np.zeros((size, size), np.bool_)
    for one in chosen:
        for at in range(number - 1):
            if partner[one, at] >= 0:
                counts[one, partner[one, at]] = True
    apart = 0
    for one in chosen:
        for at in range(number - 1):
            other = partner[one, at]
            if other >= 0 and not counts[other, one]:
                apart += 1
    touched[:] = 0
    if apart == 0:
        return
    step = excess / apart
    for one in chosen:
        for at in range(number - 1):
            other = partner[one, at]
            if other >= 0 and not counts[other, one]:
                share[one, other] -= step
                share[other, one] += step
                touched[one], touched[other] = 1, 1


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
    size, most = len(local.value), most_members(local)
    least = max(1, -((-local.low) // np.max(local.demand)))
    base = 2.0 * local.value.astype(np.float64)
    share = np.where(local.pair > FORBIDDEN // 2, local.pair, 0).astype(np.float64)
    partner = np.full((size, max(1, most - 1)), -1, np.int64)
    sums = np.zeros((size, most))
    touched = np.ones(size, np.int64)
    lowest, kept, factor, stalled = np.inf, share.copy(), 1.0, 0
    aim = 2.0 * (target - local.fixed)
    for _ in range(steps):
        for one in range(size):
            if touched[one] == 1 and most > 1:
                best_partners(share, one, most, partner[one], sums[one])
        total, number, chosen = best_together(base, sums, least, most)
        if total < lowest - 1e-6 * abs(lowest):
            stalled = 0
        else:
            stalled += 1
        if total < lowest:
            lowest = total
            kept[:] = share
        if lowest <= aim:
            break
        if stalled >= 8:
            factor, stalled = factor / 2.0, 0
            if factor < 0.01:
                break
        move(share, partner, chosen, number, factor * (total - aim), touched)
        if np.max(touched) == 0:
            break
    return settle(local, kept, least, most)


@compiled
def settle(local: Local, share: FloatArray, least: int, most: int) -> Split:
    """Round the shares so that each two add up exactly, and draw all bounds in whole numbers."""
    size = len(local.value)
    exact = np.zeros((size, size), np.int64)
    for one in range(size):
        for other in range(one):
            if local.pair[one, other] > FORBIDDEN // 2:
                exact[one, other] = np.int64(np.rint(share[one, other]))
                exact[other, one] = 2 * local.pair[one, other] - exact[one, other]
    table = np.zeros((size, most), np.int64)
    for one in range(size):
        row = -np.sort(-exact[one])
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
