"""Prices of all pairs: never above the true price, exact where they say so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.questions.edits import with_lock, without_pairs
from matcher.questions.prices import IMPOSSIBLE, PairPrices, pair_prices
from matcher.solution import Solution, evaluate
from matcher.solvers.branch_and_price.pair_bounds import bounds_by_prices
from matcher.solvers.pair_bounds import NEVER
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import flow_problems, problems


def true_prices(problem: Problem, objective: int) -> tuple[list[int], list[int]]:
    pair, stay = [], []
    for mentee, host in zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True):
        locked = brute_force(with_lock(problem, mentee, host))
        pair.append(IMPOSSIBLE if locked is None else objective - locked[0])
    for mentee in range(problem.n_mentees):
        without = brute_force(without_pairs(problem, problem.pair_mentee == mentee))
        stay.append(IMPOSSIBLE if without is None else objective - without[0])
    return pair, stay


def check(found: PairPrices, problem: Problem, objective: int) -> None:
    for given_, exact, truth in zip(
        (found.pair.tolist(), found.stay.tolist()),
        (found.pair_exact.tolist(), found.stay_exact.tolist()),
        true_prices(problem, objective),
        strict=True,
    ):
        assert all(0 <= low <= price for low, price in zip(given_, truth, strict=True))
        assert [low for low, known in zip(given_, exact, strict=True) if known] == [
            price for price, known in zip(truth, exact, strict=True) if known
        ]


@given(problems(max_mentees=4))
@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_price_exceeds_the_true_one(problem: Problem) -> None:
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    check(pair_prices(problem, best[1], best[0]), problem, best[0])


@given(st.one_of(problems(max_mentees=4), flow_problems(max_mentees=4)))
@settings(max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck))
def test_prices_of_a_plan_that_is_not_the_best_hold_against_that_plan(problem: Problem) -> None:
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    worst = brute_force(replace(problem, pair_value=-problem.pair_value))  # keeps the rules, is not the best
    assert worst is not None
    objective = evaluate(problem, worst[1]).objective
    for bound in (None, best[0], best[0] + 3):
        found = pair_prices(problem, worst[1], bound)
        pair, stay = true_prices(problem, objective)
        beside = (found.elsewhere[problem.pair_mentee], found.elsewhere)
        for price, exact, truth, other in zip(
            (found.pair, found.stay), (found.pair_exact, found.stay_exact), (pair, stay), beside, strict=True
        ):
            for at, true in enumerate(truth):
                assert (price[at] == IMPOSSIBLE) <= (true == IMPOSSIBLE)
                assert price[at] - other[at] <= true
                assert not exact[at] or true == IMPOSSIBLE or true <= price[at]
                assert other[at] or not exact[at] or true == price[at]


def test_a_plan_of_a_flow_that_is_not_the_best_can_win_by_a_pair() -> None:
    # 4 + 8 against 9 + 7
    problem = make_problem([[9, 4], [8, 7]], max_load=1, unassigned_cost=20)
    found = pair_prices(problem, Solution(np.array([1, 0])), 16)
    assert found.pair.tolist() == [-4, 0, 0, -4]


@given(flow_problems(max_mentees=4))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_flow_prices_all_pairs_exactly(problem: Problem) -> None:
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    found = pair_prices(problem, best[1], best[0])
    assert found.pair_exact.all()
    check(found, problem, best[0])


@given(problems(max_mentees=4))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_prices_of_generated_clusters_bound_every_plan(problem: Problem) -> None:
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    found = bounds_by_prices(problem)
    pair, stay = true_prices(problem, best[0])
    assert found.whole >= best[0]
    for most, price in zip((*found.pair.tolist(), *found.stay.tolist()), (*pair, *stay), strict=True):
        assert price == IMPOSSIBLE or (most != NEVER and most >= best[0] - price)


@pytest.mark.parametrize("cohesion", [{}, {(0, 1): 1}])
def test_a_pair_that_costs_something_is_seen_to_cost_something(cohesion: dict[tuple[int, int], int]) -> None:
    # 9 + 7 against 4 + 8: cohesion (out of reach, as each host has one place) takes the flow's place
    problem = make_problem([[9, 4], [8, 7]], max_load=1, unassigned_cost=20, cohesion=cohesion)
    found = pair_prices(problem, Solution(np.array([0, 1])), 16)
    assert found.pair.tolist() == [0, 4, 4, 0]
