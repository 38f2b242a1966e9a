"""A problem in pieces: divided, each part solved on its own, united; the same as solved in one call."""

from __future__ import annotations

from hypothesis import given, settings

from matcher.problem import Problem
from matcher.result import SolveStatus
from matcher.solvers.base import SolveSettings
from matcher.solvers.dispatch import judge, solve
from matcher.solvers.division import divide, unite
from matcher.solvers.methods import solve_part
from tests.solvers.strategies import problems

LIMITS = SolveSettings(work_limit=5.0, seed=4)


@settings(max_examples=12)
@given(problems())
def test_parts_that_are_solved_apart_and_united_are_the_whole(problem: Problem) -> None:
    division = divide(problem)
    results = [
        solve_part(part.problem, LIMITS, method="auto", warm_start=None, on_progress=None, should_stop=None)
        for part in division.parts
    ]
    united, whole = unite(division, results, LIMITS.seed), solve(problem, LIMITS)
    judge(problem, united)
    assert (united.status, united.objective, united.bound) == (whole.status, whole.objective, whole.bound)
    assert united.seed == LIMITS.seed
    if whole.status is SolveStatus.OPTIMAL:
        assert united.reason == whole.reason
        assert united.parts == whole.parts
    if division.is_contradiction:
        assert united.status is SolveStatus.INFEASIBLE
