"""Lagrangian bounds: exact for any prices, since everything is added up in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.solvers.branch_and_price.columns import first_of_kinds
from matcher.solvers.branch_and_price.master import Duals
from matcher.solvers.branch_and_price.pricing.local import gather, most_members, potentials
from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Prices, Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import NO_LIMIT, IntArray, Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Subset-row cuts on three units each, shape (n_cuts, 3)."""

    units: IntArray

    def __len__(self) -> int:
        return len(self.units)


NO_CUTS = Cuts(np.empty((0, 3), np.int64))


def legal(prepared: Prepared, duals: Duals) -> Duals:
    """Clip the prices of rows to those for which the bound is finite."""
    row = duals.row.copy()
    soft = prepared.row_price >= 0
    row[soft] = np.clip(row[soft], -prepared.row_price[soft], prepared.row_price[soft])
    row[(prepared.row_high >= NO_LIMIT) & (row > 0)] = 0
    row[(prepared.row_low <= -NO_LIMIT) & (row < 0)] = 0
    return Duals(duals.unit, duals.kind, row, np.maximum(0, duals.cut))


def prices_of(prepared: Prepared, duals: Duals, cuts: Cuts) -> Prices:
    """Turn the prices of rows into prices of candidates, open hosts and cuts."""
    flat = cuts.units.ravel()
    order = np.argsort(flat, kind="stable")
    counts = np.bincount(flat, minlength=prepared.n_units)
    return Prices(
        duals.unit[prepared.unit] + duals.row @ prepared.row_pair,
        np.ascontiguousarray(duals.row @ prepared.row_open, np.int64),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        (order // 3).astype(np.int64),
        duals.cut,
    )


def lagrangian(prepared: Prepared, duals: Duals, best: IntArray) -> int:
    """No plan's value exceeds this.

    Every row of the master is priced out, and what is left falls apart by host.

    Parameters
    ----------
    duals : Duals
        Legal prices (see :func:`legal`).
    best : ndarray of int64, shape (n_kinds,)
        At least the worth (less prices) of the best cluster of each kind.

    References
    ----------
    M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems",
    Management Science 27 (1981).
    """
    total = int(duals.unit.sum()) + int(duals.cut.sum())
    staying = -prepared.stay_cost - duals.unit
    total += int(np.maximum(0, staying[prepared.may_stay]).sum())
    for price, low, high in zip(
        duals.row.tolist(), prepared.row_low.tolist(), prepared.row_high.tolist(), strict=True
    ):
        total += price * high if price > 0 else price * low
    return total + int((worth_of_kinds(prepared, best) * copies(prepared)).sum())


def worth_of_kinds(prepared: Prepared, best: IntArray) -> IntArray:
    """Worth of each kind's better choice, to lead its best cluster or none, shape (n_kinds,)."""
    hosts = first_of_kinds(prepared)
    closed = prepared.closed_value[hosts]
    return np.where(prepared.may_close[hosts], np.maximum(best, closed), best)


def copies(prepared: Prepared) -> IntArray:
    """Hosts of each kind, shape (n_kinds,)."""
    return np.bincount(prepared.kind_of).astype(np.int64)


@compiled
def quick_worth(tables: Tables, prices: Prices) -> IntArray:
    """Most that each unit can bring in any cluster, shape (n_units,); FORBIDDEN where it has no candidate.

    Its value there, and half its cohesion with as many of its best partners as a cluster can hold.
    """
    n_units = len(prices.cut_start) - 1
    best = np.full(n_units, FORBIDDEN, np.int64)
    place = np.full(n_units, -1, np.int64)
    for host in range(len(tables.low)):
        local = gather(tables, prices, host, place)
        most = most_members(local)
        if most == 0:
            continue
        reach = 2 * local.value + potentials(local.pair, most)[:, most - 1]
        for at in range(len(local.unit)):
            best[local.unit[at]] = max(best[local.unit[at]], (reach[at] + 1) // 2)
    return best


def quick_bound(prepared: Prepared, tables: Tables) -> int:
    """Bound that needs no prices: each unit's best, each host's cheaper choice; rows are left out.

    A pair of units counts half for each of them, so the cohesion of a cluster is at most the sum of its
    members' halves with their best partners.
    """
    nothing = np.zeros
    free = Prices(
        nothing(len(prepared.unit), np.int64),
        nothing(prepared.n_hosts, np.int64),
        nothing(prepared.n_units + 1, np.int64),
        nothing(0, np.int64),
        nothing(0, np.int64),
    )
    best = quick_worth(tables, free)
    best = np.where(prepared.may_stay, np.maximum(best, -prepared.stay_cost), best)
    opening = np.maximum(-prepared.open_cost, np.where(prepared.may_close, prepared.closed_value, FORBIDDEN))
    return int(best.sum()) + int(opening.sum())
