"""PairBounds: what plans can be worth at most, by what they contain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]

NEVER = -(2**60)
"""Worth of what no plan contains; far below any objective."""


@dataclass(frozen=True, slots=True, eq=False)
class PairBounds:
    """Most that a plan can be worth, objective units; ``NEVER`` where no plan contains it.

    Attributes
    ----------
    whole : int
        No plan is worth more.
    pair : ndarray of int64, shape (n_pairs,)
        No plan with the pair is worth more.
    stay : ndarray of int64, shape (n_mentees,)
        No plan that leaves the mentee unassigned is worth more.
    pair_exact, stay_exact : ndarray of bool
        Where some plan is worth just that (never where no plan contains it).
    work : float
        Work units used.
    """

    whole: int
    pair: IntArray
    stay: IntArray
    pair_exact: NDArray[np.bool_]
    stay_exact: NDArray[np.bool_]
    work: float = 0.0
