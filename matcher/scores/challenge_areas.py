"""Which maturity areas each policy challenge touches.

MenSI D2.1 names the challenges and SELFIE the areas; the table that joins them is this project's own
judgement, kept here in one place (and printed in ``docs/criteria.md``) so that a programme can correct it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.features.instruments import COMMON_AREAS
from matcher.profiles import Challenge

CHALLENGE_AREAS: Final[dict[Challenge, tuple[str, ...]]] = {
    Challenge.DISADVANTAGED_PUPILS: ("c", "f", "h"),
    Challenge.EARLY_LEAVING: ("f", "g"),
    Challenge.GIFTED_PUPILS: ("f", "g"),
    Challenge.MIGRANTS: ("e", "f"),
    Challenge.SMALL_REMOTE: ("b", "c"),
    Challenge.MULTI_AGE: ("e", "f"),
    Challenge.STEM: ("e", "f", "h"),
    Challenge.INCLUSION: ("e", "f"),
    Challenge.DISTANCE_LEARNING: ("c", "e", "f"),
    Challenge.CURRICULUM: ("a", "f"),
    Challenge.LEARNING_SPACES: ("a", "c"),
    Challenge.ASSESSMENT: ("g",),
    Challenge.PERSONALISED: ("f", "g"),
    Challenge.DIGITAL_PEDAGOGY: ("d", "e", "f"),
    Challenge.TEAM_TEACHING: ("b", "d"),
    Challenge.ENVIRONMENT: ("b", "f"),
}


def area_weights(ranks: NDArray[np.float64], emphasis: float) -> NDArray[np.float64]:
    """Weight of each maturity area for schools with the given challenges.

    Parameters
    ----------
    ranks : ndarray of float64, shape (n, 16)
        Rank of each challenge in the order of ``Challenge``; 0 where not named, NaN where unknown.
    emphasis : float
        Extra weight of the areas that a named challenge touches.

    Returns
    -------
    ndarray of float64, shape (n, 8)
        ``1 + emphasis`` where touched, else 1; 1 everywhere for a school without stated challenges.
    """
    touches = np.array([[area in CHALLENGE_AREAS[one] for area in COMMON_AREAS] for one in Challenge])
    named = (ranks > 0).astype(np.float64)
    weights: NDArray[np.float64] = 1.0 + emphasis * ((named @ touches) > 0)
    return weights
