"""Branch-and-price in parts: branching, fixing, prices handed down, and whole searches that need the tree."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from matcher.problem import Problem, Quota, QuotaKind, Row, make_problem
from matcher.result import SolveStatus
from matcher.solution import Solution, evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.branch_and_price import BranchAndPriceSolver
from matcher.solvers.branch_and_price.bound import NO_CUTS
from matcher.solvers.branch_and_price.branching import branch
from matcher.solvers.branch_and_price.close import guess
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.cuts import separate
from matcher.solvers.branch_and_price.dive import _to_fix
from matcher.solvers.branch_and_price.fixing import useless
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.inherit import legacy_of, prices_from
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.search import begin
from matcher.solvers.prepared import prepare


def chosen_hosts(seed: int, n: int = 6, hosts: int = 3) -> Problem:
    """Members of demand 1 to 3, exactly two of three hosts to open: the hosts' opening is a choice."""
    dice = np.random.default_rng(seed)
    everyone, every_host = np.ones(n, np.bool_), np.ones(hosts, np.bool_)
    two = Quota("two", QuotaKind.CLUSTERS, everyone, every_host, at_least=2, at_most=2)
    return make_problem(
        dice.integers(-50, 0, (n, hosts)),
        demand=dice.integers(1, 4, n),
        max_load=np.full(hosts, 9),
        open_cost=dice.integers(0, 20, hosts),
        may_stay=False,
        quotas=[two],
    )


def plans(problem: Problem) -> dict[tuple[int, ...], int]:
    """Value of every feasible plan, by enumeration."""
    found = {}
    for hosts in product(range(problem.n_hosts), repeat=problem.n_mentees):
        verdict = evaluate(problem, Solution(np.array(hosts, np.int64)))
        if verdict.is_feasible:
            found[hosts] = verdict.objective
    return found


def generated(problem: Problem) -> tuple[Pool, Generator]:
    prepared = prepare(problem)
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    generator = Generator(pool, Master(pool), NO_CUTS)
    generator.run(lambda state: False)
    return pool, generator


@pytest.mark.parametrize("seed", range(6))
def test_the_two_halves_of_a_host_branch_hold_every_plan_once(seed: int) -> None:
    problem = chosen_hosts(seed)
    pool, _ = generated(problem)
    column = pool.add(np.array([1]), np.array([[0]]))
    halves = branch(problem, pool, column, np.array([0.5]))
    assert halves is not None
    opened, closed = (set(plans(half)) for half in halves)
    assert opened | closed == set(plans(problem))
    assert not opened & closed
    assert all(1 in hosts for hosts in opened)


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_as_good_as_the_aim_holds_a_pair_called_useless(seed: int) -> None:
    problem = chosen_hosts(seed)
    every = plans(problem)
    if not every:
        return
    pool, generator = generated(problem)
    assert generator.best is not None
    aim = max(every.values())
    gone = useless(pool.prepared, pool.tables, generator.best, aim)
    host = np.repeat(np.arange(problem.n_hosts), np.diff(pool.prepared.start))
    pairs = set(zip(pool.prepared.unit[gone].tolist(), host[gone].tolist(), strict=True))
    for hosts, value in every.items():
        if value >= aim:
            assert not pairs & set(enumerate(hosts))


def test_prices_handed_down_to_the_same_problem_prove_the_same_bound() -> None:
    problem = chosen_hosts(1)
    pool, generator = generated(problem)
    assert generator.best is not None
    again = Generator(pool, Master(pool), NO_CUTS)
    again.start_from(*prices_from(pool.prepared, legacy_of(pool.prepared, generator.best)))
    assert again.best is not None
    assert again.best.bound <= generator.best.bound


@pytest.mark.parametrize("seed", range(12))
def test_a_search_finds_the_best_of_all_plans(seed: int) -> None:
    problem = chosen_hosts(seed)
    result = BranchAndPriceSolver().solve(problem, SolveSettings(work_limit=5.0))
    assert result.objective == max(plans(problem).values(), default=None)


def test_bounds_are_rounded_down_to_what_values_are_multiples_of() -> None:
    problem = make_problem(np.array([[-6, -9], [-12, -3]]), max_load=np.array([1, 1]), may_stay=False)
    search = begin(prepare(problem), 1, SolveSettings())
    search.tighten(-7)
    assert search.grain == 3
    assert search.bound == -9


def test_three_halves_of_a_triangle_violate_one_cut() -> None:
    members = np.array([[0, 1, -1], [0, 2, -1], [1, 2, -1]])
    cuts = separate(members, np.full(3, 0.5), 3, at_most=10)
    assert cuts.units.tolist() == [[0, 1, 2]]


@pytest.mark.parametrize("limit", [1, 4, 12, 100])
@pytest.mark.parametrize("seed", range(8))
def test_a_guess_near_the_bound_finds_the_best_plan_or_lowers_the_bound_to_no_less(
    seed: int, limit: int
) -> None:
    problem = chosen_hosts(seed)
    every = plans(problem)
    if not every:
        return
    pool, generator = generated(problem)
    assert generator.best is not None
    search = begin(pool.prepared, 1, SolveSettings())
    search.tighten(generator.best.bound)
    before = search.bound
    while guess(search, pool, generator.best, limit=limit, work=1.0):
        assert search.bound is not None
        assert search.bound >= max(every.values())
        assert search.value is not None or (before is not None and search.bound < before)
        before = search.bound
        if search.proven:
            break
    if search.proven:
        assert search.value == max(every.values())
    if limit == 100:  # every column can be listed
        assert search.proven


def test_a_dive_fixes_a_share_of_the_clusters_however_many_hosts_there_are() -> None:
    problem = chosen_hosts(0, n=4, hosts=40)
    pool, _ = generated(problem)
    columns = pool.add(np.arange(4), np.arange(4).reshape(4, 1))
    # clusters worth two in all, none of them whole: one is fixed, not one for each tenth host
    assert _to_fix(pool, columns, np.full(4, 0.5)).tolist() == [columns[0]]


def test_a_sum_in_small_units_that_cannot_be_reached_is_proven_so() -> None:
    # what stands in for missing clusters is priced by the unit of the sum: millions of them are no overflow
    n, dice = 6, np.random.default_rng(3)
    weight = np.where(np.arange(n) % 2 == 0, 700_000, -650_001)[:, None] + dice.integers(0, 1000, (n, 3))
    problem = make_problem(
        dice.integers(40_000_000, 90_000_000, (n, 3)),
        max_load=[3, 3, 3],
        min_load=[2, 2, 2],
        unassigned_cost=150_000_000,
        cannot_link=[(0, 1), (2, 3)],
        cohesion={(i, i + 1): 3_000_000 for i in range(n - 1)},
        rows=(Row("sum", weight, np.zeros(3, np.int64), 3_000_000, None),),
    )
    result = BranchAndPriceSolver().solve(problem, SolveSettings())
    assert result.status is SolveStatus.INFEASIBLE
