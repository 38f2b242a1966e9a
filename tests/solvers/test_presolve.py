"""Splitting a problem, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from matcher.problem import Problem, Quota, QuotaKind, Row, make_problem
from matcher.solution import Solution, evaluate
from matcher.solvers.presolve import split
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

TWO_COUNTRIES = [[1, 0], [1, 0], [0, 1], [0, 1]]
EVERYBODY, BOTH = np.ones(4, np.bool_), np.ones(2, np.bool_)


def country(**rules: Any) -> Problem:
    return make_problem(np.arange(8).reshape(4, 2), eligible=TWO_COUNTRIES, max_load=2, **rules)


def quota(low: int | None, high: int | None, price: int | None = None) -> Quota:
    return Quota("q", QuotaKind.MENTEES, EVERYBODY, BOTH, low, high, price)


def shares(problem: Problem) -> list[tuple[list[int], list[int]]]:
    return [(part.mentees.tolist(), part.hosts.tolist()) for part in split(problem)]


def test_countries_matched_within_their_borders_are_parts() -> None:
    assert shares(country()) == [([0, 1], [0]), ([2, 3], [1])]


def test_rivals_and_cohesion_without_a_common_host_do_not_tie_parts() -> None:
    problem = country(cannot_link=[(0, 2)], cohesion={(1, 3): 5, (0, 1): 7})
    assert len(shares(problem)) == 2
    assert [part.problem.cohesion_value.tolist() for part in split(problem)] == [[7], []]


def test_a_must_link_ties_parts_even_without_a_common_host() -> None:
    assert shares(country(must_link=[(0, 2)])) == [([0, 1, 2, 3], [0, 1])]


def test_a_lock_to_a_host_that_is_not_eligible_ties_parts() -> None:
    assert len(shares(country(locked=[(0, 1)]))) == 1


def test_a_quota_that_binds_ties_the_parts_it_counts_in() -> None:
    assert len(shares(country(quotas=[quota(None, 3)]))) == 1
    assert len(shares(country(quotas=[quota(1, None)]))) == 1


def test_a_quota_that_nothing_can_break_ties_nothing() -> None:
    assert len(shares(country(quotas=[quota(None, 4)]))) == 2
    assert all(not part.problem.quotas for part in split(country(quotas=[quota(None, 4)])))


def test_a_quota_within_one_part_leaves_the_other_alone() -> None:
    own = Quota("own", QuotaKind.MENTEES, EVERYBODY, np.array([True, False]), None, 1)
    parts = split(country(quotas=[own]))
    assert [len(part.problem.quotas) for part in parts] == [1, 0]


def row(weights: list[int], open_weight: list[int], low: int | None, high: int | None) -> Row:
    return Row("r", np.array(weights, np.int64), np.array(open_weight, np.int64), low, high)


def test_a_row_ties_the_parts_it_weighs_if_some_plan_could_miss_it() -> None:
    assert len(shares(country(rows=[row([1, 0, 1, 0], [0, 0], None, 1)]))) == 1
    assert len(shares(country(rows=[row([0, 0, 0, 0], [1, 1], None, 1)]))) == 1
    assert len(shares(country(rows=[row([1, 0, 1, 0], [0, 0], None, 2)]))) == 2


def test_a_row_within_one_part_leaves_the_other_alone() -> None:
    parts = split(country(rows=[row([1, 2, 0, 0], [3, 0], None, 5)]))
    assert [[own.pair_weight.tolist() for own in part.problem.rows] for part in parts] == [[[1, 2]], []]
    assert parts[0].problem.rows[0].open_weight.tolist() == [3]


def test_a_row_that_weighs_nothing_but_asks_for_something_is_not_lost() -> None:
    parts = split(country(rows=[row([0, 0, 0, 0], [0, 0], 1, None)]))
    assert [len(part.problem.rows) for part in parts] == [1, 0]


def test_mentees_without_hosts_and_hosts_without_mentees_share_the_last_part() -> None:
    problem = make_problem({(1, 1): 5}, n_mentees=3, n_hosts=3)
    assert shares(problem) == [([1], [1]), ([0, 2], [0, 2])]


def test_restricting_and_lifting_a_plan_gives_it_back() -> None:
    problem = make_problem({(1, 1): 5, (0, 0): 4}, n_mentees=3, n_hosts=3)
    plan = np.array([0, 1, -1])
    whole = np.full(3, -1, np.int64)
    for part in split(problem):
        part.lift(part.restrict(Solution(plan)).host_of, whole)
    assert whole.tolist() == plan.tolist()


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems())
def test_the_parts_add_up_to_the_whole(problem: Problem) -> None:
    parts = split(problem)
    assert sorted(i for part in parts for i in part.mentees.tolist()) == list(range(problem.n_mentees))
    assert sorted(j for part in parts for j in part.hosts.tolist()) == list(range(problem.n_hosts))
    whole = brute_force(problem)
    solved = [brute_force(part.problem) for part in parts]
    if whole is None:
        assert None in solved
        return
    best = [one for one in solved if one is not None]
    assert len(best) == len(parts)
    assert problem.constant + sum(objective for objective, _ in best) == whole[0]
    plan = np.full(problem.n_mentees, -1, np.int64)
    for part, (_, solution) in zip(parts, best, strict=True):
        part.lift(solution.host_of, plan)
    judged = evaluate(problem, Solution(plan))
    assert judged.is_feasible
    assert judged.objective == whole[0]
