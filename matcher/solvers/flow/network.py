"""The network: mentees, hosts and a sink, with integer costs and a stated order among equals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.flow.costs import HostCosts

IntArray = NDArray[np.int64]

MAX_COST = 2**62
"""OR-tools multiplies costs by the number of nodes; the product must stay below this."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Arcs and supplies; arcs of pairs come first, then those of staying, then those of hosts.

    Nodes are mentees ``0..n-1``, hosts ``n..n+m-1`` and the sink ``n+m``.

    Attributes
    ----------
    tail, head, capacity, cost, rank : ndarray of int64, shape (n_arcs,)
        Costs in objective units; the rank of an arc decides among plans of equal cost.
    supply : ndarray of int64, shape (n_nodes,)
    pair : ndarray of int64, shape (n_pair_arcs,)
        Position among the problem's pairs of each of the first arcs.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    cost: IntArray
    rank: IntArray
    supply: IntArray
    pair: IntArray


def build_network(problem: Problem, hosts: HostCosts) -> Network | None:
    """Build the network; None where counting shows that there is no plan.

    That is when the minima alone exceed the mentees, a host allows no size, or a lock cannot be kept.
    The rank of a choice is its place among the mentee's eligible hosts by index; staying comes last.
    """
    n, sink = problem.n_mentees, problem.n_mentees + problem.n_hosts
    pair, stays = _choices(problem)
    if pair is None or not hosts.possible or int(hosts.least.sum()) > n:
        return None
    degree = np.bincount(problem.pair_mentee, minlength=n)
    mentee = problem.pair_mentee[pair]
    none = np.zeros(len(hosts.host), np.int64)
    ones = np.ones(len(pair) + len(stays), np.int64)
    return Network(
        tail=np.concatenate([mentee, stays, hosts.host + n]),
        head=np.concatenate([problem.pair_host[pair] + n, np.full(len(stays) + len(none), sink)]),
        capacity=np.concatenate([ones, hosts.count]),
        cost=np.concatenate([-problem.pair_value[pair], problem.unassigned_cost[stays], hosts.step]),
        rank=np.concatenate([pair - (np.cumsum(degree) - degree)[mentee], degree[stays], none]),
        supply=np.concatenate([np.ones(n, np.int64), -hosts.least, [int(hosts.least.sum()) - n]]),
        pair=pair,
    )


def _choices(problem: Problem) -> tuple[IntArray | None, IntArray]:
    """Pairs that no lock excludes, and mentees that may stay; no pairs at all if a lock cannot be kept."""
    everyone = np.arange(problem.n_pairs)
    if not len(problem.locked):
        return everyone, np.flatnonzero(problem.may_stay)
    mentee, host = problem.locked[:, 0], problem.locked[:, 1]
    lock = np.full(problem.n_mentees, -1, np.int64)
    lock[mentee] = host
    held = lock[problem.pair_mentee]
    pair = everyone[(held == -1) | (held == problem.pair_host)]
    stays = np.flatnonzero(problem.may_stay & (lock == -1))
    kept = np.bincount(problem.pair_mentee[pair], minlength=problem.n_mentees)
    possible = bool((lock[mentee] == host).all()) and bool(kept[mentee].all())
    return (pair if possible else None), stays


def ranked_costs(network: Network) -> IntArray | None:
    """Costs with the ranks as their last digits; None where they would be too large (see `ties`).

    Costs are multiplied by more than any sum of ranks can be, so the order never outweighs one unit.
    """
    n = int(np.count_nonzero(network.supply == 1))
    scale = n * int(network.rank.max(initial=0)) + 1
    largest = max(abs(int(network.cost.max(initial=0))), abs(int(network.cost.min(initial=0))))
    fits = (largest + 1) * scale * (len(network.supply) + 1) < MAX_COST
    return network.cost * scale + network.rank if fits else None
