"""What the pricing kernels read: arrays of the whole problem, of the prices, and of one host."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.prepared import IntArray, Prepared

FORBIDDEN = -(2**60)
"""Cohesion of two rivals: no sum of real values comes near it (see `scaling`)."""


class Tables(NamedTuple):
    """The problem; every field as in :class:`~matcher.solvers.prepared.Prepared`."""

    start: IntArray
    unit: IntArray
    value: IntArray
    demand: IntArray
    low: IntArray
    high: IntArray
    open_cost: IntArray
    target_low: IntArray
    target_high: IntArray
    under_price: int
    over_price: int
    nb_start: IntArray
    nb_unit: IntArray
    nb_value: IntArray
    rival_start: IntArray
    rival: IntArray
    comp_count: IntArray
    comp_low: IntArray
    comp_high: IntArray
    comp_price: IntArray
    comp_host: NDArray[np.bool_]


class Prices(NamedTuple):
    """Prices of the master's rows, in objective units.

    Attributes
    ----------
    candidate : ndarray of int64, shape (n_candidates,)
        Price of the unit plus that of what the candidate counts in rows across clusters.
    host : ndarray of int64, shape (n_hosts,)
        Price of what an open host counts in rows across clusters.
    cut_start, cut_of : ndarray of int64, shapes (n_units + 1,) and (n,)
        The subset-row cuts that each unit is in, compressed.
    cut_price : ndarray of int64, shape (n_cuts,)
        At least 0; charged once where a cluster holds two or three of the cut's units.
    """

    candidate: IntArray
    host: IntArray
    cut_start: IntArray
    cut_of: IntArray
    cut_price: IntArray


class Local(NamedTuple):
    """One host's candidates that can still matter.

    Attributes
    ----------
    unit, value, demand : ndarray of int64, shape (k,)
        `value` is less all prices.
    pair : ndarray of int64, shape (k, k)
        Cohesion; FORBIDDEN between rivals.
    has_links : bool
        Whether any two candidates have cohesion (rivalry aside).
    comp_count : ndarray of int64, shape (n_rules, k)
        Of the compositions that hold at this host.
    comp_low, comp_high, comp_price : ndarray of int64, shape (n_rules,)
    fixed : int
        Added to every cluster: cost of opening and prices of the open host.
    """

    unit: IntArray
    value: IntArray
    demand: IntArray
    pair: IntArray
    has_links: bool
    comp_count: IntArray
    comp_low: IntArray
    comp_high: IntArray
    comp_price: IntArray
    low: int
    high: int
    target_low: int
    target_high: int
    under_price: int
    over_price: int
    fixed: int


class Found(NamedTuple):
    """Columns that a search found at one host, and how far it got.

    Attributes
    ----------
    members : ndarray of int64, shape (n_columns, longest)
        Positions in `Local`, then -1.
    length, worth : ndarray of int64, shape (n_columns,)
        Number of units, and value less all prices.
    bound : int
        No cluster of the host is worth more (less prices) than this, or than the cutoff.
    nodes : int
    complete : bool
        Whether the search ran to its end: every cluster above the cutoff was seen.
    """

    members: IntArray
    length: IntArray
    worth: IntArray
    bound: int
    nodes: int
    complete: bool


def tables_of(prepared: Prepared) -> Tables:
    """Gather what the kernels read, in arrays of one layout: each other one would be compiled for anew."""
    fields = (getattr(prepared, name) for name in Tables._fields)
    copies: tuple[Any, ...] = tuple(
        field.copy() if isinstance(field, np.ndarray) else field for field in fields
    )
    return Tables(*copies)
