"""Mentees to keep apart: declared, near, of one authority."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matcher.policy.model import Policy
from matcher.profiles import Intake, Link, School
from matcher.rules.apart import ApartPairs, apart_pairs
from tests.rules.samples import features, intake, policy, school

HARD, SOFT = {"strength": "hard"}, {"strength": "soft", "price": 15}
KM_IN_DEGREES = 1 / 111.195  # of latitude, on the mean sphere


def at(km_north: float, quality: str = "site", **given: Any) -> dict[str, Any]:
    latitude = 45.0 + km_north * KM_IN_DEGREES
    values = {"latitude": latitude, "longitude": 11.0, "coordinate_quality": quality, "phases": ["primary"]}
    return {**values, **given}


def apart(given: Intake, chosen: Policy) -> ApartPairs:
    return apart_pairs(given, features(given, chosen), chosen)


def rivals(one: str, other: str, **given: Any) -> Link:
    return Link.model_validate({"kind": "rivalry", "school_a": one, "school_b": other, **given})


def four() -> tuple[School, ...]:
    return (school("A"), school("B"), school("C"), school("Z", "mentor"))


def test_declared_rivals_are_kept_apart_with_the_smaller_position_first() -> None:
    reason = "Same streets"
    found = apart(intake(*four(), links=(rivals("C", "A", reason=reason, declared_by="C"),)), policy())
    assert found.pairs.tolist() == [[0, 2]]
    assert found.hard.tolist() == [True]
    assert found.keys == (("rivalry",),)
    assert found.reasons == ("declared rivalry (Same streets; declared by C)",)


def test_a_rivalry_with_a_mentor_keeps_no_mentees_apart() -> None:
    assert len(apart(intake(*four(), links=(rivals("A", "Z"),)), policy())) == 0


def test_two_mentees_that_are_forbidden_for_each_other_are_kept_apart() -> None:
    link = Link.model_validate({"kind": "forbid", "school_a": "A", "school_b": "B"})
    found = apart(intake(*four(), links=(link,)), policy())
    assert (found.pairs.tolist(), found.keys) == ([[0, 1]], (("forbid",),))


def test_an_expired_rivalry_keeps_nobody_apart() -> None:
    link = rivals("A", "B", expires=date(2026, 6, 30))
    assert len(apart(intake(*four(), links=(link,), as_of=date(2026, 7, 1)), policy())) == 0
    assert len(apart(intake(*four(), links=(link,), as_of=date(2026, 6, 30)), policy())) == 1


def test_soft_rivalries_cost_and_the_policy_may_override_them() -> None:
    links = (rivals("A", "B", strength="soft"), rivals("B", "A", strength="soft"))
    found = apart(intake(*four(), links=links), policy(rivalry={"price": 9}))
    assert (found.hard.tolist(), found.price.tolist()) == ([False], [18])
    hard = apart(intake(*four(), links=links), policy(rivalry={"strength": "hard"}))
    assert (hard.hard.tolist(), hard.price.tolist()) == ([True], [0])
    assert apart(intake(*four(), links=links), policy(rivalry={"strength": "off"})).parts[0].key == "forbid"


@pytest.mark.parametrize(("km", "expected"), [(2.9, [[0, 1]]), (3.1, [])])
def test_neighbours_are_nearer_than_the_limit(km: float, expected: list[list[int]]) -> None:
    given = intake(school("A", **at(0)), school("B", **at(km)))
    found = apart(given, policy(neighbours={**HARD, "min_km": 3}))
    assert found.pairs.tolist() == expected


def test_neighbours_say_how_far_apart_they_are() -> None:
    given = intake(school("A", **at(0)), school("B", **at(2)))
    found = apart(given, policy(neighbours={**SOFT, "min_km": 3}))
    assert found.reasons == ("neighbours, 2.0 km apart (nearer than 3 km)",)
    assert (found.hard.tolist(), found.price.tolist()) == ([False], [15])


def test_neighbours_of_different_phases_do_not_compete() -> None:
    given = intake(school("A", **at(0)), school("B", **at(1, phases=["vocational"])))
    assert len(apart(given, policy(neighbours=HARD))) == 0
    assert len(apart(given, policy(neighbours={**HARD, "same_phase_only": False}))) == 1


def test_near_schools_without_a_phase_cannot_be_judged() -> None:
    given = intake(school("A", **at(0)), school("B", **at(1, phases=[])))
    found = apart(given, policy(neighbours=HARD))
    assert found.pairs.tolist() == []
    assert found.parts[-1].unjudged.tolist() == [[0, 1]]


def test_two_schools_at_one_town_s_centre_are_an_unknown_distance_apart() -> None:
    town = at(0, quality="municipality")
    found = apart(intake(school("A", **town), school("B", **town)), policy(neighbours=HARD))
    assert found.pairs.tolist() == []
    assert found.parts[-1].unjudged.tolist() == [[0, 1]]


def test_two_schools_at_one_point_of_unstated_quality_are_an_unknown_distance_apart() -> None:
    point = {key: value for key, value in at(0).items() if key != "coordinate_quality"}
    found = apart(intake(school("A", **point), school("B", **point)), policy(neighbours=HARD))
    assert found.pairs.tolist() == []
    assert found.parts[-1].unjudged.tolist() == [[0, 1]]


def test_two_schools_on_one_site_are_neighbours() -> None:
    found = apart(intake(school("A", **at(0)), school("B", **at(0))), policy(neighbours=HARD))
    assert found.pairs.tolist() == [[0, 1]]


def test_a_school_without_coordinates_has_no_known_neighbours() -> None:
    found = apart(intake(school("A", **at(0)), school("B")), policy(neighbours=HARD))
    assert len(found) == 0


def test_mentees_of_one_authority_are_kept_apart_and_unknown_ones_are_not() -> None:
    given = intake(
        school("A", authority="Comune di Bobbio"),
        school("B"),
        school("C", authority="comune di  bobbio"),
        school("D"),
        school("E", authority="Comune di Bobbio"),
    )
    found = apart(given, policy(apart_by_authority=SOFT))
    assert found.pairs.tolist() == [[0, 2], [0, 4], [2, 4]]
    assert found.price.tolist() == [15, 15, 15]
    assert found.reasons[0] == "both belong to Comune di Bobbio"


def test_a_pair_named_by_several_rules_stands_once() -> None:
    near = {"authority": "Comune di Bobbio"}
    schools = (school("A", **at(0, **near)), school("B", **at(1, **near)))
    links = (rivals("A", "B", strength="soft"),)
    soft = apart(
        intake(*schools, links=links), policy(neighbours=SOFT, apart_by_authority={**SOFT, "price": 5})
    )
    assert soft.pairs.tolist() == [[0, 1]]
    assert (soft.hard.tolist(), soft.price.tolist()) == ([False], [60])
    assert soft.keys == (("rivalry", "neighbours", "apart_by_authority"),)
    hard = apart(intake(*schools, links=links), policy(neighbours=HARD))
    assert (hard.hard.tolist(), hard.price.tolist()) == ([True], [0])
    assert hard.reasons == ("declared rivalry; neighbours, 1.0 km apart (nearer than 3 km)",)
    assert [(part.key, len(part.reasons)) for part in hard.parts] == [
        ("rivalry", 1),
        ("forbid", 0),
        ("neighbours", 1),
    ]
