"""From components to points: weighting, and what stands in for the unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.policy.criteria import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence


def scaled_weights(weights: Sequence[float]) -> NDArray[np.float64]:
    """Scale positive weights to a sum of 1; an empty list stays empty."""
    raw = np.array(weights, dtype=np.float64)
    scaled: NDArray[np.float64] = raw / raw.sum() if raw.size else raw
    return scaled


def combine_components(
    values: NDArray[np.float64], weights: NDArray[np.float64], unknown: Unknown, perfect: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn components into points, so that the column sums are the scores.

    *Reweight*: in each pair the known components share the whole weight, ``perfect * w_c v_c / sum of
    known w``. *Average*: an unknown component counts as the mean of that component over the pairs of this
    list that know it; a component that no pair knows gives up its weight.

    A pair that knows nothing must not look like the worst pair: it gets the mean score of the pairs that
    know something, or half of `perfect` if there are none, spread over the components by weight.

    Parameters
    ----------
    values : ndarray of float64, shape (n_components, n_pairs)
        In [0, 1]; NaN where unknown.
    weights : ndarray of float64, shape (n_components,)
        Positive, summing to 1.
    unknown : Unknown
        Reweight or average.
    perfect : float
        Points of a pair with 1 in every component.

    Returns
    -------
    points : ndarray of float64, shape (n_components, n_pairs)
        Never NaN.
    known_share : ndarray of float64, shape (n_pairs,)
        Share of the weights that rests on known data; 1 where there is no component at all.
    """
    n_components, n_pairs = values.shape
    if n_components == 0:
        return np.zeros((0, n_pairs)), np.ones(n_pairs)
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    known_weight = weights @ known
    counted, counted_weight = known, known_weight
    if unknown is Unknown.AVERAGE:
        seen = known.sum(axis=1)
        mean = filled.sum(axis=1) / np.maximum(seen, 1)
        filled = np.where(known, values, mean[:, None])
        counted = np.broadcast_to((seen > 0)[:, None], values.shape)
        counted_weight = weights @ counted
    scale = np.divide(perfect, counted_weight, out=np.zeros(n_pairs), where=counted_weight > 0)
    points = weights[:, None] * np.where(counted, filled, 0.0) * scale
    blank = counted_weight == 0
    if blank.any():
        typical = points[:, ~blank].sum(axis=0).mean() if not blank.all() else perfect / 2
        points[:, blank] = (weights * typical)[:, None]
    return points, np.clip(known_weight, 0.0, 1.0)
