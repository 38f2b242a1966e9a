"""The feature table: every column, and unknown kept unknown."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.features.build import build_features
from matcher.features.rows import row_positions
from matcher.policy.model import Policy
from matcher.profiles import Challenge
from tests.features.samples import features_of, intake, languages, record, school, value

FULL: dict[str, Any] = {
    "latitude": 46.5,
    "longitude": 11.35,
    "coordinate_quality": "municipality",
    "phases": ["primary", "lower-secondary"],
    "pupils": 412,
    "rurality": "intermediate",
    "need_index": 0.3,
    "languages": languages(("it", "native"), ("de", None)),
    "challenges": ["inclusion", "stem"],
    "strengths": ["stem"],
    "work_mode": "blended",
    "max_travel_km": 40,
    "min_load": 2,
    "max_load": 5,
    "demand": 2,
    "willingness": "asked",
}
EXPECTED = {
    "latitude": 46.5,
    "longitude": 11.35,
    "town_point": 1.0,
    "pupils": 412.0,
    "rurality": 0.5,
    "need_index": 0.3,
    "phase_primary": 1.0,
    "phase_lower_secondary": 1.0,
    "phase_vocational": 0.0,
    "language_it": 7.0,
    "challenge_inclusion": 1.0,
    "challenge_stem": 2.0,
    "challenge_gifted_pupils": 0.0,
    "strength_stem": 1.0,
    "strength_inclusion": 0.0,
    "work_mode": 0.5,
    "max_travel_km": 40.0,
    "min_load": 2.0,
    "max_load": 5.0,
    "demand": 2.0,
    "willingness": 0.5,
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_a_value_of_the_form_becomes_this_number(name: str, expected: float) -> None:
    assert value(features_of(school("A", **FULL)), "A", name) == expected


def test_a_school_that_says_nothing_is_unknown_in_everything_but_its_demand() -> None:
    table = features_of(school("A"), school("B", **FULL))
    known = [name for name in table.names if not math.isnan(value(table, "A", name))]
    assert known == ["demand"]


def test_a_language_not_listed_is_0_and_a_level_not_stated_is_unknown() -> None:
    table = features_of(school("A", **FULL), school("B", languages=languages(("en", "B2"))))
    assert value(table, "A", "language_en") == 0.0
    assert math.isnan(value(table, "A", "language_de"))
    assert value(table, "B", "language_en") == 4.0


def test_a_language_listed_twice_counts_with_its_better_stated_level() -> None:
    table = features_of(school("A", languages=languages(("en", None), ("en", "B1"), ("en", "C1"))))
    assert value(table, "A", "language_en") == 5.0


def test_a_site_point_is_no_town_point_and_without_a_point_the_flag_is_unknown() -> None:
    table = features_of(
        school("A", latitude=46.0, longitude=11.0, coordinate_quality="site"),
        school("B", latitude=46.0, coordinate_quality="municipality"),
        school("C", latitude=46.0, longitude=11.0),
    )
    assert value(table, "A", "town_point") == 0.0
    assert math.isnan(value(table, "B", "town_point"))
    assert math.isnan(value(table, "C", "town_point"))


def test_rows_are_sorted_by_id_and_no_name_is_in_the_table() -> None:
    table = features_of(school("C"), school("A", "mentor"), school("B"))
    assert table.school_ids == ("A", "B", "C")
    assert not any("Name of" in column.name + column.provenance for column in table.columns)


def test_every_column_states_its_unit_and_where_it_comes_from() -> None:
    table = features_of(school("A", **FULL))
    assert all(column.unit and column.provenance for column in table.columns)
    assert len(set(table.names)) == len(table.names)


def test_an_empty_intake_gives_an_empty_table_with_all_its_columns() -> None:
    table = features_of()
    assert table.values.shape == (0, len(table.names))
    assert "maturity_mean" in table.names


def test_two_schools_with_one_id_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="given more than once: A"):
        features_of(school("A"), school("A"))


def test_rows_are_found_in_the_order_asked_for() -> None:
    table = features_of(school("C"), school("A"), school("B"))
    assert row_positions(table, ["C", "A", "C"]).tolist() == [2, 0, 2]
    with pytest.raises(KeyError, match="Z"):
        row_positions(table, ["Z"])


@settings(max_examples=25, deadline=None)
@given(
    order=st.permutations(range(4)),
    challenges=st.lists(st.lists(st.sampled_from(list(Challenge)), max_size=3), min_size=4, max_size=4),
)
def test_the_order_of_the_form_does_not_matter(order: list[int], challenges: list[list[Challenge]]) -> None:
    schools = [school(f"S{at}", challenges=named) for at, named in enumerate(challenges)]
    records = [record(f"S{at}", "A", 1.0 + at) for at in range(4)]
    one = build_features(intake(*schools, maturity=tuple(records)), Policy())
    shuffled = intake(*(schools[at] for at in order), maturity=tuple(records[at] for at in order))
    other = build_features(shuffled, Policy())
    assert one.school_ids == other.school_ids
    np.testing.assert_array_equal(one.values, other.values)
