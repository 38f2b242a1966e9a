"""Places kept free: how many, of what, and that a plan keeps them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from matcher.encoding import encode
from matcher.encoding.reserve import reserved, without_reserve
from matcher.exceptions import InfeasibleError, UsageError
from matcher.pipeline import match
from matcher.policy.rules import LoadRule, Reserve
from matcher.routes.repair import repair
from matcher.solution import Solution, evaluate
from tests.encoding.builders import intake, school, wish, wish_policy


def policy(**reserve: Any) -> Any:
    load = {"min": 1, "max": 2, "reserve": {"strength": "hard"} | reserve}
    return wish_policy(rules={"country": {"strength": "hard"}, "load": load, "unassigned": {"price": 150}})


SCHOOLS = intake(
    school("m1"),
    school("m2"),
    school("m3", country="IT"),
    *(school(f"s{number}") for number in range(1, 5)),
    school("s5", country="IT"),
    wishes=(*wish("s1", "m1"), *wish("s2", "m1"), *wish("s3", "m2"), *wish("s4", "m2"), *wish("s5", "m3")),
)
"""Croatia has four places, Italy two; every school's wish can be met."""


@pytest.mark.parametrize(
    ("rule", "places", "kept"),
    [
        ({"share": 0.1}, 21, 3),
        ({"share": 0.1}, 20, 2),
        ({"share": 0.0}, 20, 0),
        ({"share": 0.3}, 10, 3),  # 0.3 * 10 is a hair above 3 in binary
        ({"places": 4}, 3, 4),
    ],
)
def test_a_share_is_rounded_up_and_a_number_is_taken_as_it_is(
    rule: dict[str, Any], places: int, kept: int
) -> None:
    assert reserved(Reserve.model_validate(rule), places) == kept


def test_each_country_keeps_its_own_share() -> None:
    rows = encode(SCHOOLS, policy(share=0.25)).problem.rows
    assert [(row.key, row.at_most, row.price) for row in rows] == [
        ("reserve:HR", 3, None),
        ("reserve:IT", 1, None),
    ]


def test_the_programme_keeps_one_share_of_all() -> None:
    (row,) = encode(SCHOOLS, policy(places=2, per="programme")).problem.rows
    assert (row.key, row.at_most) == ("reserve:programme", 4)


def test_a_school_that_takes_two_places_counts_twice() -> None:
    schools = intake(school("m1"), school("s1", demand=2), school("s2"))
    (row,) = encode(schools, policy(places=0)).problem.rows
    assert row.pair_weight.tolist() == [2, 1]


def test_a_hard_reserve_stays_free() -> None:
    plan = match(SCHOOLS, policy(places=1))
    assert plan.document.totals.unassigned == 1  # four Croatian schools for three places
    (rule,) = [one for one in plan.document.rules if one.key == "load.reserve"]
    assert rule.holds
    assert rule.statement == "In each country, 1 place stays free for mentors that drop out."


def test_a_soft_reserve_gives_way_at_its_price() -> None:
    plan = match(SCHOOLS, policy(places=1, strength="soft", price=7))
    assert plan.document.totals.unassigned == 0
    (rule,) = [one for one in plan.document.rules if one.key == "load.reserve"]
    assert [(one.detail, one.price) for one in rule.broken] == [
        ("In Croatia, 1 place too few is kept free.", 7.0)
    ]


def test_the_referee_finds_a_reserve_that_is_taken() -> None:
    encoding = encode(SCHOOLS, policy(places=1))
    everybody = Solution(np.array([0, 0, 1, 1, 2]))
    assert [violation.rule for violation in evaluate(encoding.problem, everybody).broken] == [
        "row:reserve:HR"
    ]
    assert evaluate(without_reserve(encoding), everybody).is_feasible


def test_a_drop_out_may_take_what_was_kept_for_it() -> None:
    plan = match(SCHOOLS, policy(places=1))
    outlook = plan.document.outlook
    assert outlook is not None
    small = next(one for one in outlook.cover if one.host_id in {"m1", "m2"} and len(one.moves) == 1)
    assert small.uncovered == 1  # the other mentor's two places are taken
    large = next(one for one in outlook.cover if one.host_id in {"m1", "m2"} and len(one.moves) == 2)
    assert large.uncovered == 1  # one goes to the place that was kept free


def test_a_reserve_needs_a_maximum() -> None:
    with pytest.raises(ValidationError, match="max_strength must not be off"):
        LoadRule.model_validate({"max_strength": "off", "reserve": {"strength": "soft"}})


def test_a_reserve_beyond_all_places_is_a_named_conflict() -> None:
    with pytest.raises(InfeasibleError, match="Reserve capacity in Croatia"):
        match(SCHOOLS, policy(places=5))


def test_repair_says_that_it_cannot_weigh_a_hard_reserve() -> None:
    with pytest.raises(UsageError, match=r"rules\.load\.reserve\.strength"):
        repair(SCHOOLS, policy(places=5))
