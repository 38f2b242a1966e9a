"""A problem seen as demands that can be dropped one by one: who must be placed, what keeps whom apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


class DemandKind(StrEnum):
    """What is demanded."""

    PLACED = "placed"
    """The mentee must have a host."""
    LOCK = "lock"
    """The mentee is fixed to the host."""
    TOGETHER = "together"
    """Two mentees share a host, or are both unassigned."""
    APART = "apart"
    """Two mentees do not share a host."""
    BAR = "bar"
    """A rule bars pairs of the mentee."""
    MOST = "most"
    """The host takes no more than its maximum load."""
    LEAST = "least"
    """The host reaches its minimum load, if it leads or must lead."""
    COMPOSITION = "composition"
    """A composition of clusters holds."""
    QUOTA = "quota"
    """A quota over the plan holds."""
    ROW = "row"
    """A weighted row over the plan holds."""


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """One thing that a plan must keep.

    Attributes
    ----------
    kind : DemandKind
    mentee, other, host : int
        Positions of those concerned; -1 where there is none. ``mentee < other`` for two mentees.
    key : str
        Key of the rule for bars, compositions, quotas and rows.
    """

    kind: DemandKind
    mentee: int = -1
    other: int = -1
    host: int = -1
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PairBars:
    """Which rules bar which pairs.

    Attributes
    ----------
    keys : tuple of str
        Keys of the rules, at most 16.
    mask : ndarray of uint16, shape (n_mentees, n_hosts)
        Bit r is set where rule ``keys[r]`` bars the pair; 0 for an eligible pair, and for one that can
        never be.
    places : ndarray of int64, shape (n_mentees,)
        Places that a mentee takes at a host that was barred to it.
    """

    keys: tuple[str, ...]
    mask: NDArray[np.uint16]
    places: IntArray

    @classmethod
    def none(cls, problem: Problem) -> PairBars:
        """Say of no pair why it is barred: what is not eligible never is."""
        mask = np.zeros((problem.n_mentees, problem.n_hosts), np.uint16)
        return cls((), mask, np.ones(problem.n_mentees, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """All demands of a problem.

    Attributes
    ----------
    problem : Problem
    bars : PairBars
    listed : tuple of Demand
        Sorted. A minimum that every open cluster reaches is not listed.
    at : dict of Demand to int
        Position of each demand in `listed`.
    row_hosts : mapping of str to ndarray of bool, shape (n_hosts,)
        By key of a row that limits the places that are filled: at these hosts. It counts pairs that a rule
        bars as it counts others, and a place more at one of these hosts raises its limit by one.
    """

    problem: Problem
    bars: PairBars
    listed: tuple[Demand, ...]
    at: dict[Demand, int] = field(repr=False)
    row_hosts: Mapping[str, BoolArray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.listed)

    def everything(self) -> BoolArray:
        """Mark every demand; shape (n_demands,)."""
        return np.ones(len(self.listed), np.bool_)

    def only(self, demands: tuple[Demand, ...]) -> BoolArray:
        """Mark some demands; shape (n_demands,)."""
        active = np.zeros(len(self.listed), np.bool_)
        active[[self.at[demand] for demand in demands]] = True
        return active

    def of(self, active: BoolArray) -> tuple[Demand, ...]:
        """Return the demands that are marked, sorted."""
        return tuple(self.listed[at] for at in np.flatnonzero(active).tolist())


def list_demands(
    problem: Problem, bars: PairBars | None = None, row_hosts: Mapping[str, BoolArray] | None = None
) -> Demands:
    """List the demands of a problem.

    Parameters
    ----------
    problem : Problem
    bars : PairBars, optional
        Why pairs are barred; without it a pair that is not eligible can never be.
    row_hosts : mapping of str to ndarray of bool, optional
        See :class:`Demands`; without it a row counts the eligible pairs alone.

    Returns
    -------
    Demands
    """
    bars = PairBars.none(problem) if bars is None else bars
    found = [Demand(DemandKind.PLACED, mentee) for mentee in np.flatnonzero(~problem.may_stay).tolist()]
    found += [Demand(DemandKind.LOCK, mentee, host=host) for mentee, host in problem.locked.tolist()]
    found += [Demand(DemandKind.TOGETHER, min(i, k), max(i, k)) for i, k in problem.must_link.tolist()]
    found += [Demand(DemandKind.APART, i, k) for i, k in problem.cannot_link.tolist()]
    for bit, key in enumerate(bars.keys):
        barred = ((bars.mask >> bit) & 1).any(axis=1)
        found += [Demand(DemandKind.BAR, mentee, key=key) for mentee in np.flatnonzero(barred).tolist()]
    found += [Demand(DemandKind.MOST, host=host) for host in range(problem.n_hosts)]
    least = np.where(problem.must_open, 1, 2)
    hungry = np.flatnonzero(problem.min_load >= least).tolist()
    found += [Demand(DemandKind.LEAST, host=host) for host in hungry]
    found += [
        Demand(DemandKind.COMPOSITION, key=one.key) for one in problem.compositions if one.price is None
    ]
    found += [Demand(DemandKind.QUOTA, key=one.key) for one in problem.quotas if one.price is None]
    found += [Demand(DemandKind.ROW, key=one.key) for one in problem.rows if one.price is None]
    listed = tuple(sorted(set(found)))
    return Demands(problem, bars, listed, {demand: at for at, demand in enumerate(listed)}, row_hosts or {})
