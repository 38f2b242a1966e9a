"""Harmonised maturity: scales, groups, dates, flags."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.features.instruments import COMMON_AREAS, INSTRUMENTS
from matcher.features.maturity import Harmonised, harmonise, maturity_band_name
from matcher.policy.model import Maturity, Policy
from matcher.profiles import MaturityRecord
from tests.features.samples import features_of, intake, record, school, value

FLAGGED, CLEAN = 1.0, 0.0


def _harmonised(*records: MaturityRecord, **settings: Any) -> Harmonised:
    ids = sorted({one.school_id for one in records})
    policy = Policy(maturity=Maturity.model_validate(settings))
    return harmonise(intake(*(school(one) for one in ids), maturity=records), policy)


def _level(area: str, *records: MaturityRecord, **settings: Any) -> float:
    return float(_harmonised(*records, **settings).levels[0, COMMON_AREAS.index(area)])


@pytest.mark.parametrize(
    ("instrument", "area", "raw", "level"),
    [
        ("selfie", "A", 1.0, 0.0),
        ("selfie", "A", 3.0, 0.5),
        ("selfie", "A", 5.0, 1.0),
        ("hr-eschools", "1", 2.0, 0.3),
        ("hu-dnr", "1", 5.0, 0.9),
        ("cz-skola21", "1", 1.0, 0.125),
        ("cz-skola21", "1", 4.0, 0.875),
    ],
)
def test_the_table_brings_this_raw_value_to_this_level(
    instrument: str, area: str, raw: float, level: float
) -> None:
    assert _level("a", record("A", area, raw, instrument)) == pytest.approx(level)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.key)
def test_every_instrument_is_monotone_and_stays_within_0_and_1(instrument: Any) -> None:
    raw = np.linspace(instrument.lowest, instrument.highest, 9)
    levels = [instrument.to_unit(float(one)) for one in raw]
    assert levels == sorted(levels)
    assert len(set(levels)) == len(levels)
    assert levels[0] >= 0
    assert levels[-1] <= 1


def test_not_answered_is_unknown_and_never_0() -> None:
    harmonised = _harmonised(record("A", "A", None), record("A", "B", 3.0))
    assert math.isnan(harmonised.levels[0, 0])
    assert harmonised.levels[0, 1] == 0.5


def test_a_school_without_values_is_unknown_in_level_instrument_and_flag() -> None:
    harmonised = _harmonised(record("A", "A", None))
    assert np.isnan(harmonised.levels).all()
    assert np.isnan(harmonised.instrument).all()
    assert np.isnan(harmonised.weak).all()


def test_the_latest_date_wins_and_an_undated_value_is_the_oldest() -> None:
    undated, old, new = (
        record("A", "A", 5.0),
        record("A", "A", 1.0, taken_on=2020),
        record("A", "A", 2.0, taken_on=2022),
    )
    assert _level("a", new, old, undated) == 0.25
    assert _level("a", old, undated) == 0.0
    assert _level("a", undated) == 1.0


def test_a_later_not_answered_does_not_wipe_out_an_earlier_answer() -> None:
    assert _level("a", record("A", "A", 3.0, taken_on=2020), record("A", "A", None, taken_on=2022)) == 0.5


def test_two_values_of_one_day_are_averaged() -> None:
    assert _level("a", record("A", "A", 2.0, version="8"), record("A", "A", 4.0, version="16")) == 0.5


def test_groups_are_weighted_by_the_policy_under_any_of_their_names() -> None:
    records = (record("A", "F", 5.0, group="Leaders"), record("A", "F", 1.0, group="students"))
    assert _level("f", *records) == 0.5
    assert _level("f", *records, group_weights={"pupils": 3.0}) == 0.25


def test_a_group_of_weight_0_is_ignored() -> None:
    records = (record("A", "F", 5.0, group="leaders"), record("A", "F", 1.0, group="pupils"))
    assert _level("f", *records, group_weights={"pupils": 0.0}) == 1.0
    assert math.isnan(_level("f", records[1], group_weights={"pupils": 0.0}))


def test_a_whole_school_value_counts_only_where_no_group_is_given() -> None:
    whole, leaders = record("A", "F", 1.0), record("A", "F", 5.0, group="leaders")
    assert _level("f", whole, leaders) == 1.0
    assert _level("f", whole) == 0.0


@pytest.mark.parametrize(
    ("area", "groups", "flag"),
    [
        ("F", ("leaders", "teachers", "pupils"), CLEAN),
        ("F", ("leaders", "teachers"), FLAGGED),
        ("A", ("leaders", "teachers"), CLEAN),
        ("A", ("teachers",), FLAGGED),
        ("F", (None,), CLEAN),
    ],
)
def test_a_missing_group_is_flagged_where_the_instrument_asks_it(
    area: str, groups: tuple[str | None, ...], flag: float
) -> None:
    assert _harmonised(*(record("A", area, 3.0, group=group) for group in groups)).weak.tolist() == [flag]


@pytest.mark.parametrize(("n", "flag"), [(2, FLAGGED), (3, CLEAN), (None, CLEAN), (0, FLAGGED)])
def test_few_respondents_are_used_and_flagged(n: int | None, flag: float) -> None:
    harmonised = _harmonised(record("A", "A", 3.0, n=n), min_respondents=3)
    assert harmonised.levels[0, 0] == 0.5
    assert harmonised.weak.tolist() == [flag]


def test_a_school_counts_with_its_last_instrument_and_never_with_a_mixture() -> None:
    harmonised = _harmonised(
        record("A", "B", 3.0, taken_on=2020),
        record("A", "1", 5.0, "hu-dnr", taken_on=2021),
    )
    assert [INSTRUMENTS[int(code)].key for code in harmonised.instrument] == ["hu-dnr"]
    assert harmonised.levels[0, 1] == pytest.approx(0.9)
    assert np.isnan(harmonised.levels[0, 2:]).all()


def test_of_two_undated_instruments_the_first_in_the_table_counts() -> None:
    harmonised = _harmonised(record("A", "1", 5.0, "hu-dnr"), record("A", "A", 3.0))
    assert [INSTRUMENTS[int(code)].key for code in harmonised.instrument] == ["selfie"]


def test_an_instrument_that_says_nothing_is_passed_over() -> None:
    harmonised = _harmonised(
        record("A", "F", 3.0, group="pupils", taken_on=2022),
        record("A", "5", 3.0, "hu-dnr", taken_on=2020),
        group_weights={"pupils": 0.0},
    )
    assert [INSTRUMENTS[int(code)].key for code in harmonised.instrument] == ["hu-dnr"]


@pytest.mark.parametrize(
    ("instrument", "area", "raw", "reason"),
    [
        ("Nowhere", "A", 3.0, "'Nowhere' is not known"),
        ("selfie", "Q", 3.0, "selfie has no area 'Q'"),
        ("selfie", "A", 6.0, "outside the scale of selfie, 1 to 5"),
        ("selfie", "A", 0.0, "outside the scale of selfie, 1 to 5"),
        ("cz-skola21", "1", 5.0, "outside the scale of cz-skola21, 1 to 4"),
        ("selfie", "A", math.nan, "outside the scale"),
    ],
)
def test_what_cannot_be_read_is_unknown_and_reported(
    instrument: str, area: str, raw: float, reason: str
) -> None:
    harmonised = _harmonised(record("A", "B", 3.0), record("A", area, raw, instrument))
    assert [one.position for one in harmonised.unused] == [1]
    assert reason in harmonised.unused[0].reason
    assert math.isnan(harmonised.levels[0, 0])


def test_a_quantile_is_the_mid_rank_within_instrument_and_area() -> None:
    raw = {"A": 2.0, "B": 3.0, "C": 3.0, "D": 5.0}
    others = (record("E", "1", 1.0, "hu-dnr"), record("F", "1", 4.0, "hu-dnr"))
    records = tuple(record(school_id, "A", one) for school_id, one in raw.items())
    levels = _harmonised(*records, *others, scale="quantile").levels[:, 0]
    # Ranks 1, 2.5, 2.5, 4 of four SELFIE schools and 1, 2 of two DNR schools, less a half, by the number.
    assert levels.tolist() == [0.125, 0.5, 0.5, 0.875, 0.25, 0.75]


def test_a_quantile_of_a_school_alone_with_its_instrument_is_flagged() -> None:
    harmonised = _harmonised(record("A", "A", 5.0), scale="quantile")
    assert harmonised.levels[0, 0] == 0.5
    assert harmonised.weak.tolist() == [FLAGGED]


def test_an_area_that_informs_several_common_areas_fills_them_all() -> None:
    levels = _harmonised(record("A", "2", 4.0, "hr-eschools")).levels[0]
    known = [area for area, level in zip(COMMON_AREAS, levels, strict=True) if not math.isnan(level)]
    assert known == ["e", "f", "g"]


def test_the_mean_in_the_table_is_over_known_areas_only() -> None:
    table = features_of(school("A"), school("B"), maturity=(record("A", "A", 2.0), record("A", "H", 5.0)))
    assert value(table, "A", "maturity_mean") == pytest.approx((0.25 + 1.0) / 2)
    assert value(table, "A", "maturity_instrument") == 0.0
    assert math.isnan(value(table, "B", "maturity_mean"))


@pytest.mark.parametrize(
    ("mean", "name"),
    [
        (0.0, "starting"),
        (0.39, "starting"),
        (0.4, "developing"),
        (0.69, "developing"),
        (0.7, "established"),
        (1.0, "established"),
        (math.nan, "unknown"),
    ],
)
def test_readers_see_a_band(mean: float, name: str) -> None:
    assert maturity_band_name(mean) == name


@given(
    st.lists(st.one_of(st.none(), st.floats(1, 5)), min_size=1, max_size=12),
    st.sampled_from(["table", "quantile"]),
)
def test_levels_are_in_0_to_1_and_unknown_exactly_where_nothing_was_answered(
    raw: list[float | None], scale: str
) -> None:
    records = [record(f"S{at:02}", "C", one) for at, one in enumerate(raw)]
    column = _harmonised(*records, scale=scale).levels[:, 2]
    assert [math.isnan(one) for one in column] == [one is None for one in raw]
    assert all(0 <= one <= 1 for one in column if not math.isnan(one))
