"""Points as integers: the fixed point in which a claimed optimum is exact."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.problem import SCALE


def to_units(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round points to objective units (``SCALE`` to a point), halves to even.

    Parameters
    ----------
    points : ndarray of float64
        Points; any shape.

    Returns
    -------
    ndarray of int64
        Same shape.

    Raises
    ------
    ValueError
        If a value is not finite: an unknown must never pass for a number.

    Examples
    --------
    >>> to_units(np.array([1.5, 0.0000014])).tolist()
    [1500000, 1]
    """
    if not np.isfinite(points).all():
        raise ValueError("points must be finite before they enter the problem")
    return np.rint(points * SCALE).astype(np.int64)


def price_units(points: float) -> int:
    """Return one price in objective units; see :func:`to_units`."""
    return int(to_units(np.array([points], dtype=np.float64))[0])
