from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from matcher.problem import Problem, make_problem
from matcher.solution import evaluate
from matcher.solvers.construct import construct
from tests.solvers.strategies import problems


def _problem(**rules: object) -> Problem:
    """Three mentees, two hosts of two places; everyone would rather go to host 0."""
    arguments: dict[str, object] = {
        "n_mentees": 3,
        "n_hosts": 2,
        "max_load": 2,
        "may_stay": True,
        "unassigned_cost": 5,
    }
    values = {(0, 0): 9, (1, 0): 8, (2, 0): 7, (0, 1): 3, (1, 1): 2, (2, 1): 1}
    return make_problem(values, **(arguments | rules))  # type: ignore[arg-type]


def _hosts(problem: Problem) -> list[int]:
    plan = construct(problem)
    assert plan is not None
    return list(map(int, plan.host_of))


def test_the_best_pairs_are_taken_until_the_host_is_full() -> None:
    assert _hosts(_problem()) == [0, 0, 1]


def test_rivals_are_kept_apart() -> None:
    assert _hosts(_problem(cannot_link=[(0, 1)])) == [0, 1, 0]


def test_locked_pairs_come_first() -> None:
    assert _hosts(_problem(locked=[(2, 0)])) == [0, 1, 0]


def test_must_linked_mentees_are_placed_together() -> None:
    assert _hosts(_problem(must_link=[(1, 2)])) == [1, 0, 0]


def test_a_cluster_below_its_minimum_is_closed() -> None:
    assert _hosts(_problem(min_load=2)) == [0, 0, -1]


def test_a_host_that_must_open_is_filled_from_others_that_can_spare() -> None:
    assert _hosts(_problem(max_load=3, min_load=1, must_open=[False, True])) == [1, 0, 0]


@given(problems())
@settings(max_examples=150, deadline=None)
def test_what_is_returned_keeps_every_hard_rule_and_is_the_same_again(problem: Problem) -> None:
    plan = construct(problem)
    again = construct(problem)
    assert (plan is None) == (again is None)
    if plan is not None and again is not None:
        assert evaluate(problem, plan).is_feasible
        assert np.array_equal(plan.host_of, again.host_of)
