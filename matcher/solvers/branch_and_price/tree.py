"""The tree: what the root leaves open is split into problems of the same form, the best bound first."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from matcher.problem import Problem
from matcher.solvers.branch_and_price.bound import NO_CUTS
from matcher.solvers.branch_and_price.branching import branch
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.effort import Effort
from matcher.solvers.branch_and_price.exact import Exact
from matcher.solvers.branch_and_price.fixing import without_useless
from matcher.solvers.branch_and_price.generate import Generator, reduced_values
from matcher.solvers.branch_and_price.inherit import Legacy, inherit, legacy_of, mentees_of, prices_from
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scaling import scaled
from matcher.solvers.branch_and_price.search import Search, begin, hopeless
from matcher.solvers.prepared import IntArray, prepare

NOTHING = -(2**62)
"""Below every bound."""

MOST_INHERITED = 600


@dataclass(slots=True)
class Node:
    """A problem of the tree, and the columns that its parent found useful."""

    problem: Problem
    hosts: IntArray
    clusters: list[IntArray]
    legacy: Legacy


def explore(search: Search, root: Exact, problem: Problem) -> None:
    """Branch from a root that could not be closed, until the proof is there or a limit is met."""
    if root.generator.best is None or search.bound is None:
        return
    count = 0
    heap: list[tuple[int, int, Node]] = []

    def push(bound: int, done: Exact, parent: Problem) -> None:
        nonlocal count
        for child in _children(done, parent):
            count += 1
            heapq.heappush(heap, (-bound, count, child))

    push(search.bound, root, problem)
    stuck = NOTHING if heap else search.bound
    while heap and not search.over():
        bound = -heap[0][0]
        search.tighten(bound)
        if search.value is not None and bound <= search.value:
            break
        _, _, node = heapq.heappop(heap)
        done = _visit(search, node)
        if done is None:
            continue
        if done.search.bound is None:  # stopped before it had a bound of its own
            heapq.heappush(heap, (-bound, 0, node))
            continue
        if not done.search.proven:
            before = len(heap)
            push(min(bound, done.search.bound), done, node.problem)
            if len(heap) == before:  # cannot be split (whole, or no master solution): it keeps its bound
                stuck = max(stuck, min(bound, done.search.bound))
    left = max([stuck, *(-bound for bound, _, _ in heap)])
    if left > NOTHING:
        search.tighten(left)
    elif not search.over():
        _finish(search)


def _finish(search: Search) -> None:
    """Nothing is open any more: the best plan so far is optimal, or there is none."""
    if search.value is None:
        search.infeasible = True
    else:
        search.tighten(search.value)


def _children(done: Exact, problem: Problem) -> list[Node]:
    best, search = done.generator.best, done.search
    if best is None:
        return []
    if search.aim is not None:
        problem = without_useless(problem, search.prepared, done.pool.tables, best, search.aim)
    positions, weight = done.generator.master.primal()
    halves = branch(problem, done.pool, positions, weight)
    if halves is None:
        return []
    everything = np.arange(len(done.pool))
    reduced = reduced_values(done.pool, everything, best.duals, best.cuts)
    slack = best.duals.kind[search.prepared.kind_of[done.pool.host]] - reduced
    useful = np.sort(np.argsort(slack, kind="stable")[:MOST_INHERITED])
    hosts, clusters = mentees_of(done.pool, useful)
    legacy = legacy_of(search.prepared, best)
    return [Node(half, hosts, clusters, legacy) for half in halves]


def _visit(search: Search, node: Node) -> Exact | None:
    """Bound one node; None where it holds no plan at all."""
    prepared = scaled(prepare(node.problem), search.factor)
    if hopeless(prepared):
        return None
    below = begin(prepared, search.factor, search.settings)
    below.should_stop, below.value = search.should_stop, search.value
    below.inherit_limits(search)
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    generator = Generator(pool, Master(pool), NO_CUTS, workers=search.settings.workers)
    done = Exact(below, pool, generator, Effort.NODE)
    generator.start_from(*prices_from(prepared, node.legacy))
    if generator.best is not None:
        below.tighten(generator.best.bound)
    if below.proven:
        search.work += generator.work
        return done
    generator.master.add(inherit(pool, node.hosts, node.clusters))
    done.run()
    search.work = below.work
    if len(below.unit_host):
        host_of = prepared.plan_of(below.unit_host)
        search.offer(search.prepared.units_of(host_of))
    return None if below.infeasible else done
