"""Criterion ``partnership``: the schools were partners before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def score_partnership(declared: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Score an earlier partnership: 1 if one was declared, else 0; never unknown.

    A partnership that has run out is still an earlier partnership, so its expiry does not matter; a link
    switched off does not count.

    Parameters
    ----------
    declared : ndarray of bool, shape (n,)
        Whether the intake declares a partnership of the pair.

    Returns
    -------
    ndarray of float64, shape (n,)
        0 or 1.

    References
    ----------
    MenSI D2.1 §2 (partnerships) and §5 (trust between the schools as a success factor).
    """
    return declared.astype(np.float64)
