"""How many clusters the loads allow: plans keep that by themselves, fractions of clusters do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem, Quota, QuotaKind
from matcher.solvers.prepared import IntArray

NOBODY = 2**40
"""Demand of a mentee without pairs; above every load."""


def with_cluster_count(problem: Problem) -> Problem:
    """Return the problem with the number of clusters that its loads imply as a quota; it has the same plans.

    A hundred mentees in clusters of at most six need 17 clusters, but 16⅔ fractions of full ones hold them
    too. Where full clusters are worth most, that is most of what the bound is too high by.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Problem
        The same one where every cluster count from 1 on fits, or no count does, or a quota says as much.

    References
    ----------
    V. Chvátal, "Edmonds polytopes and a hierarchy of combinatorial problems", Discrete Mathematics 4 (1973):
    the limits of load, added up, divided by the largest load and rounded.
    """
    least, most = cluster_counts(problem)
    if not (1 < least <= most or least <= most < problem.n_hosts) or _is_counted(problem, least, most):
        return problem
    everyone, hosts = np.ones(problem.n_mentees, np.bool_), np.ones(problem.n_hosts, np.bool_)
    count = Quota("clusters that loads allow", QuotaKind.CLUSTERS, everyone, hosts, least, most)
    return replace(problem, quotas=(*problem.quotas, count))


def _is_counted(problem: Problem, least: int, most: int) -> bool:
    """Whether a hard quota already keeps the number of clusters within these limits."""
    return any(
        quota.kind is QuotaKind.CLUSTERS
        and quota.price is None
        and bool(quota.hosts.all())
        and (quota.at_least or 0) >= least
        and (problem.n_hosts if quota.at_most is None else quota.at_most) <= most
        for quota in problem.quotas
    )


def cluster_counts(problem: Problem) -> tuple[int, int]:
    """Fewest clusters that can hold all who must be placed, and most that all mentees together can fill.

    Returns
    -------
    tuple of int
        Fewest, above the number of hosts where they cannot hold all; most.
    """
    smallest = np.full(problem.n_mentees, NOBODY, np.int64)
    largest = np.zeros(problem.n_mentees, np.int64)
    np.minimum.at(smallest, problem.pair_mentee, problem.pair_demand)
    np.maximum.at(largest, problem.pair_mentee, problem.pair_demand)
    room = _totals(-np.sort(-problem.max_load))
    needed = _totals(np.sort(problem.min_load))
    least = int(np.searchsorted(room, smallest[~problem.may_stay].sum()))
    return least, int(np.searchsorted(needed, largest.sum(), side="right")) - 1


def _totals(loads: IntArray) -> IntArray:
    """Add up the loads of the first 0, 1, ... hosts."""
    return np.concatenate([[0], np.cumsum(loads)]).astype(np.int64)
