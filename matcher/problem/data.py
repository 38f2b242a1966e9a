"""Problem: everything a solver may know, as frozen arrays of integers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.problem.rules import Composition, LoadTarget, Quota, Row

SCALE = 1_000_000
"""Objective units in one point: all coefficients are int64 fixed point (engine.md)."""

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Problem:
    """Maximise pair values and cohesion, less prices, subject to loads, links and counts.

    Objective (objective units, higher is better)::

        constant + sum of pair_value over chosen pairs + sum of cohesion_value over mentee pairs that
        share a host - open_cost of open hosts - unassigned_cost of unassigned mentees
        - load target, soft composition, soft quota and soft row penalties

    Attributes
    ----------
    n_mentees, n_hosts : int
    pair_mentee, pair_host : ndarray of int64, shape (n_pairs,)
        Eligible pairs, sorted by mentee then host, without repeats.
    pair_value : ndarray of int64, shape (n_pairs,)
        Score of the pair less its soft pair penalties.
    pair_demand : ndarray of int64, shape (n_pairs,)
        Places that the mentee takes at that host, at least 1.
    min_load, max_load : ndarray of int64, shape (n_hosts,)
        ``min_load[j] <= load_j <= max_load[j]`` for every open host j (load is the sum of demands).
    must_open : ndarray of bool, shape (n_hosts,)
        Hosts whose minimum binds even when they lead no cluster.
    open_cost : ndarray of int64, shape (n_hosts,)
    may_stay : ndarray of bool, shape (n_mentees,)
        Whether the mentee may be left unassigned.
    unassigned_cost : ndarray of int64, shape (n_mentees,)
    cannot_link : ndarray of int64, shape (n_cannot, 2)
        Mentees that must not share a host; i < k in each row, sorted, without repeats.
    must_link : ndarray of int64, shape (n_must, 2)
        Mentees that share a host or are both unassigned.
    locked : ndarray of int64, shape (n_locked, 2)
        (mentee, host) that must be chosen; a locked pair that is not eligible makes it infeasible.
    cohesion_pair : ndarray of int64, shape (n_cohesion, 2)
        Mentees i < k, sorted, without repeats.
    cohesion_value : ndarray of int64, shape (n_cohesion,)
        Value (may be negative) of the two sharing a host; soft rivalries are folded in.
    compositions : tuple of Composition
    quotas : tuple of Quota
    rows : tuple of Row
        Weighted rows across clusters.
    load_target : LoadTarget or None
    constant : int
        Added to every plan's objective (price of soft locks and soft must-links not yet met).
    """

    n_mentees: int
    n_hosts: int
    pair_mentee: IntArray
    pair_host: IntArray
    pair_value: IntArray
    pair_demand: IntArray
    min_load: IntArray
    max_load: IntArray
    must_open: NDArray[np.bool_]
    open_cost: IntArray
    may_stay: NDArray[np.bool_]
    unassigned_cost: IntArray
    cannot_link: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    must_link: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    locked: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    cohesion_pair: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    cohesion_value: IntArray = field(default_factory=lambda: np.empty(0, np.int64))
    compositions: tuple[Composition, ...] = ()
    quotas: tuple[Quota, ...] = ()
    rows: tuple[Row, ...] = ()
    load_target: LoadTarget | None = None
    constant: int = 0

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @property
    def n_pairs(self) -> int:
        """Number of eligible pairs."""
        return int(self.pair_mentee.shape[0])

    @cached_property
    def pair_index(self) -> dict[tuple[int, int], int]:
        """Position of each eligible (mentee, host) in the pair arrays."""
        pairs = zip(self.pair_mentee.tolist(), self.pair_host.tolist(), strict=True)
        return {pair: at for at, pair in enumerate(pairs)}
