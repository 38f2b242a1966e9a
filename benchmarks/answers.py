"""What a benchmark asks of a solver, and what it gets."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how far, the same for every solver of a comparison.

    Attributes
    ----------
    seconds : float
        Wall-clock limit.
    gap : float
        Relative gap at which to stop.
    workers : int
        Threads.
    seed : int
    """

    seconds: float
    gap: float = 0.0
    workers: int = 1
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A plan and what its solver says of it; the referee judges the plan afterwards.

    Attributes
    ----------
    status : str
        ``optimal``, ``feasible``, ``infeasible``, ``unknown`` or ``refused``.
    host_of : ndarray of int64, shape (n_mentees,), or None
    bound : int or None
        Upper bound, objective units, as the solver claims it.
    words : str
        The solver's own account: method, or why it refuses.
    extra : dict of str to float
        Other measurements, e.g. seconds of a part of the call.
    """

    status: str
    host_of: NDArray[np.int64] | None = None
    bound: int | None = None
    words: str = ""
    extra: dict[str, float] = field(default_factory=dict)


def refused(words: str) -> Answer:
    """Say that the method does not apply to the problem."""
    return Answer("refused", words=words)
