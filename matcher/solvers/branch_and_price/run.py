"""From a problem to the end of its search."""

from __future__ import annotations

import numpy as np

from matcher.problem import Problem
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.branch_and_price.bound import NO_CUTS, quick_bound
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.exact import Exact
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.large_neighbourhood import LargeNeighbourhood
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scale import bound_first, plan_at_scale
from matcher.solvers.branch_and_price.scaling import factor_of, scaled
from matcher.solvers.branch_and_price.search import Search, begin, hopeless
from matcher.solvers.branch_and_price.tree import explore
from matcher.solvers.branch_and_price.wide import is_wide, plan_and_bound
from matcher.solvers.local_search import first_plan
from matcher.solvers.local_search.population import evolve
from matcher.solvers.prepared import Prepared, prepare

LARGE = 250
"""More units than this are planned by neighbourhoods before the linear master is touched."""

HUGE = 1_500
"""More units than this are left at that: the linear master would take too long."""

MOVES_A_UNIT = 100_000
"""Moves of the population for each unit, where bounding, diving and closing did not suffice."""

MOVES_A_WORK_UNIT = 4_000_000

TIMES_WHERE_CROWDED = 10
"""How many times as long local search runs where hosts are alike."""

SHARE_WHERE_CROWDED = 0.6
"""Share of a time limit that local search may use before any bound, where hosts are alike."""

TRIES = 16
"""Neighbourhoods that are re-solved between the root and the tree."""


def run(
    problem: Problem,
    settings: SolveSettings,
    warm_start: Solution | None,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> Search:
    """Search for the best plan; the state at the end says what was found, proven and used."""
    factor = factor_of(problem)
    prepared = scaled(prepare(problem), factor)
    search = begin(prepared, factor, settings)
    search.on_progress, search.should_stop = on_progress, should_stop
    if warm_start is not None:
        search.offer(prepared.units_of(warm_start.host_of))
    search.offer(np.full(prepared.n_units, -1, np.int64))
    if hopeless(prepared):
        search.infeasible = True
    else:
        explore_all(search, problem)
    return search


def explore_all(search: Search, problem: Problem) -> None:
    """Bound; find plans; unless the units are too many, cut, close and branch until the proof is there."""
    prepared = search.prepared
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    search.tighten(quick_bound(prepared, pool.tables))
    if prepared.n_units > LARGE and is_wide(prepared):
        plan_and_bound(search, pool)
        return
    if prepared.n_units <= LARGE:
        start(search)
        if crowded(prepared):
            breed(search, times=TIMES_WHERE_CROWDED, share=SHARE_WHERE_CROWDED)
    bundle = bound_first(search, pool)
    if prepared.n_units > LARGE:
        plan_at_scale(search, pool, bundle)
    if search.over() or prepared.n_units > HUGE:
        return
    generator = Generator(pool, Master(pool), NO_CUTS, workers=search.settings.workers, best=bundle.best)
    generator.master.add(np.arange(len(pool)))
    if search.value is not None:
        generator.master.add(pool.add_plan(search.unit_host))
    root = Exact(search, pool, generator)
    root.run()
    if not search.over() and prepared.n_units <= LARGE and breed(search):
        root.close()
    if not search.over():
        neighbourhood = LargeNeighbourhood(search, pool, dual=bundle.best)
        if neighbourhood.run(tries=TRIES):
            root.close()
    if not search.over():
        explore(search, root, problem)


def start(search: Search) -> None:
    """Find a first plan by local search."""
    plan = first_plan(search.prepared, search.settings.seed)
    if plan is not None:
        search.offer(plan)


def crowded(prepared: Prepared) -> bool:
    """Whether plans are better sought by local search: all hosts alike, no pair values to guide prices."""
    return int(prepared.kind_of.max(initial=0)) == 0 and prepared.n_hosts > 1


def breed(search: Search, times: int = 1, share: float = 1.0) -> bool:
    """Improve the best plan by a population of plans; whether that was possible.

    Where a time limit was given, at most a share of what is left of it is used.
    """
    before, made = search.value, 0
    left = search.seconds_left()
    end = None if left is None else search.seconds + share * left
    moves = times * MOVES_A_UNIT * search.prepared.n_units
    start_at = search.unit_host if search.value is not None else None
    for used, found in evolve(search.prepared, moves, search.settings.seed, start_at):
        search.work += (used - made) / MOVES_A_WORK_UNIT
        made = used
        if found is not None:
            search.offer(found.unit_host)
        if search.over() or (end is not None and search.seconds >= end):
            break
    return search.value != before
