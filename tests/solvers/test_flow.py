"""Where a flow is exact, where it refuses, and how it breaks ties."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matcher.problem import Composition, LoadTarget, Problem, Quota, QuotaKind, make_problem
from matcher.solvers import SolveSettings
from matcher.solvers.flow import FlowSolver
from tests.solvers.strategies import flow_problems

ONES = np.ones((3, 2), np.int64)
ALL, BOTH = np.ones(3, np.bool_), np.ones(2, np.bool_)


def target(low: int, high: int, under: int, over: int) -> LoadTarget:
    return LoadTarget(np.full(2, low), np.full(2, high), under, over)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"cannot_link": [(0, 1)]}, "rivals"),
        ({"must_link": [(0, 1)]}, "kept together"),
        ({"cohesion": {(0, 1): 1}}, "count for each other"),
        ({"compositions": [Composition("c", ALL, BOTH, 1, None)]}, "composition"),
        ({"quotas": [Quota("q", QuotaKind.MENTEES, ALL, BOTH, 1, None)]}, "quotas"),
        ({"demand": [1, 2, 1]}, "unequal demand"),
        ({"min_load": 2}, "nothing between"),
        ({"open_cost": 1}, "rises less"),
        ({"load_target": target(2, 3, 5, 0)}, "rises less"),
    ],
)
def test_what_a_flow_cannot_express_is_refused_in_words(rules: dict[str, Any], words: str) -> None:
    refusal = FlowSolver().refusal(make_problem(ONES, **rules))
    assert refusal is not None
    assert words in refusal


@pytest.mark.parametrize(
    "rules",
    [
        {"min_load": 2, "must_open": True},
        {"min_load": 1},
        {"cohesion": {(0, 1): 0}},
        {"demand": 2},
        {"open_cost": 9, "max_load": 1},
        {"load_target": target(0, 1, 5, 7)},
        {"load_target": target(2, 3, 5, 7), "must_open": True},
        {"locked": [(0, 1)]},
    ],
)
def test_what_a_flow_can_express_is_taken(rules: dict[str, Any]) -> None:
    assert FlowSolver().refusal(make_problem(ONES, **rules)) is None


def test_a_refused_problem_is_not_solved_all_the_same() -> None:
    with pytest.raises(ValueError, match="rivals"):
        FlowSolver().solve(make_problem(ONES, cannot_link=[(0, 1)]), SolveSettings())


def test_among_equals_each_mentee_gets_the_lowest_hosts() -> None:
    problem = make_problem(np.full((3, 3), 5), max_load=3, unassigned_cost=-5)
    result = FlowSolver().solve(problem, SolveSettings())
    assert result.host_of is not None
    assert result.host_of.tolist() == [
        0,
        0,
        0,
    ]  # rather than staying, which is worth 5 too


def test_the_order_among_equals_never_costs_one_unit() -> None:
    problem = make_problem([[10, 11]])
    result = FlowSolver().solve(problem, SolveSettings())
    assert result.objective == 11


def test_places_above_the_target_are_charged_one_by_one() -> None:
    # two at host 0 gain 10 + 10 - 4; the third gains 10 - 4 there and 5 at host 1
    problem = make_problem([[10, 5]] * 3, load_target=target(0, 1, 0, 4))
    result = FlowSolver().solve(problem, SolveSettings())
    assert result.objective == 10 + (10 - 4) + (10 - 4)
    dearer = make_problem([[10, 5]] * 3, load_target=target(0, 1, 0, 7))
    result = FlowSolver().solve(dearer, SolveSettings())
    assert result.objective == 10 + 5 + (10 - 7)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=flow_problems())
def test_where_costs_leave_no_room_for_ranks_the_order_among_equals_stays(problem: Problem) -> None:
    usual = FlowSolver().solve(problem, SolveSettings())
    with patch("matcher.solvers.flow.network.MAX_COST", 0):
        tight = FlowSolver().solve(problem, SolveSettings())
    assert (tight.status, tight.objective) == (usual.status, usual.objective)
    if usual.host_of is not None and tight.host_of is not None:
        assert ranks(problem, tight.host_of) == ranks(problem, usual.host_of)


def ranks(problem: Problem, host_of: np.ndarray[Any, np.dtype[np.int64]]) -> int:
    """Sum over mentees of the place of their host among their hosts; staying comes last."""
    total = 0
    for mentee, host in enumerate(host_of.tolist()):
        hosts = problem.pair_host[problem.pair_mentee == mentee].tolist()
        total += hosts.index(host) if host >= 0 else len(hosts)
    return total
