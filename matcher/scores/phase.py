"""Criterion ``phase``: the mentor covers the mentee's phases of education."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def score_phase(mentee: NDArray[np.float64], host: NDArray[np.float64]) -> NDArray[np.float64]:
    """Score the share of the mentee's phases that the mentor covers.

    ``|phases of both| / |phases of the mentee|``; unknown where either school's phases are unknown.

    Parameters
    ----------
    mentee, host : ndarray of float64, shape (n, 5)
        1 where a school covers a phase, else 0; NaN rows where unknown.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §3.1 (one primary and one secondary lead school a hub) and §5 (contextual matching).
    """
    covered: NDArray[np.float64] = (mentee * host).sum(axis=-1) / mentee.sum(axis=-1)
    return covered
