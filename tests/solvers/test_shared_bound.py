"""The bound that shares pairs out: no plan, cluster or set without rivals is ever worth more."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem
from matcher.solvers.branch_and_price import shared
from matcher.solvers.branch_and_price.pricing.apart import best_apart, bits_of
from matcher.solvers.branch_and_price.pricing.shares import (
    bound_hosts,
    halve_pairs,
    shift_shares,
    turn_trend,
)
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.shared import SharedBound
from matcher.solvers.branch_and_price.wide import is_wide
from matcher.solvers.prepared import prepare
from tests.examples import examples
from tests.solvers.strategies import problems
from tests.solvers.test_bundle import best_plan, crowd, ready
from tests.solvers.test_pricing import all_clusters, hosts, prices

EXAMPLES = settings(
    max_examples=examples(200), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
HERE = np.zeros(1, np.int64)


@EXAMPLES
@given(data=st.data())
def test_the_best_candidates_apart_are_found_or_bounded(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 9))
    value = np.sort(np.array([data.draw(st.integers(-5, 20)) for _ in range(size)], np.int64))[::-1].copy()
    apart = np.eye(size, dtype=np.bool_)
    for one, other in combinations(range(size), 2):
        apart[one, other] = apart[other, one] = data.draw(st.integers(0, 2)) == 0
    number, floor = data.draw(st.integers(1, size)), data.draw(st.integers(-10, 40))
    nodes = data.draw(st.sampled_from((0, 2, 5, 10**6)))
    chosen = np.full(number, -1, np.int64)
    bound, found, _ = best_apart(value, bits_of(apart, np.arange(size)), number, floor, nodes, chosen)
    sums = [
        int(value[list(some)].sum())
        for some in combinations(range(size), number)
        if not any(apart[one, other] for one, other in combinations(some, 2))
    ]
    best = max([floor, *sums])
    assert bound >= best
    if nodes == 10**6:
        assert bound == best
        assert found == (best > floor)
    if found:
        assert int(value[chosen].sum()) in sums


@EXAMPLES
@given(problem=hosts(linked=True), data=st.data())
def test_shares_bound_every_cluster_wherever_they_have_been_shifted(
    problem: Problem, data: st.DataObject
) -> None:
    prepared = prepare(problem)
    tables = tables_of(prepared)
    shares = None
    floor = np.array([data.draw(st.sampled_from((-(10**6), 0, 5)))])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(prices(prepared.n_units))
        shares = halve_pairs(tables, at, HERE, 7) if shares is None else shares
        nodes, looked = data.draw(st.sampled_from(((0, 0), (3, 7), (100, 9), (100, 40))))
        bound, taken, _ = bound_hosts(tables, at, shares, floor, nodes, looked)
        assert bound[0] >= max([int(floor[0]), *all_clusters(prepared, at).values()])
        assert taken.sum() == shares.number[0]
        turn_trend(shares, np.ones(1, np.int64), 0.5)
        shift_shares(shares, data.draw(st.floats(-20.0, 20.0)), 50)


@settings(
    max_examples=examples(200), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=4, max_hosts=3))
def test_no_plan_is_worth_more_than_the_shared_bound(problem: Problem) -> None:
    prepared = ready(problem)
    best = best_plan(prepared)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "EASY_ROUNDS", 6)
        bound = SharedBound(prepared, tables_of(prepared), 0 if best is None else best)
        bound.run(lambda _: False, rounds=14)
    assert bound.best is not None
    assert best is None or best <= bound.best.bound


def test_the_shared_bound_falls_and_does_not_depend_on_when_it_was_stopped() -> None:
    prepared = ready(crowd(30, 9))
    whole, parts = (SharedBound(prepared, tables_of(prepared), 0) for _ in range(2))
    whole.run(lambda _: False, rounds=1)
    assert whole.best is not None
    first = whole.best.bound
    whole.run(lambda _: False, rounds=39)
    parts.run(lambda _: False, rounds=25)
    parts.run(lambda _: False, rounds=15)
    assert whole.best.bound < first
    assert parts.best is not None
    assert whole.best.bound == parts.best.bound


def test_hosts_of_few_members_are_not_wide() -> None:
    assert not is_wide(ready(crowd(40, 12)))
