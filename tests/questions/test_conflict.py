"""The smallest conflict, held against brute force: every plan of a tiny problem, judged by the referee."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, QuotaKind, make_problem
from matcher.questions.conflict import ConflictState, SmallestConflict, find_conflict
from matcher.questions.demands import BoolArray, Demand, DemandKind, Demands, list_demands
from matcher.questions.oracle import Oracle
from tests.examples import examples
from tests.questions.tiny_demands import tiny_demands


def _keeps(demands: Demands, host_of: tuple[int, ...], one: Demand) -> bool:
    """Whether a plan keeps one demand; written from the demand's own definition."""
    problem, bars = demands.problem, demands.bars
    clusters = {host: [i for i, at in enumerate(host_of) if at == host] for host in range(problem.n_hosts)}
    loads = {host: len(members) for host, members in clusters.items()}  # every mentee takes one place here
    match one.kind:
        case DemandKind.PLACED:
            return host_of[one.mentee] >= 0
        case DemandKind.LOCK:
            return host_of[one.mentee] == one.host
        case DemandKind.TOGETHER:
            return host_of[one.mentee] == host_of[one.other]
        case DemandKind.APART:
            return host_of[one.mentee] < 0 or host_of[one.mentee] != host_of[one.other]
        case DemandKind.BAR:
            host = host_of[one.mentee]
            return host < 0 or not int(bars.mask[one.mentee, host]) >> bars.keys.index(one.key) & 1
        case DemandKind.MOST:
            return loads[one.host] <= int(problem.max_load[one.host])
        case DemandKind.LEAST:
            idle = loads[one.host] == 0 and not problem.must_open[one.host]
            return idle or loads[one.host] >= int(problem.min_load[one.host])
        case DemandKind.COMPOSITION:
            (rule,) = (rule for rule in problem.compositions if rule.key == one.key)
            counts = [
                sum(bool(rule.members[i]) for i in members)
                for host, members in clusters.items()
                if members and rule.hosts[host]
            ]
            return all((rule.at_least or 0) <= count <= (rule.at_most or 99) for count in counts)
        case DemandKind.QUOTA:
            (quota,) = (quota for quota in problem.quotas if quota.key == one.key)
            if quota.kind is QuotaKind.CLUSTERS:
                count = sum(bool(members) for host, members in clusters.items() if quota.hosts[host])
            else:
                count = sum(host >= 0 and bool(quota.members[i]) for i, host in enumerate(host_of))
            return (quota.at_least or 0) <= count <= (quota.at_most or 99)
        case DemandKind.ROW:
            (row,) = (row for row in problem.rows if row.key == one.key)
            filled = sum(loads[host] for host in np.flatnonzero(demands.row_hosts[one.key]).tolist())
            return bool(filled <= (row.at_most or 0))
        case _:
            raise AssertionError(one)


def _possible(demands: Demands, kept: tuple[Demand, ...]) -> bool:
    """Whether any plan at all keeps these demands."""
    problem = demands.problem
    reach = demands.bars.mask != 0
    reach[problem.pair_mentee, problem.pair_host] = True
    options = [[-1, *np.flatnonzero(row).tolist()] for row in reach]
    return any(all(_keeps(demands, plan, one) for one in kept) for plan in product(*options))


@settings(max_examples=examples(60), deadline=None)
@given(tiny_demands())
def test_a_reported_conflict_is_infeasible_and_feasible_without_any_one_of_its_demands(
    demands: Demands,
) -> None:
    found = find_conflict(demands)
    assert (found.state is ConflictState.NONE) == _possible(demands, demands.listed)
    if found.state is ConflictState.FOUND:
        assert found.minimal
        assert not _possible(demands, found.demands)
        for one in found.demands:
            assert _possible(demands, tuple(other for other in found.demands if other != one))


@settings(max_examples=examples(60), deadline=None)
@given(tiny_demands(), st.randoms(use_true_random=False))
def test_any_set_of_demands_is_judged_as_by_brute_force(demands: Demands, dice: object) -> None:
    active: BoolArray = np.array([dice.random() < 0.6 for _ in demands.listed], np.bool_)  # type: ignore[attr-defined]
    assert Oracle(demands).feasible(active) is _possible(demands, demands.of(active))


def _demands(**fields: object) -> Demands:
    return list_demands(_problem(**fields))


def _problem(**fields: object) -> Problem:
    return make_problem(np.zeros((3, 2), np.int64), **fields)  # type: ignore[arg-type]


def test_three_rivals_and_two_hosts_are_six_demands() -> None:
    found = find_conflict(_demands(may_stay=False, cannot_link=[(0, 1), (1, 2), (0, 2)]))
    assert [one.kind for one in found.demands].count(DemandKind.APART) == 3
    assert [one.kind for one in found.demands].count(DemandKind.PLACED) == 3
    assert len(found.demands) == 6


def test_the_smaller_of_two_conflicts_is_named() -> None:
    found = find_conflict(
        _demands(may_stay=False, cannot_link=[(0, 1), (1, 2), (0, 2)], locked=[(0, 0), (0, 1)])
    )
    assert found.demands == (Demand(DemandKind.LOCK, 0, host=0), Demand(DemandKind.LOCK, 0, host=1))


def test_no_conflict_is_said_where_a_plan_exists() -> None:
    assert find_conflict(_demands(may_stay=False)) == SmallestConflict(ConflictState.NONE, (), (), 1)


def test_what_no_check_settled_is_said_to_be_unsettled() -> None:
    demands = _demands(may_stay=False, max_load=1)
    stopped = find_conflict(demands, Oracle(demands, should_stop=lambda: True))
    assert stopped.state is ConflictState.UNSETTLED
    assert not stopped.minimal


def test_a_stop_after_the_proof_leaves_a_conflict_that_is_not_said_to_be_minimal() -> None:
    demands = _demands(may_stay=False, max_load=1)
    oracle = Oracle(demands)
    oracle.should_stop = lambda: oracle.checks >= 2
    found = find_conflict(demands, oracle)
    assert found.state is ConflictState.FOUND
    assert found.unsettled
    assert not found.minimal


@pytest.mark.parametrize("rivals", [9])
def test_who_is_not_concerned_is_not_named(rivals: int) -> None:
    problem = make_problem(
        np.zeros((20, rivals - 1), np.int64),
        may_stay=False,
        cannot_link=[(i, k) for i in range(rivals) for k in range(i)],
    )
    found = find_conflict(list_demands(problem))
    assert {one.mentee for one in found.demands} == set(range(rivals))
    assert len(found.demands) == rivals + rivals * (rivals - 1) // 2
