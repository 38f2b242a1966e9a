"""Loaded: a problem with what a benchmark knows about it; Instance: how to get one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.problem import SCALE, Problem
from matcher.solvers.stable import Preferences

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Reference:
    """The best value known, as an objective of ours (a minimum is negated).

    Attributes
    ----------
    value : int
        Objective units.
    tolerance : int
        Objective units that rounding may cost: half a unit for each rounded coefficient in a plan, and
        half of the last digit that was published. A plan reaches the reference when its objective plus
        the tolerance is at least the value.
    proven : bool
        Whether somebody proved that nothing is better.
    """

    value: int
    tolerance: int
    proven: bool

    @classmethod
    def of(cls, published: float, *, sign: int, terms: int, digits: int, proven: bool) -> Reference:
        """From a published number.

        Parameters
        ----------
        published : float
            As printed, in points.
        sign : int
            1 if more is better, -1 if less is.
        terms : int
            How many rounded coefficients a plan may sum; 0 when they are whole numbers.
        digits : int
            Decimals that were printed.
        proven : bool
        """
        printed = SCALE // (2 * 10**digits) if digits and terms else 0
        return cls(sign * round(published * SCALE), (terms + 1) // 2 + printed, proven)


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A problem in memory.

    Attributes
    ----------
    problem : Problem
    points : ndarray of float64, shape (n_mentees, 2), or None
        Places of the mentees in the plane, km, for methods that know only geography.
    preferences : Preferences or None
        Strict ranks of both sides, where a plan without blocking pairs is asked for.
    """

    problem: Problem
    points: NDArray[np.float64] | None = None
    preferences: Preferences | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """One problem of a case, made when it is needed.

    Attributes
    ----------
    key : str
        Unique within the case.
    load : callable
        Makes the problem; the same each time.
    reference : Reference or None
    """

    key: str
    load: Callable[[], Loaded]
    reference: Reference | None = None


def folder() -> Path | None:
    """Folder of the public instances; None when absent.

    ``MATCHER_INSTANCES`` names it; otherwise it is looked for at ``../shared/instances`` beside the project.
    """
    named = os.environ.get("MATCHER_INSTANCES")
    found = Path(named) if named else ROOT.parent / "shared" / "instances"
    return found if found.is_dir() else None
