"""CostTable: costs of pairs and clusters in whole cents, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

CENTS = 100
"""Cents in a euro."""

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class CostKind(StrEnum):
    """What money is paid for."""

    TRAVEL = "travel"
    HOURS = "hours"
    LUMP_SUM = "lump-sum"
    INCENTIVES = "incentives"
    SET_UP = "set-up"


KINDS: tuple[CostKind, ...] = tuple(CostKind)
"""Rows of the arrays of a :class:`CostTable`, in this order."""


@dataclass(frozen=True, slots=True, eq=False)
class CostTable:
    """Costs of pairs and clusters in whole cents; every cost is paid by one country.

    The plan costs the sum of `mentee_side` and `mentor_side` over its pairs and of `cluster` over the mentors
    that lead one.

    Attributes
    ----------
    mentee_side : ndarray of int64, shape (n_kinds, n_pairs)
        Cents that the mentee's country pays for the pair: travel, its lump sum and incentives.
    mentor_side : ndarray of int64, shape (n_kinds, n_pairs)
        Cents that the mentor's country pays for the pair: the mentor's hours for the mentee.
    cluster : ndarray of int64, shape (n_kinds, n_hosts)
        Cents that the mentor's country pays where it leads a cluster.
    known : ndarray of bool, shape (n_pairs,)
        Where the travel of the pair is known; elsewhere the arrays hold its other costs alone.
    assumed_km : ndarray of bool, shape (n_pairs,)
        Pairs whose travel rests on the distance that the policy assumes.
    assumed_mode : ndarray of bool, shape (n_pairs,)
        Pairs with travel of which a school did not say how it works.
    """

    mentee_side: IntArray
    mentor_side: IntArray
    cluster: IntArray
    known: BoolArray
    assumed_km: BoolArray
    assumed_mode: BoolArray

    @property
    def pair(self) -> IntArray:
        """Cents of each pair, whoever pays; shape (n_pairs,)."""
        total: IntArray = self.mentee_side.sum(axis=0) + self.mentor_side.sum(axis=0)
        return total

    @property
    def host(self) -> IntArray:
        """Cents of each mentor's cluster beside its pairs; shape (n_hosts,)."""
        total: IntArray = self.cluster.sum(axis=0)
        return total
