"""Fewest blocking pairs, then best quality, against trying every plan."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.result import Progress, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers import Reached, SolveSettings
from matcher.solvers.stable import (
    BLOCKING_PAIRS,
    Preferences,
    blocking_pairs,
    broken_by_exchange,
    fewest_blocking,
)
from tests.examples import examples
from tests.solvers.naive import naive_objective
from tests.solvers.stable.naive import best_by_trying, naive_blocking, ranks
from tests.solvers.strategies import problems


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def check_against_trying(problem: Problem, preferences: Preferences) -> None:
    best = best_by_trying(problem, preferences)
    ordered = fewest_blocking(problem, preferences)
    if best is None:
        assert ordered.result.status is SolveStatus.INFEASIBLE
        return
    assert ordered.reached == (Reached(BLOCKING_PAIRS, -best[0], -best[0]),)
    assert ordered.is_proven
    assert ordered.result.objective == ordered.result.bound == best[1]
    assert ordered.result.host_of is not None
    plan = Solution(ordered.result.host_of)
    assert evaluate(problem, plan).is_feasible
    assert len(naive_blocking(problem, preferences, tuple(plan.host_of.tolist()))) == best[0]


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems(max_mentees=4), data=st.data())
def test_fewest_blocking_pairs_then_best_quality_agree_with_trying_every_plan(
    problem: Problem, data: st.DataObject
) -> None:
    check_against_trying(problem, data.draw(ranks(problem)))


@pytest.mark.slow
@settings(
    max_examples=examples(400), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=5), data=st.data())
def test_fewest_blocking_pairs_agree_with_trying_every_plan_of_many_problems(
    problem: Problem, data: st.DataObject
) -> None:
    check_against_trying(problem, data.draw(ranks(problem)))


@settings(
    max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=5), data=st.data())
def test_blocking_pairs_are_those_of_the_definition(problem: Problem, data: st.DataObject) -> None:
    preferences = data.draw(ranks(problem))
    reach = [[-1] for _ in range(problem.n_mentees)]
    for i, j in problem.pair_index:
        reach[i].append(j)
    host_of = [data.draw(st.sampled_from(hosts)) for hosts in reach]
    found = blocking_pairs(problem, preferences, Solution(np.array(host_of, dtype=np.int64)))
    pairs = {(int(problem.pair_mentee[at]), int(problem.pair_host[at])) for at in found}
    assert pairs == naive_blocking(problem, preferences, tuple(host_of))


def worked() -> tuple[Problem, Preferences]:
    """Three mentees, hosts 0 and 1 with two places each and a minimum of two; all want host 0 first.

    Host 0 likes mentee 0 best and mentee 2 least. Both hosts cannot lead a cluster.
    """
    problem = make_problem(
        [[10, 20], [10, 20], [10, 20]], min_load=2, max_load=2, unassigned_cost=np.array([0, 0, 50])
    )
    return problem, Preferences(ints(1, 2, 1, 2, 1, 2), ints(1, 1, 2, 1, 3, 1))


def test_a_minimum_can_make_blocking_pairs_unavoidable() -> None:
    # with {0, 1} at host 0, mentee 2 would go to the empty host 1: one pair blocks. Any other two at host 0
    # make two or more, as mentee 0 or 1 is wanted there more. All at host 1 leaves host 0 wanted by all.
    ordered = fewest_blocking(*worked())
    assert ordered.reached == (Reached(BLOCKING_PAIRS, -1, -1),)
    assert ordered.result.host_of is not None
    assert ordered.result.host_of.tolist() == [0, 0, -1]
    assert ordered.result.objective == 20 - 50  # by points alone {.., 2} at host 1 would be worth 40


def test_an_exchange_that_breaks_a_minimum_names_it() -> None:
    problem, preferences = worked()
    plan = Solution(ints(0, 0, -1))
    (at,) = blocking_pairs(problem, preferences, plan).tolist()
    (broken,) = broken_by_exchange(problem, preferences, plan, at)
    assert (broken.rule, broken.mentees, broken.hosts, broken.amount) == ("min-load", (2,), (1,), 1)


def test_an_exchange_that_only_one_way_of_making_room_allows_is_not_excused() -> None:
    # mentee 0 wants in at the full host; of the two it likes less, only the rival of 0 must leave
    problem = make_problem([[0], [0], [0]], max_load=2, cannot_link=[(0, 1)])
    plan = Solution(ints(-1, 0, 0))
    assert broken_by_exchange(problem, Preferences(ints(1, 1, 1), ints(1, 2, 3)), plan, 0) == ()
    liked = Preferences(ints(1, 1, 1), ints(2, 1, 3))  # now the rival is liked better and stays
    assert blocking_pairs(problem, liked, plan).tolist() == [0]
    (broken,) = broken_by_exchange(problem, liked, plan, 0)
    assert (broken.rule, broken.mentees) == ("cannot-link", (0, 1))


@settings(max_examples=examples(80), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems(max_mentees=4), data=st.data())
def test_an_exchange_is_excused_exactly_if_every_way_of_it_breaks_a_rule(
    problem: Problem, data: st.DataObject
) -> None:
    preferences = data.draw(ranks(problem))
    plans = product(range(-1, problem.n_hosts), repeat=problem.n_mentees)
    sound = [one for one in plans if naive_objective(problem, one) is not None]
    if not sound:
        return
    most = max(sound, key=lambda one: len(naive_blocking(problem, preferences, one)))
    found = np.array(most, dtype=np.int64)
    plan = Solution(found)
    for at in blocking_pairs(problem, preferences, plan).tolist():
        mentee, host = int(problem.pair_mentee[at]), int(problem.pair_host[at])
        mine = int(preferences.host_rank[at])
        worse = [
            int(problem.pair_mentee[other])
            for other in range(problem.n_pairs)
            if problem.pair_host[other] == host
            and found[problem.pair_mentee[other]] == host
            and preferences.host_rank[other] > mine
        ]
        possible = False
        for leave in range(2 ** len(worse)):
            after = found.copy()
            after[[who for bit, who in enumerate(worse) if leave >> bit & 1]] = -1
            after[mentee] = host
            broken = [one.rule for one in evaluate(problem, Solution(after)).broken]
            possible = possible or all(rule == "must-assign" for rule in broken)
        assert (broken_by_exchange(problem, preferences, plan, at) == ()) == possible


def test_progress_says_that_pairs_are_counted_and_then_points() -> None:
    seen: list[Progress] = []
    fewest_blocking(*worked(), on_progress=seen.append)
    assert [one.counted for one in seen[:1]] == ["blocking pairs"]
    assert seen[-1].counted == ""
    assert seen[-1].incumbent == -30


def test_a_stop_keeps_the_plan_that_deferred_acceptance_gave_or_its_repair() -> None:
    problem, preferences = worked()
    ordered = fewest_blocking(problem, preferences, should_stop=lambda: True)
    assert ordered.result.stopped_by is StoppedBy.INTERRUPT
    assert ordered.result.host_of is not None
    assert evaluate(problem, Solution(ordered.result.host_of)).is_feasible
    assert not ordered.reached[0].is_proven
    assert ordered.reached[0].bound == 0


def test_rules_that_contradict_each_other_leave_no_plan() -> None:
    problem = make_problem([[1], [1]], max_load=1, may_stay=False)
    ordered = fewest_blocking(problem, Preferences(ints(1, 1), ints(1, 1)))
    assert ordered.result.status is SolveStatus.INFEASIBLE
    assert ordered.reached == ()


def test_the_same_problem_gives_the_same_plan() -> None:
    one, other = (fewest_blocking(*worked(), SolveSettings(seed=3)).result for _ in range(2))
    assert one.host_of is not None
    assert other.host_of is not None
    assert (one.host_of.tolist(), one.work) == (other.host_of.tolist(), other.work)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems(max_mentees=4), data=st.data())
def test_what_a_limit_leaves_open_is_not_claimed(problem: Problem, data: st.DataObject) -> None:
    preferences = data.draw(ranks(problem))
    best = best_by_trying(problem, preferences)
    ordered = fewest_blocking(problem, preferences, SolveSettings(work_limit=1e-6))
    if best is None or not ordered.reached:
        assert ordered.result.host_of is None
        return
    (reached,) = ordered.reached
    assert reached.bound is not None
    assert reached.value <= -best[0] <= reached.bound
    if reached.value == -best[0] and ordered.result.bound is not None:
        assert (ordered.result.objective or 0) <= best[1] <= ordered.result.bound
