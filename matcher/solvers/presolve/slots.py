"""Slots: must-link groups (units) at the hosts that any of their members is eligible for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """Units and their slots, sorted by unit, then host.

    Attributes
    ----------
    n_units, n_hosts : int
    unit_of : ndarray of int64, shape (n_mentees,)
    unit, host, demand : ndarray of int64, shape (n_slots,)
        `demand` in places, of all members.
    whole : ndarray of bool, shape (n_slots,)
        Every member is eligible there and no two members are rivals.
    of_pair : ndarray of int64, shape (n_pairs,)
        Slot of each eligible pair.
    rivals : two ndarrays of int64, shape (n_links,)
        Units that must not share a host, both directions.
    """

    n_units: int
    n_hosts: int
    unit_of: IntArray
    unit: IntArray
    host: IntArray
    demand: IntArray
    whole: BoolArray
    of_pair: IntArray
    rivals: tuple[IntArray, IntArray]

    def find(self, units: IntArray, hosts: IntArray) -> IntArray:
        """Positions of the slots that exist among (units, hosts)."""
        if not len(self.unit):
            return np.empty(0, np.int64)
        keys = self.unit * self.n_hosts + self.host
        wanted = units * self.n_hosts + hosts
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found: IntArray = at[keys[at] == wanted].astype(np.int64)
        return found

    def total(self, chosen: BoolArray, values: IntArray) -> IntArray:
        """Sum of values over chosen slots for each host; exact, as sums stay below 2**53."""
        weights = np.where(chosen, values, 0)
        sums: IntArray = np.bincount(self.host, weights=weights, minlength=self.n_hosts).astype(np.int64)
        return sums


def build_slots(problem: Problem) -> Slots:
    """Merge must-link groups; without any, a unit is a mentee and a slot a pair."""
    one, other = problem.cannot_link[:, 0], problem.cannot_link[:, 1]
    if not len(problem.must_link):
        n = problem.n_mentees
        return Slots(
            n_units=n,
            n_hosts=problem.n_hosts,
            unit_of=np.arange(n),
            unit=problem.pair_mentee,
            host=problem.pair_host,
            demand=problem.pair_demand,
            whole=np.ones(problem.n_pairs, np.bool_),
            of_pair=np.arange(problem.n_pairs),
            rivals=(np.concatenate([one, other]), np.concatenate([other, one])),
        )
    unit_of = _units(problem)
    n_units = int(unit_of.max()) + 1
    size = np.bincount(unit_of, minlength=n_units)
    m = max(1, problem.n_hosts)
    keys, of_pair = np.unique(unit_of[problem.pair_mentee] * m + problem.pair_host, return_inverse=True)
    of_pair = of_pair.astype(np.int64).reshape(-1)
    demand = np.zeros(len(keys), np.int64)
    np.add.at(demand, of_pair, problem.pair_demand)
    one, other = unit_of[one], unit_of[other]
    torn = np.zeros(n_units, np.bool_)
    torn[one[one == other]] = True
    apart = one != other
    one, other = one[apart], other[apart]
    unit = (keys // m).astype(np.int64)
    return Slots(
        n_units=n_units,
        n_hosts=problem.n_hosts,
        unit_of=unit_of,
        unit=unit,
        host=(keys % m).astype(np.int64),
        demand=demand,
        whole=(np.bincount(of_pair, minlength=len(keys)) == size[unit]) & ~torn[unit],
        of_pair=of_pair,
        rivals=(np.concatenate([one, other]), np.concatenate([other, one])),
    )


def _units(problem: Problem) -> IntArray:
    """Return the group of each mentee: labels fall until both ends of every link agree."""
    label = np.arange(problem.n_mentees)
    one, other = problem.must_link[:, 0], problem.must_link[:, 1]
    while (label[one] != label[other]).any():
        least = np.minimum(label[one], label[other])
        np.minimum.at(label, one, least)
        np.minimum.at(label, other, least)
        label = label[label]
    return np.unique(label, return_inverse=True)[1].astype(np.int64).reshape(-1)
