"""Fewest blocking pairs, then best quality, against trying every plan."""

from __future__ import annotations

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
@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems(max_mentees=5), data=st.data())
def test_fewest_blocking_pairs_agree_with_trying_every_plan_of_many_problems(
    problem: Problem, data: st.DataObject
) -> None:
    check_against_trying(problem, data.draw(ranks(problem)))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
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
