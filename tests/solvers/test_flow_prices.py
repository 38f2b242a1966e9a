"""The price of each pair not taken equals what locking it and solving again loses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matcher.problem import Problem, make_problem
from matcher.solution import Solution
from matcher.solvers import SolveSettings
from matcher.solvers.flow import FlowSolver
from matcher.solvers.flow.prices import IMPOSSIBLE, flow_prices
from tests.examples import examples
from tests.solvers.strategies import flow_problems


def best(problem: Problem) -> int | None:
    return FlowSolver().solve(problem, SolveSettings()).objective


def with_lock(problem: Problem, pair: int) -> Problem:
    lock = [[int(problem.pair_mentee[pair]), int(problem.pair_host[pair])]]
    return replace(problem, locked=np.concatenate([problem.locked, np.array(lock)]))


def without(problem: Problem, mentee: int) -> Problem:
    kept = problem.pair_mentee != mentee
    return replace(
        problem,
        pair_mentee=problem.pair_mentee[kept],
        pair_host=problem.pair_host[kept],
        pair_value=problem.pair_value[kept],
        pair_demand=problem.pair_demand[kept],
    )


@settings(
    max_examples=examples(200), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=flow_problems())
def test_every_price_is_the_loss_of_insisting(problem: Problem) -> None:
    result = FlowSolver().solve(problem, SolveSettings())
    if result.host_of is None or result.objective is None:
        return
    prices = flow_prices(problem, Solution(result.host_of))
    for pair, price in enumerate(prices.pair.tolist()):
        insisted = best(with_lock(problem, pair))
        assert price == (IMPOSSIBLE if insisted is None else result.objective - insisted)
    for mentee, price in enumerate(prices.stay.tolist()):
        left = best(without(problem, mentee))
        assert price == (IMPOSSIBLE if left is None else result.objective - left)


def test_insisting_on_a_full_host_sends_somebody_on() -> None:
    # the optimum is 9 + 7; mentee 1 at host 0 sends mentee 0 to host 1: 8 + 4
    problem = make_problem([[9, 4], [8, 7]], max_load=1, unassigned_cost=20)
    prices = flow_prices(problem, Solution(np.array([0, 1])))
    assert prices.pair.tolist() == [0, 4, 4, 0]
    # a place falls free: nobody gains by taking it, each loses 20 and its value
    assert prices.stay.tolist() == [20 + 9 - 1, 20 + 7]


def test_a_plan_that_can_be_improved_has_no_prices() -> None:
    problem = make_problem([[9, 4], [8, 7]], max_load=1)
    with pytest.raises(ValueError, match="can be improved"):
        flow_prices(problem, Solution(np.array([1, 0])))
