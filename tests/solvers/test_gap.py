"""The gap asked for is that of the whole plan, and every claim is held against what is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.exceptions import RefereeError, UsageError
from matcher.problem import SCALE, Problem, make_problem
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers import METHODS, SolveSettings, judge, solve
from matcher.solvers.budget import Budget
from matcher.solvers.clock import now
from matcher.solvers.gap import close_gap
from matcher.solvers.presolve import split
from matcher.solvers.stopping import Gap
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems
from tests.solvers.test_contract_search import full

QUICK = settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("method", METHODS)
@given(problem=problems(), gap=st.sampled_from([0.01, 0.2, 0.5]), constant=st.integers(-50, 50))
@QUICK
def test_a_plan_left_at_the_gap_asked_for_is_within_it(
    method: str, problem: Problem, gap: float, constant: int
) -> None:
    problem = replace(problem, constant=problem.constant + constant)
    best = brute_force(problem)
    try:
        result = solve(problem, SolveSettings(relative_gap=gap), method=method)
    except UsageError:
        return  # the method does not take the problem
    if best is None:
        assert result.status is SolveStatus.INFEASIBLE
        return
    assert result.gap is not None
    assert result.gap <= gap
    assert result.bound is not None
    assert result.objective is not None
    assert result.objective <= best[0] <= result.bound


def test_a_constant_that_nearly_cancels_the_plan_does_not_hide_its_gap() -> None:
    problem = full()
    worth = solve(problem).objective
    assert worth is not None
    shifted = replace(problem, constant=SCALE // 10 - worth)  # the best plan is worth a tenth of a point
    result = solve(shifted, SolveSettings(relative_gap=0.05), method="branch-and-price")
    assert result.gap is not None
    assert result.gap <= 0.05
    assert result.objective is not None
    assert result.objective >= 95 * SCALE // 1000


def test_parts_that_cancel_each_other_are_proven_until_the_whole_is_within_the_gap() -> None:
    one = full(seed=3)
    two = replace(full(seed=4), constant=0)
    worths = [solve(part).objective for part in (one, two)]
    assert None not in worths
    whole = _beside(one, two, constant=SCALE - sum(worth or 0 for worth in worths))
    result = solve(whole, SolveSettings(relative_gap=0.1), method="branch-and-price")
    assert result.gap is not None
    assert result.gap <= 0.1


def _beside(one: Problem, two: Problem, *, constant: int) -> Problem:
    values: dict[tuple[int, int], int] = {}
    cohesion: dict[tuple[int, int], int] = {}
    rivals: list[tuple[int, int]] = []
    for part, mentees, hosts in ((one, 0, 0), (two, one.n_mentees, one.n_hosts)):
        chosen = zip(
            part.pair_mentee.tolist(), part.pair_host.tolist(), part.pair_value.tolist(), strict=True
        )
        values |= {(i + mentees, j + hosts): value for i, j, value in chosen}
        meeting = zip(part.cohesion_pair.tolist(), part.cohesion_value.tolist(), strict=True)
        cohesion |= {(i + mentees, k + mentees): value for (i, k), value in meeting}
        rivals += [(i + mentees, k + mentees) for i, k in part.cannot_link.tolist()]
    return make_problem(
        values,
        n_mentees=one.n_mentees + two.n_mentees,
        n_hosts=one.n_hosts + two.n_hosts,
        min_load=3,
        max_load=5,
        cohesion=cohesion,
        cannot_link=rivals,
        unassigned_cost=SCALE,
        constant=constant,
    )


@given(problem=problems(), asked=st.sampled_from([0.01, 0.3]))
@QUICK
def test_a_search_that_ends_by_its_gap_says_the_bound_that_it_rests_on(
    problem: Problem, asked: float
) -> None:
    result = solve(problem, SolveSettings(stop=Gap(asked)), method="cp-sat")
    if result.stopped_by is StoppedBy.GAP:
        assert result.bound is not None
        best = brute_force(problem)
        assert best is not None
        assert result.bound >= best[0]


def test_a_plan_that_was_handed_in_disproves_that_there_is_none() -> None:
    problem = make_problem(np.array([[5, 3]]), max_load=1)
    wrong = Result(
        status=SolveStatus.INFEASIBLE,
        host_of=None,
        objective=None,
        bound=None,
        method="wrong",
        reason="",
        stopped_by=StoppedBy.PROOF,
    )
    with pytest.raises(RefereeError, match="one was handed in"):
        judge(problem, wrong, Solution(np.array([0])))
    too_low = replace(wrong, status=SolveStatus.UNKNOWN, bound=4)
    with pytest.raises(RefereeError, match="bound below a plan"):
        judge(problem, too_low, Solution(np.array([0])))


def test_values_that_a_flow_would_multiply_beyond_64_bits_are_left_to_another_method() -> None:
    mentees = 24_000
    values = {(mentee, mentee % 5): 1 for mentee in range(mentees)} | {(0, 1): 2**49}
    problem = make_problem(values, n_mentees=mentees, n_hosts=5)
    with pytest.raises(UsageError, match="too large for the flow"):
        solve(problem, method="flow")
    result = solve(problem)
    assert (result.status, result.objective) == (SolveStatus.OPTIMAL, 2**49 + mentees - 1)


def test_parts_that_an_interruption_leaves_get_the_first_plan_that_is_found() -> None:
    problem = _beside(full(seed=3), full(seed=4), constant=0)
    result = solve(problem, method="branch-and-price", should_stop=lambda: True)
    assert result.host_of is not None
    assert result.stopped_by is StoppedBy.INTERRUPT
    assert result.work < 0.5


def test_a_part_that_a_criterion_on_gaps_ends_again_is_not_taken_up_for_ever() -> None:
    problem = make_problem([[5, 3], [4, 4]], max_load=1)
    early = replace(solve(problem), status=SolveStatus.FEASIBLE, bound=100, stopped_by=StoppedBy.GAP)
    results, targets = [early], list[float]()

    def ends_early(problem: Problem, settings: SolveSettings, **_: Any) -> Result:
        targets.append(settings.relative_gap)
        assert len(targets) < 10
        return early

    asked = SolveSettings(relative_gap=0.01, stop=Gap(20.0), work_limit=None)
    close_gap(0, split(problem), results, Budget(asked, 1, now()), ends_early)
    assert len(targets) == 2
    assert targets[1] == 0.0
    assert results[0].bound == 100
