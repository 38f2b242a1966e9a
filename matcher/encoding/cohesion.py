"""Which mentees could meet in a cluster, and what their meeting is worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList

_BLOCK_ROWS = 512


def meeting_pairs(
    pairs: PairList, n_mentees: int, n_hosts: int, apart: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Mentee pairs that have an eligible host in common and need not be kept apart.

    Parameters
    ----------
    pairs : PairList
        Eligible pairs.
    n_mentees, n_hosts : int
    apart : ndarray of int64, shape (n_apart, 2)
        Pairs that must not share a cluster.

    Returns
    -------
    ndarray of int64, shape (n, 2)
        ``i < k`` in each row, sorted, without repeats.
    """
    # float32 so that the product of blocks is one fast matrix product; counts up to 2**24 are exact
    reach = np.zeros((n_mentees, n_hosts), dtype=np.float32)
    reach[pairs.mentee, pairs.host] = 1.0
    found = [np.empty((0, 2), dtype=np.int64)]
    for start in range(0, n_mentees, _BLOCK_ROWS):
        rows = reach[start : start + _BLOCK_ROWS]
        first, second = np.nonzero(rows @ reach[start:].T)
        upper = first < second
        found.append(np.column_stack((first[upper], second[upper])).astype(np.int64) + start)
    return without_pairs(np.concatenate(found), apart, n_mentees)


def without_pairs(pairs: NDArray[np.int64], excluded: NDArray[np.int64], n_mentees: int) -> NDArray[np.int64]:
    """Drop the rows of `pairs` that occur in `excluded`; both of shape (n, 2)."""
    code = pairs[:, 0] * n_mentees + pairs[:, 1]
    return pairs[~np.isin(code, excluded[:, 0] * n_mentees + excluded[:, 1])]


def summed_by_pair(
    pairs: NDArray[np.int64], values: NDArray[np.int64], n_mentees: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Add up the values of each pair and drop the pairs that come to 0.

    Parameters
    ----------
    pairs : ndarray of int64, shape (n, 2)
        Possibly with repeats.
    values : ndarray of int64, shape (n,)
    n_mentees : int

    Returns
    -------
    pairs : ndarray of int64, shape (k, 2)
        Sorted, without repeats.
    values : ndarray of int64, shape (k,)
    """
    code, where = np.unique(pairs[:, 0] * n_mentees + pairs[:, 1], return_inverse=True)
    total = np.zeros(code.shape[0], dtype=np.int64)
    np.add.at(total, where, values)
    code, total = code[total != 0], total[total != 0]
    return np.column_stack((code // max(1, n_mentees), code % max(1, n_mentees))), total
