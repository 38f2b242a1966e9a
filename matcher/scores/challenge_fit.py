"""Criterion ``challenge_fit``: the mentor strong where the mentee's challenges lie."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def rank_weights(ranks: NDArray[np.float64], rank_decay: float) -> NDArray[np.float64]:
    """Weight of each named thing: 1 for the first, `rank_decay` for the second, its square for the third.

    Parameters
    ----------
    ranks : ndarray of float64
        Rank from 1; 0 where not named, NaN where unknown.
    rank_decay : float
        In (0, 1].

    Returns
    -------
    ndarray of float64, shape of `ranks`
        0 where not named; NaN where unknown.
    """
    return np.where(ranks == 0, 0.0, rank_decay ** (ranks - 1.0))


def score_challenge_fit(
    challenge_ranks: NDArray[np.float64], host_strengths: NDArray[np.float64], rank_decay: float
) -> NDArray[np.float64]:
    """Score how much of the mentee's challenges the mentor's strengths cover.

    ``sum_c w_c * strong_c / sum_c w_c`` with ``w_c = rank_decay ** (rank_c - 1)`` over the mentee's
    challenges.

    Unknown where the mentee names no challenge or the mentor lists no strength; nothing (such as maturity)
    stands in for a list that was left empty.

    Parameters
    ----------
    challenge_ranks : ndarray of float64, shape (n, 16)
        Rank of each challenge of the mentee; 0 where not named, NaN rows where none is named.
    host_strengths : ndarray of float64, shape (n, 16)
        1 where the mentor is strong, else 0; NaN rows where none is listed.
    rank_decay : float
        Weight of each further challenge as a share of the one before, in (0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §4.4 (mentoring) and §5 (shared policy challenges, careful contextual matching).
    """
    weights = rank_weights(challenge_ranks, rank_decay)
    covered: NDArray[np.float64] = (weights * host_strengths).sum(axis=-1) / weights.sum(axis=-1)
    return np.minimum(covered, 1.0)
