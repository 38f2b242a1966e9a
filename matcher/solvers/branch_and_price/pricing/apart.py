"""The best candidates of which no two are rivals: a search over sorted candidates, bounded by cliques.

The same bound by a greedy colouring that carries searches for largest cliques: of candidates who are all
rivals of each other a cluster holds one at most.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

Bits = NDArray[np.uint64]

WORD = 64

_ONE = np.uint64(1)


@compiled
def mark(bits: Bits, at: int) -> None:
    """Set one bit."""
    bits[at // WORD] |= _ONE << np.uint64(at % WORD)


@compiled
def bits_of(apart: NDArray[np.bool_], order: IntArray) -> Bits:
    """Rivalry among the candidates of `order`, one bit each, shape (k, words)."""
    size = len(order)
    bits = np.zeros((size, (size + WORD - 1) // WORD), np.uint64)
    for one in range(size):
        for other in range(size):
            if apart[order[one], order[other]]:
                mark(bits[one], other)
    return bits


@compiled
def first_bit(word: np.uint64) -> int:
    """Position of the lowest bit that is set; there must be one."""
    at, step = 0, 32
    while step > 0:
        low = (_ONE << np.uint64(step)) - _ONE
        if word & low == np.uint64(0):
            word >>= np.uint64(step)
            at += step
        step //= 2
    return at


@compiled
def first_of(left: Bits) -> int:
    """First candidate left, -1 where none is."""
    for place in range(len(left)):
        if left[place] != np.uint64(0):
            return place * WORD + first_bit(left[place])
    return -1


@compiled
def reach_of_cliques(value: IntArray, left: Bits, rivals: Bits, number: int, common: Bits) -> int:
    """At most what `number` candidates of those left bring, one of each clique; FORBIDDEN: too few cliques.

    Parameters
    ----------
    value : ndarray of int64, shape (k,)
        Falling.
    common : ndarray of uint64, shape (number, words)
        Scratch: the rivals that all members of a clique share.
    """
    total, cliques = 0, 0
    for place in range(len(left)):
        word = left[place]
        while word != np.uint64(0):
            bit = first_bit(word)
            mask = _ONE << np.uint64(bit)
            word ^= mask
            one, joined = place * WORD + bit, False
            for clique in range(cliques):
                if common[clique, place] & mask != np.uint64(0):
                    for at in range(len(left)):
                        common[clique, at] &= rivals[one, at]
                    joined = True
                    break
            if joined:
                continue
            total += int(value[one])
            common[cliques] = rivals[one]
            cliques += 1
            if cliques == number:
                return total
    return FORBIDDEN


@compiled
def best_apart(
    value: IntArray, rivals: Bits, number: int, floor: int, max_nodes: int, chosen: IntArray
) -> tuple[int, bool, int]:
    """Find the `number` candidates, no two of them rivals, that bring most, if more than `floor`.

    Parameters
    ----------
    value : ndarray of int64, shape (k,)
        Falling.
    rivals : ndarray of uint64, shape (k, words)
        See :func:`bits_of`.
    chosen : ndarray of int64, shape (at least number,)
        Receives the best ones found.

    Returns
    -------
    bound : int
        At least what any such candidates bring, and at least `floor`.
    found : bool
        Whether `chosen` was written.
    nodes : int

    References
    ----------
    E. Tomita, T. Seki, "An efficient branch-and-bound algorithm for finding a maximum clique", DMTCS 2003.
    """
    size, words = rivals.shape
    left = np.zeros((number, words), np.uint64)
    for one in range(size):
        mark(left[0], one)
    common = np.zeros((number, words), np.uint64)
    path, total = np.empty(number, np.int64), np.zeros(number, np.int64)
    depth, nodes, found, best = 0, 0, False, floor
    while depth >= 0:
        bound = total[depth] + reach_of_cliques(value, left[depth], rivals, number - depth, common)
        nodes += 1
        if bound <= best:
            depth -= 1
            continue
        if nodes > max_nodes:
            bound = max(best, bound)
            for above in range(depth):
                rest = reach_of_cliques(value, left[above], rivals, number - above, common)
                bound = max(bound, total[above] + rest)
            return bound, found, nodes
        one = first_of(left[depth])
        left[depth, one // WORD] ^= _ONE << np.uint64(one % WORD)
        path[depth] = one
        if depth + 1 == number:
            best, found = total[depth] + value[one], True
            chosen[:number] = path
            depth -= 1
            continue
        for at in range(words):
            left[depth + 1, at] = left[depth, at] & ~rivals[one, at]
        total[depth + 1] = total[depth] + value[one]
        depth += 1
    return best, found, nodes
