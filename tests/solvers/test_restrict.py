"""A part of a prepared problem is worth what it is worth in the whole."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.solvers.branch_and_price.restrict import restrict
from matcher.solvers.prepared import Prepared, prepare
from tests.examples import examples
from tests.solvers.strategies import problems
from tests.solvers.test_prepared import worth


def same(one: Prepared, other: Prepared) -> bool:
    pairs = [(getattr(one, item.name), getattr(other, item.name)) for item in fields(Prepared)]
    return all(np.array_equal(a, b) and np.asarray(a).dtype == np.asarray(b).dtype for a, b in pairs)


@settings(
    max_examples=examples(200), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=5, max_hosts=4))
def test_the_part_that_is_the_whole_is_the_same_problem(problem: Problem) -> None:
    whole = prepare(problem)
    assert same(whole, restrict(whole, np.arange(whole.n_units), np.arange(whole.n_hosts)))


@settings(
    max_examples=examples(300), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=5, max_hosts=4), data=st.data())
def test_a_part_and_the_rest_held_still_are_worth_the_whole(problem: Problem, data: st.DataObject) -> None:
    whole = prepare(problem)
    hosts = np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=whole.n_hosts, max_size=whole.n_hosts)))
    others = np.setdiff1d(np.arange(whole.n_hosts), hosts)
    outside = np.array(
        [data.draw(st.sampled_from([-2, -1, *others.tolist()])) for _ in range(whole.n_units)], np.int64
    )
    units = np.flatnonzero(outside == -2)  # the others stay or are led by hosts outside
    held = np.where(outside == -2, -1, outside)
    counts = rows_of(whole, held)
    part = restrict(whole, units, hosts, counts)
    rest = restrict(whole, np.flatnonzero(outside != -2), others)
    back = {host: at for at, host in enumerate(others.tolist())}
    fixed = worth(without_rows(rest), [back.get(host, -1) for host in outside[outside != -2].tolist()])
    for choice in product(range(-1, len(hosts)), repeat=len(units)):
        plan = held.copy()
        plan[units] = [-1 if at < 0 else hosts[at] for at in choice]
        inside = worth(part, list(choice))
        expected = None if inside is None or fixed is None else inside + fixed
        assert worth(whole, plan.tolist()) == expected


def rows_of(prepared: Prepared, unit_host: np.ndarray) -> np.ndarray:
    """What the clusters of a plan count in each row."""
    total = np.zeros(prepared.n_rows, np.int64)
    for host in np.unique(unit_host[unit_host >= 0]).tolist():
        total += prepared.row_open[:, host]
        for at in range(prepared.start[host], prepared.start[host + 1]):
            if unit_host[prepared.unit[at]] == host:
                total += prepared.row_pair[:, at]
    return total


def without_rows(prepared: Prepared) -> Prepared:
    return replace(
        prepared,
        row_pair=prepared.row_pair[:0],
        row_open=prepared.row_open[:0],
        row_low=prepared.row_low[:0],
        row_high=prepared.row_high[:0],
        row_price=prepared.row_price[:0],
    )


def test_hosts_that_differ_only_in_units_left_out_become_one_kind() -> None:
    values = {(0, 0): 5, (1, 0): 3, (0, 1): 5, (1, 1): 4}
    whole = prepare(make_problem(values, n_mentees=2, n_hosts=2, min_load=1, max_load=2))
    assert whole.kind_of.tolist() == [0, 1]
    assert restrict(whole, np.array([0]), np.array([0, 1])).kind_of.tolist() == [0, 0]


def test_mentees_are_renumbered_by_their_order() -> None:
    values = {(i, 0): i for i in range(5)}
    whole = prepare(make_problem(values, n_mentees=5, n_hosts=1, max_load=5, must_link=[(0, 4), (1, 3)]))
    part = restrict(whole, np.array([0, 2]), np.array([0]))  # mentees 0 and 4, and 2
    assert part.n_mentees == 3
    assert part.member_start.tolist() == [0, 2, 3]
    assert part.member.tolist() == [0, 2, 1]
    assert part.value.tolist() == [4, 2]
