"""The bundle method: its bound holds, is near the linear master's and does not depend on threads."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings

from matcher.problem import Problem, make_problem
from matcher.solvers.branch_and_price.bound import NO_CUTS, lagrangian, prices_of
from matcher.solvers.branch_and_price.bundle import Bundle
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds, longest_cluster
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.pricing.hosts import price_hosts
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scaling import factor_of, scaled
from matcher.solvers.prepared import Prepared, prepare
from tests.examples import examples
from tests.solvers.strategies import problems
from tests.solvers.test_prepared import worth


def best_plan(prepared: Prepared) -> int | None:
    """Value of the best plan of all, one by one."""
    choices = product(range(-1, prepared.n_hosts), repeat=prepared.n_units)
    values = [worth(prepared, list(choice)) for choice in choices]
    return max((value for value in values if value is not None), default=None)


def ready(problem: Problem) -> Prepared:
    return scaled(prepare(problem), factor_of(problem))


def crowd(n: int, m: int) -> Problem:
    """A problem of n mentees and m hosts with rivals and cohesion, always the same."""
    random = np.random.default_rng(7)
    pairs = {
        (i, j): int(random.integers(1, 100)) for i in range(n) for j in range(m) if random.random() < 0.6
    }
    links = [(i, k) for i in range(n) for k in range(i + 1, n)]
    return make_problem(
        pairs,
        n_mentees=n,
        n_hosts=m,
        min_load=2,
        max_load=4,
        unassigned_cost=100,
        cohesion={link: int(random.integers(0, 20)) for link in links if random.random() < 0.7},
        cannot_link=[link for link in links if random.random() < 0.05],
    )


@settings(
    max_examples=examples(300), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=4, max_hosts=3))
def test_no_plan_is_worth_more_than_the_bound(problem: Problem) -> None:
    prepared = ready(problem)
    bundle = Bundle(prepared)
    bundle.run(lambda _: False, rounds=12)
    best = best_plan(prepared)
    assert bundle.best is not None
    assert best is None or best <= bundle.best.bound


@settings(
    max_examples=examples(100), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(max_mentees=4, max_hosts=3))
def test_the_prices_prove_the_bound(problem: Problem) -> None:
    prepared = ready(problem)
    bundle = Bundle(prepared)
    bundle.run(lambda _: False, rounds=6)
    dual = bundle.best
    assert dual is not None
    hosts = first_of_kinds(prepared)
    priced = price_hosts(
        tables_of(prepared),
        prices_of(prepared, dual.duals, NO_CUTS),
        hosts,
        np.full(len(hosts), -(2**49)),
        max_columns=1,
        max_nodes=10**6,
        longest=longest_cluster(prepared),
    )
    assert (priced.bound <= dual.best).all()
    assert lagrangian(prepared, dual.duals, dual.best) == dual.bound


def test_the_bound_comes_within_a_ten_thousandth_of_the_linear_master() -> None:
    prepared = ready(crowd(40, 12))
    bundle = Bundle(prepared)
    bundle.run(lambda _: False)
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    generator = Generator(pool, Master(pool), NO_CUTS)
    generator.run(lambda _: False)
    assert bundle.best is not None
    assert generator.best is not None
    assert bundle.settled
    assert bundle.best.bound <= generator.best.bound * 1.0001


def test_one_thread_and_two_give_the_same_prices() -> None:
    prepared = ready(crowd(40, 12))
    one, two = Bundle(prepared, workers=1), Bundle(prepared, workers=2)
    for bundle in (one, two):
        bundle.run(lambda _: False, rounds=8)
    assert one.best is not None
    assert two.best is not None
    assert one.best.bound == two.best.bound
    assert one.best.duals.unit.tolist() == two.best.duals.unit.tolist()
    assert one.work == two.work


def test_going_on_is_the_same_as_not_having_stopped() -> None:
    prepared = ready(crowd(30, 9))
    whole, parts = Bundle(prepared), Bundle(prepared)
    whole.run(lambda _: False, rounds=6)
    parts.run(lambda _: False, rounds=2)
    parts.run(lambda _: False, rounds=4)
    assert whole.best is not None
    assert parts.best is not None
    assert whole.best.bound == parts.best.bound


def test_starting_from_known_prices_begins_with_their_bound() -> None:
    prepared = ready(crowd(30, 9))
    first, second = Bundle(prepared), Bundle(prepared)
    first.run(lambda _: False)
    assert first.best is not None
    second.start_from(first.best.duals)
    assert second.best is not None
    assert second.best.bound == first.best.bound


def test_columns_in_use_are_a_fractional_plan() -> None:
    prepared = ready(crowd(30, 9))
    bundle = Bundle(prepared)
    bundle.run(lambda _: False)
    hosts, members, weight = bundle.in_use()
    assert (np.bincount(hosts, weight, minlength=prepared.n_hosts) <= 1 + 1e-6).all()
    cover = np.zeros(prepared.n_units)
    np.add.at(cover, members[members >= 0], np.repeat(weight, (members >= 0).sum(axis=1)))
    assert (cover <= 1.05).all()
