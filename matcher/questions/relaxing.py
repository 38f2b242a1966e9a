"""Ways to give way: which demands may be given up, at what price, how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.questions.demands import BoolArray, Demand, Demands


@dataclass(frozen=True, slots=True, order=True)
class Relaxation:
    """One way to give way.

    Attributes
    ----------
    demand : Demand
        What is given up: whole, or by units (places above a maximum or below a minimum; schools or clusters
        by which a quota or composition is missed).
    price : int
        Of each unit; 1 or more, in units of the caller's choice.
    most : int
        Units at most.
    group : str
        Relaxations of one group have a common limit; the form of a repair is how many of each group it uses.
    over : bool
        For quotas and compositions: whether ``at_most`` is exceeded (else ``at_least`` is missed).
    """

    demand: Demand
    price: int
    most: int = 1
    group: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Relaxations:
    """All ways to give way, and their common limits.

    Attributes
    ----------
    listed : tuple of Relaxation
        Sorted; at most one for each demand (two for a quota or composition: short, and over).
    opens : ndarray of uint16, shape (n_mentees, n_hosts)
        Bit r is set where a waiver of rule ``bars.keys[r]`` for the mentee lets the pair pass that rule. A
        waiver within a limit lets only some of the barred pairs pass.
    limits : mapping of str to int
        Units of a group that one repair may use; no limit for a group that is not named.
    """

    listed: tuple[Relaxation, ...]
    opens: NDArray[np.uint16]
    limits: Mapping[str, int]


def openable(demands: Demands, relaxations: Relaxations) -> BoolArray:
    """Pairs that are barred, and that waivers on offer would open; shape (n_mentees, n_hosts)."""
    offered = np.zeros(demands.problem.n_mentees, np.uint16)
    bit = {key: 1 << at for at, key in enumerate(demands.bars.keys)}
    for one in relaxations.listed:
        if one.demand.key in bit and one.demand.mentee >= 0:
            offered[one.demand.mentee] |= bit[one.demand.key]
    mask = demands.bars.mask
    pairs: BoolArray = (mask != 0) & ((mask & ~(relaxations.opens & offered[:, None])) == 0)
    return pairs
