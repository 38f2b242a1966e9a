"""Likeness of two schools in one attribute; symmetric, so it serves cohesion too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.scores.challenge_fit import rank_weights
from matcher.scores.means import known_mean


def score_closeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Likeness of two values on a scale from 0 to 1: ``1 - |difference|``.

    Parameters
    ----------
    one, other : ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where either is unknown.
    """
    closeness: NDArray[np.float64] = 1.0 - np.abs(one - other)
    return closeness


def score_common_share(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Likeness of two weighted sets: ``sum min / sum max`` (the weighted Jaccard, or Ruzicka, index).

    Parameters
    ----------
    one, other : ndarray of float64, shape (n, k)
        Non-negative weights, flags included; NaN rows where unknown.

    Returns
    -------
    ndarray of float64, shape (n,)
        1 for equal sets, 0 for disjoint ones; NaN where either is unknown.
    """
    common: NDArray[np.float64] = np.minimum(one, other).sum(axis=-1) / np.maximum(one, other).sum(axis=-1)
    return common


def score_common_challenges(
    ranks: NDArray[np.float64], other_ranks: NDArray[np.float64], rank_decay: float
) -> NDArray[np.float64]:
    """Likeness of two orders of challenges: the weighted Jaccard index of their rank weights.

    Parameters
    ----------
    ranks, other_ranks : ndarray of float64, shape (n, 16)
        Rank from 1; 0 where not named, NaN rows where none is named.
    rank_decay : float
        Weight of each further challenge as a share of the one before.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where either is unknown.
    """
    return score_common_share(rank_weights(ranks, rank_decay), rank_weights(other_ranks, rank_decay))


def score_level_likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Likeness of two maturity profiles: 1 less the mean distance over areas known on both sides.

    Parameters
    ----------
    one, other : ndarray of float64, shape (n, 8)
        Levels in [0, 1]; NaN where unknown.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where no area is known on both sides.
    """
    return known_mean(score_closeness(one, other), 1.0)
