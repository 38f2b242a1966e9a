"""Budgets and costs in the problem, and what a plan says about them."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from matcher.encoding import Encoding, encode
from matcher.exceptions import InfeasibleError
from matcher.pipeline import match
from matcher.policy.model import Policy
from matcher.solution import Solution, evaluate
from matcher.solvers import solve
from tests.encoding.builders import intake, link, school, wish, wish_policy

SCHOOLS = intake(
    school("m1", latitude=45.0, longitude=16.0, coordinate_quality="site"),
    school("m2", latitude=45.4, longitude=16.0, coordinate_quality="site"),
    *(
        school(f"s{number}", latitude=45.0 + number / 10, longitude=16.0, coordinate_quality="site")
        for number in range(1, 5)
    ),
    school("s5"),
    wishes=(*wish("s1", "m2", "m1"), *wish("s2", "m2", "m1"), *wish("s3", "m1", "m2"), *wish("s4", "m1")),
)
RATES = {"euro_per_km": 0.37, "meetings": 3, "assumed_km": 33, "lump_sum_mentee": 50, "set_up": 80}


def policy(rates: dict[str, Any] | None = None, **money: Any) -> Policy:
    rules = {"load": {"min": 1, "max": 3}, "unassigned": {"price": 60}}
    return wish_policy(rules=rules, money={"enabled": True, "rates": RATES | (rates or {})} | money)


def spent(encoding: Encoding, plan: tuple[int, ...]) -> int:
    """Cents of a plan, added up pair by pair and cluster by cluster."""
    costs = encoding.costs
    assert costs is not None
    pairs = [encoding.problem.pair_index[mentee, host] for mentee, host in enumerate(plan) if host >= 0]
    return sum(int(costs.pair[at]) for at in pairs) + sum(int(costs.host[host]) for host in set(plan) - {-1})


def every_plan(encoding: Encoding) -> list[tuple[tuple[int, ...], int]]:
    """Every plan within the loads, with its objective by the referee, rows and all."""
    found = []
    for plan in product((-1, 0, 1), repeat=5):
        judged = evaluate(encoding.problem, Solution(np.array(plan, np.int64)))
        if judged.is_feasible:
            found.append((plan, judged.objective))
    return found


@pytest.mark.parametrize("euro", [150, 333.33, 480, 611.07, 900])
def test_a_hard_budget_keeps_the_best_plan_that_it_pays_for(euro: float) -> None:
    free = encode(SCHOOLS, policy())
    encoding = encode(SCHOOLS, policy(budget={"strength": "hard", "total": euro}))
    best = max(worth for plan, worth in every_plan(free) if spent(free, plan) <= round(euro * 100))
    result = solve(encoding.problem)
    assert result.objective == result.bound == best


@pytest.mark.parametrize("price", [1, 12.5, 40])
def test_a_soft_budget_takes_its_price_for_each_100_euro(price: float) -> None:
    free = encode(SCHOOLS, policy())
    encoding = encode(SCHOOLS, policy(budget={"strength": "soft", "total": 400, "price": price}))
    per_cent = round(price * 100)  # 1,000,000 units a point, 10,000 cents
    best = max(worth - per_cent * max(0, spent(free, plan) - 40000) for plan, worth in every_plan(free))
    assert solve(encoding.problem).objective == best


@pytest.mark.parametrize("points", [0.5, 7.25, 30])
def test_costs_in_the_objective_take_points_from_pairs_and_clusters(points: float) -> None:
    free = encode(SCHOOLS, policy())
    encoding = encode(SCHOOLS, policy(points_per_100_euro=points))
    per_cent = round(points * 100)
    best = max(worth - per_cent * spent(free, plan) for plan, worth in every_plan(free))
    assert solve(encoding.problem).objective == best


def test_a_country_pays_for_its_own_schools_alone() -> None:
    schools = intake(
        school("m1", country="IT"),
        school("s1", country="HR"),
        school("s2", country="IT"),
        school("s3", country="HR"),
    )
    money = {"budget": {"strength": "hard", "by_country": {"HR": 250, "IT": 10_000}}}
    rates = {"hours_per_mentee": 4, "euro_per_hour": 10}
    rows = {row.key: row for row in encode(schools, policy(rates, **money)).problem.rows}
    travel = 7326  # 0.37 * 2 * 33 * 3 euro
    assert rows["budget:HR"].pair_weight.tolist() == [travel + 5000, 0, travel + 5000]
    assert rows["budget:HR"].open_weight.tolist() == [0]
    assert rows["budget:IT"].pair_weight.tolist() == [4000, travel + 5000 + 4000, 4000]
    assert rows["budget:IT"].open_weight.tolist() == [8000]
    assert (rows["budget:HR"].at_most, rows["budget:HR"].price) == (25000, None)


def test_where_money_decides_a_pair_of_unknown_cost_is_left_out_and_said() -> None:
    asked = policy({"assumed_km": None}).model_dump(mode="json")
    asked["rules"]["known_cost"]["strength"] = "hard"
    asked["money"]["budget"] = {"strength": "hard", "total": 10_000}
    asked.pop("layers", None)
    document = match(SCHOOLS, Policy.model_validate(asked)).document
    (alone,) = [one for one in document.unassigned if one.mentee_id == "s5"]
    assert "Known cost" in alone.reason
    assert document.money is not None
    assert document.money.unknown == 0


def test_the_report_adds_up_to_the_cent() -> None:
    budget = {"strength": "hard", "total": 700}
    plan = match(SCHOOLS, policy({"hours_per_mentee": 2.5, "euro_per_hour": 9.99}, budget=budget))
    money = plan.document.money
    assert money is not None
    assert money.total is not None
    assert money.left == round(700 - money.total, 2) >= 0
    for amounts in (
        [one.euro for one in money.kinds],
        [one.euro for one in money.countries],
        [one.euro for one in money.clusters],
        [*(one.euro for one in money.pairs), *(one.once for one in money.clusters)],
    ):
        assert round(sum(amount or 0 for amount in amounts), 2) == money.total
    assert money.per_school == round(money.total / money.supported, 2)
    assert [(one.label, one.holds) for one in plan.document.rules if one.key.startswith("row:")] == [
        ("Budget", True)
    ]
    assert plan.document.totals.money_points == 0


def test_points_that_costs_take_are_no_broken_rule() -> None:
    plan = match(SCHOOLS, policy(points_per_100_euro=2))
    totals, money = plan.document.totals, plan.document.money
    assert money is not None
    assert money.total is not None
    assert totals.money_points == money.points == pytest.approx(money.total / 50)
    assert totals.penalty_points == 0
    parts = totals.pair_points - totals.money_points - totals.unassigned_points
    assert parts == pytest.approx(plan.document.proof.objective)


def test_a_mentee_is_told_what_its_pair_costs_and_what_is_assumed() -> None:
    text = match(SCHOOLS, policy({"lump_sum_mentee": 0})).explain("s5").text()
    assert "Costs 73.26 euro a year, all of it travel; the distance is not known, 33 km are assumed." in text


def test_a_budget_that_cannot_be_kept_is_a_named_conflict() -> None:
    asked = policy(budget={"strength": "hard", "total": 100}).model_dump(mode="json")
    asked["rules"]["unassigned"]["allowed"] = False
    asked.pop("layers", None)
    with pytest.raises(
        InfeasibleError, match=r"Budget: at most 100 euro, while \d schools that must be placed"
    ):
        match(SCHOOLS, Policy.model_validate(asked))


def test_an_obliged_school_may_not_be_left_out_for_money() -> None:
    schools = intake(
        school("m1"),
        school("s1", willingness="obliged"),
        school("s2"),
        wishes=wish("s2", "m1"),
        links=(link("rivalry", "s1", "s2"),),
    )
    rules = {"load": {"min": 1, "max": 3}, "unassigned": {"price": 60, "never": ["obliged"]}}
    plan = match(schools, wish_policy(rules=rules))
    assert [row.mentee_id for row in plan.document.assignments] == ["s1"]
