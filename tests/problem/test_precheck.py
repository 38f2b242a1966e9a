from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings

from matcher.problem import Conflict, ConflictKind, Problem, Quota, QuotaKind, make_problem, precheck
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

ONES = np.ones((3, 2), np.int64)


def test_a_feasible_problem_has_no_conflict() -> None:
    assert precheck(make_problem(ONES, max_load=2, may_stay=False, cannot_link=[(0, 1)])) == ()


def test_a_mentee_that_must_be_placed_without_a_host_is_named() -> None:
    problem = make_problem(ONES, eligible=[[1, 1], [0, 0], [1, 1]], may_stay=False)
    assert precheck(problem) == (Conflict(ConflictKind.NO_HOST, (1,), ()),)


def test_a_mentee_larger_than_every_host_has_no_host() -> None:
    problem = make_problem([[1]], demand=3, max_load=2, may_stay=False)
    assert precheck(problem) == (Conflict(ConflictKind.NO_HOST, (0,), ()),)


def test_a_lock_that_is_not_eligible_is_named() -> None:
    problem = make_problem([[1, 1]], eligible=[[True, False]], locked=[(0, 1)])
    assert precheck(problem) == (Conflict(ConflictKind.LOCK_NOT_ELIGIBLE, (0,), (1,)),)


def test_two_locks_of_one_mentee_are_named() -> None:
    problem = make_problem([[1, 1]], locked=[(0, 0), (0, 1)])
    assert precheck(problem) == (Conflict(ConflictKind.TWO_LOCKS, (0,), (0, 1), 2, 1),)


def test_places_are_counted_by_connected_component() -> None:
    eligible = [[1, 0], [1, 0], [0, 1]]  # two for host 0, one for host 1
    problem = make_problem(ONES, eligible=eligible, max_load=[1, 5], may_stay=False)
    assert precheck(problem) == (Conflict(ConflictKind.TOO_FEW_PLACES, (0, 1), (0,), 2, 1),)


def test_a_clique_of_rivals_larger_than_its_hosts_is_named() -> None:
    problem = make_problem(ONES, may_stay=False, cannot_link=[(0, 1), (0, 2), (1, 2)])
    assert precheck(problem) == (Conflict(ConflictKind.TOO_MANY_RIVALS, (0, 1, 2), (0, 1), 3, 2),)


def test_rivals_that_may_stay_are_no_conflict() -> None:
    assert precheck(make_problem(ONES, cannot_link=[(0, 1), (0, 2), (1, 2)])) == ()


def test_a_host_that_must_lead_out_of_reach_of_its_minimum_is_named() -> None:
    problem = make_problem(ONES, min_load=[0, 4], max_load=5, must_open=[False, True])
    assert precheck(problem) == (Conflict(ConflictKind.MINIMUM_OUT_OF_REACH, (0, 1, 2), (1,), 4, 3),)


def test_rivals_in_one_must_link_group_are_named() -> None:
    problem = make_problem(
        ONES, must_link=[(0, 1), (1, 2)], cannot_link=[(0, 2)], may_stay=[False, True, True]
    )
    assert precheck(problem)[0] == Conflict(ConflictKind.RIVALS_TOGETHER, (0, 2), ())


def test_a_must_link_group_without_a_common_host_is_named() -> None:
    problem = make_problem(
        ONES, eligible=[[1, 0], [0, 1], [1, 1]], must_link=[(0, 1)], may_stay=[False, True, True]
    )
    assert precheck(problem) == (Conflict(ConflictKind.NO_COMMON_HOST, (0, 1), (0, 1)),)


def test_a_must_link_group_that_may_stay_is_no_conflict() -> None:
    assert precheck(make_problem(ONES, eligible=[[1, 0], [0, 1], [1, 1]], must_link=[(0, 1)])) == ()


def test_every_kind_of_conflict_has_words() -> None:
    assert all(Conflict(kind, (), ()).words for kind in ConflictKind)


@settings(
    max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=4))
def test_a_conflict_is_a_proof_no_plan_exists(problem: Problem) -> None:
    if precheck(problem):
        assert brute_force(problem) is None


def test_a_quota_on_more_mentees_than_can_be_placed_there_is_named() -> None:
    quota = Quota("q", QuotaKind.MENTEES, np.array([True, True, True]), np.array([True, False]), 3, None)
    # The third mentee cannot go to host 0, so two of the three asked for are to be had.
    found = precheck(make_problem(ONES, eligible=[[1, 0], [1, 1], [0, 1]], quotas=[quota]))
    assert [(one.kind, one.needed, one.available, one.key) for one in found] == [
        (ConflictKind.QUOTA_OUT_OF_REACH, 3, 2, "q")
    ]


def test_a_quota_on_more_clusters_than_hosts_in_reach_is_named() -> None:
    quota = Quota("q", QuotaKind.CLUSTERS, np.ones(3, np.bool_), np.array([True, True]), 2, None)
    found = precheck(make_problem(ONES, eligible=[[1, 0], [1, 0], [1, 0]], quotas=[quota]))
    assert [(one.kind, one.needed, one.available) for one in found] == [
        (ConflictKind.QUOTA_OUT_OF_REACH, 2, 1)
    ]
