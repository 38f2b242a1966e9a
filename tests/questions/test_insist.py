"""A price equals the difference of two solves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from matcher.problem import Problem, make_problem
from matcher.questions import Answers
from matcher.questions.edits import with_lock, without_pairs
from matcher.questions.insist import difference, insist, insist_on_leaving, insist_on_swap
from matcher.solution import UNASSIGNED, Solution, evaluate
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

POINT = 1_000_000


VALUES = {(0, 0): 9 * POINT, (0, 1): 4 * POINT, (1, 0): 8 * POINT, (1, 1): 7 * POINT}


def crowded() -> Problem:
    """One place a host; the optimum is 9 + 7."""
    return make_problem(np.array([[9, 4], [8, 7]]) * POINT, max_load=1, unassigned_cost=20 * POINT)


@given(problems(max_mentees=4))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_price_is_the_difference_of_two_brute_forces(problem: Problem) -> None:
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    objective, plan = best
    answers = Answers()
    for mentee in range(problem.n_mentees):
        for host in range(problem.n_hosts):
            found = insist(problem, plan, mentee, host, bound=objective, answers=answers)
            locked = brute_force(with_lock(problem, mentee, host))
            assert found.possible is (locked is not None)
            if locked is not None:
                assert (found.at_least, found.at_most) == (objective - locked[0],) * 2
                assert found.plan is not None
                assert int(found.plan.host_of[mentee]) == host
        left = insist_on_leaving(problem, plan, mentee, bound=objective, answers=answers)
        without = brute_force(without_pairs(problem, problem.pair_mentee == mentee))
        assert left.possible is (without is not None)
        if without is not None:
            assert (left.at_least, left.at_most) == (objective - without[0],) * 2


def test_insisting_shows_who_makes_room() -> None:
    found = insist(crowded(), Solution(np.array([0, 1])), 1, 0, bound=16 * POINT, answers=Answers())
    assert (found.at_least, found.at_most, found.exact) == (4 * POINT, 4 * POINT, True)
    assert found.plan is not None
    assert found.plan.host_of.tolist() == [1, 0]


def test_a_pair_that_no_plan_contains_is_not_possible() -> None:
    problem = replace(crowded(), locked=np.array([[0, 0]]))
    found = insist(problem, Solution(np.array([0, 1])), 1, 0, bound=16 * POINT, answers=Answers())
    assert not found.possible
    assert found.plan is None


def test_a_swap_locks_both() -> None:
    problem = make_problem(np.array([[9, 4], [8, 7], [6, 1]]) * POINT, max_load=2, unassigned_cost=20 * POINT)
    plan = Solution(np.array([0, 1, 0]))  # 9 + 7 + 6
    found = insist_on_swap(problem, plan, 0, 1, bound=22 * POINT, answers=Answers())
    assert found.plan is not None
    assert found.plan.host_of.tolist() == [1, 0, 0]
    assert found.at_most == 22 * POINT - (4 + 8 + 6) * POINT


def test_a_swap_with_a_mentee_left_out_leaves_the_other_out() -> None:
    problem = make_problem(np.array([[9], [8]]) * POINT, max_load=1, unassigned_cost=2 * POINT)
    found = insist_on_swap(
        problem, Solution(np.array([0, UNASSIGNED])), 0, 1, bound=7 * POINT, answers=Answers()
    )
    assert found.plan is not None
    assert found.plan.host_of.tolist() == [UNASSIGNED, 0]
    assert found.at_most == POINT


def test_mentees_of_one_host_have_nothing_to_swap() -> None:
    problem = make_problem(np.array([[9], [8]]) * POINT, max_load=2)
    with pytest.raises(ValueError, match="nothing to exchange"):
        insist_on_swap(problem, Solution(np.array([0, 0])), 0, 1, bound=17 * POINT, answers=Answers())


def test_without_a_bound_the_plan_is_made_anew_to_see_whether_it_was_the_best() -> None:
    found = insist(crowded(), Solution(np.array([0, 1])), 1, 0, bound=None, answers=Answers())
    assert (found.at_least, found.at_most, found.anew) == (4 * POINT, 4 * POINT, (0, 0))


def test_what_a_wish_does_not_concern_stays_as_it_is_in_a_plan_that_is_not_the_best() -> None:
    # two groups of two, both the wrong way round: 4 + 8 instead of 9 + 7 in each
    value = {(i + at, j + at): worth for at in (0, 2) for (i, j), worth in VALUES.items()}
    problem = make_problem(value, n_mentees=4, n_hosts=4, max_load=1, unassigned_cost=20 * POINT)
    plan = Solution(np.array([1, 0, 3, 2]))
    found = insist(problem, plan, 0, 0, bound=32 * POINT, answers=Answers())
    assert found.plan is not None
    assert found.plan.host_of.tolist() == [0, 1, 3, 2]
    assert (found.at_least, found.at_most, found.anew) == (-4 * POINT, -4 * POINT, (4 * POINT, 4 * POINT))


@given(problems(max_mentees=4))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_against_a_plan_that_is_not_the_best_a_price_is_what_the_shown_plan_is_worth_less(
    problem: Problem,
) -> None:
    best, other = brute_force(problem), brute_force(replace(problem, pair_value=-problem.pair_value))
    assume(best is not None and other is not None and problem.n_mentees)
    assert best is not None
    assert other is not None
    worth = evaluate(problem, other[1]).objective
    for host in range(problem.n_hosts):
        found = insist(problem, other[1], 0, host, bound=best[0] + 1, answers=Answers())
        locked = brute_force(with_lock(problem, 0, host))
        assert found.possible is (locked is not None)
        if locked is not None:
            assert found.plan is not None
            shown = evaluate(problem, found.plan)
            assert shown.is_feasible
            assert found.at_least == found.at_most == worth - shown.objective
            assert worth - locked[0] <= found.at_most
            assert found.anew is not None
            assert found.anew[0] == found.anew[1]
            assert found.anew[0] <= best[0] - worth


def test_a_difference_is_never_negative() -> None:
    # the plan at hand (7) is worse than what the wish leads to (8 to 9); the optimum is 12 at most
    assert difference((7, 12), (8, 9)) == (0, 4)
