"""Weighted means over what is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def known_mean(values: NDArray[np.float64], weights: ArrayLike) -> NDArray[np.float64]:
    """Weighted mean along the last axis over the known values; the unknown ones give up their weight.

    Parameters
    ----------
    values : ndarray of float64, shape (..., k)
        NaN where unknown.
    weights : array_like of float, broadcastable to `values`
        Non-negative.

    Returns
    -------
    ndarray of float64, shape (...)
        NaN where nothing with a positive weight is known.
    """
    weighted = np.where(np.isnan(values), 0.0, weights)
    total = weighted.sum(axis=-1)
    summed = (weighted * np.nan_to_num(values, nan=0.0)).sum(axis=-1)
    mean: NDArray[np.float64] = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    return mean
