"""What a host costs by the number of its mentees, and whether a flow can charge it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.problem import Problem


@dataclass(frozen=True, slots=True)
class HostCosts:
    """Cost of one host for each cluster size that the rules allow.

    Attributes
    ----------
    least : int
        Smallest cluster size allowed.
    costs : tuple of int
        Cost (objective units) at sizes ``least, least + 1, ...``; empty when no size is allowed.
    """

    least: int
    costs: tuple[int, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """Extra cost of each further mentee beyond `least`."""
        return tuple(b - a for a, b in zip(self.costs, self.costs[1:], strict=False))


def host_costs(problem: Problem, host: int) -> HostCosts | str:
    """Cost of a host by cluster size, or one sentence why a flow cannot charge it.

    A flow can charge a host when the sizes allowed are consecutive and each further mentee costs at
    least as much as the one before (convexity: Ahuja, Magnanti and Orlin, *Network Flows*, 1993, ch. 14).
    """
    demands = np.unique(problem.pair_demand[problem.pair_host == host])
    if len(demands) > 1:
        return f"host {host} takes mentees of unequal demand"
    demand = int(demands[0]) if len(demands) else 1
    in_reach = int((problem.pair_host == host).sum())
    low, high = int(problem.min_load[host]), int(problem.max_load[host])
    sizes = [
        size
        for size in range(min(in_reach, high // demand) + 1)
        if demand * size >= low or (size == 0 and not problem.must_open[host])
    ]
    if not sizes:
        return HostCosts(0, ())
    if sizes[-1] - sizes[0] + 1 != len(sizes):
        return f"host {host} may lead no cluster or one of at least {low}, nothing between"
    costs = HostCosts(sizes[0], tuple(_cost(problem, host, size, demand * size) for size in sizes))
    if list(costs.steps) != sorted(costs.steps):
        return f"the cost of host {host} rises less with a later mentee than with an earlier one"
    return costs


def _cost(problem: Problem, host: int, size: int, load: int) -> int:
    cost = int(problem.open_cost[host]) if size else 0
    target = problem.load_target
    if target is not None and (size or problem.must_open[host]):
        cost += target.under_price * max(0, int(target.low[host]) - load)
        cost += target.over_price * max(0, load - int(target.high[host]))
    return cost
