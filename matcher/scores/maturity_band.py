"""Criterion ``maturity_band``: the mentor ahead, area by area, but not too far ahead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.policy.criteria import MaturityBand
from matcher.scores.means import known_mean


def score_areas(
    mentee: NDArray[np.float64], host: NDArray[np.float64], band: MaturityBand
) -> NDArray[np.float64]:
    """Score the maturity gap of each area by itself.

    With the gap ``g = host - mentee``, a trapezoid: 0 up to ``low``, rising to 1 at ``best_from``, 1 up to
    ``best_to``, falling to 0 at ``high``.

    Parameters
    ----------
    mentee, host : ndarray of float64, shape (n, 8)
        Levels in [0, 1] in the common areas A–H; NaN where unknown.
    band : MaturityBand
        The corners of the trapezoid.

    Returns
    -------
    ndarray of float64, shape (n, 8)
        In [0, 1]; NaN where either level is unknown.
    """
    gap = host - mentee
    rising = (gap - band.low) / (band.best_from - band.low)
    falling = (band.high - gap) / (band.high - band.best_to)
    return np.clip(np.minimum(rising, falling), 0.0, 1.0)


def score_maturity_band(
    mentee: NDArray[np.float64],
    host: NDArray[np.float64],
    area_weights: NDArray[np.float64],
    band: MaturityBand,
) -> NDArray[np.float64]:
    """Score whether the mentor is ahead by a workable distance.

    The mean of :func:`score_areas` over the areas known on both sides, each with the weight
    ``1 + challenge_emphasis`` if one of the mentee's challenges touches it, else 1. Never a comparison of
    means: a mentor may be level overall and still ahead where it matters.

    Unknown where no area is known on both sides. A mentee without stated challenges weighs all areas alike.

    Parameters
    ----------
    mentee, host : ndarray of float64, shape (n, 8)
        Levels in [0, 1]; NaN where unknown.
    area_weights : ndarray of float64, shape (n, 8)
        Positive weights, see ``matcher.scores.challenge_areas``.
    band : MaturityBand
        The corners of the trapezoid.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §4.2 (SELFIE and learning organisations), §5 (careful contextual matching) and conclusion
    (sensitive to power imbalance: the gap is a band, neither zero nor as large as can be).
    """
    return known_mean(score_areas(mentee, host, band), area_weights)
