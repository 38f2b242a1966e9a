"""Value of a whole plan in the search's own units: quick, for the search; the referee has the last word."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.columns import cluster_values, find
from matcher.solvers.branch_and_price.pricing.tables import Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray, Prepared

BROKEN = -(2**62)
"""Stands for the value of a plan that breaks a hard rule."""


class Across(NamedTuple):
    """What counts beyond single clusters; fields as in :class:`~matcher.solvers.prepared.Prepared`."""

    closed_value: IntArray
    may_close: NDArray[np.bool_]
    may_stay: NDArray[np.bool_]
    stay_cost: IntArray
    row_pair: IntArray
    row_open: IntArray
    row_low: IntArray
    row_high: IntArray
    row_price: IntArray


def across_of(prepared: Prepared) -> Across:
    """Gather what the kernel reads."""
    return Across(*(getattr(prepared, name).copy() for name in Across._fields))


@compiled
def keeps_rules(tables: Tables, host: int, cluster: IntArray) -> bool:
    """Whether one cluster keeps every hard rule inside it."""
    load = 0
    for at in range(len(cluster)):
        unit = cluster[at]
        candidate = find(tables.unit, tables.start[host], tables.start[host + 1], unit)
        if candidate < 0:
            return False
        load += tables.demand[candidate]
        for other in range(at):
            if (
                find(tables.rival, tables.rival_start[unit], tables.rival_start[unit + 1], cluster[other])
                >= 0
            ):
                return False
    if load < tables.low[host] or load > tables.high[host]:
        return False
    for rule in range(len(tables.comp_low)):
        if tables.comp_host[rule, host] and tables.comp_price[rule] < 0:
            count = 0
            for unit in cluster:
                count += tables.comp_count[rule, unit]
            if count < tables.comp_low[rule] or count > tables.comp_high[rule]:
                return False
    return True


@compiled
def plan_value(tables: Tables, across: Across, unit_host: IntArray) -> int:
    """Value of a plan, BROKEN where it breaks a hard rule.

    Parameters
    ----------
    unit_host : ndarray of int64, shape (n_units,)
        Host of each unit, -1 where unassigned.
    """
    total = 0
    n_rows = across.row_pair.shape[0]
    counts = np.zeros(n_rows, np.int64)
    for unit in range(len(unit_host)):
        if unit_host[unit] < 0:
            if not across.may_stay[unit]:
                return BROKEN
            total -= across.stay_cost[unit]
    order = np.argsort(unit_host, kind="mergesort")
    at = 0
    while at < len(order) and unit_host[order[at]] < 0:
        at += 1
    one = np.empty(1, np.int64)
    for host in range(len(across.may_close)):
        first = at
        while at < len(order) and unit_host[order[at]] == host:
            at += 1
        cluster = order[first:at]
        if len(cluster) == 0:
            if not across.may_close[host]:
                return BROKEN
            total += across.closed_value[host]
            continue
        if not keeps_rules(tables, host, cluster):
            return BROKEN
        one[0] = host
        total += cluster_values(tables, one, cluster.copy().reshape(1, -1))[0]
        for row in range(n_rows):
            counts[row] += across.row_open[row, host]
            for unit in cluster:
                candidate = find(tables.unit, tables.start[host], tables.start[host + 1], unit)
                counts[row] += across.row_pair[row, candidate]
    for row in range(n_rows):
        miss = max(0, across.row_low[row] - counts[row]) + max(0, counts[row] - across.row_high[row])
        if miss > 0:
            if across.row_price[row] < 0:
                return BROKEN
            total -= across.row_price[row] * miss
    return total
