"""Leximin against trying every plan."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, Quota, QuotaKind, make_problem
from matcher.result import SolveStatus
from matcher.solution import Solution, evaluate
from matcher.solvers import Reached, SolveSettings
from matcher.solvers.leximin import counts_at_or_below, solve_leximin
from tests.solvers.naive import naive_objective
from tests.solvers.strategies import problems

Worth = tuple[int, tuple[int, ...], int]


def ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def worth_of(problem: Problem, level: np.ndarray, host_of: tuple[int, ...], objective: int) -> Worth:
    """Mentees placed, then their levels from the worst up, then points: compared in this order."""
    own = [int(level[problem.pair_index[i, j]]) for i, j in enumerate(host_of) if j != -1]
    return len(own), tuple(sorted(own)), objective


def best_worth(problem: Problem, level: np.ndarray) -> Worth | None:
    best: Worth | None = None
    for host_of in product(range(-1, problem.n_hosts), repeat=problem.n_mentees):
        objective = naive_objective(problem, host_of)
        if objective is not None:
            worth = worth_of(problem, level, host_of, objective)
            best = worth if best is None else max(best, worth)
    return best


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_plan_places_more_or_leaves_the_worst_off_better_or_has_more_points_then(
    data: st.DataObject,
) -> None:
    problem = data.draw(problems(max_mentees=4))
    drawn = st.lists(st.integers(-1, 3), min_size=problem.n_pairs, max_size=problem.n_pairs)
    level = ints(data.draw(drawn))
    ordered = solve_leximin(problem, level)
    best = best_worth(problem, level)
    if best is None:
        assert ordered.result.status is SolveStatus.INFEASIBLE
        assert ordered.reached == ()
        return
    result = ordered.result
    assert result.host_of is not None
    assert result.objective is not None
    host_of = tuple(result.host_of.tolist())
    assert worth_of(problem, level, host_of, result.objective) == best
    assert ordered.is_proven
    assert result.bound == result.objective
    placed = Reached("placed", best[0], best[0])
    counts = counts_at_or_below(problem, level, Solution(result.host_of))
    told = {one.key: -one.value for one in ordered.reached[1:]}
    assert ordered.reached[0] == placed
    assert all(counts[int(key.removeprefix("below:"))] == number for key, number in told.items())


def test_the_worst_pair_is_raised_at_the_price_of_points() -> None:
    # 0-0 and 1-1 are worth 90 + 10 = 100 points, 0-1 and 1-0 only 40 + 45 = 85: but nobody is left with 10
    problem = make_problem([[90, 40], [45, 10]], max_load=[1, 1])
    level = problem.pair_value // 5  # 18, 8; 9, 2
    ordered = solve_leximin(problem, level)
    assert ordered.result.host_of is not None
    assert ordered.result.host_of.tolist() == [1, 0]
    # nobody stands at level 2 or lower, one at 8 or lower; the second stands at 9
    assert ordered.reached == (
        Reached("placed", 2, 2),
        Reached("below:2", 0, 0),
        Reached("below:8", -1, -1),
        Reached("below:9", -2, -2),
    )
    assert ordered.result.objective == 85


def test_a_school_without_a_mentor_is_worse_off_than_any_with_one() -> None:
    # the second can only go to host 0, for 1 point; to place both, the first gives up its 100 for 2
    problem = make_problem([[100, 2], [1, 0]], eligible=[[1, 1], [1, 0]], max_load=[1, 1])
    ordered = solve_leximin(problem, problem.pair_value)
    assert ordered.result.host_of is not None
    assert ordered.result.host_of.tolist() == [1, 0]


def test_on_one_level_points_alone_decide_among_plans_that_place_as_many() -> None:
    problem = make_problem([[90, 40], [45, 10]], max_load=[1, 1])
    ordered = solve_leximin(problem, np.zeros(4, np.int64))
    assert ordered.result.objective == 100
    assert ordered.reached == (Reached("placed", 2, 2), Reached("below:0", -2, -2))


def test_parts_that_do_not_touch_are_added_up() -> None:
    # two countries: in the first one school must stay at level 1, in the second both reach 3
    eligible = [[1, 0], [1, 0], [0, 1], [0, 1]]
    problem = make_problem([[1, 0], [3, 0], [0, 3], [0, 3]], eligible=eligible, max_load=[2, 2])
    ordered = solve_leximin(problem, problem.pair_value)
    assert ordered.reached == (
        Reached("placed", 4, 4),
        Reached("below:1", -1, -1),
        Reached("below:3", -4, -4),
    )
    assert len(ordered.result.parts) == 2


def test_a_stop_keeps_a_plan_and_claims_nothing() -> None:
    problem = make_problem([[90, 40], [45, 10]], max_load=[1, 1])
    ordered = solve_leximin(problem, problem.pair_value, should_stop=lambda: True)
    assert ordered.result.host_of is not None
    assert evaluate(problem, Solution(ordered.result.host_of)).is_feasible
    assert not ordered.is_proven
    assert ordered.result.bound is None
    assert ordered.reached[0].bound is None


def test_a_contradiction_is_told_as_one() -> None:
    everybody, hosts = np.ones(2, np.bool_), np.ones(2, np.bool_)
    problem = make_problem(
        [[90, 40], [45, 10]],
        max_load=[1, 1],
        quotas=(Quota("three", QuotaKind.MENTEES, everybody, hosts, 3, None),),
    )
    assert solve_leximin(problem, problem.pair_value).result.status is SolveStatus.INFEASIBLE


def test_levels_are_those_of_the_pairs() -> None:
    problem = make_problem([[90, 40], [45, 10]], max_load=[1, 1])
    with pytest.raises(ValueError, match="given for 3 pairs; the problem has 4"):
        solve_leximin(problem, ints([1, 2, 3]), SolveSettings())
