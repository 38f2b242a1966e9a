"""Cohesion: the value of two mentees sharing a cluster, attribute by attribute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features.geography import road_km
from matcher.features.table import FeatureTable
from matcher.policy.criteria import Cohesion, Mix, Unknown
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.scores.combination import combine_components, scaled_weights
from matcher.scores.likeness import (
    score_closeness,
    score_common_challenges,
    score_common_share,
    score_level_likeness,
)
from matcher.scores.pair_scores import CHUNK_PAIRS
from matcher.scores.shared_language import score_shared_language
from matcher.scores.side import Side
from matcher.scores.size import score_size
from matcher.scores.travel import score_travel
from matcher.scores.work_mode import score_work_mode


@dataclass(frozen=True, slots=True, eq=False)
class CohesionShares:
    """Cohesion of mentee pairs and what it is made of.

    Attributes
    ----------
    attributes : tuple of str
        Attributes with a positive weight, in policy order.
    weights : ndarray of float64, shape (n_attributes,)
        Weights, scaled to sum to 1.
    likeness : ndarray of float64, shape (n_attributes, n_pairs)
        Likeness in [0, 1] of the two mentees (not yet turned round where *mixed* is wanted); NaN where
        unknown.
    points : ndarray of float64, shape (n_attributes, n_pairs)
        What each attribute contributes, in points; the column sums are the cohesion points.
    """

    attributes: tuple[str, ...]
    weights: NDArray[np.float64]
    likeness: NDArray[np.float64]
    points: NDArray[np.float64]


def cohesion_points(
    intake: Intake, features: FeatureTable, policy: Policy, pairs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Points that each pair of mentees adds when they share a cluster.

    ``points_per_pair`` times the weighted mean, over the known attributes, of the likeness (*alike*) or of
    1 minus the likeness (*mixed*). Unknown attributes give up their weight. A pair of which nothing is
    known gets the mean over the pairs of the list that are known, or half of ``points_per_pair`` if there
    are none: unknown is never 0. Only where no attribute has a weight are all points 0.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
        Built from `intake`.
    policy : Policy
        ``policy.cohesion``; distances, languages and sizes are judged with the parameters of the criteria
        ``travel``, ``shared_language``, ``size`` and ``challenge_fit``.
    pairs : ndarray of int64, shape (n_pairs, 2)
        Two positions in ``intake.mentees`` a row; their order does not matter.

    Returns
    -------
    ndarray of float64, shape (n_pairs,)
        From 0 to ``points_per_pair``.

    References
    ----------
    MenSI D2.1 §4.1 (diversity in a network helps, competitors harm it) and §5 (shared challenges).
    """
    total: NDArray[np.float64] = cohesion_shares(intake, features, policy, pairs).points.sum(axis=0)
    return total


def cohesion_shares(
    intake: Intake, features: FeatureTable, policy: Policy, pairs: NDArray[np.int64]
) -> CohesionShares:
    """Cohesion of mentee pairs, attribute by attribute; see :func:`cohesion_points`.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
    policy : Policy
    pairs : ndarray of int64, shape (n_pairs, 2)
        Two positions in ``intake.mentees`` a row.

    Returns
    -------
    CohesionShares
        Aligned with `pairs`.
    """
    weights = weighted_attributes(policy.cohesion)
    side = Side.of(features, intake.mentees)
    likeness = np.empty((len(weights), len(pairs)), dtype=np.float64)
    for start in range(0, len(pairs), CHUNK_PAIRS):
        chunk = slice(start, start + CHUNK_PAIRS)
        two = _Two(features, policy, side.take(pairs[chunk, 0]), side.take(pairs[chunk, 1]))
        for at, key in enumerate(weights):
            likeness[at, chunk] = LIKENESS[key](two)
    mixed = np.array([getattr(policy.cohesion, key).want is Mix.MIXED for key in weights], dtype=np.bool_)
    wanted = np.where(mixed[:, None], 1.0 - likeness, likeness)
    scaled = scaled_weights(list(weights.values()))
    points, _ = combine_components(wanted, scaled, Unknown.REWEIGHT, policy.cohesion.points_per_pair)
    return CohesionShares(tuple(weights), scaled, likeness, points)


def weighted_attributes(cohesion: Cohesion) -> dict[str, float]:
    """Weights of the attributes that count, as they stand in the policy and in its order.

    Parameters
    ----------
    cohesion : Cohesion

    Returns
    -------
    dict of str to float
        By key; attributes of weight 0 are left out.
    """
    weights = {key: float(getattr(cohesion, key).weight) for key in LIKENESS}
    return {key: weight for key, weight in weights.items() if weight > 0}


@dataclass(frozen=True, slots=True, eq=False)
class _Two:
    """Some pairs of mentees with the features of both, row by row."""

    features: FeatureTable
    policy: Policy
    one: Side
    other: Side


def _challenges(two: _Two) -> NDArray[np.float64]:
    decay = two.policy.criteria.challenge_fit.rank_decay
    return score_common_challenges(two.one.challenges, two.other.challenges, decay)


def _languages(two: _Two) -> NDArray[np.float64]:
    enough = two.policy.criteria.shared_language.enough.order
    return score_shared_language(two.one.languages, two.other.languages, enough)


def _travel(two: _Two) -> NDArray[np.float64]:
    km = road_km(two.features, two.one.rows, two.other.rows, two.policy.geography)
    return score_travel(km, two.policy.criteria.travel.zero_km)


def _size(two: _Two) -> NDArray[np.float64]:
    return score_size(two.one.pupils, two.other.pupils, two.policy.criteria.size.zero_ratio)


LIKENESS: dict[str, Callable[[_Two], NDArray[np.float64]]] = {
    "challenges": _challenges,
    "languages": _languages,
    "travel": _travel,
    "phase": lambda two: score_common_share(two.one.phases, two.other.phases),
    "size": _size,
    "rurality": lambda two: score_closeness(two.one.rurality, two.other.rurality),
    "need": lambda two: score_closeness(two.one.need, two.other.need),
    "maturity": lambda two: score_level_likeness(two.one.maturity, two.other.maturity),
    "work_mode": lambda two: score_work_mode(two.one.work_mode, two.other.work_mode),
}
"""For each attribute of ``policy.cohesion``, in policy order, the likeness of pairs of mentees."""
