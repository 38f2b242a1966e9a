"""Preparing a problem for kernels: the arrays say what the referee says."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, Quota, QuotaKind, Row, make_problem
from matcher.solution import Solution, evaluate
from matcher.solvers.prepared import Prepared, prepare
from tests.examples import examples
from tests.solvers.strategies import problems


def worth(prepared: Prepared, unit_host: list[int]) -> int | None:
    """Value of a plan from the arrays alone, as the docstring of Prepared says; None if a rule is broken."""
    total = 0
    for unit, host in enumerate(unit_host):
        if host == -1:
            if not prepared.may_stay[unit]:
                return None
            total -= int(prepared.stay_cost[unit])
    sums = [0] * prepared.n_rows
    for host in range(prepared.n_hosts):
        cluster = [unit for unit, own in enumerate(unit_host) if own == host]
        value = cluster_worth(prepared, host, cluster, sums)
        if value is None:
            return None
        total += value
    for row in range(prepared.n_rows):
        low, high = int(prepared.row_low[row]), int(prepared.row_high[row])
        miss = max(0, low - sums[row]) + max(0, sums[row] - high)
        if miss and prepared.row_price[row] == -1:
            return None
        total -= miss * max(0, int(prepared.row_price[row]))
    return total


def cluster_worth(prepared: Prepared, host: int, cluster: list[int], sums: list[int]) -> int | None:
    """Value of one cluster (possibly empty); adds what it counts to the sums of the rows."""
    if not cluster:
        return int(prepared.closed_value[host]) if prepared.may_close[host] else None
    place = {int(prepared.unit[at]): at for at in range(prepared.start[host], prepared.start[host + 1])}
    if not set(cluster) <= set(place):
        return None
    at = [place[unit] for unit in cluster]
    load = sum(int(prepared.demand[c]) for c in at)
    if not prepared.low[host] <= load <= prepared.high[host]:
        return None
    value = sum(int(prepared.value[c]) for c in at) - int(prepared.open_cost[host])
    for one, other in combinations(cluster, 2):
        if other in prepared.rival[prepared.rival_start[one] : prepared.rival_start[one + 1]].tolist():
            return None
        span = range(prepared.nb_start[one], prepared.nb_start[one + 1])
        value += sum(int(prepared.nb_value[link]) for link in span if prepared.nb_unit[link] == other)
    for rule in range(len(prepared.comp_price)):
        if not prepared.comp_host[rule, host]:
            continue
        count = sum(int(prepared.comp_count[rule, unit]) for unit in cluster)
        low, high = int(prepared.comp_low[rule]), int(prepared.comp_high[rule])
        miss = max(0, low - count) + max(0, count - high)
        if miss and prepared.comp_price[rule] == -1:
            return None
        value -= miss * max(0, int(prepared.comp_price[rule]))
    value -= prepared.under_price * max(0, int(prepared.target_low[host]) - load)
    value -= prepared.over_price * max(0, load - int(prepared.target_high[host]))
    for row in range(prepared.n_rows):
        sums[row] += sum(int(prepared.row_pair[row, c]) for c in at) + int(prepared.row_open[row, host])
    return value


def same_host(problem: Problem, host_of: list[int]) -> bool:
    return all(host_of[i] == host_of[k] for i, k in problem.must_link.tolist())


@settings(
    max_examples=examples(300), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problem=problems(), data=st.data())
def test_the_arrays_give_every_plan_the_worth_that_the_referee_gives_it(
    problem: Problem, data: st.DataObject
) -> None:
    prepared = prepare(problem)
    hosts = st.integers(-1, problem.n_hosts - 1)
    unit_host = np.array([data.draw(hosts) for _ in range(prepared.n_units)], dtype=np.int64)
    host_of = prepared.plan_of(unit_host)
    assert same_host(problem, host_of.tolist())
    assert prepared.units_of(host_of).tolist() == unit_host.tolist()
    judged = evaluate(problem, Solution(host_of))
    expected = judged.objective - problem.constant if judged.is_feasible else None
    assert worth(prepared, unit_host.tolist()) == expected


def test_must_linked_mentees_become_one_unit_with_their_cohesion_inside() -> None:
    problem = make_problem(
        [[1, 2], [10, 20], [100, 200]],
        eligible=[[True, True], [True, True], [True, False]],
        demand=[1, 2, 3],
        must_link=[(2, 0)],
        cohesion={(0, 2): 1000, (0, 1): 5, (1, 2): 7},
    )
    prepared = prepare(problem)
    assert prepared.member.tolist() == [0, 2, 1]
    assert prepared.member_start.tolist() == [0, 2, 3]
    assert prepared.start.tolist() == [0, 2, 3]  # the pair fits at host 0 only
    assert prepared.unit.tolist() == [0, 1, 1]
    assert prepared.value.tolist() == [1101, 10, 20]
    assert prepared.demand.tolist() == [4, 2, 2]
    assert (prepared.nb_unit.tolist(), prepared.nb_value.tolist()) == ([1, 0], [12, 12])


def test_a_locked_mentee_keeps_one_candidate_and_may_not_stay() -> None:
    prepared = prepare(make_problem([[1, 2], [3, 4]], locked=[(0, 1)]))
    assert [prepared.unit[: prepared.start[1]].tolist(), prepared.unit[prepared.start[1] :].tolist()] == [
        [1],
        [0, 1],
    ]
    assert prepared.may_stay.tolist() == [False, True]


def test_a_mentee_locked_to_two_hosts_and_a_group_with_rivals_inside_keep_none() -> None:
    assert prepare(make_problem([[1, 2]], locked=[(0, 0), (0, 1)])).start.tolist() == [0, 0, 0]
    torn = make_problem([[1], [2]], must_link=[(0, 1)], cannot_link=[(0, 1)])
    assert prepare(torn).start.tolist() == [0, 0]


def test_hosts_that_nothing_tells_apart_have_the_same_kind() -> None:
    alike = np.tile(np.array([[5], [6]]), (1, 3))
    assert prepare(make_problem(alike, max_load=2)).kind_of.tolist() == [0, 0, 0]
    assert prepare(make_problem(alike, max_load=[2, 1, 2])).kind_of.tolist() == [0, 1, 0]
    assert prepare(make_problem(alike, open_cost=[4, 0, 0])).kind_of.tolist() == [0, 1, 1]


def test_a_row_that_weighs_hosts_differently_tells_them_apart() -> None:
    alike = np.tile(np.array([[5], [6]]), (1, 3))
    one = Row("one", np.array([[0, 0, 1], [0, 0, 0]]), np.zeros(3, np.int64), None, 0)
    assert prepare(make_problem(alike, rows=[one])).kind_of.tolist() == [0, 0, 1]
    count = Quota("q", QuotaKind.CLUSTERS, np.ones(2, np.bool_), np.array([True, False, False]), None, 0)
    assert prepare(make_problem(alike, quotas=[count])).kind_of.tolist() == [0, 1, 1]


def test_quotas_come_before_rows_and_open_limits_are_marked() -> None:
    quota = Quota("q", QuotaKind.MENTEES, np.ones(2, np.bool_), np.ones(1, np.bool_), None, 1)
    row = Row("r", np.array([[-3], [4]]), np.array([7]), None, 9, price=2)
    prepared = prepare(make_problem([[1], [1]], quotas=[quota], rows=[row]))
    assert prepared.row_pair.tolist() == [[1, 1], [-3, 4]]
    assert prepared.row_open.tolist() == [[0], [7]]
    assert prepared.row_low.tolist() == [0, -(2**62)]
    assert prepared.row_high.tolist() == [1, 9]
    assert prepared.row_price.tolist() == [-1, 2]
