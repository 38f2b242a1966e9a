"""Where hosts are chosen and members not tied together: the tree over who opens, the choice among pairs."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Composition, LoadTarget, Problem, Quota, QuotaKind, make_problem
from matcher.result import SolveStatus
from matcher.solution import Solution, evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.branch_and_price import BranchAndPriceSolver, openings
from matcher.solvers.branch_and_price.counting import with_cluster_count
from matcher.solvers.branch_and_price.openings import chooses_hosts, least_worth
from matcher.solvers.branch_and_price.pair_choice import PairChoice, choose_pairs
from matcher.solvers.prepared import prepare
from tests.examples import examples
from tests.solvers.naive import brute_force, naive_objective

MANY = settings(max_examples=examples(30), deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def located(draw: st.DrawFn) -> Problem:
    """Hosts at a set-up price, demands and loads; some must open, some mentees may stay, feasible or not."""
    n, hosts = draw(st.integers(2, 5)), draw(st.integers(2, 3))
    value, load = st.integers(-30, 10), st.integers(0, 3)
    low = np.array([draw(load) for _ in range(hosts)])
    quotas, target = [], None
    if draw(st.booleans()):
        everyone, every_host = np.ones(n, np.bool_), np.ones(hosts, np.bool_)
        least, price = draw(st.integers(1, hosts)), draw(st.sampled_from((None, 4)))
        quotas = [
            Quota(
                "count", QuotaKind.CLUSTERS, everyone, every_host, at_least=least, at_most=least, price=price
            )
        ]
    if draw(st.integers(0, 3)) == 0:
        target = LoadTarget(np.full(hosts, 3), np.full(hosts, 4), draw(st.integers(0, 3)), 2)
    return make_problem(
        {(i, j): draw(value) for i in range(n) for j in range(hosts) if draw(st.integers(0, 5))},
        n_mentees=n,
        n_hosts=hosts,
        demand=[draw(st.integers(1, 3)) for _ in range(n)],
        min_load=low,
        max_load=low + [draw(st.integers(1, 6)) for _ in range(hosts)],
        must_open=[draw(st.integers(0, 5)) == 0 for _ in range(hosts)],
        open_cost=[draw(st.integers(-2, 25)) for _ in range(hosts)],
        may_stay=[draw(st.integers(0, 2)) == 0 for _ in range(n)],
        unassigned_cost=draw(st.integers(0, 20)),
        quotas=quotas,
        load_target=target,
        constant=draw(st.integers(-3, 3)),
    )


def market(**rules: Any) -> Problem:
    """Two hosts at 5 each; mentee 0 is worth more at host 0, mentee 1 at host 1."""
    given: dict[str, Any] = {"open_cost": [5, 5], "max_load": 2, "may_stay": False} | rules
    return make_problem([[10, 6], [3, 9]], **given)


@pytest.mark.parametrize("few", [0, 1, 3])
@given(problem=located())
@MANY
def test_the_tree_finds_and_proves_the_best_of_all_plans(few: int, problem: Problem) -> None:
    if not chooses_hosts(prepare(problem)):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openings, "FEW", few)  # 0: nothing is left to the choice among pairs but single plans
        result = BranchAndPriceSolver().solve(problem, SolveSettings())
    best = brute_force(problem)
    if best is None:
        assert result.status is SolveStatus.INFEASIBLE
        return
    assert result.status is SolveStatus.OPTIMAL
    assert result.objective == best[0]
    assert result.host_of is not None
    assert evaluate(problem, Solution(result.host_of)).objective == best[0]


@given(located(), st.sampled_from((1e-9, 1e-4, 1e-3)))
@MANY
def test_a_tree_that_is_stopped_claims_no_more_than_is_true(problem: Problem, work: float) -> None:
    result = BranchAndPriceSolver().solve(problem, SolveSettings(work_limit=work))
    best = brute_force(problem)
    if best is None:
        assert result.host_of is None
        return
    assert result.status is not SolveStatus.INFEASIBLE
    assert result.bound is None or result.bound >= best[0]
    assert result.objective is None or result.objective <= best[0]


@pytest.mark.parametrize(
    "rules",
    [
        {"open_cost": [0, 0]},
        {"open_cost": [5, 0]},
        {"must_open": [True, False], "min_load": 1},
        {"cannot_link": [(0, 1)]},
        {"cohesion": {(0, 1): 1}},
        {"compositions": [Composition("one", np.ones(2, np.bool_), np.ones(2, np.bool_), None, 1)]},
    ],
)
def test_the_route_is_for_two_openings_at_least_and_members_who_are_not_tied(rules: dict[str, Any]) -> None:
    assert chooses_hosts(prepare(market()))
    assert not chooses_hosts(prepare(market(**rules)))


def test_where_counts_with_a_price_leave_no_plan_that_is_told_after_few_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everyone, nowhere = np.ones(2, np.bool_), np.zeros(2, np.bool_)
    quotas = [
        Quota("wanted", QuotaKind.CLUSTERS, everyone, everyone, 1, 1, price=5),
        Quota("never", QuotaKind.CLUSTERS, everyone, nowhere, 1, None),
    ]
    tries = []

    def counted(*given: Any, **named: Any) -> PairChoice:
        tries.append(given)
        assert len(tries) < 100
        return choose_pairs(*given, **named)

    monkeypatch.setattr(openings, "choose_pairs", counted)
    result = BranchAndPriceSolver().solve(market(quotas=quotas), SolveSettings())
    assert result.status is SolveStatus.INFEASIBLE


@given(located())
@MANY
def test_no_plan_is_worth_less_than_the_least(problem: Problem) -> None:
    least = least_worth(prepare(problem))
    if least is None:
        return
    for hosts in product(range(-1, problem.n_hosts), repeat=problem.n_mentees):
        verdict = naive_objective(problem, hosts)
        assert verdict is None or verdict - problem.constant >= least


def test_hosts_that_are_alike_are_left_to_the_route_that_counts_them() -> None:
    assert not chooses_hosts(prepare(make_problem([[4, 4], [3, 3]], open_cost=5)))


def test_a_choice_among_pairs_finds_the_best_plan_or_shows_that_none_is_worth_so_much() -> None:
    problem = market(constant=7)  # both at host 0: 10 + 3 - 5; both at host 1: 6 + 9 - 5; one each: 19 - 10
    best = choose_pairs(problem, least=10, settings=SolveSettings())
    assert best.settled
    assert best.host_of is not None
    assert best.host_of.tolist() == [1, 1]
    none = choose_pairs(problem, least=11, settings=SolveSettings())
    assert none.settled
    assert none.host_of is None


def test_a_count_that_a_quota_keeps_already_is_not_stated_again() -> None:
    everyone, hosts = np.ones(4, np.bool_), np.ones(3, np.bool_)
    rules: dict[str, Any] = {"max_load": 2, "may_stay": False}  # four mentees need two clusters
    two = Quota("two", QuotaKind.CLUSTERS, everyone, hosts, at_least=2, at_most=2)
    one = Quota("one", QuotaKind.CLUSTERS, everyone, hosts, at_least=1, at_most=3)
    kept = make_problem(np.arange(12).reshape(4, 3), quotas=[two], **rules)
    loose = make_problem(np.arange(12).reshape(4, 3), quotas=[one], **rules)
    assert with_cluster_count(kept) is kept
    assert len(with_cluster_count(loose).quotas) == 2
