"""The same answers as solving anew, and no part solved twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matcher.problem import Problem, make_problem
from matcher.questions import Answers
from matcher.questions.answers import content_key
from matcher.questions.edits import (
    with_kept_at_least,
    with_lock,
    with_places,
    without_apart,
    without_hosts,
    without_pairs,
)
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers import solve
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems


def two_countries() -> Problem:
    """Mentees 0, 1 may have hosts 0, 1; mentee 2 has host 2 alone."""
    values = np.array([[5, 3, -1], [4, 1, -1], [-1, -1, 2]]) * 1_000_000
    eligible = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=bool)
    return make_problem(values, eligible=eligible, max_load=1, unassigned_cost=10_000_000)


@given(problems())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_equal_brute_force(problem: Problem) -> None:
    best = brute_force(problem)
    result = Answers().solve(problem)
    if best is None:
        assert result.status is SolveStatus.INFEASIBLE
        assert result.host_of is None
    else:
        assert (result.objective, result.bound) == (best[0], best[0])


def test_only_the_part_that_a_question_touches_is_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    solved: list[int] = []

    def counting(problem: Problem, *rest: Any, **more: Any) -> Result:
        solved.append(problem.n_mentees)
        return solve(problem, *rest, **more)

    monkeypatch.setattr("matcher.questions.answers.solve", counting)
    answers, problem = Answers(), two_countries()
    assert answers.solve(problem).objective == 9_000_000  # 3 + 4 + 2
    assert sorted(solved) == [1, 2]
    assert answers.solve(with_lock(problem, 0, 0)).objective == 8_000_000  # 5 + 1 + 2
    assert sorted(solved) == [1, 2, 2]


def test_a_proven_plan_is_taken_over_without_solving(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, problem = Answers(), two_countries()
    plan = Solution(np.array([1, 0, 2]))
    answers.remember(problem, plan, bound=9_000_000)
    monkeypatch.setattr("matcher.questions.answers.solve", lambda *_, **__: pytest.fail("was solved again"))
    result = answers.solve(problem)
    assert result.status is SolveStatus.OPTIMAL
    assert result.host_of is not None
    assert result.host_of.tolist() == [1, 0, 2]


def test_a_plan_without_proof_is_not_remembered() -> None:
    answers, problem = Answers(), two_countries()
    answers.remember(problem, Solution(np.array([0, 1, 2])), bound=9_000_000)  # worth 8
    assert answers.solve(problem).objective == 9_000_000


def test_a_broken_plan_cannot_be_remembered() -> None:
    with pytest.raises(ValueError, match="hard rules"):
        Answers().remember(two_countries(), Solution(np.array([0, 0, 2])), bound=None)


@pytest.mark.parametrize("found", [None, 7_000_000])
def test_what_a_limit_cut_short_never_hides_a_better_plan(
    monkeypatch: pytest.MonkeyPatch, found: int | None
) -> None:
    """The first search finds nothing, or 3 + 4; the plan handed in later, 5 + 1, is worth less."""
    problem = make_problem(np.array([[5, 3], [4, 1]]) * 1_000_000, max_load=1, unassigned_cost=10_000_000)
    status = SolveStatus.UNKNOWN if found is None else SolveStatus.FEASIBLE

    def cut_short(part: Problem, *_: Any, warm_start: Solution | None = None, **__: Any) -> Result:
        host_of = np.array([1, 0]) if warm_start is None else warm_start.host_of
        worth = 7_000_000 if warm_start is None else 6_000_000
        if warm_start is None and found is None:
            return Result(status, None, None, 8_000_000, "test", "", StoppedBy.WORK_LIMIT, 0)
        return Result(SolveStatus.FEASIBLE, host_of, worth, 9_000_000, "test", "", StoppedBy.WORK_LIMIT, 0)

    monkeypatch.setattr("matcher.questions.answers.solve", cut_short)
    answers = Answers()
    assert answers.solve(problem).objective == found
    again = answers.solve(problem, warm_start=Solution(np.array([0, 1])))
    assert again.objective == (6_000_000 if found is None else 7_000_000)
    assert again.bound == (8_000_000 if found is None else 9_000_000)  # proven before, and holds on


def test_the_key_sees_every_field() -> None:
    problem = two_countries()
    other = make_problem(np.array([[1, 2], [3, 4]]) * 1_000_000, max_load=1, cannot_link=[(0, 1)])
    keys = {content_key(one) for one in (problem, with_lock(problem, 0, 0), with_places(problem, 0), other)}
    assert len(keys) == 4
    assert content_key(two_countries()) == content_key(problem)


def test_a_host_that_drops_out_takes_nobody() -> None:
    result = Answers().solve(without_hosts(with_lock(two_countries(), 0, 1), {1}))
    assert result.host_of is not None
    assert result.host_of.tolist() == [0, -1, 2]  # 5 against 4; the lock went with the host


def test_one_more_place_lets_both_have_their_first_choice() -> None:
    assert Answers().solve(with_places(two_countries(), 0)).objective == 11_000_000  # 5 + 4 + 2


def test_a_limit_on_moves_keeps_the_plan() -> None:
    problem, plan = two_countries(), Solution(np.array([0, 1, 2]))
    assert Answers().solve(with_kept_at_least(problem, plan, 3)).objective == 8_000_000


def test_a_rivalry_that_is_dropped_no_longer_binds() -> None:
    problem = make_problem(
        np.array([[9], [9]]), max_load=2, cannot_link=[(0, 1)], unassigned_cost=np.array([1, 1])
    )
    assert Answers().solve(problem).objective == 8
    assert Answers().solve(without_apart(problem, 1, 0)).objective == 18


def test_a_dropped_pair_is_gone() -> None:
    problem = two_countries()
    dropped = (problem.pair_mentee == 2) & (problem.pair_host == 2)
    result = Answers().solve(without_pairs(problem, dropped))
    assert result.host_of is not None
    assert result.host_of.tolist() == [1, 0, -1]
