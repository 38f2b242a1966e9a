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
from matcher.solution import UNASSIGNED, Solution
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

POINT = 1_000_000


def crowded() -> Problem:
    """One place a host; the optimum is 9 + 7."""
    return make_problem(np.array([[9, 4], [8, 7]]) * POINT, max_load=1, unassigned_cost=20 * POINT)


@given(problems(max_mentees=4))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
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


def test_without_a_bound_the_price_has_no_upper_limit() -> None:
    found = insist(crowded(), Solution(np.array([0, 1])), 1, 0, bound=None, answers=Answers())
    assert (found.at_least, found.at_most, found.exact) == (4 * POINT, None, False)


def test_a_difference_is_never_negative() -> None:
    # the plan at hand (7) is worse than what the wish leads to (8 to 9); the optimum is 12 at most
    assert difference((7, 12), (8, 9)) == (0, 4)
