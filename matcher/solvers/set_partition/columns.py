"""Columns: every cluster that a host could lead, with its exact value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED
from matcher.solvers.set_partition.units import BoolArray, IntArray, Units

MAX_CLUSTERS = 60_000
"""More clusters than this are not listed (nor, on the way, sets below a minimum)."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All clusters of a problem, by host, then by size, then by members.

    Attributes
    ----------
    host : ndarray of int64, shape (n_columns,)
    members : ndarray of bool, shape (n_columns, n_units)
    value : ndarray of int64, shape (n_columns,)
        Pair values and cohesion, less the cost of opening and every price inside the cluster.
    """

    host: IntArray
    members: BoolArray
    value: IntArray

    def __len__(self) -> int:
        return int(self.host.shape[0])

    def take(self, chosen: NDArray[np.generic]) -> Columns:
        """Columns at some positions (or under a mask), in the order given."""
        return Columns(self.host[chosen], self.members[chosen], self.value[chosen])


def enumerate_columns(problem: Problem, units: Units, limit: int = MAX_CLUSTERS) -> Columns | None:
    """List every cluster that keeps all rules inside it; None once there are more than `limit`.

    Grows clusters one unit at a time, in ascending order, so that each set is met once; rivals and the
    maximum load cut branches, the minimum and the compositions are checked at the end.
    """
    found: list[Columns] = []
    left = limit
    for host in range(problem.n_hosts):
        sets = host_sets(problem, units, host, left)
        if sets is None:
            return None
        left -= len(sets.load)
        found.append(_judge(problem, units, host, sets))
    if not found:
        none = np.empty(0, np.int64)
        return Columns(none, np.empty((0, units.count), np.bool_), none)
    return Columns(
        np.concatenate([part.host for part in found]),
        np.concatenate([part.members for part in found]),
        np.concatenate([part.value for part in found]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """Sets of units at one host: members (n_sets, n_units), load and value (n_sets,)."""

    members: BoolArray
    load: IntArray
    value: IntArray


def host_sets(problem: Problem, units: Units, host: int, limit: int) -> Sets | None:
    """Every set of eligible units without rivals within the maximum load, by size."""
    able = np.flatnonzero(units.eligible[:, host])
    demand, worth = units.demand[able, host], units.value[able, host]
    cohesion = units.cohesion[np.ix_(able, able)]
    later = np.triu(~units.apart[np.ix_(able, able)], k=1)
    high = int(problem.max_load[host])
    members = np.zeros((1, len(able)), np.bool_)
    load, value = np.zeros(1, np.int64), np.zeros(1, np.int64)
    free = np.ones((1, len(able)), np.bool_)
    gain = np.zeros((1, len(able)), np.int64)
    layers: list[Sets] = []
    count = 0
    while True:
        row, unit = np.nonzero(free & (load[:, None] + demand[None, :] <= high))
        count += len(row)
        if count > limit:
            return None
        if not len(row):
            break
        members = members[row]
        members[np.arange(len(row)), unit] = True
        load, value = load[row] + demand[unit], value[row] + worth[unit] + gain[row, unit]
        free, gain = free[row] & later[unit], gain[row] + cohesion[unit]
        layers.append(Sets(members, load, value))
    spread = np.zeros((count, units.count), np.bool_)
    if not layers:
        return Sets(spread, np.empty(0, np.int64), np.empty(0, np.int64))
    spread[:, able] = np.concatenate([layer.members for layer in layers])
    return Sets(
        spread,
        np.concatenate([layer.load for layer in layers]),
        np.concatenate([layer.value for layer in layers]),
    )


def _judge(problem: Problem, units: Units, host: int, sets: Sets) -> Columns:
    """Drop the sets that break a rule inside the cluster and charge the prices of the others."""
    keep = sets.load >= problem.min_load[host]
    value = sets.value - problem.open_cost[host]
    target = problem.load_target
    if target is not None:
        value = value - target.under_price * np.maximum(0, target.low[host] - sets.load)
        value = value - target.over_price * np.maximum(0, sets.load - target.high[host])
    for rule in problem.compositions:
        if not rule.hosts[host]:
            continue
        count = sets.members.astype(np.int64) @ (units.group @ rule.members.astype(np.int64))
        miss = np.zeros(len(count), np.int64)
        if rule.at_least is not None:
            miss += np.maximum(0, rule.at_least - count)
        if rule.at_most is not None:
            miss += np.maximum(0, count - rule.at_most)
        if rule.price is None:
            keep = keep & (miss == 0)
        else:
            value = value - rule.price * miss
    hosts = np.full(int(keep.sum()), host, np.int64)
    return Columns(hosts, sets.members[keep], value[keep])


def plan_of(problem: Problem, units: Units, columns: Columns) -> IntArray:
    """Host of each mentee under the chosen columns."""
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    for host, members in zip(columns.host.tolist(), columns.members, strict=True):
        host_of[units.group[members].any(axis=0)] = host
    return host_of


def closed_value(problem: Problem, host: int) -> int | None:
    """Value of leading no cluster; None where the host must lead one."""
    if not problem.must_open[host]:
        return 0
    if problem.min_load[host] > 0:
        return None
    target = problem.load_target
    return 0 if target is None else -target.under_price * int(target.low[host])
