"""Rivals without cohesion: proven by flow with prices, against brute force."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.problem import Composition, Problem, Quota, QuotaKind, make_problem
from matcher.result import SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers import SolveSettings
from matcher.solvers.cp_sat import CpSatSolver
from matcher.solvers.flow_fixing import FlowFixingSolver
from tests.solvers.strategies import flow_problems, problems
from tests.solvers.test_contract import agrees_with_brute_force, plan, quick

ALL, BOTH = np.ones(3, np.bool_), np.ones(2, np.bool_)


def taken(problem: Problem) -> bool:
    return FlowFixingSolver().refusal(problem) is None


@quick(80)
@given(problem=problems().filter(taken))
def test_it_agrees_with_brute_force_wherever_it_does_not_refuse(problem: Problem) -> None:
    agrees_with_brute_force(problem, FlowFixingSolver().solve(problem, SolveSettings()))


@st.composite
def rivalries(draw: st.DrawFn, max_mentees: int = 5) -> Problem:
    """Problems in which pair values and loads matter, many are rivals, and some belong together."""
    problem = draw(flow_problems(max_mentees=max_mentees))
    if problem.n_mentees < 2:
        return problem
    everybody = st.integers(0, problem.n_mentees - 1)
    links = st.lists(st.lists(everybody, min_size=2, max_size=2, unique=True).map(sorted), max_size=7)
    apart = sorted({(one, other) for one, other in draw(links)})
    together = draw(links)[:1]
    return replace(
        problem,
        cannot_link=np.array(apart, np.int64).reshape(-1, 2),
        must_link=np.array(together, np.int64).reshape(-1, 2),
    )


@quick(200)
@given(problem=rivalries())
def test_it_agrees_with_brute_force_where_many_are_rivals(problem: Problem) -> None:
    assert FlowFixingSolver().refusal(problem) is None
    agrees_with_brute_force(problem, FlowFixingSolver().solve(problem, SolveSettings()))


@pytest.mark.slow
@quick(3000)
@given(problem=rivalries(max_mentees=6))
def test_it_agrees_with_brute_force_on_thousands(problem: Problem) -> None:
    agrees_with_brute_force(problem, FlowFixingSolver().solve(problem, SolveSettings()))


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_cp_sat_where_the_search_has_to_branch(seed: int) -> None:
    problem = crowded(seed)
    proven = FlowFixingSolver().solve(problem, SolveSettings())
    assert proven.status is SolveStatus.OPTIMAL
    assert proven.objective == CpSatSolver().solve(problem, SolveSettings()).objective


def test_rivals_who_want_the_same_host_are_set_apart_at_the_least_loss() -> None:
    # apart, one of them loses: mentee 0 two points, mentee 1 three
    problem = make_problem([[9, 7], [8, 5]], cannot_link=[(0, 1)])
    result = FlowFixingSolver().solve(problem, SolveSettings())
    assert (result.objective, result.bound, plan(result)) == (15, 15, [1, 0])


def test_three_rivals_with_two_hosts_leave_the_cheapest_unassigned() -> None:
    problem = make_problem([[5, 5], [5, 5], [4, 4]], cannot_link=[(0, 1), (0, 2), (1, 2)], unassigned_cost=1)
    result = FlowFixingSolver().solve(problem, SolveSettings())
    assert (result.status, result.objective) == (SolveStatus.OPTIMAL, 9)
    assert plan(result)[2] == -1


def test_three_rivals_who_must_all_be_placed_at_two_hosts_are_infeasible() -> None:
    problem = make_problem(np.ones((3, 2), np.int64), cannot_link=[(0, 1), (0, 2), (1, 2)], may_stay=False)
    result = FlowFixingSolver().solve(problem, SolveSettings())
    assert (result.status, result.bound, result.host_of) == (SolveStatus.INFEASIBLE, None, None)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"cohesion": {(0, 1): 1}}, "count for each other"),
        ({"quotas": [Quota("q", QuotaKind.CLUSTERS, ALL, BOTH, 1, None)]}, "counts clusters"),
        ({"quotas": [Quota("q", QuotaKind.MENTEES, ALL, BOTH, 1, None, price=3)]}, "missed at a price"),
        ({"compositions": [Composition("c", ALL, BOTH, 1, None)]}, "open clusters"),
        ({"min_load": 2}, "nothing between"),
    ],
)
def test_what_is_not_linear_over_pairs_is_refused_in_words(rules: dict[str, Any], words: str) -> None:
    refusal = FlowFixingSolver().refusal(make_problem(np.ones((3, 2), np.int64), **rules))
    assert refusal is not None
    assert words in refusal


def crowded(seed: int = 3) -> Problem:
    """Forty mentees who share tastes, and every fifth pair of them rivals."""
    generator = np.random.default_rng(seed)
    taste = generator.integers(0, 1000, 12)
    values = taste[None, :] + generator.integers(0, 300, (40, 12))
    rivals = [(i, k) for i in range(40) for k in range(i) if generator.integers(5) == 0]
    return make_problem(values, max_load=4, cannot_link=rivals, unassigned_cost=2000)


def test_without_any_work_the_bound_is_still_a_bound() -> None:
    result = FlowFixingSolver().solve(crowded(), SolveSettings(work_limit=0.0))
    proven = FlowFixingSolver().solve(crowded(), SolveSettings())
    assert result.stopped_by is StoppedBy.WORK_LIMIT
    assert (proven.status, proven.bound) == (SolveStatus.OPTIMAL, proven.objective)
    assert result.bound is not None
    assert proven.objective is not None
    assert result.bound >= proven.objective


def test_a_warm_start_is_not_made_worse() -> None:
    proven = FlowFixingSolver().solve(crowded(), SolveSettings())
    start = Solution(np.array(plan(proven)))
    result = FlowFixingSolver().solve(crowded(), SolveSettings(work_limit=0.0), warm_start=start)
    assert result.objective == proven.objective


def test_the_same_problem_gives_the_same_plan_and_work_twice() -> None:
    first, second = (FlowFixingSolver().solve(crowded(), SolveSettings()) for _ in range(2))
    assert (plan(first), first.work) == (plan(second), second.work)
