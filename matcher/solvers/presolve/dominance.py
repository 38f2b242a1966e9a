"""Hosts that no plan worth having opens."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.presolve.slots import Slots

BoolArray = NDArray[np.bool_]


def never_worth_opening(problem: Problem, slots: Slots, alive: BoolArray, forced: BoolArray) -> BoolArray:
    """Hosts whose cost of opening exceeds all that any cluster of theirs could gain.

    Take a plan in which such a host leads the cluster S, and leave all of S unassigned instead. That is
    allowed: nobody in its reach has to be placed, the host need not open, and no quota or row asks for
    more of what it counts. The objective changes by the cost of opening, plus prices of the cluster that
    fall away, less ``sum over S of (value + unassigned cost)`` and the cohesion inside S. The latter is at
    most half of each member's positive cohesion with everybody, added up; of the members at most
    ``max_load`` count, since each takes a place. So if the cost is more than the sum of the ``max_load``
    greatest positive terms, the changed plan is better.

    Parameters
    ----------
    problem : Problem
    slots : Slots
    alive : ndarray of bool, shape (n_slots,)
    forced : ndarray of bool, shape (n_units,)
        Units that must be placed.

    Returns
    -------
    ndarray of bool, shape (n_hosts,)
    """
    able = ~problem.must_open & (problem.open_cost > 0)
    able[slots.host[alive & forced[slots.unit]]] = False
    for quota in problem.quotas:
        if (quota.at_least or 0) > 0:
            able &= ~quota.hosts
    for row in problem.rows:
        able &= row.open_weight == 0
        able[problem.pair_host[row.pair_weight != 0]] = False
    if not able.any():
        return able
    together = np.zeros(problem.n_mentees, np.int64)
    for side in (0, 1):
        np.add.at(together, problem.cohesion_pair[:, side], np.maximum(0, problem.cohesion_value))
    pairs = np.flatnonzero(alive[slots.of_pair] & able[problem.pair_host])
    mentee, host = problem.pair_mentee[pairs], problem.pair_host[pairs]
    twice = 2 * (problem.pair_value[pairs] + problem.unassigned_cost[mentee]) + together[mentee]
    order = np.lexsort((-twice, host))
    host, twice = host[order], np.maximum(0, twice[order])
    first = np.searchsorted(host, host)  # where the host's pairs begin
    counted = np.arange(len(host)) - first < problem.max_load[host]
    gain = np.zeros(problem.n_hosts, np.int64)
    np.add.at(gain, host[counted], twice[counted])
    dear: BoolArray = able & (gain < 2 * problem.open_cost)
    return dear
