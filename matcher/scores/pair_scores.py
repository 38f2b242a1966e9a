"""Scores of many pairs at once."""

from __future__ import annotations

import numpy as np

from matcher.features.pairs import PairList
from matcher.features.table import FeatureTable
from matcher.policy.criteria import Criteria
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.scores.combination import combine_components, scaled_weights
from matcher.scores.components import COMPONENTS, PairData
from matcher.scores.registry import CRITERIA
from matcher.scores.table import PERFECT_PAIR_POINTS, ScoreTable

CHUNK_PAIRS = 8_192
"""Pairs gathered at a time, so that memory stays linear in the number of pairs."""


def weighted_criteria(criteria: Criteria) -> dict[str, float]:
    """Weights of the criteria that count, as they stand in the policy and in its order.

    Parameters
    ----------
    criteria : Criteria

    Returns
    -------
    dict of str to float
        By key; criteria of weight 0 are left out.
    """
    weights = {key: float(getattr(criteria, key).weight) for key in CRITERIA}
    return {key: weight for key, weight in weights.items() if weight > 0}


def score_pairs(intake: Intake, features: FeatureTable, policy: Policy, pairs: PairList) -> ScoreTable:
    """Score pairs of mentees and hosts, criterion by criterion.

    What an unknown component counts is said in ``matcher.scores.combination.combine_components``. With
    ``unknown: average``, and for pairs of which nothing is known, points depend on the other pairs of the
    list: score all pairs that are to be compared in one call.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
        Built from `intake` by ``matcher.features.build.build_features``.
    policy : Policy
    pairs : PairList
        Pairs in any order, repeats allowed.

    Returns
    -------
    ScoreTable
        Aligned with `pairs`.

    Raises
    ------
    KeyError
        If a school of `intake` is not in `features`.
    IndexError
        If a pair names a position that does not exist.
    """
    weights = {} if policy.peers.enabled else weighted_criteria(policy.criteria)  # a group is no school
    data = PairData.of(intake, features, policy)
    values = np.empty((len(weights), len(pairs)), dtype=np.float64)
    for start in range(0, len(pairs), CHUNK_PAIRS):
        chunk = slice(start, start + CHUNK_PAIRS)
        block = data.block(pairs.mentee[chunk], pairs.host[chunk])
        for at, key in enumerate(weights):
            values[at, chunk] = COMPONENTS[key](block)
    scaled = scaled_weights(list(weights.values()))
    points, known_share = combine_components(values, scaled, policy.criteria.unknown, PERFECT_PAIR_POINTS)
    return ScoreTable(pairs, tuple(weights), scaled, values, points, known_share)
