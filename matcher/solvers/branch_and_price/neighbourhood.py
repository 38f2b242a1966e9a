"""Choose a few hosts whose clusters could trade schools, for a re-solve of these clusters alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray, Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Each unit's candidates by unit, best value first.

    Attributes
    ----------
    start : ndarray of int64, shape (n_units + 1,)
    host : ndarray of int64, shape (n_candidates,)
    """

    start: IntArray
    host: IntArray


def reach_of(prepared: Prepared) -> Reach:
    """List each unit's hosts by falling value."""
    host_of = np.repeat(np.arange(prepared.n_hosts), np.diff(prepared.start)).astype(np.int64)
    order = np.lexsort((host_of, -prepared.value, prepared.unit))
    counts = np.bincount(prepared.unit, minlength=prepared.n_units)
    return Reach(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), host_of[order])


@compiled
def near_hosts(
    start: IntArray,
    host: IntArray,
    unit_host: IntArray,
    first: int,
    target: int,
    n_hosts: int,
    noise: IntArray,
) -> IntArray:
    """Grow a set of hosts from `first` until their clusters hold `target` units.

    The next host is the one that the units gathered so far like best: each adds 1 / (1 + rank) for the hosts
    on its list, times a random factor, so that repeated calls try different sets.

    Parameters
    ----------
    start, host : ndarray of int64
        See :class:`Reach`.
    unit_host : ndarray of int64, shape (n_units,)
    noise : ndarray of int64, shape (n_hosts,)
        Percent by which a host's score is weighed.

    Returns
    -------
    ndarray of int64
        Hosts, ascending.
    """
    score = np.zeros(n_hosts)
    taken = np.zeros(n_hosts, np.bool_)
    chosen = np.empty(n_hosts, np.int64)
    count, gathered = 0, 0
    newest = first
    while True:
        taken[newest] = True
        chosen[count] = newest
        count += 1
        for unit in range(len(unit_host)):
            if unit_host[unit] == newest:
                gathered += 1
                for at in range(start[unit], start[unit + 1]):
                    score[host[at]] += 1.0 / (1.0 + (at - start[unit]))
        if gathered >= target or count == n_hosts:
            break
        newest, best = -1, 0.0
        for other in range(n_hosts):
            worth = score[other] * noise[other]
            if not taken[other] and worth > best:
                newest, best = other, worth
        if newest < 0:
            break
    return np.sort(chosen[:count])


def units_of_hosts(
    reach: Reach, unit_host: IntArray, hosts: IntArray, n_hosts: int, most_unassigned: int
) -> IntArray:
    """Units of some clusters, and a few unassigned ones that could join them; ascending."""
    inside = np.zeros(n_hosts + 1, np.bool_)
    inside[hosts] = True
    members = inside[unit_host]  # -1 looks up the last, which is outside
    waiting: list[int] = []
    for unit in np.flatnonzero(unit_host < 0).tolist():
        if inside[reach.host[reach.start[unit] : reach.start[unit + 1]]].any():
            waiting.append(unit)
            if len(waiting) == most_unassigned:
                break
    return np.sort(np.concatenate([np.flatnonzero(members), np.array(waiting, np.int64)])).astype(np.int64)
