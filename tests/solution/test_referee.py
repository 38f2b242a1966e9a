"""The referee, rule by rule: one plan that keeps it, one that breaks it, values derived by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Composition, LoadTarget, Problem, Quota, QuotaKind, Row, make_problem
from matcher.solution import Evaluation, Solution, Violation, evaluate
from tests.solvers.naive import naive_objective
from tests.solvers.strategies import problems

YES = np.array([True, True, False])
BOTH = np.array([True, True])
VALUES = [[10, 1], [20, 2], [30, 3]]


def judged(host_of: list[int], **rules: Any) -> Evaluation:
    return evaluate(make_problem(VALUES, **rules), Solution(np.array(host_of, dtype=np.int64)))


def broken(rule: str, mentees: tuple[int, ...], hosts: tuple[int, ...], amount: int = 1) -> Violation:
    return Violation(rule, mentees, hosts, amount, None)


def test_the_objective_is_the_sum_of_its_parts() -> None:
    found = judged(
        [0, 0, -1],
        constant=1000,
        open_cost=[7, 5],
        unassigned_cost=4,
        cohesion={(0, 1): 100, (1, 2): 500},
        compositions=[Composition("two", YES, BOTH, None, 1, price=3)],
    )
    assert (found.pairs, found.cohesion, found.opening) == (30, 100, 7)
    assert (found.unassigned, found.penalties) == (4, 3)
    assert found.objective == 1000 + 30 + 100 - 7 - 4 - 3
    assert found.loads == (2, 0)
    assert found.is_feasible


def test_cohesion_counts_at_a_common_host_only_not_among_the_unassigned() -> None:
    assert judged([-1, -1, 0], cohesion={(0, 1): 100}).cohesion == 0
    assert judged([0, 1, 0], cohesion={(0, 1): 100}).cohesion == 0
    assert judged([1, 1, 0], cohesion={(0, 1): 100}).cohesion == 100


def test_an_eligible_pair_is_not_a_violation() -> None:
    assert judged([0, 1, 1]).violations == ()


def test_a_pair_that_is_not_eligible_is_broken_and_worth_nothing() -> None:
    found = judged([0, 1, 1], eligible=[[True, True], [True, False], [True, True]], demand=2)
    assert found.violations == (broken("eligibility", (1,), (1,)),)
    assert found.pairs == 13
    assert found.loads == (2, 3)  # the ineligible mentee's demand is not known: it counts as one place


def test_a_mentee_that_must_be_placed_may_not_stay() -> None:
    stays = {"may_stay": [False, True, True]}
    assert judged([0, -1, -1], **stays).is_feasible
    assert judged([-1, 0, 0], **stays).broken == (broken("must-assign", (0,), ()),)


def test_the_minimum_binds_hosts_that_lead_and_hosts_that_must() -> None:
    assert judged([0, 0, -1], min_load=[2, 2]).is_feasible
    assert judged([0, -1, -1], min_load=[2, 2]).broken == (broken("min-load", (0,), (0,)),)
    must = judged([0, 0, 0], min_load=[2, 2], must_open=[False, True])
    assert must.broken == (broken("min-load", (), (1,), 2),)


def test_a_host_that_must_open_without_a_minimum_may_stay_empty() -> None:
    assert judged([0, 0, 0], must_open=True).is_feasible


def test_the_maximum_counts_places_not_schools() -> None:
    assert judged([0, 0, 1], max_load=2).is_feasible
    assert judged([0, 0, 1], max_load=2, demand=[2, 3, 1]).broken == (broken("max-load", (0, 1), (0,), 3),)


def test_demand_may_differ_from_host_to_host() -> None:
    found = judged([0, 1, -1], demand=[[1, 5], [5, 2], [1, 1]])
    assert found.loads == (1, 2)


def test_rivals_may_both_stay_but_not_share_a_host() -> None:
    assert judged([0, 1, 0], cannot_link=[(1, 0)]).is_feasible
    assert judged([-1, -1, 0], cannot_link=[(0, 1)]).is_feasible
    assert judged([1, 1, 0], cannot_link=[(0, 1)]).broken == (broken("cannot-link", (0, 1), (1,)),)


def test_must_linked_mentees_share_a_host_or_both_stay() -> None:
    assert judged([0, 0, 1], must_link=[(0, 1)]).is_feasible
    assert judged([-1, -1, 1], must_link=[(0, 1)]).is_feasible
    assert judged([0, 1, 1], must_link=[(0, 1)]).broken == (broken("must-link", (0, 1), (0, 1)),)
    assert judged([0, -1, 1], must_link=[(0, 1)]).broken == (broken("must-link", (0, 1), (0,)),)


def test_a_locked_pair_must_be_chosen() -> None:
    assert judged([0, 1, 1], locked=[(0, 0)]).is_feasible
    assert judged([1, 1, 1], locked=[(0, 0)]).broken == (broken("lock", (0,), (0,)),)
    assert judged([-1, 1, 1], locked=[(0, 0)]).broken == (broken("lock", (0,), (0,)),)


def test_a_hard_composition_holds_in_each_open_cluster_of_its_hosts() -> None:
    rule = Composition("mix", YES, np.array([True, False]), 1, 1)
    assert judged([0, 1, 0], compositions=[rule]).is_feasible
    assert judged([1, 1, -1], compositions=[rule]).is_feasible  # host 0 leads no cluster
    assert judged([1, 1, 0], compositions=[rule]).broken == (broken("composition:mix", (2,), (0,)),)
    assert judged([0, 0, 0], compositions=[rule]).broken == (broken("composition:mix", (0, 1, 2), (0,)),)


def test_a_soft_composition_is_charged_for_each_school_short() -> None:
    rule = Composition("mix", YES, BOTH, 2, None, price=5)
    found = judged([0, 0, 1], compositions=[rule])
    assert found.violations == (Violation("composition:mix", (2,), (1,), 2, 10),)
    assert found.objective == 10 + 20 + 3 - 10
    assert found.is_feasible


def test_a_quota_on_mentees_counts_members_at_its_hosts() -> None:
    quota = Quota("north", QuotaKind.MENTEES, YES, np.array([True, False]), 1, 1)
    assert judged([0, 1, 0], quotas=[quota]).is_feasible
    assert judged([1, 1, 0], quotas=[quota]).broken == (broken("quota:north", (), (0,)),)
    assert judged([0, 0, 0], quotas=[quota]).broken == (broken("quota:north", (0, 1), (0,)),)


def test_a_quota_on_clusters_counts_hosts_that_lead_one() -> None:
    quota = Quota("hosts", QuotaKind.CLUSTERS, ~YES, BOTH, 2, None, price=9)
    assert judged([0, 1, 1], quotas=[quota]).penalties == 0
    assert judged([0, 0, 0], quotas=[quota]).violations == (Violation("quota:hosts", (), (0, 1), 1, 9),)


def test_a_hard_row_adds_up_the_weights_of_chosen_pairs_and_open_hosts() -> None:
    budget = Row("budget", np.array([[1, 9], [2, 9], [4, 9]]), np.array([10, 20]), None, 16)
    assert judged([0, 0, -1], rows=[budget]).is_feasible  # 1 + 2 + 10
    assert judged([0, 0, 0], rows=[budget]).broken == (broken("row:budget", (0, 1, 2), (0,)),)  # 17


def test_a_soft_row_is_charged_by_the_unit_and_may_weigh_less_than_nothing() -> None:
    row = Row("balance", np.array([[-1, 1]] * 3), np.array([0, 0]), -1, 1, price=7)
    assert judged([0, 0, 1], rows=[row]).penalties == 0
    found = judged([0, 0, 0], rows=[row])
    assert found.violations == (Violation("row:balance", (0, 1, 2), (0,), 2, 14),)


def test_a_row_that_falls_short_of_everything_names_nobody() -> None:
    row = Row("open", np.zeros((3, 2), np.int64), np.array([1, 1]), 1, None)
    assert judged([-1, -1, -1], rows=[row]).broken == (broken("row:open", (), ()),)


def test_the_load_target_charges_open_hosts_by_place() -> None:
    target = LoadTarget(np.array([2, 2]), np.array([2, 2]), under_price=10, over_price=100)
    assert judged([0, 0, -1], load_target=target).violations == ()
    found = judged([0, 0, 0], load_target=target)
    assert found.violations == (Violation("load-target", (0, 1, 2), (0,), 1, 100),)
    must = judged([0, 0, -1], load_target=target, must_open=True)
    assert must.violations == (Violation("load-target", (), (1,), 2, 20),)


@pytest.mark.parametrize(
    "host_of",
    [np.array([0, 0]), np.array([0, 0, 2]), np.array([0, 0, -2]), np.array([0.0, 0.0, 1.0])],
    ids=["too short", "no such host", "below -1", "not whole"],
)
def test_what_is_no_plan_of_the_problem_is_refused(host_of: Any) -> None:
    with pytest.raises(ValueError, match="A plan"):
        evaluate(make_problem(VALUES), Solution(host_of))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems(), data=st.data())
def test_the_referee_agrees_with_a_naive_second_one_on_any_plan(
    problem: Problem, data: st.DataObject
) -> None:
    hosts = st.integers(-1, problem.n_hosts - 1)
    host_of = tuple(data.draw(hosts) for _ in range(problem.n_mentees))
    found = evaluate(problem, Solution(np.array(host_of, dtype=np.int64)))
    expected = naive_objective(problem, host_of)
    assert found.is_feasible == (expected is not None)
    if expected is not None:
        assert found.objective == expected
