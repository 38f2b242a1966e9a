"""The residual graph of an optimal flow, on hosts alone, and shortest paths in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED
from matcher.solvers.compiled import compiled
from matcher.solvers.flow.costs import HostCosts, cluster_costs, host_costs

IntArray = NDArray[np.int64]

FAR = 2**62
"""Distance of what cannot be reached; magnitudes of a valid problem stay far below."""


@dataclass(frozen=True, slots=True, eq=False)
class Residual:
    """What one mentee more at a host leads to: nodes are hosts ``0..m-1`` and "stays" ``m``.

    An arc a -> b moves a mentee from a to b, or uses (frees) a place where one end is ``m``. Of parallel
    arcs the cheapest is kept.

    Attributes
    ----------
    start, head, cost : ndarray of int64, shapes (m + 2,), (n_arcs,), (n_arcs,)
        Arcs by tail, compressed; objective units lost.
    """

    start: IntArray
    head: IntArray
    cost: IntArray


def residual_graph(problem: Problem, host_of: IntArray, move: IntArray, leave: IntArray) -> Residual:
    """Build the residual graph of a plan.

    Parameters
    ----------
    problem : Problem
        One that a flow can express.
    host_of : ndarray of int64, shape (n_mentees,)
        A plan that keeps its rules.
    move : ndarray of int64, shape (n_pairs,)
        Loss of moving the mentee to that host, other things equal; ``FAR`` where it cannot.
    leave : ndarray of int64, shape (n_mentees,)
        The same of leaving the mentee unassigned.
    """
    m = problem.n_hosts
    node = np.where(host_of == UNASSIGNED, m, host_of)
    fill, free = _places(problem, host_of)
    hosts, sink = np.arange(m), np.full(m, m)
    tail = np.concatenate([node[problem.pair_mentee], node, hosts, sink])
    head = np.concatenate([problem.pair_host, np.full(problem.n_mentees, m), sink, hosts])
    cost = np.concatenate([move, leave, fill, free])
    useful = (cost < FAR) & (tail != head)
    tail, head, cost = tail[useful], head[useful], cost[useful]
    tail, head, cost = _cheapest(tail, head, cost, m + 1)
    start = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=m + 1))])
    return Residual(start, head, cost)


def _cheapest(tail: IntArray, head: IntArray, cost: IntArray, n: int) -> tuple[IntArray, IntArray, IntArray]:
    """Keep the cheapest of parallel arcs; by tail, then head."""
    if n * n <= 4 * len(tail):  # a full table is smaller than the sort
        table = np.full(n * n, FAR, np.int64)
        np.minimum.at(table, tail * n + head, cost)
        used = np.flatnonzero(table < FAR)
        return used // n, used % n, table[used]
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.ones(len(tail), np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return tail[first], head[first], cost[first]


def _places(problem: Problem, host_of: IntArray) -> tuple[IntArray, IntArray]:
    """Loss of one mentee more, and of one less, by host; ``FAR`` where the load forbids it."""
    costs = host_costs(problem)
    if isinstance(costs, str):
        raise ValueError(costs)
    size = np.bincount(host_of[host_of != UNASSIGNED], minlength=problem.n_hosts)
    most = _most(costs)
    demand = np.ones(problem.n_hosts, np.int64)
    demand[problem.pair_host] = problem.pair_demand
    hosts = np.arange(problem.n_hosts)
    now, more, less = (cluster_costs(problem, hosts, size + by, demand * (size + by)) for by in (0, 1, -1))
    return np.where(size < most, more - now, FAR), np.where(size > costs.least, less - now, FAR)


def _most(costs: HostCosts) -> IntArray:
    """Largest cluster size of each host."""
    most = costs.least.copy()
    np.add.at(most, costs.host, costs.count)
    return most


@compiled
def potentials(start: IntArray, head: IntArray, cost: IntArray) -> tuple[IntArray, bool]:
    """Shortest distance to each node from anywhere (Bellman and Ford), and whether it exists.

    Reduced costs ``cost + potential[tail] - potential[head]`` are then 0 or more. There is none when some
    cycle gains, that is, when the flow was not optimal.
    """
    n = len(start) - 1
    near = np.zeros(n, np.int64)
    for _ in range(n + 1):
        changed = False
        for tail in range(n):
            for at in range(start[tail], start[tail + 1]):
                through = near[tail] + cost[at]
                if through < near[head[at]]:
                    near[head[at]] = through
                    changed = True
        if not changed:
            return near, True
    return near, False


@compiled
def distances(
    start: IntArray, head: IntArray, cost: IntArray, source: int, wanted: NDArray[np.bool_]
) -> IntArray:
    """Distance from `source` to every wanted node (Dijkstra); costs must be 0 or more.

    Stops as soon as all wanted nodes are settled; the others may then be said to be ``FAR``.
    """
    n = len(start) - 1
    near = np.full(n, FAR, np.int64)
    settled = np.zeros(n, np.bool_)
    left = wanted.sum()
    heap_cost = np.empty(len(head) + 1, np.int64)
    heap_node = np.empty(len(head) + 1, np.int64)
    heap_cost[0], heap_node[0], size = 0, source, 1
    near[source] = 0
    while size > 0 and left > 0:
        node, reached = heap_node[0], heap_cost[0]
        size -= 1
        _sink_in(heap_cost, heap_node, size)
        if settled[node]:
            continue
        settled[node] = True
        left -= wanted[node]
        for at in range(start[node], start[node + 1]):
            through = reached + cost[at]
            if through < near[head[at]]:
                near[head[at]] = through
                _rise(heap_cost, heap_node, size, through, head[at])
                size += 1
    for node in range(n):
        if not settled[node]:
            near[node] = FAR
    return near


@compiled
def _sink_in(heap_cost: IntArray, heap_node: IntArray, size: int) -> None:
    """Put the last entry (at `size`) in the place of the first, and let it sink."""
    moved_cost, moved_node = heap_cost[size], heap_node[size]
    at = 0
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and heap_cost[child + 1] < heap_cost[child]:
            child += 1
        if heap_cost[child] >= moved_cost:
            break
        heap_cost[at], heap_node[at] = heap_cost[child], heap_node[child]
        at = child
    heap_cost[at], heap_node[at] = moved_cost, moved_node


@compiled
def _rise(heap_cost: IntArray, heap_node: IntArray, size: int, cost: int, node: int) -> None:
    """Add an entry at the end, and let it rise."""
    at = size
    while at > 0 and heap_cost[(at - 1) // 2] > cost:
        heap_cost[at], heap_node[at] = heap_cost[(at - 1) // 2], heap_node[(at - 1) // 2]
        at = (at - 1) // 2
    heap_cost[at], heap_node[at] = cost, node
