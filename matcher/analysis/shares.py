"""Component shares rounded so that they still add up to the score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.problem import SCALE


def shares_in_units(points: NDArray[np.float64], score_units: int) -> tuple[int, ...]:
    """Round the points of each criterion to objective units that add up to the score exactly.

    Largest-remainder rounding (Hare): each share is rounded down, and the units that are left go to the
    largest fractional parts, earlier criteria first.

    Parameters
    ----------
    points : ndarray of float64, shape (n_criteria,)
    score_units : int
        The score in objective units, within `n_criteria` units of the sum of the points.

    Returns
    -------
    tuple of int

    Examples
    --------
    >>> shares_in_units(np.array([0.0000004, 0.0000004, 0.0000004]), 1)
    (1, 0, 0)
    """
    exact = points * SCALE
    floors = np.floor(exact)
    left = score_units - int(floors.sum())
    order = np.lexsort((np.arange(len(points)), -(exact - floors)))
    units = [int(floor) for floor in floors]
    for at in order[: max(0, left)]:
        units[int(at)] += 1
    if sum(units) != score_units:
        raise ValueError("the points of the criteria do not add up to the score")
    return tuple(units)
