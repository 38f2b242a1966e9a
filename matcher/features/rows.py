"""From school ids to rows of a feature table."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matcher.features.table import FeatureTable


def row_positions(features: FeatureTable, ids: Iterable[str]) -> NDArray[np.int64]:
    """Rows of `features` that hold the given schools.

    Parameters
    ----------
    features : FeatureTable
        One row a school, sorted by id.
    ids : iterable of str
        School ids, in any order; repeats are allowed.

    Returns
    -------
    ndarray of int64, shape (n_ids,)
        Row of each id, in the order asked for.

    Raises
    ------
    KeyError
        If an id is not in the table.
    """
    where = {school_id: row for row, school_id in enumerate(features.school_ids)}
    return np.array([where[school_id] for school_id in ids], dtype=np.int64)
