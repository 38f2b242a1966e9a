"""Listing clusters, bounding by prices, and both ways of choosing."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matcher.problem import SCALE, Composition, Problem, Quota, QuotaKind, make_problem
from matcher.result import SolveStatus, StoppedBy
from matcher.solvers import SolveSettings, judge
from matcher.solvers.cp_search import SearchOutcome, search
from matcher.solvers.set_partition import SetPartitionSolver, columns, search_route, subset_route
from matcher.solvers.set_partition.columns import enumerate_columns
from matcher.solvers.set_partition.duals import lagrangian_bound, tighten
from matcher.solvers.set_partition.subsets import MAX_ENTRIES, entries
from matcher.solvers.set_partition.units import build_units
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


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


def test_too_many_clusters_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = make_problem(np.ones((20, 2), np.int64))
    assert enumerate_columns(problem, build_units(problem)) is None
    assert "too many to list" in str(SetPartitionSolver().refusal(problem))
    with pytest.raises(ValueError, match="too many to list"):
        SetPartitionSolver().solve(problem, SolveSettings())


@quick
@given(problem=problems(rows=False))
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
@given(problem=problems(rows=False))
def test_the_search_agrees_with_brute_force_when_columns_must_be_dropped(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subset_route, "MAX_UNITS", -1)
        patch.setattr(search_route, "FIRST_COLUMNS", 2)
        agrees(problem)


@quick
@given(problem=problems(rows=False))
def test_the_subsets_agree_with_brute_force_when_columns_must_be_dropped(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subset_route, "FIRST_COLUMNS", 2)
        agrees(problem)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_subsets_and_search_prove_the_same_optimum_on_a_country(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = medium(seed)
    by_subsets = SetPartitionSolver().solve(problem, SolveSettings())
    monkeypatch.setattr(subset_route, "MAX_UNITS", -1)
    monkeypatch.setattr(search_route, "FIRST_COLUMNS", 100)
    by_search = SetPartitionSolver().solve(problem, SolveSettings())
    assert by_subsets.status is by_search.status is SolveStatus.OPTIMAL
    assert by_subsets.objective == by_search.objective
    judge(problem, by_subsets)
    judge(problem, by_search)


def test_a_gap_that_is_allowed_ends_the_search_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subset_route, "MAX_UNITS", -1)
    monkeypatch.setattr(search_route, "FIRST_COLUMNS", 100)
    problem = medium(2)
    result = SetPartitionSolver().solve(problem, SolveSettings(relative_gap=0.5))
    judge(problem, result)
    assert result.gap is not None
    assert result.gap <= 0.5
    if result.status is SolveStatus.FEASIBLE:
        assert result.stopped_by is StoppedBy.GAP


def test_the_limit_on_clusters_counts_sets_below_the_minimum_too() -> None:
    problem = make_problem(np.ones((4, 1), np.int64), min_load=4, max_load=4)
    units = build_units(problem)
    assert enumerate_columns(problem, units, limit=14) is None
    found = enumerate_columns(problem, units, limit=15)  # 4 + 6 + 4 + 1 sets on the way to one cluster
    assert found is not None
    assert len(found) == 1
    assert columns.MAX_CLUSTERS >= 60_000


def test_a_quota_that_the_best_plan_keeps_does_not_need_a_search() -> None:
    free = medium(1)
    best = SetPartitionSolver().solve(free, SolveSettings())
    assert best.host_of is not None
    at_first = int((best.host_of == 0).sum())
    members, hosts = np.ones(12, np.bool_), np.array([True, False, False])
    kept = Quota("kept", QuotaKind.MENTEES, members, hosts, at_first, None)
    result = SetPartitionSolver().solve(replace(free, quotas=(kept,)), SolveSettings())
    assert (result.objective, result.work) == (best.objective, best.work)
    broken = Quota("broken", QuotaKind.MENTEES, members, hosts, None, at_first - 1)
    other = SetPartitionSolver().solve(replace(free, quotas=(broken,)), SolveSettings())
    assert other.objective is not None
    assert best.objective is not None
    assert other.objective < best.objective
    judge(replace(free, quotas=(broken,)), other)


def test_many_hosts_do_not_make_the_subsets_fill_the_memory() -> None:
    # 18 mentees: each host that has a cluster keeps a table of 2**18 entries, and 400 would take 800 MB
    problem = make_problem(np.ones((18, 400), np.int64), max_load=1)
    units = build_units(problem)
    found = enumerate_columns(problem, units)
    assert found is not None
    assert entries(problem, found) > MAX_ENTRIES
    assert entries(problem, found.take(found.host < 3)) == 4 << 18
    assert SetPartitionSolver().solve(problem, SolveSettings()).objective == 18


def test_the_second_search_gets_only_the_time_and_work_that_the_first_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[SolveSettings] = []

    def record(*arguments: Any, **named: Any) -> SearchOutcome:
        given.append(arguments[2])
        return search(*arguments, **named)

    monkeypatch.setattr(subset_route, "MAX_UNITS", -1)
    monkeypatch.setattr(search_route, "FIRST_COLUMNS", 60)
    monkeypatch.setattr(search_route, "search", record)
    limits = SolveSettings(work_limit=50.0, time_limit_s=100.0)
    assert SetPartitionSolver().solve(medium(), limits).status is SolveStatus.OPTIMAL
    first, second = given
    assert (first.work_limit, first.seed) == (50.0, 0)
    assert second.work_limit is not None
    assert second.work_limit < 50.0
    assert first.time_limit_s is not None
    assert second.time_limit_s is not None
    assert second.time_limit_s < first.time_limit_s < 100.0
