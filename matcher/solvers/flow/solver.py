"""FlowSolver: exact in milliseconds where only pair values and loads matter."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from matcher.exceptions import MatcherError
from matcher.problem import Problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.flow.costs import cluster_costs, host_costs
from matcher.solvers.flow.network import MAX_COST, IntArray, Network, build_network, ranked_costs
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
        if not fits(problem):
            return "its values are too large for the flow solver to multiply without overflow"
        costs = host_costs(problem)
        return f"a flow cannot express that {costs}" if isinstance(costs, str) else None

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
        costs = host_costs(problem)
        if isinstance(costs, str) or _obstacle(problem) is not None or not fits(problem):
            raise ValueError(self.refusal(problem))
        network = build_network(problem, costs)
        used = None if network is None else _flow(network)
        host_of, objective = None, None
        if network is not None and used is not None:
            host_of, objective = _plan(problem, network.pair[used])
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


def fits(problem: Problem) -> bool:
    """Whether OR-tools can solve the flow: it multiplies every cost by the number of nodes, in int64.

    A cluster's step of cost is never larger than its price of opening and its soft loads together.
    """
    target = problem.load_target
    places = int(problem.max_load.max(initial=0)) + int(problem.pair_demand.max(initial=0)) + 1
    steps = 0 if target is None else places * (target.under_price + target.over_price)
    largest = (
        int(np.abs(problem.pair_value).max(initial=0))
        + int(np.abs(problem.unassigned_cost).max(initial=0))
        + int(np.abs(problem.open_cost).max(initial=0))
        + steps
    )
    return (largest + 1) * (problem.n_mentees + problem.n_hosts + 2) < MAX_COST


def _obstacle(problem: Problem) -> str | None:
    """First rule that ties mentees or clusters together, in words."""
    rules = (
        (len(problem.cannot_link) > 0, "rivals must be kept apart"),
        (len(problem.must_link) > 0, "some mentees must be kept together"),
        (bool(problem.cohesion_value.any()), "mentees that share a cluster count for each other"),
        (len(problem.compositions) > 0, "the composition of clusters counts"),
        (len(problem.quotas) > 0, "there are quotas across clusters"),
        (len(problem.rows) > 0, "there are limits across clusters"),
    )
    for holds, words in rules:
        if holds:
            return f"a flow cannot express that {words}"
    return None


def _flow(network: Network) -> IntArray | None:
    """Which of the pair arcs an optimal flow uses, ascending; None when there is no flow."""
    ranked = ranked_costs(network)
    flow = _solved(network, network.cost if ranked is None else ranked)
    if flow is not None and ranked is None:
        from matcher.solvers.flow.ties import tight_network  # noqa: PLC0415 - compiled; seldom needed

        tight, full = tight_network(network, flow)
        chosen = _solved(tight, tight.cost)
        if chosen is None:
            raise MatcherError("No flow is as good as the best flow, which no valid problem should lead to.")
        flow = full + chosen
    return None if flow is None else np.flatnonzero(flow[: len(network.pair)] > 0)


def _solved(network: Network, cost: IntArray) -> IntArray | None:
    """Cheapest flow on every arc, shape (n_arcs,); None when there is none."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - keeps `import matcher` light

    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, cost)
    solver.set_nodes_supplies(np.arange(len(network.supply), dtype=np.int64), network.supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise MatcherError(
            f"The flow ended with status {status.name}, which no valid problem should lead to."
        )
    flow: IntArray = solver.flows(arcs)
    return flow


def _plan(problem: Problem, chosen: IntArray) -> tuple[IntArray, int]:
    """Host of each mentee, and the objective, from the positions of the pairs chosen."""
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    host_of[problem.pair_mentee[chosen]] = problem.pair_host[chosen]
    size = np.bincount(problem.pair_host[chosen], minlength=problem.n_hosts)
    load = np.zeros(problem.n_hosts, np.int64)
    np.add.at(load, problem.pair_host[chosen], problem.pair_demand[chosen])
    # a valid problem's totals stay below 2**53 in any order, so int64 sums are exact
    objective = int(problem.pair_value[chosen].sum())
    objective -= int(problem.unassigned_cost[host_of == UNASSIGNED].sum())
    objective -= int(cluster_costs(problem, np.arange(problem.n_hosts), size, load).sum())
    return host_of, problem.constant + objective
