"""Pricing: what the kernels find and prove for one host, against plain enumeration of its clusters."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Composition, LoadTarget, Problem, make_problem
from matcher.solvers.branch_and_price.pricing.hosts import list_columns, price_hosts
from matcher.solvers.branch_and_price.pricing.large import search_large
from matcher.solvers.branch_and_price.pricing.local import gather, most_members
from matcher.solvers.branch_and_price.pricing.split import split_pairs
from matcher.solvers.branch_and_price.pricing.tables import Local, Prices, Tables, tables_of
from matcher.solvers.prepared import Prepared, prepare
from tests.solvers.test_prepared import cluster_worth

LOWEST = -(10**6)
EXAMPLES = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@st.composite
def hosts(draw: st.DrawFn, *, linked: bool | None = None) -> Problem:
    """One host of up to seven units, with cohesion or without."""
    n = draw(st.integers(1, 7))
    links = [pair for pair in combinations(range(n), 2) if draw(st.integers(0, 2)) == 0]
    rivals = [pair for pair in links if draw(st.booleans())]
    values = st.integers(-8, 12)
    cohesion = {pair: draw(values) for pair in links if pair not in rivals}
    linked = draw(st.booleans()) if linked is None else linked
    demand = [draw(st.integers(1, 3)) for _ in range(n)] if draw(st.booleans()) else [1] * n
    low = draw(st.integers(0, 3))
    comps = [
        Composition(
            f"rule {at}",
            np.array([draw(st.booleans()) for _ in range(n)]),
            np.ones(1, np.bool_),
            *draw(st.sampled_from(((None, 2), (1, None), (2, None), (1, 2), (None, 0), (2, 3)))),
            draw(st.sampled_from((None, 0, 3))),
        )
        for at in range(draw(st.sampled_from((0, 0, 1, 2))))
    ]
    target = None
    if draw(st.booleans()):
        target = LoadTarget(np.array([draw(st.integers(0, 3))]), np.array([draw(st.integers(3, 5))]), 2, 3)
    return make_problem(
        {(i, 0): draw(values) for i in range(n)},
        n_mentees=n,
        n_hosts=1,
        demand=np.array(demand).reshape(n, 1),
        min_load=low,
        max_load=low + draw(st.integers(0, 5)),
        open_cost=draw(st.integers(-2, 4)),
        cannot_link=rivals,
        cohesion=cohesion if linked else {},
        compositions=comps,
        load_target=target,
    )


@st.composite
def prices(draw: st.DrawFn, n: int) -> Prices:
    """Prices of the units, of the host and of up to two cuts."""
    cuts = [draw(st.permutations(range(n)))[:3] for _ in range(draw(st.integers(0, 2)))] if n >= 3 else []
    of_unit = [[cut for cut, units in enumerate(cuts) if unit in units] for unit in range(n)]
    return Prices(
        np.array([draw(st.integers(-4, 8)) for _ in range(n)], np.int64),
        np.array([draw(st.integers(-3, 3))], np.int64),
        np.concatenate([[0], np.cumsum([len(own) for own in of_unit])]).astype(np.int64),
        np.array(list(chain(*of_unit)), np.int64),
        np.array([draw(st.integers(0, 5)) for _ in cuts], np.int64),
    )


def all_clusters(prepared: Prepared, at: Prices) -> dict[tuple[int, ...], int]:
    """Value less all prices of every cluster that keeps the hard rules."""
    units, result = prepared.unit.tolist(), {}
    for cluster in chain.from_iterable(combinations(units, size) for size in range(1, len(units) + 1)):
        value = cluster_worth(prepared, 0, list(cluster), [0] * prepared.n_rows)
        if value is None:
            continue
        held = np.zeros(len(at.cut_price), np.int64)
        for unit in cluster:
            held[at.cut_of[at.cut_start[unit] : at.cut_start[unit + 1]]] += 1
        tolls = int(at.cut_price[held >= 2].sum())
        places = np.searchsorted(prepared.unit, cluster)
        result[cluster] = value - int(at.candidate[places].sum()) - int(at.host[0]) - tolls
    return result


def local_of(prepared: Prepared, at: Prices) -> tuple[Tables, Local]:
    tables = tables_of(prepared)
    return tables, gather(tables, at, 0, np.full(prepared.n_units, -1, np.int64))


HERE = np.zeros(1, np.int64)


@EXAMPLES
@given(problem=hosts(), data=st.data())
def test_the_best_clusters_above_the_cutoff_are_found(problem: Problem, data: st.DataObject) -> None:
    prepared = prepare(problem)
    at = data.draw(prices(prepared.n_units))
    cutoff = data.draw(st.sampled_from((LOWEST, -5, 0, 5, 12)))
    keep = data.draw(st.integers(1, 4))
    found = price_hosts(
        tables_of(prepared), at, HERE, np.array([cutoff]), max_columns=keep, max_nodes=10**6, longest=7
    )
    clusters = all_clusters(prepared, at)
    wanted = sorted((worth for worth in clusters.values() if worth > cutoff), reverse=True)
    assert found.complete.all()
    # the best ones; a search that aims high first may stop before it has as many as asked for
    assert sorted(found.worth.tolist(), reverse=True) == wanted[: min(keep, len(found.worth))]
    assert bool(len(found.worth)) == bool(wanted)
    assert found.bound[0] == max([cutoff, *wanted])
    for row, length, worth in zip(found.members, found.length, found.worth, strict=True):
        assert clusters[tuple(sorted(row[:length].tolist()))] == worth


@EXAMPLES
@given(problem=hosts(), data=st.data())
def test_every_cluster_above_the_cutoff_is_listed(problem: Problem, data: st.DataObject) -> None:
    prepared = prepare(problem)
    at = data.draw(prices(prepared.n_units))
    cutoff = data.draw(st.sampled_from((LOWEST, 0, 6)))
    listed = list_columns(
        tables_of(prepared), at, HERE, np.array([cutoff]), limit=200, max_nodes=10**6, longest=7
    )
    wanted = {cluster: worth for cluster, worth in all_clusters(prepared, at).items() if worth > cutoff}
    assert listed is not None
    rows = zip(listed.members, listed.length, listed.worth.tolist(), strict=True)
    assert {tuple(sorted(row[:length].tolist())): worth for row, length, worth in rows} == wanted


@EXAMPLES
@given(problem=hosts(), data=st.data())
def test_a_search_cut_short_still_bounds_every_cluster(problem: Problem, data: st.DataObject) -> None:
    prepared = prepare(problem)
    at = data.draw(prices(prepared.n_units))
    cutoff = data.draw(st.sampled_from((LOWEST, 0, 5)))
    nodes = data.draw(st.integers(0, 12))
    found = price_hosts(
        tables_of(prepared), at, HERE, np.array([cutoff]), max_columns=2, max_nodes=nodes, longest=7
    )
    clusters = all_clusters(prepared, at)
    assert max([cutoff, *clusters.values()]) <= max(cutoff, int(found.bound[0]))
    for row, length, worth in zip(found.members, found.length, found.worth, strict=True):
        assert clusters[tuple(sorted(row[:length].tolist()))] == worth


@EXAMPLES
@given(problem=hosts(linked=True), data=st.data())
def test_a_large_host_gets_true_clusters_and_a_bound_that_holds(
    problem: Problem, data: st.DataObject
) -> None:
    prepared = prepare(problem)
    at = data.draw(prices(prepared.n_units))
    cutoff = data.draw(st.sampled_from((LOWEST, 0, 5)))
    _, local = local_of(prepared, at)
    if most_members(local) == 0:
        return
    found, relaxed = search_large(local, at, cutoff, 3, data.draw(st.sampled_from((0, 100, 10**6))))
    clusters = all_clusters(prepared, at)
    assert max([cutoff, *clusters.values()]) <= max(cutoff, found.bound)
    assert found.complete == (len(relaxed) == 0) or len(clusters) == 0
    for row, length, worth in zip(found.members, found.length, found.worth, strict=True):
        units = tuple(sorted(local.unit[row[:length]].tolist()))
        assert clusters[units] == worth > cutoff


@EXAMPLES
@given(problem=hosts(linked=True), data=st.data())
def test_split_pairs_bound_every_cluster_and_every_cluster_with_each_member(
    problem: Problem, data: st.DataObject
) -> None:
    prepared = prepare(problem)
    at = data.draw(prices(prepared.n_units))
    _, local = local_of(prepared, at)
    if most_members(local) == 0:
        return
    split = split_pairs(local, data.draw(st.integers(-10, 30)), data.draw(st.integers(1, 60)))
    place = {unit: spot for spot, unit in enumerate(local.unit.tolist())}
    for cluster, worth in all_clusters(prepared, at).items():
        assert worth <= split.bound
        assert all(worth <= split.held[place[unit]] for unit in cluster)


def test_split_pairs_are_exact_where_the_best_cluster_stands_out() -> None:
    cohesion = {(0, 1): 10, (0, 2): 10, (1, 2): 10, (2, 3): 9, (3, 4): 9}
    problem = make_problem(
        {(i, 0): 0 for i in range(5)}, n_mentees=5, n_hosts=1, min_load=3, max_load=3, cohesion=cohesion
    )
    prepared = prepare(problem)
    nothing = np.zeros(0, np.int64)
    at = Prices(np.zeros(5, np.int64), np.zeros(1, np.int64), np.zeros(6, np.int64), nothing, nothing)
    _, local = local_of(prepared, at)
    assert split_pairs(local, 0, 200).bound == 30  # 0, 1 and 2 together


def test_two_threads_price_as_one_does() -> None:
    random = np.random.default_rng(3)
    links = list(combinations(range(30), 2))
    problem = make_problem(
        {(i, j): int(random.integers(0, 50)) for i in range(30) for j in range(8)},
        n_mentees=30,
        n_hosts=8,
        min_load=2,
        max_load=4,
        cohesion={link: int(random.integers(0, 9)) for link in links},
        cannot_link=[link for link in links if random.random() < 0.1],
    )
    prepared = prepare(problem)
    nothing = np.zeros(0, np.int64)
    candidate = np.full(len(prepared.unit), 30, np.int64)
    at = Prices(candidate, np.zeros(8, np.int64), np.zeros(31, np.int64), nothing, nothing)
    one, two = (
        price_hosts(
            tables_of(prepared),
            at,
            np.arange(8),
            np.zeros(8, np.int64),
            max_columns=5,
            max_nodes=10**6,
            longest=4,
            workers=workers,
        )
        for workers in (1, 2)
    )
    assert all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(one, two, strict=True))
