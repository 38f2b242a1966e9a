"""Each criterion's formula, by hand-derived values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.features.instruments import COMMON_AREAS
from matcher.policy.criteria import MaturityBand
from matcher.profiles import Challenge
from matcher.scores.challenge_areas import CHALLENGE_AREAS, area_weights
from matcher.scores.challenge_fit import score_challenge_fit
from matcher.scores.context import score_context
from matcher.scores.maturity_band import score_areas, score_maturity_band
from matcher.scores.partnership import score_partnership
from matcher.scores.phase import score_phase
from matcher.scores.preference import score_preference
from matcher.scores.shared_language import score_shared_language
from matcher.scores.size import score_size
from matcher.scores.travel import score_travel
from matcher.scores.work_mode import score_work_mode

NAN = math.nan
BAND = MaturityBand(low=0.0, best_from=0.2, best_to=0.4, high=0.8, challenge_emphasis=2.0)


def _row(*values: float) -> NDArray[np.float64]:
    return np.array([values], dtype=np.float64)


def _one(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def _levels(**known: float) -> NDArray[np.float64]:
    return _row(*(known.get(area, NAN) for area in COMMON_AREAS))


def _ranks(*order: Challenge) -> NDArray[np.float64]:
    return _row(*(float(order.index(one) + 1) if one in order else 0.0 for one in Challenge))


def _flags(*strong: Challenge) -> NDArray[np.float64]:
    return _row(*(float(one in strong) for one in Challenge))


NO_LIST = _row(*[NAN] * len(Challenge))
EVEN = np.ones((1, 8))


@pytest.mark.parametrize(
    ("gap", "score"),
    [
        (-0.3, 0.0),
        (0.0, 0.0),
        (0.1, 0.5),
        (0.2, 1.0),
        (0.3, 1.0),
        (0.4, 1.0),
        (0.6, 0.5),
        (0.8, 0.0),
        (1.0, 0.0),
    ],
)
def test_the_maturity_gap_is_a_band(gap: float, score: float) -> None:
    assert score_areas(_row(0.0), _row(gap), BAND)[0, 0] == pytest.approx(score)


def test_maturity_is_judged_area_by_area_not_on_the_mean() -> None:
    # Equal means, yet the mentor is ahead by 0.3 in one area (1) and behind by 0.3 in the other (0).
    mentee, host = _levels(a=0.2, b=0.5), _levels(a=0.5, b=0.2)
    assert score_maturity_band(mentee, host, EVEN, BAND).tolist() == [0.5]


def test_areas_that_a_challenge_touches_weigh_more() -> None:
    # Assessment touches area G alone: weights 1 and 1 + 2, scores 0 (A) and 1 (G).
    mentee, host = _levels(a=0.5, g=0.2), _levels(a=0.5, g=0.5)
    weights = area_weights(_ranks(Challenge.ASSESSMENT), 2.0)
    assert score_maturity_band(mentee, host, weights, BAND).tolist() == [0.75]


def test_a_school_without_challenges_weighs_all_areas_alike() -> None:
    assert area_weights(NO_LIST, 2.0).tolist() == [[1.0] * 8]


def test_maturity_uses_only_the_areas_known_on_both_sides() -> None:
    assert score_maturity_band(_levels(a=0.2, b=0.0), _levels(a=0.5, c=0.9), EVEN, BAND).tolist() == [1.0]
    assert np.isnan(score_maturity_band(_levels(a=0.2), _levels(b=0.5), EVEN, BAND)).all()


def test_every_challenge_touches_some_area() -> None:
    assert set(CHALLENGE_AREAS) == set(Challenge)
    assert all(areas and set(areas) <= set(COMMON_AREAS) for areas in CHALLENGE_AREAS.values())


def test_earlier_challenges_count_more() -> None:
    ranks = _ranks(Challenge.INCLUSION, Challenge.STEM)
    # Weights 1 and 0.5: 1/1.5 and 0.5/1.5.
    assert score_challenge_fit(ranks, _flags(Challenge.INCLUSION), 0.5)[0] == pytest.approx(2 / 3)
    assert score_challenge_fit(ranks, _flags(Challenge.STEM), 0.5)[0] == pytest.approx(1 / 3)
    assert score_challenge_fit(ranks, _flags(Challenge.STEM, Challenge.INCLUSION), 0.5)[0] == 1.0
    assert score_challenge_fit(ranks, _flags(Challenge.ASSESSMENT), 0.5)[0] == 0.0


def test_nothing_stands_in_for_strengths_or_challenges_left_out() -> None:
    assert np.isnan(score_challenge_fit(_ranks(Challenge.STEM), NO_LIST, 0.5)).all()
    assert np.isnan(score_challenge_fit(NO_LIST, _flags(Challenge.STEM), 0.5)).all()


@pytest.mark.parametrize(
    ("mentee", "host", "score"),
    [
        ((7, 0), (7, 0), 1.0),
        ((2, 0), (7, 0), 0.4),
        ((2, 4), (7, 4), 0.8),
        ((7, 0), (0, 7), 0.0),
        ((NAN, 0), (7, 0), NAN),
        ((NAN, 5), (7, 5), 1.0),
        ((NAN, 4), (7, 4), NAN),
        ((NAN, 4), (3, 4), 0.8),
        ((NAN, 0), (0, 7), 0.0),
        ((NAN, NAN), (0, 7), NAN),
    ],
)
def test_the_best_common_language_counts_with_its_weaker_side(
    mentee: tuple[float, ...], host: tuple[float, ...], score: float
) -> None:
    found = score_shared_language(_row(*mentee), _row(*host), enough=5)
    turned = score_shared_language(_row(*host), _row(*mentee), enough=5)
    np.testing.assert_allclose(found, [score])
    np.testing.assert_allclose(turned, [score])


def test_an_intake_without_any_language_leaves_the_criterion_unknown() -> None:
    assert np.isnan(score_shared_language(np.empty((2, 0)), np.empty((2, 0)), 5)).tolist() == [True, True]


def test_travel_falls_in_a_straight_line_to_0() -> None:
    np.testing.assert_allclose(score_travel(_one(0, 50, 100, 150, NAN), 100.0), [1.0, 0.5, 0.0, 0.0, NAN])


def test_phase_is_the_share_of_the_mentees_phases() -> None:
    mentee, host = _row(1, 1, 0, 0, 0), _row(1, 0, 1, 0, 0)
    assert score_phase(mentee, host).tolist() == [0.5]
    assert score_phase(_row(1, 0, 0, 0, 0), _row(1, 1, 1, 1, 1)).tolist() == [1.0]
    assert np.isnan(score_phase(mentee, _row(*[NAN] * 5))).all()


def test_size_goes_by_ratio() -> None:
    pupils, other = _one(100, 100, 100, 1000, 100, NAN), _one(100, 200, 400, 500, 900, 100)
    np.testing.assert_allclose(score_size(pupils, other, 4.0), [1.0, 0.5, 0.0, 0.5, 0.0, NAN], atol=1e-12)


def test_no_pupils_is_a_size_and_not_an_unknown() -> None:
    assert score_size(_one(0, 0), _one(10, 0), 4.0).tolist() == [0.0, 1.0]


def test_context_gives_the_weight_of_an_unknown_part_to_the_other() -> None:
    rural, urban, none = _one(1.0), _one(0.0), _one(NAN)
    # Rurality scores 0, need 1 - 0.2.
    assert score_context(rural, urban, _one(0.5), _one(0.3), 0.25)[0] == pytest.approx(0.75 * 0.8)
    assert score_context(rural, none, _one(0.5), _one(0.3), 0.25)[0] == pytest.approx(0.8)
    assert score_context(rural, urban, none, _one(0.3), 0.25)[0] == 0.0
    assert np.isnan(score_context(none, urban, none, _one(0.3), 0.25)).all()
    assert np.isnan(score_context(none, urban, _one(0.5), _one(0.3), 1.0)).all()


def test_blended_goes_half_way_with_both_ways_of_working() -> None:
    np.testing.assert_allclose(score_work_mode(_one(0, 0.5, 0, NAN), _one(0, 1, 1, 0)), [1.0, 0.5, 0.0, NAN])


def test_a_wish_falls_with_its_rank_and_nobody_named_is_unknown() -> None:
    np.testing.assert_allclose(score_preference(_one(1, 2, 3, 0, NAN), 0.5, 0.1), [1.0, 0.5, 0.25, 0.1, NAN])


def test_an_earlier_partnership_is_never_unknown() -> None:
    assert score_partnership(np.array([True, False])).tolist() == [1.0, 0.0]


@given(
    mentee=st.lists(st.one_of(st.just(NAN), st.floats(0, 1)), min_size=8, max_size=8),
    host=st.lists(st.one_of(st.just(NAN), st.floats(0, 1)), min_size=8, max_size=8),
)
def test_the_maturity_band_is_unknown_exactly_without_a_common_area(
    mentee: list[float], host: list[float]
) -> None:
    score = score_maturity_band(_row(*mentee), _row(*host), EVEN, BAND)[0]
    common = any(not math.isnan(one + other) for one, other in zip(mentee, host, strict=True))
    assert math.isnan(score) is not common
    assert not common or 0 <= score <= 1


@given(a=st.integers(0, 5000), b=st.integers(0, 5000), ratio=st.floats(1.01, 50))
def test_size_is_symmetric_and_within_0_and_1(a: int, b: int, ratio: float) -> None:
    there, back = score_size(_one(a), _one(b), ratio)[0], score_size(_one(b), _one(a), ratio)[0]
    assert there == back
    assert 0 <= there <= 1
