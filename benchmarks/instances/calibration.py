"""Give cohesion the weight at which it makes up a stated share of a plan's value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.problem import SCALE, Problem
from matcher.solution import UNASSIGNED
from matcher.solvers.compiled import compiled

IntArray = NDArray[np.int64]

ROUNDS = 3


def cohesion_units(problem: Problem, pairs: IntArray, worth: NDArray[np.float64], share: float) -> Problem:
    """Add cohesion to a problem.

    The weight is found by a greedy plan: at weight w it has pair value V and raw cohesion R; the next
    weight makes ``w R / (V + w R)`` the share. A better plan has a little more cohesion than a greedy one, so
    the share of an optimal plan is somewhat above the one asked for; every result states it.

    Parameters
    ----------
    problem : Problem
        Without cohesion.
    pairs : ndarray of int64, shape (n_cohesion, 2)
        Mentees i < k, sorted.
    worth : ndarray of float64, shape (n_cohesion,)
        At least 0, any unit.
    share : float
        In [0, 1).

    Returns
    -------
    Problem
    """
    weight = 0.0
    for _ in range(ROUNDS):
        host_of = _greedy(problem, pairs, worth * weight)
        chosen = host_of[problem.pair_mentee] == problem.pair_host
        value = float(problem.pair_value[chosen].sum())
        first, second = host_of[pairs[:, 0]], host_of[pairs[:, 1]]
        raw = float(worth[(first == second) & (first != UNASSIGNED)].sum())
        weight = share / (1.0 - share) * max(value, SCALE) / max(raw, 1e-9)
    return replace(problem, cohesion_pair=pairs, cohesion_value=np.rint(worth * weight).astype(np.int64))


def _greedy(problem: Problem, pairs: IntArray, value: NDArray[np.float64]) -> IntArray:
    """Place each mentee where it adds most, those with the best host first; minima are not looked at."""
    n = problem.n_mentees
    start = np.searchsorted(problem.pair_mentee, np.arange(n + 1)).astype(np.int64)
    best = np.full(n, -np.inf)
    np.maximum.at(best, problem.pair_mentee, problem.pair_value.astype(np.float64))
    cannot = problem.cannot_link
    ends = np.concatenate([pairs, cannot])
    worth = np.concatenate([value, np.full(len(cannot), -np.inf)])
    links = csr_array((np.arange(1, len(ends) + 1), (ends[:, 0], ends[:, 1])), shape=(n, n))
    both = (links + links.T).tocsr()
    return _place(
        np.argsort(-best, kind="stable").astype(np.int64),
        start,
        problem.pair_host,
        problem.pair_value.astype(np.float64),
        problem.max_load,
        both.indptr.astype(np.int64),
        both.indices.astype(np.int64),
        worth[both.data - 1],
    )


@compiled
def _place(  # noqa: PLR0917 - a compiled kernel takes no keywords
    order: IntArray,
    start: IntArray,
    hosts: IntArray,
    values: NDArray[np.float64],
    room: IntArray,
    link_start: IntArray,
    link: IntArray,
    worth: NDArray[np.float64],
) -> IntArray:
    host_of = np.full(len(order), -1, np.int64)
    load = np.zeros(len(room), np.int64)
    bonus = np.zeros(len(room))
    for i in order:
        bonus[:] = 0.0
        for at in range(link_start[i], link_start[i + 1]):
            if host_of[link[at]] >= 0:
                bonus[host_of[link[at]]] += worth[at]
        best, most = -1, -np.inf
        for at in range(start[i], start[i + 1]):
            j = hosts[at]
            if load[j] < room[j] and values[at] + bonus[j] > most:
                best, most = j, values[at] + bonus[j]
        if best >= 0:
            host_of[i] = best
            load[best] += 1
    return host_of
