"""Criteria ``mentee_preference`` and ``mentor_preference``: the wishes of each side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def score_preference(rank: NDArray[np.float64], rank_decay: float, unranked: float) -> NDArray[np.float64]:
    """Score one side's wish for the other.

    ``rank_decay ** (rank - 1)``: 1 for the first choice, equal ranks alike. A school that was not named
    by a school that named others scores `unranked`. Unknown where a school named nobody.

    Parameters
    ----------
    rank : ndarray of float64, shape (n,)
        Rank from 1; 0 where the school named others but not this one, NaN where it named nobody.
    rank_decay : float
        Value of each further rank as a share of the one before, in (0, 1].
    unranked : float
        Value of a school that was not named, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §2 (forced against voluntary collaboration) and §4.1 (school-initiated networks).
    """
    return np.where(rank == 0, unranked, rank_decay ** (rank - 1.0))
