"""FlowSolver: exact in milliseconds where only pair values and loads matter."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.exceptions import MatcherError
from matcher.problem import Problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.flow.costs import HostCosts, host_costs
from matcher.solvers.flow.network import Network, build_network
from matcher.solvers.versions import versions


@dataclass(frozen=True, slots=True)
class FlowSolver:
    """Minimum-cost flow; integer by total unimodularity, so its plan is optimal and its bound tight.

    It takes pair values, prices of staying unassigned, locks, loads, and whatever a host charges by
    the size of its cluster, as long as that is convex: minima of hosts that must open, load targets.

    References
    ----------
    R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows*, Prentice Hall 1993, ch. 9–11 and 14.
    A. V. Goldberg, "An efficient implementation of a scaling minimum-cost flow algorithm", Journal of
    Algorithms 22 (1997): the method behind OR-tools' ``SimpleMinCostFlow``.
    """

    name: str = "flow"

    def refusal(self, problem: Problem) -> str | None:
        """Why a flow cannot express the problem, one plain sentence; None if it can."""
        obstacle = _obstacle(problem)
        if obstacle is not None:
            return obstacle
        for host in range(problem.n_hosts):
            costs = host_costs(problem, host)
            if isinstance(costs, str):
                return f"a flow cannot express that {costs}"
        return None

    def solve(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None = None,  # noqa: ARG002 - always optimal: nothing to start from
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,  # noqa: ARG002 - over before anyone can ask
    ) -> Result:
        """Solve; see :class:`matcher.solvers.base.Solver`.

        Raises
        ------
        ValueError
            If :meth:`refusal` gives a reason; never for an infeasible problem.
        """
        started = time.perf_counter()
        reason = self.refusal(problem)
        if reason is not None:
            raise ValueError(reason)
        hosts = [
            cost for j in range(problem.n_hosts) if isinstance(cost := host_costs(problem, j), HostCosts)
        ]
        network = build_network(problem, hosts) if _locks_hold(problem) else None
        host_of = None if network is None else _flow(problem, network)
        objective = None if host_of is None else _objective(problem, host_of, hosts)
        seconds = time.perf_counter() - started
        if on_progress is not None:
            on_progress(
                Progress(self.name, objective, objective, None if objective is None else 0.0, seconds)
            )
        return Result(
            status=SolveStatus.INFEASIBLE if host_of is None else SolveStatus.OPTIMAL,
            host_of=host_of,
            objective=objective,
            bound=objective,
            method=self.name,
            reason="only pair values and loads matter",
            stopped_by=StoppedBy.PROOF,
            seed=settings.seed,
            versions=versions(),
            runtime_s=seconds,
        )


def _obstacle(problem: Problem) -> str | None:
    """First rule that ties mentees or clusters together, in words."""
    rules = (
        (len(problem.cannot_link) > 0, "rivals must be kept apart"),
        (len(problem.must_link) > 0, "some mentees must be kept together"),
        (bool(problem.cohesion_value.any()), "mentees that share a cluster count for each other"),
        (len(problem.compositions) > 0, "the composition of clusters counts"),
        (len(problem.quotas) > 0, "there are quotas across clusters"),
    )
    for holds, words in rules:
        if holds:
            return f"a flow cannot express that {words}"
    return None


def _locks_hold(problem: Problem) -> bool:
    """Whether each lock is eligible and no mentee has two."""
    locks = {(i, j) for i, j in problem.locked.tolist()}
    return len({i for i, _ in locks}) == len(locks) and all(lock in problem.pair_index for lock in locks)


def _flow(problem: Problem, network: Network) -> NDArray[np.int64] | None:
    """Hosts of an optimal flow; None when there is none."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - keeps `import matcher` light

    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail, network.head, network.capacity, network.cost
    )
    solver.set_nodes_supplies(np.arange(len(network.supply), dtype=np.int64), network.supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise MatcherError(
            f"The flow ended with status {status.name}, which no valid problem should lead to."
        )
    n, sink = problem.n_mentees, problem.n_mentees + problem.n_hosts
    used = (solver.flows(arcs) > 0) & (network.tail < n) & (network.head < sink)
    host_of = np.full(n, UNASSIGNED, np.int64)
    host_of[network.tail[used]] = network.head[used] - n
    return host_of


def _objective(problem: Problem, host_of: NDArray[np.int64], hosts: list[HostCosts]) -> int:
    chosen = host_of[problem.pair_mentee] == problem.pair_host
    total: int = problem.constant + sum(problem.pair_value[chosen].tolist())
    total -= sum(problem.unassigned_cost[host_of == UNASSIGNED].tolist())
    for host, costs in enumerate(hosts):
        total -= costs.costs[int((host_of == host).sum()) - costs.least]
    return total
