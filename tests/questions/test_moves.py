"""The fewest moves and the line of moves against quality, held against every plan there is."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.questions import Answers
from matcher.questions.move_lines import Line, merge_lines
from matcher.questions.moves import can_stay, trade_off
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from tests.examples import examples
from tests.solvers.naive import naive_objective
from tests.solvers.strategies import problems


def best_by_moves(problem: Problem, old: tuple[int, ...]) -> tuple[int, dict[int, int]] | None:
    """Most mentees that any plan places, and the best objective by exact number of moves; tries all plans."""
    places = problem.max_load.tolist()
    pairs = zip(
        problem.pair_mentee.tolist(), problem.pair_host.tolist(), problem.pair_demand.tolist(), strict=True
    )
    eligible = {(i, j) for i, j, demand in pairs if demand <= places[j]}
    locked: dict[int, set[int]] = {}
    for i, j in problem.locked.tolist():
        locked.setdefault(i, set()).add(j)
    tried = []
    for host_of in product(range(-1, problem.n_hosts), repeat=problem.n_mentees):
        objective = naive_objective(problem, host_of)
        if objective is None:
            continue
        moves = 0
        for i, j in enumerate(old):
            if j != -1 and (i, j) in eligible and locked.get(i, {j}) == {j} and host_of[i] != j:
                moves += 1
        tried.append((sum(j != -1 for j in host_of), moves, objective))
    if not tried:
        return None
    placed = max(count for count, _, _ in tried)
    best: dict[int, int] = {}
    for count, moves, objective in tried:
        if count == placed:
            best[moves] = max(objective, best.get(moves, objective))
    return placed, best


def line_of(best: dict[int, int]) -> list[tuple[int, int]]:
    """Points that no point with fewer moves reaches."""
    points: list[tuple[int, int]] = []
    for moves in sorted(best):
        if not points or best[moves] > points[-1][1]:
            points.append((moves, best[moves]))
    return points


@pytest.mark.parametrize("end", [StoppedBy.TIME_LIMIT, StoppedBy.WORK_LIMIT, StoppedBy.NO_IMPROVEMENT])
def test_what_cut_the_search_short_is_told_as_it_was(monkeypatch: pytest.MonkeyPatch, end: StoppedBy) -> None:
    problem = make_problem(np.array([[5, 1], [4, 1]]), max_load=1)

    def cut_short(part: Problem, *_: Any, **__: Any) -> Result:
        host_of = np.array([0, 1])
        worth = evaluate(part, Solution(host_of)).objective
        return Result(SolveStatus.FEASIBLE, host_of, worth, None, "test", "", end, 0)

    monkeypatch.setattr("matcher.questions.answers.solve", cut_short)
    assert trade_off(problem, Solution(np.array([0, 1])), Answers()).stopped_by is end
    monkeypatch.undo()
    assert trade_off(problem, Solution(np.array([0, 1])), Answers()).stopped_by is StoppedBy.PROOF


def test_nobody_can_stay_with_a_host_that_offers_no_place() -> None:
    problem = make_problem(np.array([[5, 1], [4, 1]]), max_load=[0, 2])
    old = Solution(np.array([0, 0]))
    assert can_stay(problem, old).tolist() == [False, False]
    assert [point.moves for point in trade_off(problem, old, Answers()).points] == [0]
    assert can_stay(make_problem(np.array([[5, 1], [4, 1]]), max_load=[1, 2]), old).tolist() == [True, True]


@st.composite
def changed(draw: st.DrawFn, max_mentees: int = 5) -> tuple[Problem, tuple[int, ...]]:
    problem = draw(problems(max_mentees=max_mentees))
    hosts = st.integers(-1, problem.n_hosts - 1)
    return problem, tuple(draw(hosts) for _ in range(problem.n_mentees))


@given(changed())
@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
def test_moves_are_the_fewest_and_each_point_is_the_best_for_its_moves(
    case: tuple[Problem, tuple[int, ...]],
) -> None:
    problem, old = case
    expected = best_by_moves(problem, old)
    found = trade_off(problem, Solution(np.array(old, np.int64)), Answers())
    if expected is None:
        assert (found.status, found.points) == (SolveStatus.INFEASIBLE, ())
        return
    placed, best = expected
    assert (found.placed, found.placed_bound) == (placed, placed)
    assert [(point.moves, point.objective) for point in found.points] == line_of(best)
    assert found.least_bound == min(best)
    assert found.status is SolveStatus.OPTIMAL
    assert all(point.is_proven for point in found.points)


@given(changed())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_every_plan_of_the_line_keeps_the_rules_and_has_the_moves_it_says(
    case: tuple[Problem, tuple[int, ...]],
) -> None:
    problem, old = case
    plan = Solution(np.array(old, np.int64))
    stays = can_stay(problem, plan)
    for point in trade_off(problem, plan, Answers()).points:
        judged = evaluate(problem, Solution(point.host_of))
        assert judged.is_feasible
        assert judged.objective == point.objective
        assert int((stays & (point.host_of != plan.host_of)).sum()) == point.moves


@given(changed(), st.integers(0, 2))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_line_cut_short_still_states_true_bounds(
    case: tuple[Problem, tuple[int, ...]], solves: int
) -> None:
    problem, old = case
    expected = best_by_moves(problem, old)
    found = trade_off(problem, Solution(np.array(old, np.int64)), Answers(), most_solves=solves)
    for point in found.points:
        assert expected is not None
        reachable = max(value for moves, value in expected[1].items() if moves <= point.moves)
        assert point.bound is not None
        assert point.objective <= reachable <= point.bound


def test_a_host_that_is_gone_is_no_move_and_one_place_too_few_is() -> None:
    values = np.array([[9, 1], [8, 2], [7, 3]]) * 1_000_000
    problem = make_problem(values, max_load=[2, 2], unassigned_cost=100_000_000)
    old = Solution(np.array([0, 0, -1]))  # the third one's host has dropped out
    found = trade_off(problem, old, Answers())
    assert [(point.moves, point.objective) for point in found.points] == [(0, 20_000_000)]  # 9 + 8 + 3
    assert found.stays.tolist() == [True, True, False]
    narrow = make_problem(values, max_load=[1, 2], unassigned_cost=100_000_000)
    found = trade_off(narrow, old, Answers())
    assert [(point.moves, point.objective) for point in found.points] == [(1, 14_000_000)]  # 9 + 2 + 3


def test_moves_buy_quality_point_by_point() -> None:
    values = np.array([[0, 5, 0], [5, 0, 0], [0, 0, 9]]) * 1_000_000
    problem = make_problem(values, max_load=1, may_stay=False)
    found = trade_off(problem, Solution(np.array([0, 1, 2])), Answers())
    assert [(point.moves, point.objective) for point in found.points] == [(0, 9_000_000), (2, 19_000_000)]
    assert found.within_moves(1) is found.points[0]
    assert found.within_loss(9_999_999) is found.points[1]
    assert found.within_loss(10_000_000) is found.points[0]


def test_placing_one_more_goes_before_moving_fewer() -> None:
    """The newcomer fits only where the first one sits, which can sit elsewhere."""
    eligible = np.array([[1, 1], [1, 0]], dtype=bool)
    problem = make_problem(np.ones((2, 2), np.int64), eligible=eligible, max_load=1, unassigned_cost=0)
    found = trade_off(problem, Solution(np.array([0, -1])), Answers())
    assert (found.placed, [point.moves for point in found.points]) == (2, [1])


def test_nothing_is_solved_where_nothing_has_changed() -> None:
    values = np.array([[5, 3, -1], [4, 1, -1], [-1, -1, 2]]) * 1_000_000
    eligible = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=bool)
    problem = make_problem(values, eligible=eligible, max_load=1, unassigned_cost=10_000_000)
    answers, plan = Answers(), Solution(np.array([1, 0, 2]))
    answers.remember(problem, plan, bound=9_000_000)
    found = trade_off(problem, plan, answers)
    assert (found.methods, found.least.moves, found.best.moves) == ("known", 0, 0)


def test_once_stopped_the_ends_of_the_line_are_still_there() -> None:
    problem = make_problem(np.array([[0, 5], [5, 0]]) * 1_000_000, max_load=1, may_stay=False)
    found = trade_off(problem, Solution(np.array([0, 1])), Answers(should_stop=lambda: True))
    assert [point.moves for point in found.points] == [0, 2]


def test_two_lines_share_the_moves_where_they_gain_most() -> None:
    plan = np.zeros(1, np.int64)
    first = Line(0, 0, (10, 13, 14), (10, 13, 14), {0: plan, 1: plan, 2: plan})
    second = Line(1, 1, (5, 7), (5, 8), {1: plan, 2: plan})
    merged = merge_lines([first, second])
    assert [(one.moves, one.value, one.bound, one.shares) for one in merged.options] == [
        (1, 15, 15, (0, 1)),
        (2, 18, 18, (1, 1)),
        (3, 20, 21, (1, 2)),
        (4, 21, 22, (2, 2)),
    ]
    assert (merged.least_bound, merged.complete) == (1, False)
