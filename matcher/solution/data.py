"""Solution: one plan, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNASSIGNED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Which host each mentee has.

    Attributes
    ----------
    host_of : ndarray of int64, shape (n_mentees,)
        Host index, or -1 for a mentee that is left unassigned.
    """

    host_of: NDArray[np.int64]

    def __post_init__(self) -> None:
        self.host_of.setflags(write=False)

    def members(self, host: int) -> NDArray[np.int64]:
        """Mentees of one host, ascending; shape (cluster size,)."""
        return np.flatnonzero(self.host_of == host).astype(np.int64)
