"""Criterion ``shared_language``: the best language that both sides work in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_HIGHEST = 7.0


def score_shared_language(
    mentee: NDArray[np.float64], host: NDArray[np.float64], enough: int
) -> NDArray[np.float64]:
    """Score the level of the weaker side in the best common language.

    ``min(1, level / enough)`` where ``level = max over languages of min(mentee, host)``, levels counted
    from A1 = 1 to C2 = 6 and native = 7. No common language scores 0.

    Unknown where a side lists no language, or where a listed language without stated level could still
    raise the score; a known common language that already scores as much decides.

    Parameters
    ----------
    mentee, host : ndarray of float64, shape (n, n_languages)
        Level of each language; 0 for one not listed, NaN where the level is not stated, NaN rows where no
        language is listed.
    enough : int
        Level (1–7) from which the score is 1.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN where unknown.

    References
    ----------
    MenSI D2.1 §5 (practice is shared in the local language) and annex 2 (languages of the clusters).
    """
    if mentee.shape[-1] == 0:
        return np.full(mentee.shape[0], np.nan)
    mentee_least, host_least = np.nan_to_num(mentee, nan=0.0), np.nan_to_num(host, nan=0.0)
    mentee_most, host_most = np.nan_to_num(mentee, nan=_HIGHEST), np.nan_to_num(host, nan=_HIGHEST)
    least = np.minimum(1.0, np.minimum(mentee_least, host_least).max(axis=-1) / enough)
    most = np.minimum(1.0, np.minimum(mentee_most, host_most).max(axis=-1) / enough)
    return np.where(least == most, least, np.nan)
