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


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs and supplies; all arcs out of mentees have capacity 1, and come first.

    Nodes are mentees ``0..n-1``, hosts ``n..n+m-1`` and the sink ``n+m``.

    Attributes
    ----------
    tail, head, capacity, cost : ndarray of int64, shape (n_arcs,)
    supply : ndarray of int64, shape (n_nodes,)
    fixed_cost : int
        Cost of the hosts at their smallest cluster sizes.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    cost: IntArray
    supply: IntArray
    fixed_cost: int


def build_network(problem: Problem, hosts: list[HostCosts]) -> Network | None:
    """Build the network; None when the minima alone exceed the mentees or a host allows no size.

    Among equally good plans the one with the smallest sum of ranks wins, where the rank of a choice is
    its place among the mentee's eligible hosts by index, and staying unassigned comes last. (All
    costs are multiplied by more than that sum can be, so the order never outweighs one unit.)
    """
    n, sink = problem.n_mentees, problem.n_mentees + problem.n_hosts
    least = np.array([host.least for host in hosts], np.int64)
    if any(not host.costs for host in hosts) or int(least.sum()) > n:
        return None
    arcs = [*_choices(problem), *_stays(problem, sink)]
    scale = _scale(problem, arcs, hosts)
    table = [(tail, head, 1, scale * cost + rank * (scale > 1)) for tail, head, cost, rank in arcs]
    for j, host in enumerate(hosts):
        table += [(n + j, sink, 1, scale * step) for step in host.steps]
    columns = np.array(table, dtype=np.int64).reshape(-1, 4).T
    supply = np.concatenate([np.ones(n, np.int64), -least, [int(least.sum()) - n]]).astype(np.int64)
    fixed = sum(host.costs[0] for host in hosts)
    return Network(columns[0], columns[1], columns[2], columns[3], supply, fixed)


Arc = tuple[int, int, int, int]
"""Tail, head, cost, rank."""


def _choices(problem: Problem) -> list[Arc]:
    """One arc a pair, locked ones alone where a mentee is locked; aligned with nothing."""
    locked = dict(problem.locked.tolist())
    arcs: list[Arc] = []
    rank, last = 0, -1
    columns = (problem.pair_mentee, problem.pair_host, problem.pair_value)
    for mentee, host, value in zip(*(column.tolist() for column in columns), strict=True):
        rank = rank + 1 if mentee == last else 0
        last = mentee
        if locked.get(mentee, host) == host:
            arcs.append((mentee, problem.n_mentees + host, -value, rank))
    return arcs


def _stays(problem: Problem, sink: int) -> list[Arc]:
    locked = set(problem.locked[:, 0].tolist())
    return [
        (mentee, sink, int(problem.unassigned_cost[mentee]), problem.n_hosts)
        for mentee in np.flatnonzero(problem.may_stay).tolist()
        if mentee not in locked
    ]


def _scale(problem: Problem, arcs: list[Arc], hosts: list[HostCosts]) -> int:
    """Factor that makes room for the ranks below one unit; 1 (no order) where it would overflow."""
    scale = problem.n_mentees * problem.n_hosts + 1
    costs = [abs(cost) for _, _, cost, _ in arcs] + [abs(step) for host in hosts for step in host.steps]
    nodes = problem.n_mentees + problem.n_hosts + 2
    fits = (max(costs, default=0) + 1) * scale * nodes < MAX_COST
    return scale if fits else 1
