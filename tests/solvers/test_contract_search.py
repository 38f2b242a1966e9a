"""What every search must keep while it runs: progress, stopping criteria, interruption, threads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.problem import SCALE, Problem, make_problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers import Solver, SolveSettings, judge, solve
from matcher.solvers.stopping import FirstFeasible, Gap, NoImprovement, SearchState, StoppingCriterion, Work
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems
from tests.solvers.test_contract import general_solver, quick, takes

CRITERIA: tuple[StoppingCriterion, ...] = (
    FirstFeasible(),
    Gap(0.2),
    Work(0.0),
    NoImprovement(1e-9),
    FirstFeasible() & Gap(0.5),
    Gap(0.5) | Work(0.001),
)


def full(seed: int = 3, mentees: int = 16, hosts: int = 4) -> Problem:
    """Rivals and cohesion enough that no method is done at its first step."""
    random = np.random.default_rng(seed)
    cohesion = {pair: int(random.integers(0, SCALE // 3)) for pair in combinations(range(mentees), 2)}
    rivals = [pair for pair in combinations(range(mentees), 2) if random.random() < 0.08]
    return make_problem(
        random.integers(0, SCALE, (mentees, hosts)),
        min_load=3,
        max_load=5,
        cohesion=cohesion,
        cannot_link=rivals,
        unassigned_cost=SCALE,
    )


def medium(solver: Solver, mentees: int = 16, hosts: int = 4) -> Problem:
    """As much of it as the solver takes."""
    return takes(solver, full(mentees=mentees, hosts=hosts))


def only_gets_better(seen: list[Progress]) -> None:
    for one, other in pairwise(seen):
        if one.incumbent is not None:
            assert other.incumbent is not None
            assert other.incumbent >= one.incumbent
        if one.bound is not None:
            assert other.bound is not None
            assert other.bound <= one.bound
    for progress in seen:
        if progress.incumbent is not None and progress.bound is not None:
            assert progress.incumbent <= progress.bound


def agrees_with_the_last_report(result: Result, seen: list[Progress]) -> None:
    last = seen[-1]
    if last.incumbent is not None:
        assert result.objective is not None
        assert result.objective >= last.incumbent
    if last.bound is not None and result.bound is not None:
        assert result.bound <= last.bound


@general_solver
@quick(40)
@given(problem=problems())
def test_the_incumbent_never_falls_and_the_bound_never_rises(solver: Solver, problem: Problem) -> None:
    problem = replace(takes(solver, problem), constant=0)
    seen: list[Progress] = []
    result = solver.solve(problem, SolveSettings(), on_progress=seen.append)
    only_gets_better(seen)
    if result.status is not SolveStatus.INFEASIBLE:
        agrees_with_the_last_report(result, seen)


@general_solver
def test_nor_do_they_in_a_longer_search(solver: Solver) -> None:
    seen: list[Progress] = []
    settings = SolveSettings(work_limit=0.3)
    result = solver.solve(medium(solver), settings, on_progress=seen.append)
    judge(medium(solver), result)
    only_gets_better(seen)
    agrees_with_the_last_report(result, seen)


@general_solver
def test_progress_counts_the_constant(solver: Solver) -> None:
    seen: list[Progress] = []
    solver.solve(
        make_problem([[3, 1], [1, 2]], max_load=1, constant=100), SolveSettings(), on_progress=seen.append
    )
    assert (seen[-1].incumbent, seen[-1].bound) == (105, 105)


@general_solver
def test_criteria_see_the_objective_with_the_constant(solver: Solver) -> None:
    seen: list[int] = []

    @dataclass(frozen=True)
    class Watching(StoppingCriterion):
        def __call__(self, state: SearchState) -> StoppedBy | None:
            seen.extend(value for value in (state.incumbent, state.bound) if value is not None)
            return None

    problem = replace(medium(solver), constant=-10_000 * SCALE)
    result = solver.solve(problem, SolveSettings(work_limit=0.2, stop=Watching()))
    judge(problem, result)
    assert all(value < -9_000 * SCALE for value in seen)


@general_solver
@quick(40)
@given(problem=problems(), stop=st.sampled_from(CRITERIA))
def test_whatever_ends_a_search_every_claim_is_true(
    solver: Solver, problem: Problem, stop: StoppingCriterion
) -> None:
    problem = takes(solver, problem)
    result = solver.solve(problem, SolveSettings(stop=stop))
    judge(problem, result)
    best = brute_force(problem)
    if result.status is SolveStatus.INFEASIBLE:
        assert best is None
    if result.host_of is not None:
        assert best is not None
    if best is not None and result.bound is not None:
        assert result.bound >= best[0]


@general_solver
@quick(40)
@given(problem=problems())
def test_a_search_for_the_first_plan_finds_one_wherever_there_is_one(
    solver: Solver, problem: Problem
) -> None:
    problem = takes(solver, problem)
    result = solver.solve(problem, SolveSettings(stop=FirstFeasible()))
    assert (result.host_of is None) == (brute_force(problem) is None)
    assert result.stopped_by in (StoppedBy.PROOF, StoppedBy.FIRST_FEASIBLE)


@general_solver
@pytest.mark.parametrize("stop", CRITERIA, ids=repr)
def test_the_same_criterion_gives_the_same_plan_again(solver: Solver, stop: StoppingCriterion) -> None:
    settings = SolveSettings(work_limit=0.2, stop=stop)
    one, other = (solver.solve(medium(solver), settings) for _ in range(2))
    assert (one.objective, one.bound, one.stopped_by) == (other.objective, other.bound, other.stopped_by)
    assert (one.host_of is None) == (other.host_of is None)
    if one.host_of is not None and other.host_of is not None:
        assert one.host_of.tolist() == other.host_of.tolist()


@general_solver
def test_a_gap_asked_for_is_kept(solver: Solver) -> None:
    result = solver.solve(medium(solver), SolveSettings(stop=Gap(0.3)))
    judge(medium(solver), result)
    assert result.gap is not None
    assert result.gap <= 0.3
    assert result.stopped_by in (StoppedBy.GAP, StoppedBy.PROOF)


@general_solver
def test_an_interruption_keeps_the_best_plan_reported(solver: Solver) -> None:
    seen: list[Progress] = []

    def once_there_is_a_plan() -> bool:
        return any(progress.incumbent is not None for progress in seen)

    result = solver.solve(
        medium(solver), SolveSettings(), on_progress=seen.append, should_stop=once_there_is_a_plan
    )
    judge(medium(solver), result)
    assert result.stopped_by in (StoppedBy.INTERRUPT, StoppedBy.PROOF)
    best = max(progress.incumbent for progress in seen if progress.incumbent is not None)
    assert result.objective is not None
    assert result.objective >= best


@general_solver
def test_an_interruption_before_anything_began_keeps_the_warm_start(solver: Solver) -> None:
    start = solver.solve(medium(solver), SolveSettings(stop=FirstFeasible()))
    assert start.host_of is not None
    given_plan = Solution(start.host_of.copy())
    result = solver.solve(medium(solver), SolveSettings(), warm_start=given_plan, should_stop=lambda: True)
    assert result.objective is not None
    assert result.objective >= evaluate(medium(solver), given_plan).objective
    judge(medium(solver), result)


@general_solver
def test_two_threads_prove_the_same_optimum(solver: Solver) -> None:
    one, two = (solver.solve(medium(solver, mentees=9, hosts=2), SolveSettings(workers=n)) for n in (1, 2))
    assert one.status is SolveStatus.OPTIMAL
    assert (one.status, one.objective, one.bound) == (two.status, two.objective, two.bound)


@quick(60)
@given(problem=problems(), stop=st.sampled_from(CRITERIA))
def test_the_dispatcher_keeps_every_claim_whatever_ends_it(problem: Problem, stop: StoppingCriterion) -> None:
    seen: list[Progress] = []
    result = solve(problem, SolveSettings(stop=stop), on_progress=seen.append)
    best = brute_force(problem)
    if result.status is SolveStatus.INFEASIBLE:
        assert best is None
    if best is not None and result.bound is not None:
        assert result.bound >= best[0]
    if len({progress.stage.rpartition(",")[0] for progress in seen}) == 1:
        only_gets_better(seen)
