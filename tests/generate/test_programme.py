"""The made-up intake: size, shape, and what makes it hard on purpose."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.exceptions import UsageError
from matcher.generate import COUNTRIES, generate_intake
from matcher.profiles import CoordinateQuality, Intake, LinkKind, Strength


@pytest.fixture(scope="module")
def pilot() -> Intake:
    return generate_intake()


def test_the_default_has_the_shape_of_the_mensi_pilot(pilot: Intake) -> None:
    assert Counter(school.country for school in pilot.mentors) == dict.fromkeys(COUNTRIES, 4)
    expected = {"BE": 17, "HR": 17, "CZ": 16, "HU": 16, "IT": 16, "PT": 18}
    assert Counter(school.country for school in pilot.mentees) == expected


def test_the_intake_says_that_it_is_synthetic(pilot: Intake) -> None:
    assert pilot.synthetic
    assert pilot.title.startswith("Synthetic")
    assert str(pilot.as_of) == "2026-09-01"


def test_equal_arguments_give_equal_intakes_and_another_seed_another_one(pilot: Intake) -> None:
    assert generate_intake() == pilot
    assert generate_intake(seed=2022) != pilot


def test_only_portugal_is_short_of_places(pilot: Intake) -> None:
    places = {
        country: sum(school.max_load or 0 for school in pilot.mentors if school.country == country)
        for country in COUNTRIES
    }
    # A tenth more places than mentees, rounded: 17 + 2, 17 + 2, 16 + 2 ...; in Portugal 18 - 2.
    assert places == {"BE": 19, "HR": 19, "CZ": 18, "HU": 18, "IT": 18, "PT": 16}
    assert {school.max_load for school in pilot.mentors} <= {3, 4, 5}
    assert all((school.min_load or 0) <= (school.max_load or 0) for school in pilot.mentors)


def test_every_kind_of_link_occurs_and_one_rivalry_has_expired(pilot: Intake) -> None:
    assert {link.kind for link in pilot.links} == set(LinkKind)
    mentors = {school.school_id for school in pilot.mentors}
    kinds = Counter(link.kind for link in pilot.links if link.kind is not LinkKind.RIVALRY)
    assert kinds == {LinkKind.PARTNERSHIP: 6, LinkKind.MUST_LINK: 4, LinkKind.LOCK: 1, LinkKind.FORBID: 1}
    rivalries = [link for link in pilot.links if link.kind is LinkKind.RIVALRY]
    assert sum(not link.in_force(pilot.as_of) for link in rivalries) == 1
    assert sum(link.school_b in mentors for link in rivalries) == 5


def test_between_four_and_five_percent_of_the_pairs_of_mentees_in_a_country_are_rivals(pilot: Intake) -> None:
    mentors = {school.school_id for school in pilot.mentors}
    rivals = [x for x in pilot.links if x.kind is LinkKind.RIVALRY and x.school_b not in mentors]
    # 2 * C(17, 2) + 3 * C(16, 2) + C(18, 2) = 272 + 360 + 153 = 785 pairs.
    assert 0.04 * 785 <= len(rivals) <= 0.055 * 785
    assert all(link.reason and link.declared_by for link in rivals)
    assert {link.strength for link in rivals} == {Strength.HARD, Strength.SOFT}


def test_no_pair_of_schools_has_two_links(pilot: Intake) -> None:
    pairs = [frozenset((link.school_a, link.school_b)) for link in pilot.links]
    assert len(pairs) == len(set(pairs))


def test_preferences_have_ties_and_incomplete_lists_and_name_no_rival(pilot: Intake) -> None:
    rivals = {frozenset((x.school_a, x.school_b)) for x in pilot.links if x.kind is LinkKind.RIVALRY}
    assert not any(frozenset((wish.from_school, wish.to_school)) in rivals for wish in pilot.preferences)
    ranks = Counter((wish.from_school, wish.rank) for wish in pilot.preferences)
    assert max(ranks.values()) > 1
    senders = {wish.from_school for wish in pilot.preferences}
    assert 0 < len(senders) < len(pilot.schools)


def test_some_values_are_missing_and_some_points_are_shared(pilot: Intake) -> None:
    mentees = pilot.mentees
    assert any(school.pupils is None for school in mentees)
    assert any(school.latitude is None and school.coordinate_quality is None for school in mentees)
    assert any(skill.level is None for school in pilot.schools for skill in school.languages)
    assert any(record.value is None for record in pilot.maturity)
    centres = Counter(
        (school.latitude, school.longitude)
        for school in pilot.schools
        if school.coordinate_quality is CoordinateQuality.MUNICIPALITY
    )
    assert max(centres.values()) > 1


def test_only_czech_mentors_list_eligible_regions_and_every_czech_mentee_is_in_one(pilot: Intake) -> None:
    listed = {school.country for school in pilot.schools if school.eligible_regions}
    assert listed == {"CZ"}
    regions = {code for school in pilot.mentors for code in school.eligible_regions}
    assert {school.region for school in pilot.mentees if school.country == "CZ"} <= regions


def test_the_pilot_has_minority_languages_in_five_countries(pilot: Intake) -> None:
    spoken = {(school.country, skill.code) for school in pilot.schools for skill in school.languages}
    assert {
        ("BE", "fr"),
        ("CZ", "pl"),
        ("HR", "hu"),
        ("HR", "it"),
        ("HU", "de"),
        ("IT", "fr"),
        ("IT", "sl"),
    } <= spoken


def test_mates_of_one_home_are_never_hard_rivals_so_that_everybody_can_be_placed(pilot: Intake) -> None:
    # Homes are dealt out in order: Portugal's 18 mentees PT-005 ... PT-022 have homes of 5, 5, 4 and 4.
    bounds = {"PT-001": (5, 9), "PT-002": (10, 14), "PT-003": (15, 18), "PT-004": (19, 22)}
    home = {f"PT-{n:03d}": key for key, (low, high) in bounds.items() for n in range(low, high + 1)}
    hard = [
        x
        for x in pilot.links
        if x.kind is LinkKind.RIVALRY and x.strength is Strength.HARD and x.in_force(pilot.as_of)
    ]
    inside = [x for x in hard if x.school_a in home and x.school_b in home]
    assert inside
    assert all(home[x.school_a] != home[x.school_b] for x in inside)


def test_minority_languages_are_there() -> None:
    intake = generate_intake(mentors=60, mentees=1200)
    spoken = {(school.country, skill.code) for school in intake.schools for skill in school.languages}
    wanted = {
        ("IT", "de"),
        ("IT", "sl"),
        ("IT", "fr"),
        ("HR", "it"),
        ("HR", "hu"),
        ("HU", "rom"),
        ("CZ", "pl"),
    }
    assert wanted <= spoken


@settings(max_examples=15, deadline=None)
@given(
    mentors=st.integers(3, 30),
    mentees=st.integers(6, 80),
    countries=st.permutations(COUNTRIES).map(lambda some: tuple(some[:3])),
    seed=st.integers(0, 2**31 - 1),
)
def test_any_size_resolves_its_ids_and_is_short_in_the_last_country_at_most(
    mentors: int, mentees: int, countries: tuple[str, ...], seed: int
) -> None:
    intake = generate_intake(mentors=mentors, mentees=mentees, countries=countries, seed=seed)
    ids = [school.school_id for school in intake.schools]
    assert (len(intake.mentors), len(intake.mentees)) == (mentors, mentees)
    assert len(set(ids)) == len(ids)
    assert len({school.name for school in intake.schools}) == len(ids)
    named = {x for link in intake.links for x in (link.school_a, link.school_b)}
    named |= {x for wish in intake.preferences for x in (wish.from_school, wish.to_school)}
    named |= {record.school_id for record in intake.maturity}
    assert named <= set(ids)
    for country in countries[:-1]:
        places = sum(school.max_load or 0 for school in intake.mentors if school.country == country)
        assert places > sum(school.country == country for school in intake.mentees)


def test_a_national_size_is_made_in_one_go() -> None:
    intake = generate_intake(mentors=240, mentees=1200)
    assert len(intake.schools) == 1440
    assert len({school.name for school in intake.schools}) == 1440


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"countries": ("HR", "HR")}, "countries"),
        ({"countries": ("FR",)}, "countries"),
        ({"countries": ()}, "countries"),
        ({"mentors": 5}, "mentors"),
        ({"mentees": 11}, "mentees"),
        ({"seed": -1}, "seed"),
    ],
)
def test_arguments_out_of_range_are_refused_by_name(arguments: dict[str, int], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        generate_intake(**arguments)  # type: ignore[arg-type]
