"""The phrase behind each component, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.features.build import build_features
from matcher.policy.model import Policy
from matcher.profiles import Intake, MaturityRecord, Preference, School
from matcher.scores.reasons import component_reason
from tests.features.samples import BOLZANO, TRENTO, intake, languages, record, school


def _say(key: str, mentee: School, host: School, **tables: Any) -> str:
    given: Intake = intake(mentee, host, **tables)
    policy = Policy()
    return component_reason(
        given, build_features(given, policy), policy, key, mentee.school_id, host.school_id
    )


def _mentee(**given: Any) -> School:
    return school("M", **given)


def _mentor(**given: Any) -> School:
    return school("H", "mentor", **given)


def _point(point: tuple[float, float], quality: str) -> dict[str, Any]:
    return {"latitude": point[0], "longitude": point[1], "coordinate_quality": quality}


@pytest.mark.parametrize(
    ("mentee_quality", "host_quality", "said"),
    [
        ("site", "site", "66 km by road"),
        ("municipality", "municipality", "66 km by road (town centres)"),
        ("site", "municipality", "66 km by road (one point is a town centre)"),
    ],
)
def test_travel_tells_the_distance_and_how_precise_it_is(
    mentee_quality: str, host_quality: str, said: str
) -> None:
    mentee = _mentee(**_point(BOLZANO, mentee_quality))
    assert _say("travel", mentee, _mentor(**_point(TRENTO, host_quality))) == said


def test_travel_of_two_sites_at_one_place_is_under_1_km() -> None:
    assert (
        _say("travel", _mentee(**_point(TRENTO, "site")), _mentor(**_point(TRENTO, "site")))
        == "under 1 km by road"
    )


@pytest.mark.parametrize(
    ("mentee", "host", "said"),
    [
        ([("it", "native")], [("it", "C1"), ("en", "B2")], "both work in Italian (at least C1)"),
        ([("it", "native")], [("it", "native")], "both work in Italian (native)"),
        ([("it", "native")], [("de", "native")], "no common working language"),
        ([("it", None)], [("it", "native")], "not known: level in Italian not stated on both sides"),
        ([("it", None), ("en", "C2")], [("it", "C2"), ("en", "C1")], "both work in English (at least C1)"),
        ([], [("it", "native")], "not known: no languages given for the mentee"),
        ([("xx", "C2")], [("xx", "C2")], "both work in xx (at least C2)"),
    ],
)
def test_language_tells_the_weaker_level(
    mentee: list[tuple[str, str | None]], host: list[tuple[str, str | None]], said: str
) -> None:
    assert (
        _say("shared_language", _mentee(languages=languages(*mentee)), _mentor(languages=languages(*host)))
        == said
    )


@pytest.mark.parametrize(
    ("challenges", "strengths", "said"),
    [
        (["inclusion", "stem"], ["inclusion"], "mentor is strong in inclusion, the first challenge"),
        (
            ["inclusion", "stem"],
            ["stem", "inclusion"],
            "mentor is strong in inclusion and STEM, the first and second challenges",
        ),
        (
            ["multi-age-classes"],
            ["multi-age-classes"],
            "mentor is strong in multi-age classes, the mentee's only challenge",
        ),
        (["stem"], ["inclusion"], "mentor lists no strength in STEM, the mentee's only challenge"),
        (
            ["stem", "assessment"],
            ["inclusion"],
            "mentor lists no strength in any of the mentee's 2 challenges",
        ),
        (["stem"], [], "not known: no strengths given for the mentor"),
        ([], ["stem"], "not known: no challenges given for the mentee"),
    ],
)
def test_challenges_are_named_in_the_mentees_order(
    challenges: list[str], strengths: list[str], said: str
) -> None:
    assert _say("challenge_fit", _mentee(challenges=challenges), _mentor(strengths=strengths)) == said


def _levels(school_id: str, **values: float) -> tuple[MaturityRecord, ...]:
    return tuple(record(school_id, area, value) for area, value in values.items())


def test_maturity_is_told_as_a_number_of_areas_and_never_as_a_value() -> None:
    # Gaps on the 0-1 scale: A 0.25 (workable), B 0 (level), C 1 (beyond the band), D known on one side.
    maturity = _levels("M", A=2.0, B=3.0, C=1.0, D=2.0) + _levels("H", A=3.0, B=3.0, C=5.0)
    said = _say("maturity_band", _mentee(), _mentor(), maturity=maturity)
    assert said == "mentor is ahead in 1 of 3 areas by a workable distance, too far ahead in 1"


def test_maturity_across_instruments_is_said_so() -> None:
    maturity = (record("M", "C", 2.0), record("H", "5", 4.0, "hu-dnr"))
    said = _say("maturity_band", _mentee(), _mentor(), maturity=maturity)
    assert (
        said == "mentor is ahead in 1 of 1 area by a workable distance (measured with different instruments)"
    )


def test_maturity_without_a_common_area_is_not_known() -> None:
    maturity = (record("M", "A", 2.0), record("H", "B", 4.0))
    assert (
        _say("maturity_band", _mentee(), _mentor(), maturity=maturity)
        == "not known: no maturity area given for both schools"
    )
    assert (
        _say("maturity_band", _mentee(), _mentor()) == "not known: no maturity values given for either school"
    )


@pytest.mark.parametrize(
    ("mentee", "host", "said"),
    [
        (["primary"], ["primary", "vocational"], "mentor covers primary"),
        (
            ["primary", "lower-secondary"],
            ["lower-secondary"],
            "mentor covers lower secondary, 1 of the mentee's 2 phases",
        ),
        (["primary"], ["vocational"], "mentor does not cover primary"),
        ([], ["vocational"], "not known: no phases given for the mentee"),
    ],
)
def test_phases_are_named(mentee: list[str], host: list[str], said: str) -> None:
    assert _say("phase", _mentee(phases=mentee), _mentor(phases=host)) == said


def test_size_tells_both_numbers_or_whose_is_missing() -> None:
    assert _say("size", _mentee(pupils=1200), _mentor(pupils=380)) == "mentee has 1,200 pupils, mentor 380"
    assert _say("size", _mentee(pupils=1200), _mentor()) == "not known: no pupils given for the mentor"


@pytest.mark.parametrize(
    ("mentee", "host", "said"),
    [
        (
            {"rurality": "rural", "need_index": 0.3},
            {"rurality": "rural", "need_index": 0.5},
            "both rural; need index 0.30 and 0.50",
        ),
        ({"rurality": "urban"}, {"rurality": "rural"}, "mentee urban, mentor rural; need index not known"),
        (
            {"rurality": "urban"},
            {"need_index": 0.5},
            "not known: rurality and need index not given for both schools",
        ),
    ],
)
def test_context_tells_what_is_known(mentee: dict[str, Any], host: dict[str, Any], said: str) -> None:
    assert _say("context", _mentee(**mentee), _mentor(**host)) == said


def test_ways_of_working_are_named() -> None:
    assert _say("work_mode", _mentee(work_mode="virtual"), _mentor(work_mode="virtual")) == "both virtual"
    assert (
        _say("work_mode", _mentee(work_mode="face-to-face"), _mentor(work_mode="blended"))
        == "mentee face-to-face, mentor blended"
    )


@pytest.mark.parametrize(
    ("rank", "said"), [(1, "the mentee's first choice"), (12, "the mentee's number 12 choice")]
)
def test_wishes_tell_their_rank(rank: int, said: str) -> None:
    wish = Preference(from_school="M", to_school="H", rank=rank)
    assert _say("mentee_preference", _mentee(), _mentor(), preferences=(wish,)) == said


def test_wishes_for_others_and_no_wishes_are_different_things() -> None:
    wish = Preference(from_school="H", to_school="N", rank=1)
    given, policy = intake(_mentee(), school("N"), _mentor(), preferences=(wish,)), Policy()
    features = build_features(given, policy)
    assert (
        component_reason(given, features, policy, "mentor_preference", "M", "H")
        == "the mentor named others, not this mentee"
    )
    assert (
        component_reason(given, features, policy, "mentee_preference", "M", "H")
        == "not known: the mentee named no mentor"
    )


def test_positions_and_ids_mean_the_same_pair() -> None:
    given, policy = intake(_mentee(pupils=3), _mentor(pupils=4)), Policy()
    features = build_features(given, policy)
    by_id = component_reason(given, features, policy, "size", "M", "H")
    assert component_reason(given, features, policy, "size", 0, 0) == by_id


def test_an_unknown_school_or_criterion_is_refused() -> None:
    with pytest.raises(KeyError):
        _say("sympathy", _mentee(), _mentor())
    given, policy = intake(_mentee(), _mentor()), Policy()
    with pytest.raises(KeyError):
        component_reason(given, build_features(given, policy), policy, "size", "X", "H")
