"""Criterion ``work_mode``: the schools can work together in the same way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.scores.likeness import score_closeness


def score_work_mode(mentee: NDArray[np.float64], host: NDArray[np.float64]) -> NDArray[np.float64]:
    """Score compatibility of the ways of working: ``1 - |difference|``.

    Face-to-face is 0, blended 0.5, virtual 1, so blended goes half-way with both. Unknown where either
    school's way of working is unknown.

    Parameters
    ----------
    mentee, host : ndarray of float64, shape (n,)
        In {0, 0.5, 1}; NaN where unknown.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 annex 1 Q8 (hub meetings face-to-face or virtual, by location).
    """
    return score_closeness(mentee, host)
