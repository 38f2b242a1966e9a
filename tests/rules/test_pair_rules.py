"""Each pair rule on hand-derived pairs: kept, broken, unknown, and its words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.samples import mentee, mentor, reasons, soft_sentences, verdict

HARD = {"strength": "hard"}
KEPT, BROKEN, UNKNOWN = (False, False), (True, False), (False, True)

# 1 degree of latitude is 111.195 km on the mean sphere; by road 1.3 times as much, 144.55 km.
SOUTH = {"latitude": 45.0, "longitude": 11.0, "coordinate_quality": "site"}
NORTH = {"latitude": 46.0, "longitude": 11.0, "coordinate_quality": "site"}


def spoken(*pairs: tuple[str, str | None]) -> dict[str, Any]:
    return {"languages": [{"code": code, "level": level} for code, level in pairs]}


def test_country_is_broken_across_a_border() -> None:
    assert verdict(mentee(country="IT"), mentor(country="IT"), country=HARD) == KEPT
    assert verdict(mentee(country="IT"), mentor(country="HR"), country=HARD) == BROKEN
    assert reasons(mentee(country="IT"), mentor(country="HR"), country=HARD) == (
        "Country: the mentee is in Italy, the mentor in Croatia.",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "level", "expected"),
    [
        ("ITH51", "ITH55", 2, KEPT),
        ("ITH51", "ITH55", 3, BROKEN),
        ("ITC48", "ITH51", 2, BROKEN),
        ("ITC48", "ITC11", 1, KEPT),
        ("ITH", "ITH51", 2, UNKNOWN),
        ("ITC", "ITH51", 2, BROKEN),
        (None, "ITH51", 2, UNKNOWN),
        (None, "HR021", 2, BROKEN),
    ],
)
def test_regions_are_compared_as_far_as_both_are_stated(
    ours: str | None, theirs: str, level: int, expected: tuple[bool, bool]
) -> None:
    other = mentor(region=theirs, country=theirs[:2])
    assert verdict(mentee(region=ours), other, region={**HARD, "level": level}) == expected


def test_a_greek_school_without_a_region_is_not_outside_the_greek_regions() -> None:
    other = mentor(country="GR", region="EL303")
    assert verdict(mentee(country="GR"), other, region=HARD) == UNKNOWN


def test_a_named_exception_waives_the_region_rule_in_either_order() -> None:
    ours, theirs = mentee(region="ITC48"), mentor(region="ITH51")
    for pair in (["A", "Z"], ["Z", "A"]):
        assert verdict(ours, theirs, region={**HARD, "exceptions": [pair]}) == KEPT
    assert verdict(ours, theirs, region={**HARD, "exceptions": [["A", "Y"]]}) == BROKEN


@pytest.mark.parametrize(
    ("listed", "region", "expected"),
    [
        ((), "CZ020", KEPT),
        (("CZ02", "CZ04"), "CZ042", KEPT),
        (("CZ041",), "CZ042", BROKEN),
        (("CZ041",), "CZ04", UNKNOWN),
        (("CZ041",), None, UNKNOWN),
        (("CZ",), None, KEPT),
    ],
)
def test_a_mentor_s_list_of_eligible_regions_decides(
    listed: tuple[str, ...], region: str | None, expected: tuple[bool, bool]
) -> None:
    ours = mentee(country="CZ", region=region)
    theirs = mentor(country="CZ", region="CZ010", eligible_regions=listed)
    assert verdict(ours, theirs, region={**HARD, "mode": "eligible-list"}) == expected


def test_a_mentee_s_list_of_eligible_regions_decides_too() -> None:
    rule = {**HARD, "mode": "eligible-list"}
    ours = mentee(region="ITC48", eligible_regions=("ITC",))
    assert verdict(ours, mentor(region="ITC11"), region=rule) == KEPT
    assert verdict(ours, mentor(region="ITH51"), region=rule) == BROKEN
    assert reasons(ours, mentor(region="ITH51"), region=rule) == (
        "Region: the mentee takes the regions ITC only, the other school is in ITH51.",
    )


def test_a_country_may_compare_regions_in_its_own_way() -> None:
    rule = {"strength": "off", "by_country": {"IT": {"strength": "hard", "level": 1}}}
    assert verdict(mentee(region="ITC48"), mentor(region="ITC11"), region=rule) == KEPT
    assert verdict(mentee(region="ITC48"), mentor(region="ITH51"), region=rule) == BROKEN


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (spoken(("it", "native")), spoken(("it", "B2")), KEPT),
        (spoken(("it", "native")), spoken(("it", "B1")), BROKEN),
        (spoken(("it", "native"), ("en", "B2")), spoken(("hr", "native"), ("en", "C1")), KEPT),
        (spoken(("it", "native")), spoken(("hr", "native")), BROKEN),
        (spoken(("it", None)), spoken(("it", "native")), UNKNOWN),
        (spoken(("it", None)), spoken(("it", "A1")), BROKEN),
        (spoken(("it", None)), spoken(("hr", "native")), BROKEN),
        ({}, spoken(("it", "native")), UNKNOWN),
        ({}, spoken(("it", "A2")), BROKEN),
        ({}, {}, UNKNOWN),
    ],
)
def test_language_needs_one_language_at_the_level_on_both_sides(
    ours: dict[str, Any], theirs: dict[str, Any], expected: tuple[bool, bool]
) -> None:
    assert verdict(mentee(**ours), mentor(**theirs), language={**HARD, "level": "B2"}) == expected


def test_more_languages_than_bits_in_a_word_are_still_told_apart() -> None:
    codes = [f"{first}{second}" for first in "abcdefghij" for second in "klmnopqrst"]
    ours, theirs = spoken(*((code, "C1") for code in codes[:70])), spoken((codes[69], "C1"))
    assert verdict(mentee(**ours), mentor(**theirs), language=HARD) == KEPT
    assert verdict(mentee(**ours), mentor(**spoken((codes[70], "C1"))), language=HARD) == BROKEN


def test_language_names_both_sides_languages() -> None:
    ours, theirs = mentee(**spoken(("hu", "native"), ("en", None))), mentor(**spoken(("it", "native")))
    assert reasons(ours, theirs, language=HARD) == (
        "Language: no working language in common at B2 or better "
        "(mentee: Hungarian (native), English (level not stated); mentor: Italian (native)).",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [(0.3, 0.5, KEPT), (0.3, 0.2, BROKEN), (0.1, 0.7, BROKEN), (0.1, 0.6, KEPT), (0.4, 0.4, KEPT)],
)
def test_the_maturity_gap_lies_within_the_band_limits_included(
    ours: float, theirs: float, expected: tuple[bool, bool]
) -> None:
    rule = {**HARD, "min_gap": 0.0, "max_gap": 0.5}
    assert verdict(mentee(), mentor(), {"A": ours, "Z": theirs}, maturity_gap=rule) == expected


def test_a_maturity_that_is_missing_is_unknown() -> None:
    assert verdict(mentee(), mentor(), {"A": 0.3}, maturity_gap=HARD) == UNKNOWN
    rule = {**HARD, "unknown": "forbid"}
    assert reasons(mentee(), mentor(), {"A": 0.3}, maturity_gap=rule) == (
        "Maturity gap: the maturity of the mentor is not known, and the rule does not let such pairs pass.",
    )


def test_the_words_on_the_maturity_gap_hold_no_number() -> None:
    rule = {**HARD, "min_gap": 0.0, "max_gap": 0.5}
    too_far = reasons(mentee(), mentor(), {"A": 0.125, "Z": 0.875}, maturity_gap=rule)
    behind = reasons(mentee(), mentor(), {"A": 0.875, "Z": 0.125}, maturity_gap=rule)
    assert too_far == ("Maturity gap: the mentor is further ahead than the rule allows.",)
    assert behind == ("Maturity gap: the mentor is less far ahead than the rule asks for.",)


@pytest.mark.parametrize(
    ("max_km", "ours", "theirs", "expected"),
    [
        (None, None, None, KEPT),
        (145, None, None, KEPT),
        (144, None, None, BROKEN),
        (None, 144, None, BROKEN),
        (None, None, 144, BROKEN),
        (None, 145, 145, KEPT),
        (200, 150, 144, BROKEN),
    ],
)
def test_the_tightest_cap_on_travel_binds(
    max_km: float | None, ours: float | None, theirs: float | None, expected: tuple[bool, bool]
) -> None:
    one, other = mentee(**SOUTH, max_travel_km=ours), mentor(**NORTH, max_travel_km=theirs)
    assert verdict(one, other, travel={**HARD, "max_km": max_km}) == expected


def test_the_schools_own_caps_can_be_left_out() -> None:
    one, other = mentee(**SOUTH, max_travel_km=10), mentor(**NORTH)
    assert verdict(one, other, travel={**HARD, "use_school_caps": False}) == KEPT


def test_a_school_without_coordinates_is_unknown_only_where_a_cap_applies() -> None:
    assert verdict(mentee(), mentor(**NORTH), travel={**HARD, "max_km": 50}) == UNKNOWN
    assert verdict(mentee(), mentor(**NORTH), travel=HARD) == KEPT
    rule = {**HARD, "max_km": 50, "unknown": "forbid"}
    assert reasons(mentee(), mentor(**NORTH), travel=rule) == (
        "Travel: the coordinates of the mentee are not known, and the rule does not let such pairs pass.",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("virtual", "virtual", KEPT),
        ("virtual", "blended", KEPT),
        ("blended", "virtual", KEPT),
        ("blended", "blended", BROKEN),
        ("virtual", "face-to-face", BROKEN),
        ("virtual", None, BROKEN),
    ],
)
def test_travel_is_waived_when_one_side_is_virtual_and_the_other_can_follow(
    ours: str, theirs: str | None, expected: tuple[bool, bool]
) -> None:
    one, other = mentee(**SOUTH, work_mode=ours), mentor(**NORTH, work_mode=theirs)
    assert verdict(one, other, travel={**HARD, "max_km": 100}) == expected
    strict = {**HARD, "max_km": 100, "virtual_exempt": False}
    assert verdict(one, other, travel=strict) == BROKEN


def test_travel_says_how_far_and_whose_limit_it_is() -> None:
    far = mentor(**NORTH)
    assert reasons(mentee(**SOUTH, max_travel_km=60), far, travel=HARD) == (
        "Travel: 145 km by road, the mentee can travel 60 km at most.",
    )
    assert reasons(mentee(**SOUTH), far, travel={**HARD, "max_km": 144.5}) == (
        "Travel: 145 km by road, the rule allows 144.5 km at most.",
    )
    close = mentor(latitude=45.0 + 60.2 / 111.195 / 1.3, longitude=11.0)
    assert reasons(mentee(**SOUTH, max_travel_km=60), close, travel=HARD) == (
        "Travel: just over 60 km by road, the mentee can travel 60 km at most.",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["primary"], ["primary", "lower-secondary"], KEPT),
        (["primary"], ["upper-secondary"], BROKEN),
        ([], ["primary"], UNKNOWN),
        (["primary"], [], UNKNOWN),
    ],
)
def test_phase_needs_one_phase_in_common(
    ours: list[str], theirs: list[str], expected: tuple[bool, bool]
) -> None:
    assert verdict(mentee(phases=ours), mentor(phases=theirs), phase=HARD) == expected


def test_phase_names_the_phases_in_order() -> None:
    ours, theirs = mentee(phases=["vocational", "primary"]), mentor(phases=["upper-secondary"])
    assert reasons(ours, theirs, phase=HARD) == (
        "Phase: no phase in common (mentee: primary, vocational; mentor: upper-secondary).",
    )


@pytest.mark.parametrize(
    ("mode", "ours", "theirs", "expected"),
    [
        ("different", "Comune di Bobbio", "comune  di bobbio", BROKEN),
        ("different", "Comune di Bobbio", "Comune di Varzi", KEPT),
        ("same", "Comune di Bobbio", "Comune di Varzi", BROKEN),
        ("same", "Comune di Bobbio", "COMUNE DI BOBBIO", KEPT),
        ("same", None, "Comune di Bobbio", UNKNOWN),
        ("different", None, None, UNKNOWN),
    ],
)
def test_authorities_are_compared_whatever_their_spelling(
    mode: str, ours: str | None, theirs: str | None, expected: tuple[bool, bool]
) -> None:
    rule = {**HARD, "mode": mode}
    assert verdict(mentee(authority=ours), mentor(authority=theirs), authority=rule) == expected


def test_a_soft_breach_is_said_in_the_same_words() -> None:
    ours, theirs = mentee(authority="Comune di Bobbio"), mentor(authority="Comune di Bobbio")
    assert soft_sentences(ours, theirs, authority={"strength": "soft"}) == (
        "School authority: both schools belong to Comune di Bobbio.",
    )
    assert reasons(ours, theirs, authority={"strength": "soft"}) == ()
