"""Pairs of schools as index arrays: the axis on which pair scores and pair rules live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class PairList:
    """A list of (mentee, host) pairs; memory is linear in the number of pairs.

    Attributes
    ----------
    mentee, host : ndarray of int64, shape (n_pairs,)
        Positions in ``intake.mentees`` and ``intake.mentors`` (both sorted by id).
    """

    mentee: NDArray[np.int64]
    host: NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.mentee.ndim != 1 or self.mentee.shape != self.host.shape:
            raise ValueError("mentee and host must be one-dimensional and of equal length")

    def __len__(self) -> int:
        return int(self.mentee.shape[0])

    @classmethod
    def every(cls, n_mentees: int, n_hosts: int) -> PairList:
        """All pairs, mentees first: (0, 0), (0, 1) and so on."""
        grid = np.arange(n_mentees * n_hosts, dtype=np.int64)
        return cls(grid // max(n_hosts, 1), grid % max(n_hosts, 1))

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> PairList:
        """Return the sub-list picked by a mask or by positions."""
        return PairList(self.mentee[chosen], self.host[chosen])
