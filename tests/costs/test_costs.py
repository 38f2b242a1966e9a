"""Every formula of the cost model, worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matcher.costs import CostKind, CostTable, cost_table
from matcher.costs.table import KINDS
from matcher.exceptions import InputError
from matcher.features.build import build_features
from matcher.features.pairs import PairList
from matcher.policy.loader import policy_from_mapping
from matcher.profiles import Intake
from tests.encoding.builders import intake, school

NEAR, FAR = (45.0, 16.0), (46.0, 16.0)
"""One degree of latitude apart: 111.195 km on the sphere, 144.553 km by road at the factor 1.3."""


def at(point: tuple[float, float]) -> dict[str, Any]:
    return {"latitude": point[0], "longitude": point[1], "coordinate_quality": "site"}


def costs(schools: Intake, *, leads: dict[str, tuple[str, ...]] | None = None, **money: Any) -> CostTable:
    policy = policy_from_mapping({"money": {"enabled": True} | money})
    pairs = PairList.every(len(schools.mentees), len(schools.mentors))
    return cost_table(schools, build_features(schools, policy), policy, pairs, leads)


def of(kind: CostKind, table: np.ndarray[Any, Any]) -> list[int]:
    values: list[int] = table[KINDS.index(kind)].tolist()
    return values


def test_travel_is_the_way_and_back_for_each_meeting() -> None:
    both = {"work_mode": "face-to-face"}
    found = costs(
        intake(school("m1", **at(NEAR), **both), school("s1", **at(FAR), **both)),
        rates={"euro_per_km": 0.5, "meetings": 4},
    )
    km = 1.3 * 6371.0088 * np.pi / 180
    assert of(CostKind.TRAVEL, found.mentee_side) == [round(100 * 0.5 * 2 * km * 4)] == [57821]
    assert found.known.all()
    assert not found.assumed_km.any()


@pytest.mark.parametrize(
    ("mentee", "mentor", "online"),
    [
        ("virtual", "virtual", 1.0),
        ("virtual", "blended", 1.0),
        ("blended", "virtual", 1.0),
        ("blended", "blended", 0.4),
        ("face-to-face", "blended", 0.25),
        ("face-to-face", "virtual", 0.25),
        (None, "blended", 0.25),
    ],
)
def test_what_is_held_online_costs_no_travel(mentee: str | None, mentor: str, online: float) -> None:
    schools = intake(school("m1", work_mode=mentor), school("s1", work_mode=mentee))
    rates = {"euro_per_km": 1, "meetings": 10, "assumed_km": 5, "virtual_share": 0.25, "blended_share": 0.4}
    found = costs(schools, rates=rates)
    assert of(CostKind.TRAVEL, found.mentee_side) == [round(100 * 2 * 5 * 10 * (1 - online))]
    assert found.assumed_km.tolist() == [online < 1]
    assert found.assumed_mode.tolist() == [mentee is None]


def test_an_unknown_distance_is_never_nothing() -> None:
    schools = intake(school("m1", **at(NEAR)), school("s1"))
    unknown = costs(schools, rates={"euro_per_km": 1, "lump_sum_mentee": 7})
    assert not unknown.known.any()
    assert unknown.pair.tolist() == [700]  # what is known of it, and it says that it is not all
    free = costs(schools, rates={"lump_sum_mentee": 7})
    assert free.known.all()  # where a km costs nothing, the distance does not matter


def test_the_mentees_country_pays_travel_and_the_mentors_its_hours() -> None:
    schools = intake(school("m1", country="IT"), school("s1", country="HR"))
    found = costs(
        schools,
        rates={"euro_per_km": 1, "meetings": 1, "assumed_km": 10, "hours_per_mentee": 3, "euro_per_hour": 20},
        by_country={"HR": {"euro_per_km": 2}, "IT": {"euro_per_hour": 30.5}},
    )
    assert of(CostKind.TRAVEL, found.mentee_side) == [4000]  # 2 euro * 20 km
    assert of(CostKind.HOURS, found.mentor_side) == [9150]  # 3 hours * 30.50 euro
    assert found.pair.tolist() == [13150]


def test_a_cluster_costs_hours_set_up_and_the_mentors_lump_sum() -> None:
    rates = {"hours_per_cluster": 12, "euro_per_hour": 25, "set_up": 400.5, "lump_sum_mentor": 1000}
    found = costs(intake(school("m1"), school("m2", country="HU"), school("s1")), rates=rates)
    assert found.host.tolist() == [170050, 170050]
    own = costs(
        intake(school("m1", country="HU"), school("s1")), rates=rates, by_country={"HU": {"set_up": 0}}
    )
    assert own.host.tolist() == [130000]


def test_each_lead_of_a_hub_has_its_lump_sum_and_a_group_without_a_mentor_has_none() -> None:
    rates = {"hours_per_mentee": 1, "hours_per_cluster": 2, "euro_per_hour": 10, "lump_sum_mentor": 100}
    schools = intake(school("m1"), school("m2"), school("s1"))
    found = costs(schools, rates=rates, leads={"m1": ("a", "b"), "m2": ()})
    assert found.host.tolist() == [2000 + 2 * 10000, 0]
    assert of(CostKind.HOURS, found.mentor_side) == [1000, 0]


def test_groups_of_equals_pay_no_mentor() -> None:
    schools = intake(school("m1"), school("s1"))
    money = {"enabled": True, "rates": {"hours_per_cluster": 2, "euro_per_hour": 10, "lump_sum_mentor": 100}}
    policy = policy_from_mapping({"money": money})
    equals = policy.model_copy(update={"peers": policy.peers.model_copy(update={"enabled": True})})
    features, pairs = build_features(schools, policy), PairList.every(1, 1)
    assert cost_table(schools, features, policy, pairs).host.tolist() == [12_000]
    assert cost_table(schools, features, equals, pairs).host.tolist() == [0]


def test_incentives_are_given_only_where_they_are_possible() -> None:
    schools = intake(
        school("m1", country="HR"),
        school("m2", country="IT"),
        school("s1", country="BE"),
        school("s2", country="IT"),
    )
    given = [
        {"kind": "bank-transfer", "given_to": "both", "euro": 100},
        {"kind": "certificate", "given_to": "mentees", "euro": 5},
        {"kind": "products", "given_to": "mentors", "euro": 40, "countries": ["IT"]},
    ]
    found = costs(schools, incentives=given)
    assert of(CostKind.INCENTIVES, found.cluster) == [10000, 4000]  # a transfer in HR; products in IT
    assert of(CostKind.INCENTIVES, found.mentee_side) == [10500, 10500, 500, 500]


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (
            {"enabled": True, "incentives": [{"kind": "bank-transfer", "countries": ["IT", "HR"]}]},
            "not possible in IT",
        ),
        ({"enabled": True, "rates": {"set_up": 1.005}}, "at most two decimals"),
        ({"enabled": True, "budget": {"strength": "hard"}}, "needs a total"),
        ({"budget": {"strength": "hard", "total": 5}}, "need enabled: true"),
        ({"points_per_100_euro": 5}, "need enabled: true"),
        (
            {"enabled": True, "rates": {"euro_per_km": 1}, "budget": {"strength": "hard", "total": 5}},
            "must not cost nothing",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(money: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        policy_from_mapping({"money": money})


def test_a_country_whose_distances_are_not_assumed_is_refused_too() -> None:
    rates = {"euro_per_km": 0, "assumed_km": 10}
    money = {
        "enabled": True,
        "rates": rates,
        "points_per_100_euro": 1,
        "by_country": {"HU": {"euro_per_km": 1}},
    }
    assert policy_from_mapping(
        {"money": money}
    ).money.decides  # the distance assumed everywhere holds there, too
    rates.pop("assumed_km")
    with pytest.raises(InputError, match="known_cost"):
        policy_from_mapping({"money": money})
