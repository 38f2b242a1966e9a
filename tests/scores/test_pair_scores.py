"""Weights, unknown components and points."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.features.build import build_features
from matcher.features.pairs import PairList
from matcher.policy.criteria import Unknown
from matcher.policy.model import Policy
from matcher.profiles import Intake, Link, LinkKind, Preference, Strength
from matcher.scores import pair_scores
from matcher.scores.combination import combine_components
from matcher.scores.pair_scores import score_pairs
from matcher.scores.registry import CRITERIA
from matcher.scores.table import ScoreTable
from tests.features.samples import intake, school
from tests.scores.samples import everything_counts, varied_intake

NAN = math.nan


def _only(**criteria: Any) -> Policy:
    off = {key: {"weight": 0} for key in CRITERIA}
    return Policy.model_validate({"criteria": {**off, **criteria}})


def _scored(given: Intake, policy: Policy) -> ScoreTable:
    pairs = PairList.every(len(given.mentees), len(given.mentors))
    return score_pairs(given, build_features(given, policy), policy, pairs)


def _combined(
    values: list[list[float]], weights: list[float], unknown: Unknown
) -> tuple[list[float], list[float]]:
    points, known = combine_components(np.array(values), np.array(weights), unknown, 100.0)
    return points.sum(axis=0).tolist(), known.tolist()


def test_a_score_is_the_weighted_mean_in_points() -> None:
    schools = (
        school("M", pupils=100, work_mode="virtual"),
        school("H", "mentor", pupils=200, work_mode="virtual"),
    )
    table = _scored(intake(*schools), _only(size={"weight": 3, "zero_ratio": 4}, work_mode={"weight": 1}))
    assert table.criteria == ("size", "work_mode")
    assert table.weights.tolist() == [0.75, 0.25]
    np.testing.assert_allclose(table.points[:, 0], [37.5, 25.0])
    np.testing.assert_allclose(table.score, [62.5])
    np.testing.assert_allclose(table.known_share, [1.0])


def test_a_criterion_without_weight_is_left_out() -> None:
    assert "partnership" not in _scored(varied_intake(), Policy()).criteria


def test_known_criteria_share_the_weight_of_the_unknown_ones() -> None:
    score, known = _combined([[0.8, 0.8], [NAN, 0.0]], [0.75, 0.25], Unknown.REWEIGHT)
    np.testing.assert_allclose(score, [80.0, 60.0])
    np.testing.assert_allclose(known, [0.75, 1.0])


def test_the_average_of_the_known_pairs_may_stand_in() -> None:
    score, known = _combined([[0.8, 0.8, 0.8], [NAN, 0.0, 1.0]], [0.75, 0.25], Unknown.AVERAGE)
    np.testing.assert_allclose(score, [60 + 12.5, 60.0, 85.0])
    np.testing.assert_allclose(known, [0.75, 1.0, 1.0])


def test_a_criterion_that_no_pair_knows_gives_up_its_weight_under_both_settings() -> None:
    for unknown in Unknown:
        score, known = _combined([[0.8, 0.2], [NAN, NAN]], [0.75, 0.25], unknown)
        np.testing.assert_allclose(score, [80.0, 20.0])
        np.testing.assert_allclose(known, [0.75, 0.75])


def test_a_pair_of_which_nothing_is_known_is_typical_and_not_the_worst() -> None:
    score, known = _combined([[0.9, 0.3, NAN]], [1.0], Unknown.REWEIGHT)
    np.testing.assert_allclose(score, [90.0, 30.0, 60.0])
    assert known == [1.0, 1.0, 0.0]


def test_where_nothing_is_known_of_any_pair_all_get_half_the_points() -> None:
    for unknown in Unknown:
        score, known = _combined([[NAN, NAN], [NAN, NAN]], [0.75, 0.25], unknown)
        assert score == [50.0, 50.0]
        assert known == [0.0, 0.0]


def test_a_policy_without_any_criterion_scores_0_and_lacks_nothing() -> None:
    table = _scored(varied_intake(), _only())
    assert table.criteria == ()
    assert set(table.score.tolist()) == {0.0}
    assert set(table.known_share.tolist()) == {1.0}


def test_no_pairs_give_no_scores() -> None:
    table = _scored(intake(school("M")), Policy())
    assert table.score.shape == (0,)
    assert table.values.shape == (len(table.criteria), 0)


def test_chunks_do_not_change_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _scored(varied_intake(), everything_counts())
    monkeypatch.setattr(pair_scores, "CHUNK_PAIRS", 7)
    parts = _scored(varied_intake(), everything_counts())
    np.testing.assert_array_equal(whole.values, parts.values)
    np.testing.assert_array_equal(whole.points, parts.points)


def test_each_pair_has_its_own_scores_whatever_the_order_of_the_list() -> None:
    given, policy = varied_intake(), everything_counts()
    features = build_features(given, policy)
    every = PairList.every(len(given.mentees), len(given.mentors))
    order = np.random.default_rng(0).permutation(len(every))
    whole = score_pairs(given, features, policy, every)
    shuffled = score_pairs(given, features, policy, every.take(order))
    np.testing.assert_array_equal(shuffled.values, whole.values[:, order])
    np.testing.assert_allclose(shuffled.score, whole.score[order])


def test_the_better_of_two_ranks_counts_and_wishes_for_ones_own_kind_do_not() -> None:
    schools = (school("M1"), school("M2"), school("H1", "mentor"), school("H2", "mentor"))
    wishes = (
        Preference(from_school="M1", to_school="H1", rank=3),
        Preference(from_school="M1", to_school="H1", rank=2),
        Preference(from_school="M2", to_school="M1", rank=1),
    )
    policy = _only(mentee_preference={"weight": 1, "rank_decay": 0.5, "unranked": 0.25})
    table = _scored(intake(*schools, preferences=wishes), policy)
    np.testing.assert_array_equal(table.values[0], [0.5, 0.25, NAN, NAN])


def test_a_partnership_counts_either_way_round_and_after_its_end_but_not_switched_off() -> None:
    schools = (school("M1"), school("M2"), school("H1", "mentor"))
    for link, expected in (
        (Link(kind=LinkKind.PARTNERSHIP, school_a="M1", school_b="H1"), [1.0, 0.0]),
        (
            Link.model_validate(
                {"kind": "partnership", "school_a": "H1", "school_b": "M2", "expires": "2020-01-01"}
            ),
            [0, 1],
        ),
        (Link(kind=LinkKind.PARTNERSHIP, school_a="M1", school_b="H1", strength=Strength.OFF), [0.0, 0.0]),
        (Link(kind=LinkKind.RIVALRY, school_a="M1", school_b="H1"), [0.0, 0.0]),
    ):
        table = _scored(intake(*schools, links=(link,)), _only(partnership={"weight": 1}))
        assert table.values[0].tolist() == expected


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.one_of(st.just(NAN), st.floats(0, 1)), min_size=3, max_size=3), min_size=1, max_size=8
    ),
    unknown=st.sampled_from(list(Unknown)),
)
def test_scores_stay_between_0_and_100_and_are_never_unknown(
    rows: list[list[float]], unknown: Unknown
) -> None:
    score, known = _combined(np.array(rows).T.tolist(), [0.5, 0.3, 0.2], unknown)
    assert all(-1e-9 <= one <= 100 + 1e-9 for one in score)
    assert all(0 <= one <= 1 for one in known)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 500), scale=st.floats(0.1, 10))
def test_only_the_proportions_of_the_weights_matter(seed: int, scale: float) -> None:
    given = varied_intake(seed)
    base = _scored(given, _only(size={"weight": 3}, travel={"weight": 2}))
    scaled = _scored(given, _only(size={"weight": 3 * scale}, travel={"weight": 2 * scale}))
    np.testing.assert_allclose(base.score, scaled.score)
