"""Columns: clusters with their exact value; the pool that every stage of the search shares."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from matcher.solvers.branch_and_price.pricing.tables import Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray, Prepared


@compiled
def find(values: IntArray, first: int, last: int, wanted: int) -> int:
    """Position of a value in an ascending stretch of an array; -1 where it is not."""
    end = last
    while first < last:
        middle = (first + last) // 2
        if values[middle] < wanted:
            first = middle + 1
        else:
            last = middle
    return first if first < end and values[first] == wanted else -1


@compiled
def cluster_values(tables: Tables, host: IntArray, members: IntArray) -> IntArray:
    """Exact value of clusters that keep every hard rule.

    Parameters
    ----------
    host : ndarray of int64, shape (n,)
    members : ndarray of int64, shape (n, longest)
        Units, then -1; each a candidate of the host.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    result = np.empty(len(host), np.int64)
    for column in range(len(host)):
        h = host[column]
        total, load = -tables.open_cost[h], 0
        for at in range(members.shape[1]):
            unit = members[column, at]
            if unit < 0:
                break
            candidate = find(tables.unit, tables.start[h], tables.start[h + 1], unit)
            total += tables.value[candidate]
            load += tables.demand[candidate]
            for other in range(at):
                link = find(
                    tables.nb_unit,
                    tables.nb_start[unit],
                    tables.nb_start[unit + 1],
                    members[column, other],
                )
                if link >= 0:
                    total += tables.nb_value[link]
        total -= tables.under_price * max(0, tables.target_low[h] - load)
        total -= tables.over_price * max(0, load - tables.target_high[h])
        for rule in range(len(tables.comp_low)):
            if tables.comp_host[rule, h] and tables.comp_price[rule] >= 0:
                count = 0
                for at in range(members.shape[1]):
                    if members[column, at] < 0:
                        break
                    count += tables.comp_count[rule, members[column, at]]
                miss = max(0, tables.comp_low[rule] - count) + max(0, count - tables.comp_high[rule])
                total -= tables.comp_price[rule] * miss
        result[column] = total
    return result


@compiled
def row_counts(
    start: IntArray, unit: IntArray, row_pair: IntArray, row_open: IntArray, host: IntArray, members: IntArray
) -> IntArray:
    """Count what each cluster adds to each row across clusters, shape (n, n_rows)."""
    result = np.zeros((len(host), row_pair.shape[0]), np.int64)
    for column in range(len(host)):
        h = host[column]
        for row in range(row_pair.shape[0]):
            result[column, row] = row_open[row, h]
        for at in range(members.shape[1]):
            if members[column, at] < 0:
                break
            candidate = find(unit, start[h], start[h + 1], members[column, at])
            for row in range(row_pair.shape[0]):
                result[column, row] += row_pair[row, candidate]
    return result


@compiled
def cut_hits(members: IntArray, cuts: IntArray) -> IntArray:
    """Pairs (column, cut) where the column holds two or three of the cut's units, shape (n, 2).

    Parameters
    ----------
    members : ndarray of int64, shape (n_columns, longest)
    cuts : ndarray of int64, shape (n_cuts, 3)
    """
    hits = np.empty((len(members) * len(cuts), 2), np.int64)
    count = 0
    for column in range(len(members)):
        for cut in range(len(cuts)):
            held = 0
            for at in range(members.shape[1]):
                unit = members[column, at]
                if unit < 0:
                    break
                if unit == cuts[cut, 0] or unit == cuts[cut, 1] or unit == cuts[cut, 2]:
                    held += 1
            if held >= 2:
                hits[count, 0], hits[count, 1] = column, cut
                count += 1
    return hits[:count].copy()


