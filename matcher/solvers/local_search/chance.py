"""Random numbers for the kernels: one stream for all that is drawn, the same for the same seed."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.local_search.inlined import inlined


class Drawing(Protocol):
    """What holds a stream of random numbers: `random`, ndarray of uint64, shape (1,)."""

    @property
    def random(self) -> NDArray[np.uint64]:
        """State of the stream."""


@inlined
def draw(w: Drawing) -> np.uint64:
    """Next 64 random bits (xorshift64, Marsaglia 2003)."""
    bits: np.uint64 = w.random[0]
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    w.random[0] = bits
    return bits


@inlined
def below(w: Drawing, limit: int) -> int:
    """Random whole number from 0 up to, not including, `limit` (below 2**31)."""
    pick: int = np.int64(((draw(w) >> np.uint64(33)) * np.uint64(limit)) >> np.uint64(31))  # type: ignore[assignment]
    return pick


@inlined
def log_chance(w: Drawing) -> float:
    """Logarithm of a random number above 0 and up to 1."""
    chance: float = np.log((np.float64(draw(w) >> np.uint64(11)) + 1.0) * 2.0**-53)
    return chance
