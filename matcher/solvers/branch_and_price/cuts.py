"""Subset-row cuts on three units: at most one chosen cluster holds two of them."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.bound import Cuts
from matcher.solvers.branch_and_price.master import FloatArray
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray


@compiled
def violated(
    members: IntArray, weight: FloatArray, n_units: int, least: float
) -> tuple[IntArray, FloatArray]:
    """Every triple whose cut is violated by more than `least`.

    A cut's left side is the weight of the columns that hold two or three of the triple: the sum over its
    pairs of the weight of the columns that hold the pair, less twice that of the columns that hold all.
    """
    pair = np.zeros((n_units, n_units))
    for column in range(len(weight)):
        for a in range(members.shape[1]):
            for b in range(members.shape[1]):
                if a != b and members[column, a] >= 0 and members[column, b] >= 0:
                    pair[members[column, a], members[column, b]] += weight[column]
    near = [np.flatnonzero(pair[unit] > 1e-9) for unit in range(n_units)]
    space = 1024
    triples, excess, count = np.empty((space, 3), np.int64), np.empty(space), 0
    for i in range(n_units):
        for middle in near[i]:
            j = int(middle)
            if j <= i:
                continue
            for k in range(j + 1, n_units):
                total = pair[i, j] + pair[i, k] + pair[j, k]
                if total <= 1.0 + least:
                    continue
                for column in range(len(weight)):
                    held = 0
                    for at in range(members.shape[1]):
                        unit = members[column, at]
                        if unit == i or unit == j or unit == k:  # noqa: SIM109, PLR1714 - faster compiled
                            held += 1
                    if held == 3:
                        total -= 2.0 * weight[column]
                if total > 1.0 + least and count < space:
                    triples[count, 0], triples[count, 1], triples[count, 2] = i, j, k
                    excess[count] = total - 1.0
                    count += 1
    # triples whose lowest unit is not paired with the middle one are found from the pairs that exist:
    # a violated cut has at least two of its three pairs, so one of them holds its lowest unit
    for i in range(n_units):
        for last in near[i]:
            k = int(last)
            if k <= i:
                continue
            for j in range(i + 1, k):
                if pair[i, j] > 1e-9:
                    continue  # seen above
                total = pair[i, k] + pair[j, k]
                if total > 1.0 + least and count < space:
                    triples[count, 0], triples[count, 1], triples[count, 2] = i, j, k
                    excess[count] = total - 1.0
                    count += 1
    return triples[:count], excess[:count]


def separate(
    members: IntArray, weight: FloatArray, n_units: int, *, at_most: int, least: float = 0.02, each: int = 10
) -> Cuts:
    """Find the most violated cuts, each unit in at most `each` of them.

    References
    ----------
    M. Jepsen, B. Petersen, S. Spoorendonk, D. Pisinger, "Subset-row inequalities applied to the
    vehicle-routing problem with time windows", Operations Research 56 (2008).
    """
    triples, excess = violated(members, weight, n_units, least)
    used = np.zeros(n_units, np.int64)
    chosen: list[int] = []
    for at in np.argsort(-excess, kind="stable").tolist():
        if (used[triples[at]] < each).all():
            chosen.append(at)
            used[triples[at]] += 1
            if len(chosen) == at_most:
                break
    return Cuts(triples[chosen])
