"""What a solver that proves nothing must keep: no claim beyond its plan, and the rest of the contract.

It is not asked for an optimum, a bound, or to tell that no plan exists: it cannot know.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given

from matcher.problem import Problem, make_problem
from matcher.result import Progress, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers import SolveSettings, judge
from matcher.solvers.local_search import LocalSearchSolver
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems
from tests.solvers.test_contract import plan, quick

SOLVER = LocalSearchSolver()
SHORT = SolveSettings(work_limit=0.005)


@quick(60)
@given(problem=problems())
def test_it_takes_every_problem_and_claims_a_plan_at_its_true_worth_and_no_more(problem: Problem) -> None:
    assert SOLVER.refusal(problem) is None
    result, best = SOLVER.solve(problem, SHORT), brute_force(problem)
    judge(problem, result)
    assert result.status in (SolveStatus.FEASIBLE, SolveStatus.UNKNOWN)
    assert result.stopped_by is not StoppedBy.PROOF
    assert result.bound is None
    if result.objective is not None:
        assert best is not None
        assert result.objective <= best[0]


@quick(30)
@given(problem=problems())
def test_a_warm_start_is_never_made_worse_even_without_any_work(problem: Problem) -> None:
    best = brute_force(problem)
    if best is not None:
        result = SOLVER.solve(problem, SolveSettings(work_limit=0.0), warm_start=best[1])
        assert result.objective == best[0]


@quick(15)
@given(problem=problems())
def test_the_same_problem_gives_the_same_plan_twice(problem: Problem) -> None:
    first, second = SOLVER.solve(problem, SHORT), SOLVER.solve(problem, SHORT)
    assert plan(first) == plan(second)
    assert (first.status, first.work) == (second.status, second.work)


def test_without_mentees_or_hosts_the_plan_is_the_only_one_there_is() -> None:
    assert SOLVER.solve(make_problem(np.zeros((0, 2), np.int64), constant=7), SHORT).objective == 7
    nowhere = make_problem(np.zeros((3, 0), np.int64), unassigned_cost=[1, 2, 3])
    assert SOLVER.solve(nowhere, SHORT).objective == -6


def test_where_there_is_no_plan_nothing_is_known() -> None:
    problem = make_problem(np.ones((3, 2), np.int64), max_load=1, may_stay=False)
    result = SOLVER.solve(problem, SHORT)
    assert (result.status, result.host_of, result.objective) == (SolveStatus.UNKNOWN, None, None)


def test_an_infeasible_warm_start_is_not_passed_off_as_a_plan() -> None:
    problem = make_problem(np.ones((2, 1), np.int64), max_load=1)
    result = SOLVER.solve(problem, SHORT, warm_start=Solution(np.array([0, 0])))
    assert result.objective == 1
    assert evaluate(problem, Solution(np.array(plan(result)))).is_feasible


def test_progress_counts_the_constant_and_only_gets_better() -> None:
    problem = make_problem([[3, 1], [1, 2]], max_load=1, constant=100)
    seen: list[Progress] = []
    SOLVER.solve(problem, SHORT, on_progress=seen.append)
    values = [progress.incumbent for progress in seen if progress.incumbent is not None]
    assert values == sorted(values)
    assert values[-1] == 105
    assert all(progress.bound is None for progress in seen)


def test_an_interruption_keeps_the_best_plan_so_far() -> None:
    problem = make_problem([[3, 1], [1, 2]], max_load=1)
    result = SOLVER.solve(problem, SolveSettings(), should_stop=lambda: True)
    assert result.stopped_by is StoppedBy.INTERRUPT
    judge(problem, result)
