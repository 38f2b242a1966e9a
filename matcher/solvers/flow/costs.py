"""What each host costs by the number of its mentees, and whether a flow can charge it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class HostCosts:
    """Costs of all hosts by cluster size, as steps that never fall within a host.

    Attributes
    ----------
    least : ndarray of int64, shape (n_hosts,)
        Smallest cluster size allowed.
    base : ndarray of int64, shape (n_hosts,)
        Cost (objective units) at that size.
    host, step, count : ndarray of int64, shape (n_steps,)
        The next ``count`` mentees of `host` cost `step` each; by host, then in the order of filling.
    possible : bool
        False when some host that must lead a cluster allows no size.
    """

    least: IntArray
    base: IntArray
    host: IntArray
    step: IntArray
    count: IntArray
    possible: bool


def host_costs(problem: Problem) -> HostCosts | str:
    """Costs of the hosts by cluster size, or one sentence why a flow cannot charge them.

    A flow can charge a host when the sizes allowed are consecutive and each further mentee costs at
    least as much as the one before (convexity: Ahuja, Magnanti and Orlin, *Network Flows*, 1993, ch. 14).
    """
    demand = _demand(problem)
    if isinstance(demand, str):
        return demand
    in_reach = np.bincount(problem.pair_host, minlength=problem.n_hosts)
    most = np.minimum(in_reach, problem.max_load // demand)
    wanted = -(-problem.min_load // demand)
    none_allowed = ~problem.must_open | (problem.min_load == 0)
    torn = none_allowed & (wanted > 1) & (wanted <= most)
    if torn.any():
        host = int(np.argmax(torn))
        low = int(problem.min_load[host])
        return f"host {host} may lead no cluster or one of at least {low}, nothing between"
    least = np.where(none_allowed, 0, wanted)
    most = np.where(none_allowed & (wanted > most), 0, most)
    return _steps(problem, demand, least, most)


def cluster_costs(problem: Problem, host: IntArray, size: IntArray, load: IntArray) -> IntArray:
    """Cost (objective units) of each given host at a given size and load; arrays of one shape."""
    cost = np.where(size > 0, problem.open_cost[host], 0)
    target = problem.load_target
    if target is not None:
        missed = target.under_price * np.maximum(0, target.low[host] - load)
        missed += target.over_price * np.maximum(0, load - target.high[host])
        cost = cost + np.where((size > 0) | problem.must_open[host], missed, 0)
    return cost


def _demand(problem: Problem) -> IntArray | str:
    """Places that a mentee takes at each host (1 where nobody can go); words if mentees differ."""
    demand = np.ones(problem.n_hosts, np.int64)
    demand[problem.pair_host] = problem.pair_demand
    other = demand[problem.pair_host] != problem.pair_demand
    if other.any():
        return f"host {int(problem.pair_host[other].min())} takes mentees of unequal demand"
    return demand


def _steps(problem: Problem, demand: IntArray, least: IntArray, most: IntArray) -> HostCosts | str:
    """Lay the extra costs of all hosts one after the other and merge equal neighbours."""
    hosts = np.arange(problem.n_hosts)
    base = cluster_costs(problem, hosts, least, demand * least)
    count = np.maximum(most - least, 0)
    possible = bool((most >= least).all())
    if problem.load_target is None and not problem.open_cost.any():
        filled = np.flatnonzero(count)
        return HostCosts(least, base, filled, np.zeros(len(filled), np.int64), count[filled], possible)
    host = np.repeat(hosts, count)
    size = np.arange(len(host)) - np.repeat(np.cumsum(count) - count, count) + least[host]
    place = demand[host]
    step = cluster_costs(problem, host, size + 1, place * (size + 1))
    step = step - cluster_costs(problem, host, size, place * size)
    same = host[1:] == host[:-1]
    falls = same & (step[1:] < step[:-1])
    if falls.any():
        at = int(host[int(np.argmax(falls))])
        return f"the cost of host {at} rises less with a later mentee than with an earlier one"
    starts = np.flatnonzero(np.concatenate([[len(host) > 0], ~same | (step[1:] != step[:-1])])[: len(host)])
    runs = np.diff(np.append(starts, len(host)))
    return HostCosts(least, base, host[starts], step[starts], runs, possible)
