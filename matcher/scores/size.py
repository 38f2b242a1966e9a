"""Criterion ``size``: a similar number of pupils."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def score_size(
    pupils: NDArray[np.float64], other: NDArray[np.float64], zero_ratio: float
) -> NDArray[np.float64]:
    """Score likeness in size by ratio, so that 50 against 100 counts like 500 against 1000.

    ``max(0, 1 - ln(larger / smaller) / ln(zero_ratio))``. A school with 0 pupils (known, not unknown) is
    infinitely far from any other size and scores 0; two such schools score 1. Unknown where either number
    is unknown.

    Parameters
    ----------
    pupils, other : ndarray of float64, shape (n,)
        Number of pupils; NaN where unknown.
    zero_ratio : float
        Ratio from which the score is 0; above 1.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §5 (contextual matching); INDIRE, *Networking and mentoring in educational improvement and
    innovation processes* (small schools).
    """
    smaller, larger = np.minimum(pupils, other), np.maximum(pupils, other)
    ratio = np.divide(larger, smaller, out=np.full(smaller.shape, np.inf), where=smaller > 0)
    ratio = np.where(larger == smaller, 1.0, ratio)
    score = np.clip(1.0 - np.log(ratio) / np.log(zero_ratio), 0.0, 1.0)
    return np.where(np.isnan(larger), np.nan, score)
