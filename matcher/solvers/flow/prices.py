"""What it would cost to insist on a pair that the optimal plan leaves out: all pairs in one call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.compiled import compiled
from matcher.solvers.flow.residual import FAR, distances, potentials, residual_graph

IntArray = NDArray[np.int64]

IMPOSSIBLE = FAR
"""Price of what no plan contains."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Exact losses against the optimum, objective units; ``IMPOSSIBLE`` where no plan is left.

    Attributes
    ----------
    pair : ndarray of int64, shape (n_pairs,)
        Optimum less the best plan that contains the pair; 0 for the pairs of the plan itself.
    stay : ndarray of int64, shape (n_mentees,)
        The same of leaving the mentee unassigned.
    """

    pair: IntArray
    stay: IntArray


def flow_prices(problem: Problem, plan: Solution) -> Prices:
    """Price every pair and every mentee's staying from the residual graph of an optimal flow.

    Insisting on (i, b) moves i from its host a to b and pushes a unit of flow from b back to a, by the
    shortest way in the residual graph: the cheapest cycle through the arc. That is all that
    changes, because what is left after the cheapest cycle has no cycle that gains.

    Parameters
    ----------
    problem : Problem
        One that :class:`FlowSolver` takes.
    plan : Solution
        An optimal plan of it.

    Returns
    -------
    Prices

    Raises
    ------
    ValueError
        If `plan` is not optimal (some cycle gains).

    Notes
    -----
    One Bellman-Ford pass for potentials, one Dijkstra search a host, on hosts alone.

    References
    ----------
    R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows*, Prentice Hall 1993, ch. 9.
    """
    host_of = plan.host_of
    move, leave = _moves(problem, host_of)
    graph = residual_graph(problem, host_of, move, leave)
    height, sound = potentials(graph.start, graph.head, graph.cost)
    if not sound:
        raise ValueError("Only an optimal plan has prices; this one can be improved.")
    tail = np.repeat(np.arange(len(graph.start) - 1), np.diff(graph.start))
    reduced = graph.cost + height[tail] - height[graph.head]
    node = np.where(host_of == UNASSIGNED, problem.n_hosts, host_of)
    mentee = np.concatenate([problem.pair_mentee, np.arange(problem.n_mentees)])
    target = np.concatenate([problem.pair_host, np.full(problem.n_mentees, problem.n_hosts)])
    cost = np.concatenate([move, leave])
    order = np.argsort(target, kind="stable")
    price = _cycles(graph.start, graph.head, reduced, height, node[mentee[order]], target[order], cost[order])
    whole = np.empty(len(order), np.int64)
    whole[order] = price
    return Prices(whole[: problem.n_pairs], whole[problem.n_pairs :])


def _moves(problem: Problem, host_of: IntArray) -> tuple[IntArray, IntArray]:
    """Loss of moving each mentee along each pair, and of leaving it, other things equal."""
    mentees = np.arange(problem.n_mentees)
    lock = np.full(problem.n_mentees, -1, np.int64)
    lock[problem.locked[:, 0]] = problem.locked[:, 1]
    chosen = host_of[problem.pair_mentee] == problem.pair_host
    worth = -problem.unassigned_cost
    worth[problem.pair_mentee[chosen]] = problem.pair_value[chosen]
    held = lock[problem.pair_mentee]
    move = worth[problem.pair_mentee] - problem.pair_value
    move = np.where((held == -1) | (held == problem.pair_host), move, FAR)
    may_leave = (problem.may_stay & (lock == -1)) | (host_of[mentees] == UNASSIGNED)
    return move, np.where(may_leave, worth + problem.unassigned_cost, FAR)


@compiled
def _cycles(  # noqa: PLR0917 - a kernel takes arrays
    start: IntArray,
    head: IntArray,
    reduced: IntArray,
    height: IntArray,
    origin: IntArray,
    target: IntArray,
    cost: IntArray,
) -> IntArray:
    """Cheapest cycle through each move (origin -> target at cost), moves sorted by target."""
    price = np.full(len(cost), FAR, np.int64)
    wanted = np.zeros(len(start) - 1, np.bool_)
    first = 0
    while first < len(cost):
        last = first
        wanted[:] = False
        while last < len(cost) and target[last] == target[first]:
            wanted[origin[last]] |= cost[last] < FAR
            last += 1
        near = distances(start, head, reduced, target[first], wanted)
        for at in range(first, last):
            if cost[at] < FAR and near[origin[at]] < FAR:
                back = near[origin[at]] - height[target[at]] + height[origin[at]]
                price[at] = cost[at] + back
        first = last
    return price
