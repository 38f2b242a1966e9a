"""From a problem to the end of its search."""

from __future__ import annotations

import numpy as np

from matcher.problem import Problem
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.branch_and_price.bound import NO_CUTS, quick_bound
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.counting import with_cluster_count
from matcher.solvers.branch_and_price.exact import CUTTABLE, Exact
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.large_neighbourhood import LargeNeighbourhood
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.openings import Openings, chooses_hosts
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scale import bound_first, plan_at_scale
from matcher.solvers.branch_and_price.scaling import factor_of, scaled
from matcher.solvers.branch_and_price.search import Search, begin, hopeless
from matcher.solvers.branch_and_price.tree import explore
from matcher.solvers.branch_and_price.wide import is_wide, plan_and_bound
from matcher.solvers.local_search import first_plan
from matcher.solvers.local_search.population import evolve
from matcher.solvers.local_search.trading import are_alike
from matcher.solvers.prepared import Prepared, prepare

LARGE = 250
"""More units than this are planned by neighbourhoods before the linear master is touched."""

HUGE = 1_500
"""More units than this are left at that: the linear master would take too long."""

MOVES_A_UNIT = 100_000
"""Moves of the population for each unit, where bounding, diving and closing did not suffice."""

MOVES_A_WORK_UNIT = 4_000_000

TIMES_WHERE_WIDE = 20
"""How many times as long local search runs where hosts are alike and their clusters too wide for a proof."""

SHARE_WHERE_WIDE = 0.8
"""Share of a time limit that local search may use there before any bound."""

TIMES_WHERE_CROWDED, SHARE_WHERE_CROWDED, PATIENCE_WHERE_CROWDED = 3, 0.3, 16
"""The same where hosts are alike and clusters small, and how slowly plans are annealed there."""

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
    plain = scaled(prepare(problem), factor)
    counted = with_cluster_count(problem) if crowded(plain) or chooses_hosts(plain) else problem
    search = begin(plain if counted is problem else scaled(prepare(counted), factor), factor, settings)
    search.on_progress, search.should_stop = on_progress, should_stop
    prepared = search.prepared
    if warm_start is not None:
        search.offer(prepared.units_of(warm_start.host_of))
    search.offer(np.full(prepared.n_units, -1, np.int64))
    if hopeless(prepared):
        search.infeasible = True
    else:
        explore_all(search, counted, plain)
    return search


def explore_all(search: Search, problem: Problem, plain: Prepared) -> None:
    """Bound; find plans; unless the units are too many, cut, close and branch until the proof is there.

    Plans are sought in `plain`, which lacks the rules that :func:`with_cluster_count` added to the problem.
    """
    prepared = search.prepared
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    search.tighten(quick_bound(prepared, pool.tables))
    if prepared.n_units > LARGE and is_wide(prepared):
        plan_and_bound(search, pool)
        return
    if prepared.n_units <= LARGE:
        start(search, plain)
        if crowded(plain):
            breed_crowd(search, plain)
        elif chooses_hosts(plain):
            Openings(search).run(problem)
            return
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
    if not search.over() and prepared.n_units <= LARGE and breed(search, plain, seed=1):
        root.close()
    if not search.over():
        neighbourhood = LargeNeighbourhood(search, pool, dual=bundle.best)
        if neighbourhood.run(tries=TRIES):
            root.close()
    if not search.over():
        explore(search, root, problem)


def start(search: Search, plain: Prepared) -> None:
    """Find a first plan by local search."""
    plan = first_plan(plain, search.settings.seed)
    if plan is not None:
        search.offer(plan)


def crowded(prepared: Prepared) -> bool:
    """Whether plans are better sought by local search: hosts are alike, no pair values to guide prices."""
    one_kind = int(prepared.kind_of.max(initial=0)) == 0 and prepared.n_hosts > 1
    return one_kind or are_alike(prepared)


def full_cluster(prepared: Prepared) -> float:
    """Members of a full cluster where hosts are alike."""
    demand = prepared.demand[: prepared.start[1]]
    return float(prepared.high.max() / max(1.0, float(demand.mean()))) if len(demand) else 0.0


def breed_crowd(search: Search, plain: Prepared) -> None:
    """Improve the best plan where hosts are alike: at length where clusters are too wide for a proof."""
    if full_cluster(plain) > CUTTABLE:
        breed(search, plain, times=TIMES_WHERE_WIDE, share=SHARE_WHERE_WIDE)
    else:
        times, share, patience = TIMES_WHERE_CROWDED, SHARE_WHERE_CROWDED, PATIENCE_WHERE_CROWDED
        breed(search, plain, times=times, share=share, patience=patience)


def breed(
    search: Search, plain: Prepared, *, seed: int = 0, times: int = 1, share: float = 1.0, patience: int = 1
) -> bool:
    """Improve the best plan by a population of plans; whether that was possible.

    Where a time limit was given, at most a share of what is left of it is used.
    """
    before, made = search.value, 0
    left = search.seconds_left()
    end = None if left is None else search.seconds + share * left
    moves = times * MOVES_A_UNIT * plain.n_units
    start_at = search.unit_host if search.value is not None else None
    steps = evolve(plain, moves, search.settings.seed + seed, start_at, patience=patience)
    for used, found in steps:
        search.work += (used - made) / MOVES_A_WORK_UNIT
        made = used
        if found is not None:
            search.offer(found.unit_host)
        if search.over() or (end is not None and search.seconds >= end):
            break
    return search.value != before
