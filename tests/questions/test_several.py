"""Several plans are the best that differ, and an assignment holds if every good plan has it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.questions import Answers
from matcher.questions.holding import Held, holding
from matcher.questions.prices import IMPOSSIBLE, pair_prices
from matcher.questions.several import several_plans
from matcher.solution import UNASSIGNED, Solution
from tests.examples import examples
from tests.solvers.naive import brute_force, naive_objective
from tests.solvers.strategies import flow_problems, problems

POINT = 1_000_000


def every_plan(problem: Problem) -> dict[tuple[int, ...], int]:
    """All plans that keep the hard rules, with their objectives."""
    tried = product(range(-1, problem.n_hosts), repeat=problem.n_mentees)
    return {one: value for one in tried if (value := naive_objective(problem, one)) is not None}


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def optimum(problem: Problem) -> tuple[int, Solution]:
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    return best


@given(problems(max_mentees=4), st.integers(1, 3))
@settings(max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck))
def test_each_plan_is_the_best_that_differs_enough_from_all_before_it(problem: Problem, differ: int) -> None:
    best, plan = optimum(problem)
    found = several_plans(problem, plan, bound=best, count=4, differ=differ, answers=Answers())
    left = every_plan(problem)
    earlier: list[tuple[int, ...]] = []
    for other in found.plans:
        host_of = tuple(other.plan.host_of.tolist())
        assert other.objective == other.bound == max(left.values()) == left[host_of]
        assert other.loss == best - other.objective
        assert other.differences == tuple(distance(host_of, one) for one in earlier)
        earlier.append(host_of)
        left = {one: value for one, value in left.items() if distance(one, host_of) >= differ}
    assert found.exhausted is (len(found.plans) < 4)
    assert not (found.exhausted and left)


def test_plans_that_do_not_differ_are_refused() -> None:
    problem = make_problem(np.array([[1]]), max_load=1)
    with pytest.raises(ValueError, match="at least one"):
        several_plans(problem, Solution(np.array([0])), bound=1, count=2, differ=0, answers=Answers())


@given(problems(max_mentees=4), st.integers(0, 6), st.booleans())
@settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
def test_an_assignment_holds_exactly_if_every_plan_within_the_tolerance_has_it(
    problem: Problem, tolerance: int, solve: bool
) -> None:
    best, plan = optimum(problem)
    found = holding(
        problem,
        plan,
        prices=pair_prices(problem, plan, best),
        tolerance=tolerance,
        answers=Answers() if solve else None,
    )
    plans = every_plan(problem)
    assert [one.mentee for one in found] == np.flatnonzero(plan.host_of != UNASSIGNED).tolist()
    for one in found:
        without = [value for host_of, value in plans.items() if host_of[one.mentee] != one.host]
        loss = best - max(without) if without else IMPOSSIBLE
        assert one.loss_at_least <= loss
        assert one.loss_at_most is None or loss <= one.loss_at_most
        assert one.holds in ({loss > tolerance} if solve else {loss > tolerance, None})


@given(st.one_of(problems(max_mentees=4), flow_problems(max_mentees=4)), st.integers(0, 6))
@settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
def test_of_a_plan_that_is_not_proven_nothing_false_is_said(problem: Problem, tolerance: int) -> None:
    plans = every_plan(problem)
    assume(plans)
    host_of, worth = sorted(plans.items())[len(plans) // 2]
    plan = Solution(np.array(host_of, np.int64))
    prices = pair_prices(problem, plan, None)
    for one in holding(problem, plan, prices=prices, tolerance=tolerance, answers=Answers()):
        without = [value for other, value in plans.items() if other[one.mentee] != one.host]
        holds = all(value < worth - tolerance for value in without)
        assert one.holds in (holds, None)


def test_a_pair_holds_if_its_loss_exceeds_the_tolerance() -> None:
    # 9 + 7; exchanged 4 + 8: the loss without either pair is 4 points
    problem = make_problem(np.array([[9, 4], [8, 7]]) * POINT, max_load=1, unassigned_cost=20 * POINT)
    plan = Solution(np.array([0, 1]))
    prices = pair_prices(problem, plan, 16 * POINT)
    for tolerance, holds in ((4 * POINT - 1, True), (4 * POINT, False)):
        found = holding(problem, plan, prices=prices, tolerance=tolerance)
        assert found == tuple(Held(i, i, 4 * POINT, 4 * POINT, holds) for i in (0, 1))


def test_without_a_solver_or_a_plan_at_hand_it_stays_unknown() -> None:
    # only a change of three mentees in a ring keeps the rules and costs little; prices are taken away
    value = np.array([[9, 8, 0], [0, 9, 8], [8, 0, 9]]) * POINT
    problem = make_problem(value, max_load=1, unassigned_cost=50 * POINT)
    plan, ring = Solution(np.array([0, 1, 2])), Solution(np.array([1, 2, 0]))
    known = pair_prices(problem, plan, 27 * POINT)
    prices = type(known)(
        known.pair * 0,
        np.zeros_like(known.pair_exact),
        known.stay * 0,
        np.zeros_like(known.stay_exact),
        known.elsewhere,
    )
    unknown = holding(problem, plan, prices=prices, tolerance=3 * POINT)
    assert [one.holds for one in unknown] == [None, None, None]
    shown = holding(problem, plan, prices=prices, tolerance=3 * POINT, others=[ring])
    assert [one.holds for one in shown] == [False, False, False]
    solved = holding(problem, plan, prices=prices, tolerance=2 * POINT, answers=Answers())
    assert [(one.holds, one.loss_at_least) for one in solved] == [(True, 3 * POINT)] * 3


def test_a_stop_is_heard_while_pairs_are_priced_and_while_it_is_settled_what_holds() -> None:
    value = np.array([[9, 8, 0], [0, 9, 8], [8, 0, 9]]) * POINT
    problem = make_problem(value, max_load=1, unassigned_cost=50 * POINT, cohesion={(0, 1): 1})
    plan = Solution(np.array([0, 1, 2]))
    with pytest.raises(KeyboardInterrupt):
        pair_prices(problem, plan, None, should_stop=lambda: True)
    known = pair_prices(problem, plan, None)
    nothing = replace(known, pair=known.pair * 0, pair_exact=known.pair_exact & False, stay=known.stay * 0)
    held = holding(problem, plan, prices=nothing, tolerance=1, answers=Answers(), should_stop=lambda: True)
    assert [one.holds for one in held] == [None, None, None]
