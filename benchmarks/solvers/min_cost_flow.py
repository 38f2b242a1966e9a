"""OR-tools' ``SimpleMinCostFlow`` called directly: the raw call that ``solve`` is compared with."""

from __future__ import annotations

import time

import numpy as np
from ortools.graph.python import min_cost_flow

from benchmarks.answers import Answer, Limits, refused
from benchmarks.instances import Loaded
from matcher.solution import UNASSIGNED
from matcher.solvers.flow import FlowSolver

PACKAGES = ("ortools",)


def solve(loaded: Loaded, limits: Limits) -> Answer:  # noqa: ARG001 - over in milliseconds
    """Mentees, hosts, a sink; ``call_s`` is the raw call: arcs and supplies in, solve, flows out."""
    problem = loaded.problem
    reason = FlowSolver().refusal(problem)
    target = problem.load_target is not None
    if reason is not None or target or problem.open_cost.any() or len(problem.locked):
        return refused(reason or "pairs and loads only")
    n, m, sink = problem.n_mentees, problem.n_hosts, problem.n_mentees + problem.n_hosts
    least = np.where(problem.must_open, problem.min_load, 0)
    stays = np.flatnonzero(problem.may_stay)
    tail = np.concatenate([problem.pair_mentee, stays, n + np.arange(m)])
    head = np.concatenate([n + problem.pair_host, np.full(len(stays), sink), np.full(m, sink)])
    capacity = np.concatenate([np.ones(problem.n_pairs + len(stays), np.int64), problem.max_load - least])
    cost = np.concatenate([-problem.pair_value, problem.unassigned_cost[stays], np.zeros(m, np.int64)])
    supply = np.concatenate([np.ones(n, np.int64), -least, [int(least.sum()) - n]])
    began = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    status = flow.solve()
    seconds = time.perf_counter() - began
    if status != flow.OPTIMAL:
        return Answer("infeasible" if status == flow.INFEASIBLE else "unknown", extra={"call_s": seconds})
    used = np.flatnonzero(flow.flows(arcs)[: problem.n_pairs] > 0)
    plan = np.full(n, UNASSIGNED, np.int64)
    plan[problem.pair_mentee[used]] = problem.pair_host[used]
    return Answer("optimal", plan, None, "", {"call_s": seconds})
