"""Cohesion of mentees: alike or mixed, attribute by attribute."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.features.build import build_features
from matcher.policy.criteria import Cohesion
from matcher.policy.model import Policy
from matcher.profiles import Intake, School
from matcher.scores.cohesion import LIKENESS, CohesionShares, cohesion_points, cohesion_shares
from matcher.scores.likeness import score_common_challenges
from tests.features.samples import intake, record, school
from tests.scores.samples import everything_counts, varied_intake

NAN = math.nan
ATTRIBUTES = [name for name in Cohesion.model_fields if name != "points_per_pair"]


def _only(points: float = 10.0, **attributes: Any) -> Policy:
    off = {key: {"weight": 0} for key in ATTRIBUTES}
    return Policy.model_validate({"cohesion": {"points_per_pair": points, **off, **attributes}})


def _shares(given: Intake, policy: Policy, *pairs: tuple[int, int]) -> CohesionShares:
    return cohesion_shares(given, build_features(given, policy), policy, np.array(pairs, dtype=np.int64))


def _points(given: Intake, policy: Policy, *pairs: tuple[int, int]) -> list[float]:
    found = cohesion_points(given, build_features(given, policy), policy, np.array(pairs, dtype=np.int64))
    return list(found.tolist())


def _needs(*needs: float | None) -> tuple[School, ...]:
    return tuple(school(f"M{at}", need_index=need) for at, need in enumerate(needs))


def test_the_attributes_are_those_of_the_policy_in_its_order() -> None:
    assert list(LIKENESS) == ATTRIBUTES


def test_alike_rewards_likeness_and_mixed_rewards_difference() -> None:
    given = intake(*_needs(0.2, 0.5))
    np.testing.assert_allclose(_points(given, _only(need={"weight": 1}), (0, 1)), [7.0])
    np.testing.assert_allclose(_points(given, _only(need={"weight": 1, "want": "mixed"}), (0, 1)), [3.0])


def test_the_shares_tell_the_likeness_itself_even_where_mixed_is_wanted() -> None:
    shares = _shares(intake(*_needs(0.2, 0.5)), _only(need={"weight": 1, "want": "mixed"}), (0, 1))
    np.testing.assert_allclose(shares.likeness, [[0.7]])
    np.testing.assert_allclose(shares.points, [[3.0]])


def test_unknown_attributes_give_up_their_weight() -> None:
    given = intake(school("M0", need_index=0.2, pupils=100), school("M1", need_index=0.5))
    shares = _shares(given, _only(need={"weight": 1}, size={"weight": 3}), (0, 1))
    assert shares.attributes == ("size", "need")
    np.testing.assert_allclose(shares.points, [[0.0], [7.0]])


def test_a_pair_of_which_nothing_is_known_is_typical_and_not_0() -> None:
    given = intake(*_needs(0.2, 0.5, None))
    np.testing.assert_allclose(_points(given, _only(need={"weight": 1}), (0, 1), (0, 2)), [7.0, 7.0])
    np.testing.assert_allclose(_points(given, _only(need={"weight": 1}), (1, 2)), [5.0])


def test_no_attribute_or_no_points_give_0() -> None:
    given = intake(*_needs(0.2, 0.5))
    assert _points(given, _only(), (0, 1)) == [0.0]
    assert _points(given, _only(points=0.0, need={"weight": 1}), (0, 1)) == [0.0]


def test_no_pairs_give_no_points() -> None:
    given, policy = intake(*_needs(0.2)), _only(need={"weight": 1})
    nothing = np.empty((0, 2), dtype=np.int64)
    assert cohesion_points(given, build_features(given, policy), policy, nothing).shape == (0,)


def test_challenges_in_common_count_by_their_rank() -> None:
    # Rank weights with decay 1/2. [1, 1/2, 0] and [1/2, 1, 0]: minima 1, maxima 2.
    one, other, apart = np.array([[1.0, 2, 0]]), np.array([[2.0, 1, 0]]), np.array([[0.0, 0, 1]])
    assert score_common_challenges(one, other, 0.5).tolist() == [0.5]
    assert score_common_challenges(one, one, 0.5).tolist() == [1.0]
    assert score_common_challenges(one, apart, 0.5).tolist() == [0.0]
    assert np.isnan(score_common_challenges(one, np.full((1, 3), NAN), 0.5)).all()


def test_maturity_likeness_is_over_areas_known_on_both_sides() -> None:
    records = (record("M0", "A", 1.0), record("M1", "A", 3.0), record("M1", "B", 5.0))
    given = intake(school("M0"), school("M1"), maturity=records)
    np.testing.assert_allclose(_shares(given, _only(maturity={"weight": 1}), (0, 1)).likeness, [[0.5]])


def test_phases_in_common_count_against_all_phases_of_both() -> None:
    given = intake(
        school("M0", phases=["primary", "special"]), school("M1", phases=["primary", "vocational"])
    )
    np.testing.assert_allclose(_shares(given, _only(phase={"weight": 1}), (0, 1)).likeness, [[1 / 3]])


@pytest.mark.parametrize("key", ATTRIBUTES)
def test_likeness_is_symmetric_within_0_and_1_and_1_with_itself(key: str) -> None:
    given = varied_intake(n_mentees=9)
    n = len(given.mentees)
    grid = [(i, k) for i in range(n) for k in range(n)]
    policy = everything_counts()
    shares = _shares(given, policy, *grid)
    likeness = shares.likeness[shares.attributes.index(key)].reshape(n, n)
    np.testing.assert_array_equal(likeness, likeness.T)
    known = likeness[~np.isnan(likeness)]
    assert ((known >= 0) & (known <= 1)).all()
    assert len(np.unique(known)) > 1
    own = np.diag(likeness)
    if key != "languages":  # a school may work in a language below the level that is enough
        np.testing.assert_allclose(own[~np.isnan(own)], 1.0)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 500), known=st.floats(0, 1))
def test_points_stay_between_0_and_the_points_of_a_perfect_pair(seed: int, known: float) -> None:
    given = varied_intake(seed, known=known)
    points = _points(given, everything_counts(), (0, 1), (2, 3), (4, 1))
    assert all(-1e-9 <= one <= 10 + 1e-9 for one in points)
