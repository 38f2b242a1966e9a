"""Carry columns and prices down the tree, where units may be merged or pairs left out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.solvers.branch_and_price.bound import Cuts
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.branch_and_price.generate import Dual
from matcher.solvers.branch_and_price.master import Duals
from matcher.solvers.branch_and_price.plan_value import keeps_rules
from matcher.solvers.prepared import IntArray, Prepared


def mentees_of(pool: Pool, positions: IntArray) -> tuple[IntArray, list[IntArray]]:
    """Host and mentees of some columns."""
    prepared = pool.prepared
    groups = np.split(prepared.member, prepared.member_start[1:-1])
    clusters = []
    for row in pool.members[positions].tolist():
        clusters.append(np.concatenate([groups[unit] for unit in row if unit >= 0]))
    return pool.host[positions], clusters


def inherit(pool: Pool, hosts: IntArray, clusters: list[IntArray]) -> IntArray:
    """Add clusters of mentees to a pool where they are columns there; returns their positions."""
    prepared = pool.prepared
    unit_of = _unit_of(prepared)
    sizes = np.diff(prepared.member_start)
    kept: list[int] = []
    members = np.full((len(clusters), pool.longest), -1, np.int64)
    for at, cluster in enumerate(clusters):
        units = np.unique(unit_of[cluster])
        whole = int(sizes[units].sum()) == len(cluster) and len(units) <= pool.longest
        if whole and keeps_rules(pool.tables, int(hosts[at]), units):
            members[at, : len(units)] = units
            kept.append(at)
    return pool.add(hosts[kept], members[kept])


def _unit_of(prepared: Prepared) -> IntArray:
    unit_of = np.empty(prepared.n_mentees, np.int64)
    unit_of[prepared.member] = np.repeat(np.arange(prepared.n_units), np.diff(prepared.member_start))
    return unit_of


class Legacy(NamedTuple):
    """Prices of a node in terms that hold for its children, too.

    Attributes
    ----------
    mentee : ndarray of int64, shape (n_mentees,)
        The price of each unit at its first mentee, 0 for the others.
    host : ndarray of int64, shape (n_hosts,)
    row : ndarray of int64, shape (n_rows,)
    cut : ndarray of int64, shape (n_cuts, 3)
        First mentees of the units of each cut that has a price.
    toll : ndarray of int64, shape (n_cuts,)
    """

    mentee: IntArray
    host: IntArray
    row: IntArray
    cut: IntArray
    toll: IntArray


def legacy_of(prepared: Prepared, dual: Dual) -> Legacy:
    """Put a node's best prices into terms of mentees and hosts."""
    first = prepared.member[prepared.member_start[:-1]]
    mentee = np.zeros(prepared.n_mentees, np.int64)
    mentee[first] = dual.duals.unit
    used = np.flatnonzero(dual.duals.cut)
    host = dual.duals.kind[prepared.kind_of]
    return Legacy(mentee, host, dual.duals.row, first[dual.cuts.units[used]], dual.duals.cut[used])


def prices_from(prepared: Prepared, legacy: Legacy) -> tuple[Duals, Cuts]:
    """Prices and cuts of a child; cuts two of whose units have been merged are left out."""
    unit_of = _unit_of(prepared)
    price = np.zeros(prepared.n_units, np.int64)
    np.add.at(price, unit_of, legacy.mentee)
    cuts = np.sort(unit_of[legacy.cut], axis=1)
    kept = (cuts[:, 0] < cuts[:, 1]) & (cuts[:, 1] < cuts[:, 2])
    kind = legacy.host[first_of_kinds(prepared)]
    return Duals(price, kind, legacy.row, legacy.toll[kept]), Cuts(np.ascontiguousarray(cuts[kept]))
