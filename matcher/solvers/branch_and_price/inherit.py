"""Carry columns from one node of the tree to the next, where units may be merged or pairs left out."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.columns import Pool
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
