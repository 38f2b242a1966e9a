"""Criterion ``context``: similar surroundings and similar need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.scores.likeness import score_closeness
from matcher.scores.means import known_mean


def score_context(
    mentee_rurality: NDArray[np.float64],
    host_rurality: NDArray[np.float64],
    mentee_need: NDArray[np.float64],
    host_need: NDArray[np.float64],
    rurality_share: float,
) -> NDArray[np.float64]:
    """Score likeness of surroundings.

    ``rurality_share * (1 - |rurality difference|) + (1 - rurality_share) * (1 - |need difference|)``.
    Where one of the two is unknown the other carries all the weight; unknown where both are (or where the
    known one has no weight).

    Parameters
    ----------
    mentee_rurality, host_rurality : ndarray of float64, shape (n,)
        0 urban, 0.5 intermediate, 1 rural; NaN where unknown.
    mentee_need, host_need : ndarray of float64, shape (n,)
        Need index in [0, 1]; NaN where unknown.
    rurality_share : float
        Share of rurality, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §5 (carefully and contextually matched); rurality after Eurostat DEGURBA.
    """
    both = np.stack(
        (score_closeness(mentee_rurality, host_rurality), score_closeness(mentee_need, host_need)), axis=-1
    )
    return known_mean(both, np.array([rurality_share, 1.0 - rurality_share]))
