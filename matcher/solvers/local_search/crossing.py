"""Make a plan out of two: the best clusters of both (backbone crossover)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.prepared import IntArray, Prepared


def cluster_values(prepared: Prepared, unit_host: IntArray) -> IntArray:
    """Pair values and cohesion of each host's cluster, objective units, shape (n_hosts,)."""
    total = np.zeros(prepared.n_hosts, np.int64)
    host_of = np.repeat(np.arange(prepared.n_hosts), np.diff(prepared.start))
    chosen = unit_host[prepared.unit] == host_of
    np.add.at(total, host_of[chosen], prepared.value[chosen])
    first = np.repeat(unit_host, np.diff(prepared.nb_start))
    together = (first == unit_host[prepared.nb_unit]) & (first >= 0)
    twice = np.zeros(prepared.n_hosts, np.int64)
    np.add.at(twice, first[together], prepared.nb_value[together])
    return total + twice // 2


def cross(
    prepared: Prepared, one: IntArray, other: IntArray, eligible: NDArray[np.bool_], rng: np.random.Generator
) -> IntArray:
    """Take clusters from two plans in turn, the most valuable first, without units already taken.

    After Zhou, Benlic and Wu (2019). A cluster keeps its host if that is free, else it goes to the free
    host that can take most of its units; whoever that host cannot take is left out.

    Parameters
    ----------
    prepared : Prepared
    one, other : ndarray of int64, shape (n_units,)
        The plans.
    eligible : ndarray of bool, shape (n_hosts, n_units)
    rng : numpy.random.Generator
        Says which plan begins.

    Returns
    -------
    ndarray of int64, shape (n_units,)
        Not all units are placed.
    """
    parents = [one.copy(), other.copy()]
    turn = int(rng.integers(2))
    child = np.full(prepared.n_units, -1, np.int64)
    free = np.ones(prepared.n_hosts, np.bool_)
    while free.any():
        parent = parents[turn]
        turn = 1 - turn
        sizes = np.bincount(parent[parent >= 0], minlength=prepared.n_hosts)
        if not sizes.any():
            break
        worth = np.where(sizes > 0, cluster_values(prepared, parent), np.iinfo(np.int64).min)
        host = int(np.argmax(worth))
        units = np.flatnonzero(parent == host)
        takes = eligible[:, units].sum(axis=1)
        target = host if free[host] else int(np.argmax(np.where(free, takes, -1)))
        child[units[eligible[target, units]]] = target
        free[target] = False
        for plan in parents:
            plan[units] = -1
    return child
