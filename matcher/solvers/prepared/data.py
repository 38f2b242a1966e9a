"""Prepared: units (must-link groups merged) and hosts in compressed arrays, ready for compiled kernels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.solution import UNASSIGNED

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NO_LIMIT = 2**62
"""No upper limit, in `comp_high` and `row_high`; its negative is no lower limit, in `row_low`."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A problem whose must-link groups are merged into units, in arrays that grow with the eligible pairs.

    A *unit* is a must-link group (most are one mentee). A *candidate* is an eligible (host, unit); the
    candidates of host h stand at ``start[h]:start[h + 1]``, by ascending unit.

    The value of a cluster S led by host h is::

        sum(value[c] for c of S) + sum(nb_value over unit pairs inside S)
        - open_cost[h] - soft compositions
        - under_price * max(0, target_low[h] - load) - over_price * max(0, load - target_high[h])

    and of leading none: ``closed_value[h]``, allowed only where ``may_close[h]``.

    Attributes
    ----------
    n_mentees : int
    start : ndarray of int64, shape (n_hosts + 1,)
    unit, value, demand : ndarray of int64, shape (n_candidates,)
        Objective units and places. Locks are folded in: a locked unit has one candidate.
    low, high : ndarray of int64, shape (n_hosts,)
        Limits of the load of an open host, places.
    open_cost, closed_value : ndarray of int64, shape (n_hosts,)
    may_close : ndarray of bool, shape (n_hosts,)
    target_low, target_high : ndarray of int64, shape (n_hosts,)
        With ``under_price`` and ``over_price``; both prices are 0 without a load target.
    under_price, over_price : int
    may_stay : ndarray of bool, shape (n_units,)
    stay_cost : ndarray of int64, shape (n_units,)
    member_start, member : ndarray of int64, shapes (n_units + 1,) and (n_mentees,)
        The mentees of each unit, compressed.
    nb_start, nb_unit, nb_value : ndarray of int64, shapes (n_units + 1,), (n_links,), (n_links,)
        Cohesion between units, both directions, compressed; each unit's neighbours ascend.
    rival_start, rival : ndarray of int64, shapes (n_units + 1,), (n_rivals,)
        Units that must not share a host, both directions, compressed; each unit's rivals ascend.
    comp_count : ndarray of int64, shape (n_compositions, n_units)
        Members of the unit that have the property.
    comp_low, comp_high, comp_price : ndarray of int64, shape (n_compositions,)
        Price -1: the rule is hard.
    comp_host : ndarray of bool, shape (n_compositions, n_hosts)
    row_pair : ndarray of int64, shape (n_rows, n_candidates)
        What a candidate counts in a row across clusters; quotas of mentees and general rows.
    row_open : ndarray of int64, shape (n_rows, n_hosts)
        What an open host counts in the row.
    row_low, row_high, row_price : ndarray of int64, shape (n_rows,)
        Price -1: the rule is hard. Weights and limits of general rows may be negative.
    kind_of : ndarray of int64, shape (n_hosts,)
        Hosts that no rule or value tells apart have the same kind; kinds are numbered by first host.
    """

    n_mentees: int
    start: IntArray
    unit: IntArray
    value: IntArray
    demand: IntArray
    low: IntArray
    high: IntArray
    open_cost: IntArray
    closed_value: IntArray
    may_close: BoolArray
    target_low: IntArray
    target_high: IntArray
    under_price: int
    over_price: int
    may_stay: BoolArray
    stay_cost: IntArray
    member_start: IntArray
    member: IntArray
    nb_start: IntArray
    nb_unit: IntArray
    nb_value: IntArray
    rival_start: IntArray
    rival: IntArray
    comp_count: IntArray
    comp_low: IntArray
    comp_high: IntArray
    comp_price: IntArray
    comp_host: BoolArray
    row_pair: IntArray
    row_open: IntArray
    row_low: IntArray
    row_high: IntArray
    row_price: IntArray
    kind_of: IntArray

    @property
    def n_hosts(self) -> int:
        """Number of hosts."""
        return len(self.low)

    @property
    def n_units(self) -> int:
        """Number of units."""
        return len(self.stay_cost)

    @property
    def n_rows(self) -> int:
        """Number of rows across clusters."""
        return len(self.row_low)

    def plan_of(self, unit_host: IntArray) -> IntArray:
        """Host of each mentee from the host of each unit (-1: unassigned), shape (n_mentees,)."""
        host_of = np.full(self.n_mentees, UNASSIGNED, np.int64)
        host_of[self.member] = np.repeat(unit_host, np.diff(self.member_start))
        return host_of

    def units_of(self, host_of: IntArray) -> IntArray:
        """Host of each unit from the host of each mentee, shape (n_units,): that of its first mentee."""
        return host_of[self.member[self.member_start[:-1]]].astype(np.int64)