@dataclass(slots=True)
class Pool:
    """Every column met so far, each once for each kind of host.

    Attributes
    ----------
    host : ndarray of int64, shape (n,)
        First host of the kind.
    members : ndarray of int64, shape (n, longest)
        Units ascending, then -1.
    value : ndarray of int64, shape (n,)
    count_in_rows : ndarray of int64, shape (n, n_rows)
    """

    prepared: Prepared
    tables: Tables
    longest: int
    host: IntArray = field(init=False)
    members: IntArray = field(init=False)
    value: IntArray = field(init=False)
    count_in_rows: IntArray = field(init=False)
    _known: dict[bytes, int] = field(default_factory=dict)
    _first_of_kind: IntArray = field(init=False)

    def __post_init__(self) -> None:
        self.host = np.empty(0, np.int64)
        self.members = np.empty((0, self.longest), np.int64)
        self.value = np.empty(0, np.int64)
        self.count_in_rows = np.empty((0, self.prepared.n_rows), np.int64)
        self._first_of_kind = first_of_kinds(self.prepared)[self.prepared.kind_of]

    def __len__(self) -> int:
        return len(self.host)

    def add(self, host: IntArray, members: IntArray) -> IntArray:
        """Add feasible clusters; returns the positions of all of them, shape (n,), new or not."""
        if not len(host):
            return np.empty(0, np.int64)
        host = self._first_of_kind[host]
        large = np.where(members < 0, np.iinfo(np.int64).max, members)
        large.sort(axis=1)
        ordered = np.full((len(host), self.longest), -1, np.int64)
        width = min(self.longest, members.shape[1])
        ordered[:, :width] = np.where(large == np.iinfo(np.int64).max, -1, large)[:, :width]
        place = np.empty(len(host), np.int64)
        fresh: list[int] = []
        for at, (h, row) in enumerate(zip(host.tolist(), ordered, strict=True)):
            key = h.to_bytes(4, "little") + row.tobytes()
            known = self._known.setdefault(key, len(self) + len(fresh))
            if known == len(self) + len(fresh):
                fresh.append(at)
            place[at] = known
        if fresh:
            self._append(host[fresh], np.ascontiguousarray(ordered[fresh]))
        return place

    def _append(self, host: IntArray, members: IntArray) -> None:
        p = self.prepared
        counts = row_counts(p.start, p.unit, p.row_pair, p.row_open, host, members)
        self.value = np.concatenate([self.value, cluster_values(self.tables, host, members)])
        self.host = np.concatenate([self.host, host])
        self.members = np.concatenate([self.members, members])
        self.count_in_rows = np.concatenate([self.count_in_rows, counts])

    def add_plan(self, unit_host: IntArray) -> IntArray:
        """Add the clusters of a plan, given as host of each unit; returns their positions."""
        hosts = np.unique(unit_host[unit_host >= 0])
        members = np.full((len(hosts), self.longest), -1, np.int64)
        for at, host in enumerate(hosts):
            cluster = np.flatnonzero(unit_host == host)
            members[at, : len(cluster)] = cluster
        return self.add(hosts, members)

    def plan_of(self, chosen: IntArray) -> IntArray:
        """Host of each unit when the columns at some positions are chosen, shape (n_units,)."""
        unit_host = np.full(self.prepared.n_units, -1, np.int64)
        used = np.zeros(self.prepared.n_hosts, np.int64)
        hosts_of_kind: dict[int, list[int]] = {}
        for host, kind in enumerate(self.prepared.kind_of.tolist()):
            hosts_of_kind.setdefault(kind, []).append(host)
        for column in chosen.tolist():
            kind = int(self.prepared.kind_of[self.host[column]])
            host = hosts_of_kind[kind][int(used[kind])]
            used[kind] += 1
            cluster = self.members[column]
            unit_host[cluster[cluster >= 0]] = host
        return unit_host


def first_of_kinds(prepared: Prepared) -> IntArray:
    """First host of each kind, shape (n_kinds,)."""
    return np.unique(prepared.kind_of, return_index=True)[1].astype(np.int64)


def longest_cluster(prepared: Prepared) -> int:
    """Most units that any host can take."""
    longest = 1
    for host in range(prepared.n_hosts):
        demands = np.sort(prepared.demand[prepared.start[host] : prepared.start[host + 1]])
        longest = max(longest, int(np.searchsorted(np.cumsum(demands), prepared.high[host], side="right")))
    return longest
