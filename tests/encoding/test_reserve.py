"""Places kept free: how many, of what, and that a plan keeps them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from matcher.encoding import encode
from matcher.encoding.reserve import reserved, without_reserve
from matcher.exceptions import InfeasibleError
from matcher.pipeline import match
from matcher.policy.concessions import Concession
from matcher.policy.rules import LoadRule, Reserve
from matcher.routes.patches import patched
from matcher.routes.repair import repair
from matcher.rules.names import unresolved_names
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


def everybody(**reserve: Any) -> Any:
    """The policy with the reserve, under which nobody may stay without a mentor."""
    made = policy(**reserve)
    unassigned = made.rules.unassigned.model_copy(update={"allowed": False})
    return made.model_copy(update={"rules": made.rules.model_copy(update={"unassigned": unassigned})})


def test_a_hard_reserve_that_leaves_too_few_places_is_named_and_can_be_made_smaller() -> None:
    found = repair(SCHOOLS, everybody(places=1))
    assert found.conflict[0] == (
        "1 place is to stay free in Croatia, where the mentors have 4 places in all, and 4 schools must be "
        "placed."
    )
    assert found.conflict_minimal
    assert (found.state, found.least_price, found.complete) == ("cheapest", 8.0, True)
    assert found.repairs[0].sentences == ("In Croatia, 0 places stay free instead of 1.",)
    (change,) = found.repairs[0].patch.changes
    assert (change.concession.rule, change.concession.amount) == ("reserve[HR]", 1.0)
    assert (change.before, change.after) == ("1 place kept free", "0 places kept free")
    assert (found.repairs[0].placed, found.repairs[0].status) == (5, "optimal")


def test_a_place_more_at_a_mentor_is_not_kept_free_in_turn() -> None:
    cheap = {"places": {"price": 3.0}}
    tight = everybody(share=0.2)  # of four places one; of five it would still be one, of six two
    cheaper = tight.model_copy(update={"repair": type(tight.repair).model_validate(cheap)})
    found = repair(SCHOOLS, cheaper)
    assert found.least_price == 3.0
    assert sorted(one.sentences[0] for one in found.repairs) == [
        "School m1 (m1) takes 1 place more (2 → 3).",
        "School m2 (m2) takes 1 place more (2 → 3).",
    ]
    for one in found.repairs:
        after = patched(cheaper, one.patch)
        assert [row.at_most for row in encode(SCHOOLS, after).problem.rows] == [4, 1]


def test_a_run_says_where_fewer_places_are_kept_free_and_why() -> None:
    granted = [{"rule": "reserve[HR]", "amount": 1, "reason": "agreed with the ministry"}]
    made = everybody(places=1).model_copy(update={"concessions": (Concession.model_validate(granted[0]),)})
    document = match(SCHOOLS, made).document
    assert document.totals.unassigned == 0
    assert document.concessions == ("Reserve capacity: 1 fewer in Croatia (agreed with the ministry)",)


@pytest.mark.parametrize(
    ("rule", "reserve", "problem"),
    [
        ("reserve[HR]", {"strength": "off"}, "keeps no places free"),
        ("reserve[programme]", {}, "is kept per country"),
        ("reserve[HR]", {"per": "programme"}, "is kept per programme"),
        ("reserve[SE]", {}, "No mentor is in this country"),
    ],
)
def test_a_reserve_that_is_not_kept_cannot_be_made_smaller(
    rule: str, reserve: dict[str, Any], problem: str
) -> None:
    made = policy(places=1, **reserve)
    made = made.model_copy(update={"concessions": (Concession(rule=rule, amount=1),)})
    (issue,) = unresolved_names(SCHOOLS, made)
    assert (issue.code, problem in issue.problem) == ("concession-without-effect", True)


def test_a_reserve_grows_by_no_concession() -> None:
    with pytest.raises(ValidationError, match="above 0"):
        Concession(rule="reserve[HR]", amount=-1)
