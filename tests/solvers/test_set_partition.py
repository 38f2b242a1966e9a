"""Listing clusters, bounding by prices, and choosing by subsets."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matcher.problem import SCALE, Composition, Problem, Quota, QuotaKind, make_problem
from matcher.result import SolveStatus, StoppedBy
from matcher.solvers import SolveSettings, judge
from matcher.solvers.set_partition import SetPartitionSolver, columns, subset_route
from matcher.solvers.set_partition.columns import enumerate_columns
from matcher.solvers.set_partition.duals import lagrangian_bound, tighten
from matcher.solvers.set_partition.near_best import FAR, limits, near_best
from matcher.solvers.set_partition.units import build_units
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

quick = settings(
    max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def without_limits(problem: Problem) -> Problem:
    return replace(problem, quotas=())


def medium(seed: int = 1, mentees: int = 12, hosts: int = 3) -> Problem:
    random = np.random.default_rng(seed)
    cohesion = {pair: int(random.integers(0, SCALE // 5)) for pair in combinations(range(mentees), 2)}
    return make_problem(
        random.integers(0, SCALE, (mentees, hosts)),
        min_load=3,
        max_load=5,
        cohesion=cohesion,
        cannot_link=[(0, 1), (2, 3)],
        unassigned_cost=SCALE,
    )


def listed(problem: Problem) -> list[tuple[int, tuple[int, ...], int]]:
    units = build_units(problem)
    found = enumerate_columns(problem, units)
    assert found is not None
    return [
        (host, tuple(np.flatnonzero(units.group[members].any(axis=0)).tolist()), value)
        for host, members, value in zip(found.host.tolist(), found.members, found.value.tolist(), strict=True)
    ]


def test_every_cluster_that_keeps_the_rules_is_listed_once_with_its_value() -> None:
    problem = make_problem(
        [[1, 10], [2, 20], [4, 40]],
        min_load=[2, 1],
        max_load=[3, 1],
        open_cost=[5, 7],
        cannot_link=[(0, 2)],
        cohesion={(0, 1): 100, (1, 2): 1000},
    )
    assert listed(problem) == [
        (0, (0, 1), 1 + 2 + 100 - 5),
        (0, (1, 2), 2 + 4 + 1000 - 5),
        (1, (0,), 10 - 7),
        (1, (1,), 20 - 7),
        (1, (2,), 40 - 7),
    ]


def test_must_linked_mentees_are_listed_together_and_locked_ones_at_their_host() -> None:
    problem = make_problem(
        [[1, 1], [2, 2], [4, 4]], must_link=[(0, 1)], locked=[(2, 1)], cohesion={(0, 1): 50}
    )
    assert listed(problem) == [(0, (0, 1), 53), (1, (0, 1), 53), (1, (2,), 4), (1, (0, 1, 2), 57)]


def test_compositions_drop_or_charge_clusters() -> None:
    first = np.array([True, False])
    only = np.array([True])
    hard = Composition("hard", first, only, 1, None)
    assert listed(make_problem([[1], [2]], compositions=[hard])) == [(0, (0,), 1), (0, (0, 1), 3)]
    soft = Composition("soft", first, only, 1, None, price=9)
    assert listed(make_problem([[1], [2]], compositions=[soft])) == [
        (0, (0,), 1),
        (0, (1,), 2 - 9),
        (0, (0, 1), 3),
    ]


@quick
@given(problem=problems(rows=False).map(without_limits))
def test_no_plan_exceeds_the_bound_whatever_the_prices(problem: Problem) -> None:
    best = brute_force(problem)
    units = build_units(problem)
    found = enumerate_columns(problem, units)
    assert found is not None
    prices = np.arange(units.count, dtype=np.int64) * 3 - 2
    for bound in (lagrangian_bound(problem, units, found, prices), tighten(problem, units, found)):
        if best is not None:
            assert bound is not None
            assert best[0] <= bound.bound + problem.constant
            assert (bound.slack >= 0).all()


def agrees(problem: Problem) -> None:
    best = brute_force(problem)
    result = SetPartitionSolver().solve(problem, SolveSettings())
    judge(problem, result)
    assert result.objective == (None if best is None else best[0])
    assert result.status is (SolveStatus.INFEASIBLE if best is None else SolveStatus.OPTIMAL)


@quick
@given(problem=problems(rows=False).map(without_limits))
def test_the_subsets_agree_with_brute_force_when_columns_must_be_dropped(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subset_route, "NEAR_STEPS", 0)  # tables only
        patch.setattr(subset_route, "FIRST_COLUMNS", 2)
        agrees(problem)


@quick
@given(problem=problems(rows=False).map(without_limits))
def test_what_the_plans_near_the_bound_hold_agrees_with_brute_force(problem: Problem) -> None:
    units = build_units(problem)
    found = enumerate_columns(problem, units)
    assert found is not None
    bound = tighten(problem, units, found)
    best = brute_force(problem)
    if bound is None:
        assert best is None
        return
    for limit in limits(bound.slack):
        near = near_best(problem, units, found, bound, limit=limit, most=100_000)
        assert near is not None
        worth = None if near.least == FAR else bound.bound - near.least + problem.constant
        assert worth == (best[0] if best is not None and worth is not None else None)
        for unit, host in np.argwhere(near.pair < FAR).tolist():
            mentee = int(np.flatnonzero(units.group[unit])[0])
            locked = brute_force(replace(problem, locked=np.vstack([problem.locked, [[mentee, host]]])))
            assert locked is not None
            assert locked[0] == bound.bound - int(near.pair[unit, host]) + problem.constant


def test_the_plans_near_the_bound_and_the_tables_give_the_same_optimum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near = SetPartitionSolver().solve(medium(), SolveSettings())
    monkeypatch.setattr(subset_route, "NEAR_STEPS", 0)
    tables = SetPartitionSolver().solve(medium(), SolveSettings())
    assert (near.status, near.objective, near.bound) == (tables.status, tables.objective, tables.bound)


def test_the_limit_on_clusters_counts_sets_below_the_minimum_too() -> None:
    problem = make_problem(np.ones((4, 1), np.int64), min_load=4, max_load=4)
    units = build_units(problem)
    assert enumerate_columns(problem, units, limit=14) is None
    found = enumerate_columns(problem, units, limit=15)  # 4 + 6 + 4 + 1 sets on the way to one cluster
    assert found is not None
    assert len(found) == 1
    assert columns.MAX_CLUSTERS >= 60_000


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (make_problem(np.ones((21, 2), np.int64)), "more than 20 mentees"),
        (make_problem(np.ones((20, 2), np.int64)), "too many to list"),
        (make_problem(np.ones((18, 400), np.int64), max_load=1), "400 hosts are too many"),
        (
            make_problem(
                [[1]], quotas=[Quota("q", QuotaKind.MENTEES, np.ones(1, bool), np.ones(1, bool), 1, None)]
            ),
            "limits across clusters",
        ),
    ],
)
def test_what_is_too_much_is_refused_in_words(problem: Problem, words: str) -> None:
    assert words in str(SetPartitionSolver().refusal(problem))


def test_listing_what_was_refused_is_an_error() -> None:
    with pytest.raises(ValueError, match="too many to list"):
        SetPartitionSolver().solve(make_problem(np.ones((20, 2), np.int64)), SolveSettings())


def test_without_any_work_there_is_a_bound_but_no_plan() -> None:
    result = SetPartitionSolver().solve(medium(), SolveSettings(work_limit=0.0))
    best = SetPartitionSolver().solve(medium(), SolveSettings())
    assert (result.status, result.stopped_by) == (SolveStatus.UNKNOWN, StoppedBy.WORK_LIMIT)
    assert result.bound is not None
    assert best.objective is not None
    assert result.bound >= best.objective


def test_a_round_that_the_work_does_not_pay_for_leaves_the_plan_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subset_route, "NEAR_STEPS", 0)  # tables only
    monkeypatch.setattr(subset_route, "FIRST_COLUMNS", 100)
    whole = SetPartitionSolver().solve(medium(), SolveSettings())
    part = SetPartitionSolver().solve(medium(), SolveSettings(work_limit=0.99 * whole.work))
    judge(medium(), part)
    assert (part.status, part.stopped_by) == (SolveStatus.FEASIBLE, StoppedBy.WORK_LIMIT)
    assert part.work <= 0.99 * whole.work
