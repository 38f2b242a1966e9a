"""Instruments, areas and groups are found under any of their names."""

from __future__ import annotations

import pytest

from matcher.features.instruments import (
    COMMON_AREAS,
    INSTRUMENTS,
    Instrument,
    find_area,
    find_instrument,
    group_key,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("SELFIE", "selfie"),
        (" Selfie ", "selfie"),
        ("pt-selfie", "selfie"),
        ("HR e-Schools", "hr-eschools"),
        ("e-Škole", "hr-eschools"),
        ("Digitalis Nevjegy Rendszer", "hu-dnr"),
        ("PROFIL ŠKOLA21", "cz-skola21"),
    ],
)
def test_an_instrument_is_found_whatever_its_capitals_accents_and_punctuation(name: str, key: str) -> None:
    found = find_instrument(name)
    assert found is not None
    assert found.key == key


def test_an_unknown_instrument_is_not_guessed() -> None:
    assert find_instrument("selfi") is None


@pytest.mark.parametrize("name", ["F", "f", "Area F", "F. Pedagogy: implementation in the classroom"])
def test_an_area_is_found_by_letter_and_by_title(name: str) -> None:
    selfie = find_instrument("selfie")
    assert selfie is not None
    area = find_area(selfie, name)
    assert area is not None
    assert area.common == ("f",)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.key)
def test_no_two_areas_of_an_instrument_answer_to_one_name(instrument: Instrument) -> None:
    for area in instrument.areas:
        for name in (area.key, area.title, *area.names):
            assert find_area(instrument, name) is area


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.key)
def test_every_instrument_answers_to_its_own_names(instrument: Instrument) -> None:
    for name in (instrument.key, *instrument.names):
        assert find_instrument(name) is instrument


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.key)
def test_crosswalks_lead_to_common_areas_only(instrument: Instrument) -> None:
    assert {common for area in instrument.areas for common in area.common} <= set(COMMON_AREAS)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Students", "pupils"),
        ("School leaders", "leaders"),
        ("Parents", "parents"),
        ("Učenici", "pupils"),
        ("Žáci", "pupils"),
        ("Tanárok", "teachers"),
        ("Direção", "leaders"),
        ("Leerkrachten", "teachers"),
        ("Dirigenti", "leaders"),
    ],
)
def test_a_group_has_one_name(name: str, key: str) -> None:
    assert group_key(name) == key
