"""The policies in which money or the number of mentors decides, on the pilot intake."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.encoding import Encoding, encode
from matcher.intake import read_intake
from matcher.pipeline import match
from matcher.policy.loader import load_policy
from matcher.profiles import Intake, Willingness

PILOT = Path(__file__).resolve().parents[2] / "data" / "pilot"


@pytest.fixture(scope="module")
def pilot() -> Intake:
    intake = read_intake(PILOT).intake
    assert intake is not None
    return intake


def encoded(pilot: Intake, name: str) -> Encoding:
    return encode(pilot, load_policy(name))


def test_cost_capped_has_one_limit_in_cents(pilot: Intake) -> None:
    encoding = encoded(pilot, "cost_capped")
    assert [(row.key, row.at_most, row.price) for row in encoding.problem.rows] == [
        ("budget:programme", 15_000_000, None)
    ]
    assert encoding.costs is not None
    assert encoding.costs.known.all()
    assert encoding.costs.assumed_km.any()  # schools without coordinates are counted at 60 km, and flagged


def test_cost_weighed_has_no_limit_and_takes_points(pilot: Intake) -> None:
    encoding = encoded(pilot, "cost_weighed")
    assert encoding.problem.rows == ()
    assert encoding.costs is not None
    assert encoding.money_penalty.tolist() == (encoding.costs.pair * 300).tolist()  # 3 points a 10,000 cents
    assert encoding.problem.open_cost.tolist() == (encoding.costs.host * 300).tolist()


def test_top_down_lets_no_obliged_school_stay_out(pilot: Intake) -> None:
    encoding = encoded(pilot, "top_down")
    obliged = [one.willingness is Willingness.OBLIGED for one in encoding.intake.mentees]
    assert sum(obliged) == 8
    assert (~encoding.problem.may_stay).tolist() == obliged
    assert {quota.price is None for quota in encoding.problem.quotas} == {True, False}


def test_choosing_mentors_counts_them_over_all_and_in_each_country(pilot: Intake) -> None:
    problem = encoded(pilot, "choose_mentors").problem
    counted = {quota.key: (quota.at_least, quota.at_most, int(quota.hosts.sum())) for quota in problem.quotas}
    assert counted["opening"] == (None, 20, 24)
    assert [counted[f"quotas[{at}]"] for at in range(6)] == [(3, None, 4)] * 6
    assert sorted(set(problem.open_cost.tolist())) == [25_000_000, 40_000_000]


def test_no_mentor_is_behind_or_out_of_sight_where_the_advanced_lead(pilot: Intake) -> None:
    rules = load_policy("advanced_less_advanced").rules
    assert (rules.maturity_gap.min_gap, rules.maturity_gap.max_gap) == (0.0, 0.7)
    barred = next(
        one for one in encoded(pilot, "advanced_less_advanced").pair_rules if one.key == "maturity_gap"
    )
    assert not barred.broken.any()  # none of the pairs that are left


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["advanced_less_advanced", "top_down", "cost_capped", "cost_weighed", "choose_mentors"]
)
def test_a_policy_finds_a_proven_plan_of_the_pilot(name: str) -> None:
    document = match(read_intake(PILOT), load_policy(name)).document
    assert document.proof.status == "optimal"
    assert document.totals.assigned > 80
    if document.money is not None and document.money.budget is not None:
        assert document.money.total is not None
        assert document.money.total <= document.money.budget
