"""Hosts that are alike: trades between their clusters, and how many clusters there can be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.solution import Solution, evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.branch_and_price.counting import cluster_counts, with_cluster_count
from matcher.solvers.branch_and_price.solver import BranchAndPriceSolver
from matcher.solvers.local_search import Search, first_plan
from matcher.solvers.local_search.population import evolve
from matcher.solvers.local_search.trading import are_alike, open_market, settle, trade
from matcher.solvers.prepared import prepare
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

PAIRS = {(0, 3): 9, (1, 4): 9, (2, 5): 9, (0, 1): 5, (2, 3): 5, (4, 5): 5}


def _peers(n: int = 6, hosts: int = 3, **rules: Any) -> Problem:
    given: dict[str, Any] = {"min_load": 2, "max_load": 2, "may_stay": False, "cohesion": PAIRS} | rules
    return make_problem(np.zeros((n, hosts), np.int64), **given)


@st.composite
def crowds(draw: st.DrawFn) -> Problem:
    n, hosts = draw(st.integers(3, 6)), draw(st.integers(2, 3))
    duos = [(i, k) for i in range(n) for k in range(i + 1, n)]
    worth = draw(st.lists(st.integers(-5, 9), min_size=len(duos), max_size=len(duos)))
    demand = draw(st.lists(st.integers(1, 3), min_size=n, max_size=n))
    return make_problem(
        np.zeros((n, hosts), np.int64),
        demand=np.repeat(np.array(demand)[:, None], hosts, axis=1),
        min_load=draw(st.integers(0, 3)),
        max_load=draw(st.integers(4, 8)),
        must_open=draw(st.booleans()),
        open_cost=draw(st.integers(0, 4)),
        may_stay=False,
        cohesion=dict(zip(duos, worth, strict=True)),
        cannot_link=draw(st.lists(st.sampled_from(duos), max_size=2, unique=True)),
    )


def test_peer_clusters_are_alike_and_other_rules_or_values_make_a_difference() -> None:
    assert are_alike(prepare(_peers()))
    assert are_alike(prepare(_peers(min_load=[1, 2, 2], max_load=[3, 2, 2])))
    assert not are_alike(prepare(_peers(may_stay=True)))
    assert not are_alike(prepare(_peers(hosts=1, max_load=6)))
    assert not are_alike(prepare(make_problem([[0, 1], [0, 0]], may_stay=False)))


def test_three_pairs_are_found_by_swaps_alone() -> None:
    prepared = prepare(_peers())
    market = open_market(prepared, np.array([7], np.uint64))
    settle(market, np.array([0, 0, 1, 1, 2, 2]), 15)
    trade(market, 5.0, 0.9, 40, 50)
    assert market.tally[1] == 27
    partner = market.best
    assert partner[0] == partner[3] != partner[1] == partner[4] != partner[2] == partner[5]


def test_a_cluster_is_left_when_opening_costs_more_than_it_brings() -> None:
    """All six in one cluster are worth 42; each host costs 10."""
    prepared = prepare(_peers(min_load=1, max_load=6, open_cost=10))
    market = open_market(prepared, np.array([7], np.uint64))
    settle(market, np.array([0, 0, 1, 1, 2, 2]), 15 - 30)
    trade(market, 5.0, 0.9, 40, 50)
    assert market.tally[1] == 42 - 10


@given(crowds())
@settings(max_examples=examples(150), deadline=None)
def test_trades_keep_every_rule_and_what_is_found_is_worth_what_is_claimed(problem: Problem) -> None:
    prepared = prepare(problem)
    assert are_alike(prepared)
    best = brute_force(problem)
    search = Search(prepared, 0)
    search.fill()
    search.begin()
    search.cool(4000, 0.5, 0.005)
    if search.best is None:
        return
    assert best is not None
    judged = evaluate(problem, Solution(prepared.plan_of(search.best.unit_host)))
    assert judged.is_feasible, judged.broken
    assert judged.objective - problem.constant == search.best.value <= best[0] - problem.constant


@given(crowds())
@settings(max_examples=20, deadline=None)
def test_a_crowd_is_solved_to_proof_as_by_trying_all_plans(problem: Problem) -> None:
    best = brute_force(problem)
    result = BranchAndPriceSolver().solve(problem, SolveSettings(work_limit=20))
    assert (result.objective is None) == (best is None)
    if best is not None:
        assert result.objective == result.bound == best[0]


def test_a_population_finds_the_same_plan_again() -> None:
    rng = np.random.default_rng(5)
    worth = {(i, k): int(rng.integers(1, 100)) for i in range(20) for k in range(i + 1, 20)}
    prepared = prepare(_peers(20, 6, min_load=3, max_load=5, cohesion=worth))
    plans = []
    for _ in range(2):
        last = None
        for _, found in evolve(prepared, 400_000, 3, first_plan(prepared, 3)):
            last = found
        assert last is not None
        plans.append((last.value, last.unit_host.tolist()))
    assert plans[0] == plans[1]


@pytest.mark.parametrize(
    ("n", "hosts", "low", "high", "counts"),
    [(100, 25, 4, 6, (17, 25)), (10, 5, 3, 4, (3, 3)), (6, 3, 2, 2, (3, 3)), (7, 3, 2, 2, (4, 3))],
)
def test_loads_say_how_many_clusters_there_are(
    n: int, hosts: int, low: int, high: int, counts: tuple[int, int]
) -> None:
    assert cluster_counts(_peers(n, hosts, min_load=low, max_load=high)) == counts


def test_whoever_may_stay_needs_no_cluster() -> None:
    problem = _peers(6, 3, min_load=1, may_stay=[True, True, True, True, True, False])
    assert cluster_counts(problem) == (1, 3)
    assert with_cluster_count(problem) is problem


@given(problems(max_mentees=5))
@settings(max_examples=examples(150), deadline=None)
def test_counting_clusters_loses_no_plan(problem: Problem) -> None:
    one, other = brute_force(problem), brute_force(with_cluster_count(problem))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one[0] == other[0]


def test_fractions_of_full_clusters_do_not_loosen_the_bound() -> None:
    """Ten in clusters of two to four need three: with every pair worth 1 at most 6 + 3 + 3 or 6 + 6 + 1."""
    worth = {(i, k): 1 for i in range(10) for k in range(i + 1, 10)}
    result = BranchAndPriceSolver().solve(
        _peers(10, 5, max_load=4, cohesion=worth), SolveSettings(work_limit=20)
    )
    assert result.objective == result.bound == 13
