"""Reductions: each by hand, and all of them against brute force."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Composition, Problem, Quota, QuotaKind, Row, make_problem
from matcher.result import SolveStatus
from matcher.solution import Solution, evaluate
from matcher.solvers import solve
from matcher.solvers.presolve import Reduced, reduce
from tests.examples import examples
from tests.solvers.naive import brute_force, naive_objective
from tests.solvers.strategies import problems


def pairs(reduced: Reduced) -> list[tuple[int, int]]:
    problem = reduced.problem
    return list(zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True))


def locks(reduced: Reduced) -> list[list[int]]:
    rows: list[list[int]] = reduced.problem.locked.tolist()
    return rows


def test_where_nothing_follows_the_problem_is_left_as_it_is() -> None:
    problem = make_problem([[1, 2], [3, 4]], max_load=2)
    assert reduce(problem).problem is problem
    assert reduce(problem).note == ()


def test_a_mentee_with_one_host_that_must_be_placed_is_locked_to_it() -> None:
    found = reduce(make_problem({(0, 1): 5, (1, 0): 1}, n_mentees=2, n_hosts=2, may_stay=[False, True]))
    assert locks(found) == [[0, 1]]
    assert found.note == ("1 mentees have one possible host",)


def test_rivals_of_a_locked_mentee_cannot_have_its_host() -> None:
    found = reduce(make_problem([[1, 1], [1, 1], [1, 1]], locked=[(0, 1)], cannot_link=[(0, 2)]))
    assert pairs(found) == [(0, 1), (1, 0), (1, 1), (2, 0)]


def test_one_conclusion_leads_to_the_next() -> None:
    chain = make_problem(np.ones((3, 3), np.int64), may_stay=False, locked=[(0, 0)], max_load=[1, 1, 1])
    found = reduce(
        make_problem(
            np.ones((3, 3), np.int64),
            eligible=[[True, False, False], [True, True, False], [True, True, True]],
            may_stay=False,
            max_load=1,
        )
    )
    assert pairs(found) == [(0, 0), (1, 1), (2, 2)]
    assert locks(found) == [[0, 0], [1, 1], [2, 2]]
    assert pairs(reduce(chain)) == [(0, 0), (1, 1), (1, 2), (2, 1), (2, 2)]


def test_a_mentee_that_needs_more_places_than_there_are_cannot_go_there() -> None:
    assert pairs(reduce(make_problem([[1, 1]], demand=[[2, 3]], max_load=2))) == [(0, 0)]


def test_places_that_fixed_mentees_take_are_gone_for_others() -> None:
    found = reduce(make_problem([[1, 1], [1, 1]], demand=2, max_load=[3, 4], locked=[(0, 0)]))
    assert pairs(found) == [(0, 0), (1, 1)]


def test_must_linked_mentees_go_only_where_all_may_and_all_fit() -> None:
    problem = make_problem(
        np.ones((2, 3), np.int64),
        eligible=[[True, True, True], [True, True, False]],
        must_link=[(1, 0)],
        max_load=[2, 1, 2],
    )
    assert pairs(reduce(problem)) == [(0, 0), (1, 0)]


def test_a_partner_of_a_locked_mentee_is_locked_too() -> None:
    found = reduce(make_problem(np.ones((2, 2), np.int64), must_link=[(0, 1)], locked=[(0, 1)]))
    assert locks(found) == [[0, 1], [1, 1]]


def test_rivals_that_must_stay_together_go_nowhere() -> None:
    found = reduce(make_problem([[1], [1]], must_link=[(0, 1)], cannot_link=[(0, 1)]))
    assert pairs(found) == []
    assert not found.infeasible


def test_a_host_that_cannot_reach_its_minimum_leads_nobody() -> None:
    found = reduce(make_problem([[9, 1], [9, 1]], min_load=[3, 1], max_load=4))
    assert pairs(found) == [(0, 1), (1, 1)]
    assert "1 hosts cannot reach their minimum load or composition" in found.note


def kind(at_least: int | None, at_most: int | None, price: int | None = None) -> Composition:
    return Composition("c", np.array([True, True, False]), np.array([True, False]), at_least, at_most, price)


def test_a_group_with_more_of_a_kind_than_allowed_cannot_be_there() -> None:
    problem = make_problem(np.ones((3, 2), np.int64), must_link=[(0, 1)], compositions=[kind(None, 1)])
    assert pairs(reduce(problem)) == [(0, 1), (1, 1), (2, 0), (2, 1)]


def test_a_host_with_too_few_of_a_kind_in_reach_leads_nobody() -> None:
    eligible = [[True, True], [False, True], [True, True]]
    problem = make_problem(np.ones((3, 2), np.int64), eligible=eligible, compositions=[kind(2, None)])
    assert pairs(reduce(problem)) == [(0, 1), (1, 1), (2, 1)]


def test_a_soft_composition_drops_nothing() -> None:
    problem = make_problem(np.ones((3, 2), np.int64), compositions=[kind(3, None, 5), kind(None, 0, 5)])
    assert reduce(problem).problem is problem


@pytest.mark.parametrize(
    ("cost", "left"),
    [(15, [(0, 1), (1, 1)]), (14, [(0, 0), (0, 1), (1, 0), (1, 1)])],
)
def test_a_host_that_costs_more_than_it_could_gain_leads_nobody(cost: int, left: list[Any]) -> None:
    # host 0 could gain 5 + 3 of values, 2 + 2 of prices of staying, 2 of cohesion: 14
    problem = make_problem(
        [[5, 1], [3, 1]], open_cost=[cost, 0], unassigned_cost=2, cohesion={(0, 1): 2}, max_load=2
    )
    assert pairs(reduce(problem)) == left


@pytest.mark.parametrize(
    "rules",
    [
        {"may_stay": [False, True]},
        {"must_open": [True, False]},
        {"quotas": [Quota("q", QuotaKind.CLUSTERS, np.ones(2, np.bool_), np.ones(2, np.bool_), 2, None)]},
        {"rows": [Row("r", np.array([[1, 0], [0, 0]]), np.zeros(2, np.int64), 1, None)]},
        {"rows": [Row("r", np.zeros((2, 2), np.int64), np.array([1, 0]), 1, None, 100)]},
    ],
    ids=["must be placed", "must open", "quota", "row", "soft row"],
)
def test_a_dear_host_that_may_be_needed_is_kept(rules: dict[str, Any]) -> None:
    problem = make_problem([[5, 1], [3, 1]], open_cost=[50, 0], max_load=2, **rules)
    assert reduce(problem).problem is problem


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"max_load": [0, 0], "may_stay": False}, "no host is possible"),
        ({"locked": [(0, 0), (0, 1)]}, "two hosts"),
        ({"locked": [(0, 0), (1, 0)], "max_load": [1, 1]}, "more places than it has"),
        ({"locked": [(0, 0), (1, 0)], "cannot_link": [(0, 1)]}, "no host is possible"),
        ({"min_load": [4, 0], "must_open": True}, "cannot reach its minimum"),
        (
            {"cannot_link": [(0, 1), (0, 2), (1, 2)], "may_stay": False},
            "outnumber the hosts",
        ),
    ],
)
def test_a_contradiction_is_said_in_words_and_as_a_status(rules: dict[str, Any], words: str) -> None:
    problem = make_problem(np.ones((3, 2), np.int64), **{"max_load": 4} | rules)
    found = reduce(problem)
    assert found.infeasible
    assert words in found.note[0]
    result = solve(problem)
    assert (result.status, result.host_of, result.bound) == (SolveStatus.INFEASIBLE, None, None)


def test_rivals_that_may_stay_are_no_contradiction() -> None:
    problem = make_problem(np.ones((3, 2), np.int64), cannot_link=[(0, 1), (0, 2), (1, 2)])
    assert not reduce(problem).infeasible


def test_weights_of_rows_stay_with_their_pairs() -> None:
    row = Row("r", np.array([[1, 2], [3, 4]]), np.array([5, 6]), None, 9)
    found = reduce(make_problem([[1, 1], [1, 1]], locked=[(0, 1)], rows=[row]))
    assert pairs(found) == [(0, 1), (1, 0), (1, 1)]
    assert found.problem.rows[0].pair_weight.tolist() == [2, 3, 4]


def test_compositions_do_not_keep_a_dear_host_open() -> None:
    rule = Composition("c", np.ones(2, np.bool_), np.ones(2, np.bool_), 1, None)
    problem = make_problem([[5, 1], [3, 1]], open_cost=[50, 0], max_load=2, compositions=[rule])
    assert pairs(reduce(problem)) == [(0, 1), (1, 1)]


@settings(
    max_examples=examples(500), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(), times=st.sampled_from((1, 1, 4)))
def test_the_reduced_problem_has_the_same_best_objective(problem: Problem, times: int) -> None:
    problem = replace(problem, open_cost=times * problem.open_cost)
    reduced = reduce(problem)
    whole = brute_force(problem)
    if reduced.infeasible:
        assert whole is None
        return
    best = brute_force(reduced.problem)
    assert (best is None) == (whole is None)
    if best is None or whole is None:
        return
    assert best[0] == whole[0]
    assert naive_objective(problem, tuple(best[1].host_of.tolist())) == best[0]
    assert evaluate(problem, Solution(best[1].host_of)).is_feasible
