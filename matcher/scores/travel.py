"""Criterion ``travel``: closeness by road."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def score_travel(km: NDArray[np.float64], zero_km: float) -> NDArray[np.float64]:
    """Score closeness: 1 at the door, 0 at `zero_km` and beyond, linear between.

    ``max(0, 1 - km / zero_km)``; unknown where the point of either school is unknown.

    Parameters
    ----------
    km : ndarray of float64, shape (n,)
        Road distance in km, see ``matcher.features.geography.road_km``; NaN where unknown.
    zero_km : float
        Distance from which the score is 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §3.1 (regional hubs of Living Schools Lab) and annex 1 Q8 (hub meetings once a term).
    """
    return np.clip(1.0 - km / zero_km, 0.0, 1.0)
