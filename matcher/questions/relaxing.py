"""Ways to give way: which demands may be given up, at what price, how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.questions.demands import BoolArray, Demand, DemandKind, Demands


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
    dearest : int or None
        A repair of this price is known: what costs more by itself need not be looked at.
    """

    listed: tuple[Relaxation, ...]
    opens: NDArray[np.uint16]
    limits: Mapping[str, int]
    dearest: int | None = None

    def up_to(self, price: int) -> Relaxations:
        """Leave out what costs more than `price` by itself."""
        kept = tuple(one for one in self.listed if one.price <= price)
        return replace(self, listed=kept, dearest=price)

    def without_waivers(self) -> Relaxations:
        """Leave out the waivers of rules about a mentee and a host."""
        kept = tuple(one for one in self.listed if one.demand.kind is not DemandKind.BAR)
        return replace(self, listed=kept)


def openable(demands: Demands, relaxations: Relaxations) -> BoolArray:
    """Pairs that are barred, and that waivers on offer would open; shape (n_mentees, n_hosts)."""
    keys, mask = demands.bars.keys, demands.bars.mask
    offered = np.zeros(demands.problem.n_mentees, np.uint16)
    price = np.zeros((demands.problem.n_mentees, len(keys)), np.int64)
    bit = {key: at for at, key in enumerate(keys)}
    for one in relaxations.listed:
        if one.demand.kind is DemandKind.BAR:
            offered[one.demand.mentee] |= 1 << bit[one.demand.key]
            price[one.demand.mentee, bit[one.demand.key]] = one.price
    pairs: BoolArray = (mask != 0) & ((mask & ~(relaxations.opens & offered[:, None])) == 0)
    if relaxations.dearest is not None:
        total = sum(((mask >> at) & 1) * price[:, at : at + 1] for at in range(len(keys)))
        pairs &= total <= relaxations.dearest
    return pairs
