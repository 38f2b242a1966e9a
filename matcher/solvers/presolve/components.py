"""Split a problem into parts that do not touch each other; six countries are six problems."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import LoadTarget, Problem, Quota, QuotaKind, Row
from matcher.problem.graph import component_labels
from matcher.solution import UNASSIGNED, Solution

IntArray = NDArray[np.int64]

SWEEPS = 4
"""Steps there and back after which a problem does not count as obviously of one piece."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a problem, renumbered, and who its members are in the whole.

    Attributes
    ----------
    problem : Problem
        With ``constant = 0``: the whole's constant is added once, at the end.
    mentees, hosts : ndarray of int64
        Index in the whole of each of the part's mentees and hosts, ascending.
    """

    problem: Problem
    mentees: IntArray
    hosts: IntArray

    def restrict(self, solution: Solution) -> Solution:
        """Cut the part's share out of a plan of the whole; a host outside the part counts as none."""
        place = {host: at for at, host in enumerate(self.hosts.tolist())}
        hosts = solution.host_of[self.mentees].tolist()
        return Solution(np.array([place.get(host, UNASSIGNED) for host in hosts], dtype=np.int64))

    def lift(self, host_of: IntArray, whole: IntArray) -> None:
        """Write the part's plan into `whole`, shape (n_mentees of the whole,)."""
        whole[self.mentees] = np.where(host_of == UNASSIGNED, UNASSIGNED, self._hosts_or_none()[host_of])

    def _hosts_or_none(self) -> IntArray:
        # one more entry, so that -1 finds something to index even when there is no host
        return np.append(self.hosts, UNASSIGNED)


def split(problem: Problem) -> tuple[Part, ...]:
    """Split into connected components of eligibility, locks, must-links and binding rows across clusters.

    Rivals and cohesion count only at a common host, which eligibility already connects. A quota or row keeps
    parts together only if it binds, that is, if some plan could break it or be charged for it, and
    if it counts in more than one of them. Mentees without a host and hosts without a mentee are
    gathered in one part, the last.

    Parameters
    ----------
    problem : Problem
        A valid problem.

    Returns
    -------
    tuple of Part
        Smallest number of pairs first, then by first mentee. An optimal plan of the whole is one
        optimal plan of each; values and bounds add up, and the whole's constant comes on top.
    """
    quotas = tuple(quota for quota in problem.quotas if _binds(problem, quota))
    rows = tuple(row for row in problem.rows if _row_binds(problem, row))
    labels = _labels(problem, quotas, rows)
    groups = [] if not labels.any() else _members(labels)
    if len(groups) <= 1:
        everyone = np.arange(problem.n_mentees), np.arange(problem.n_hosts)
        untouched = not problem.constant and quotas == problem.quotas and rows == problem.rows
        whole = problem if untouched else replace(problem, constant=0, quotas=quotas, rows=rows)
        return (Part(whole, *everyone),)
    # what counts nowhere but asks for something belongs to one part, no matter which: the first
    stray = tuple(quota for quota in quotas if not len(_counted_pairs(problem, quota)))
    stray_rows = tuple(row for row in rows if not len(_weighed_nodes(problem, row)))
    parts = [_part(problem, group, quotas, rows) for group in groups]
    parts.sort(key=lambda part: (part.problem.n_pairs == 0, part.problem.n_pairs, part.mentees.tolist()))
    first = parts[0]
    if stray or stray_rows:
        own = first.problem
        counted = tuple(_cut_quota(quota, first.mentees, first.hosts) for quota in stray)
        pairs = np.zeros(own.n_pairs, np.intp)  # a stray row weighs no pair: any positions do
        weighed = tuple(_cut_row(row, pairs, first.hosts) for row in stray_rows)
        parts[0] = replace(first, problem=replace(own, quotas=own.quotas + counted, rows=own.rows + weighed))
    return tuple(parts)


def _labels(problem: Problem, quotas: tuple[Quota, ...], rows: tuple[Row, ...]) -> IntArray:
    """Find the component of each node, shape (n_mentees + n_hosts,); mentees first, then hosts."""
    n, size = problem.n_mentees, problem.n_mentees + problem.n_hosts
    together = [problem.pair_mentee[_counted_pairs(problem, quota)] for quota in quotas]
    together += [_weighed_nodes(problem, row) for row in rows]
    together.append(_idle(problem))
    ends = [(problem.pair_mentee, problem.pair_host + n), (problem.must_link[:, 0], problem.must_link[:, 1])]
    ends.append((problem.locked[:, 0], problem.locked[:, 1] + n))
    ends += [(nodes[:-1], nodes[1:]) for nodes in together]
    tail, head = (np.concatenate([pair[side] for pair in ends]) for side in (0, 1))
    if _close_together(tail, head, size):
        return np.zeros(size, np.int64)
    return component_labels(tail, head, size)


def _close_together(tail: IntArray, head: IntArray, size: int) -> bool:
    """Whether a few steps from the first node reach all: the usual case, told without building a graph."""
    reached = np.zeros(size, np.bool_)
    reached[:1] = True
    for _ in range(SWEEPS):
        reached[head[reached[tail]]] = True
        reached[tail[reached[head]]] = True
        if reached.all():
            return True
    return False


def _members(labels: IntArray) -> list[IntArray]:
    """Nodes of each component, ascending; components in the order of their first node."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    return sorted(np.split(order, starts[1:]), key=lambda nodes: int(nodes[0]))


def _idle(problem: Problem) -> IntArray:
    """Nodes without an eligible pair, a must-link or a lock, ascending."""
    busy = np.zeros(problem.n_mentees + problem.n_hosts, dtype=np.bool_)
    busy[problem.pair_mentee] = True
    busy[problem.pair_host + problem.n_mentees] = True
    busy[problem.must_link.ravel()] = True
    busy[problem.locked + np.array([0, problem.n_mentees])] = True
    return np.flatnonzero(~busy)


def _counted_pairs(problem: Problem, quota: Quota) -> IntArray:
    """Positions of the pairs that a quota counts."""
    counted = quota.hosts[problem.pair_host]
    if quota.kind is QuotaKind.MENTEES:
        counted = counted & quota.members[problem.pair_mentee]
    return np.flatnonzero(counted)


def _binds(problem: Problem, quota: Quota) -> bool:
    """Whether some plan could miss the quota: its count runs from 0 to `most`."""
    pairs = _counted_pairs(problem, quota)
    most = len(np.unique(problem.pair_host[pairs]))
    if quota.kind is QuotaKind.MENTEES:
        room = int(problem.max_load[np.unique(problem.pair_host[pairs])].sum())
        most = min(len(np.unique(problem.pair_mentee[pairs])), room)
    return (quota.at_least or 0) > 0 or (quota.at_most is not None and quota.at_most < most)


def _weighed_nodes(problem: Problem, row: Row) -> IntArray:
    """Nodes that a row weighs: mentees of weighed pairs, and weighed hosts that somebody may have."""
    mentees = np.unique(problem.pair_mentee[row.pair_weight != 0])
    hosts = np.unique(problem.pair_host)
    return np.concatenate([mentees, hosts[row.open_weight[hosts] != 0] + problem.n_mentees])


def _row_binds(problem: Problem, row: Row) -> bool:
    """Whether some plan could miss the row: its sum lies between the sums of everybody's extremes."""
    least, most = np.zeros(problem.n_mentees, np.int64), np.zeros(problem.n_mentees, np.int64)
    np.minimum.at(least, problem.pair_mentee, row.pair_weight)
    np.maximum.at(most, problem.pair_mentee, row.pair_weight)
    opening = row.open_weight[np.unique(problem.pair_host)]
    low = int(least.sum()) + int(np.minimum(opening, 0).sum())
    high = int(most.sum()) + int(np.maximum(opening, 0).sum())
    return (row.at_least is not None and row.at_least > low) or (
        row.at_most is not None and row.at_most < high
    )


def _part(problem: Problem, nodes: IntArray, quotas: tuple[Quota, ...], rows: tuple[Row, ...]) -> Part:
    mentees = nodes[nodes < problem.n_mentees]
    hosts = nodes[nodes >= problem.n_mentees] - problem.n_mentees
    place = np.full(problem.n_mentees, -1, np.int64)
    place[mentees] = np.arange(len(mentees))
    seat = np.full(problem.n_hosts, -1, np.int64)
    seat[hosts] = np.arange(len(hosts))
    pairs = np.flatnonzero(place[problem.pair_mentee] >= 0)
    cohesion = np.flatnonzero((place[problem.cohesion_pair] >= 0).all(axis=1))
    target = problem.load_target
    part = Problem(
        n_mentees=len(mentees),
        n_hosts=len(hosts),
        pair_mentee=place[problem.pair_mentee[pairs]],
        pair_host=seat[problem.pair_host[pairs]],
        pair_value=problem.pair_value[pairs],
        pair_demand=problem.pair_demand[pairs],
        min_load=problem.min_load[hosts],
        max_load=problem.max_load[hosts],
        must_open=problem.must_open[hosts],
        open_cost=problem.open_cost[hosts],
        may_stay=problem.may_stay[mentees],
        unassigned_cost=problem.unassigned_cost[mentees],
        cannot_link=_within(problem.cannot_link, place),
        must_link=_within(problem.must_link, place),
        locked=_locked(problem, place, seat),
        cohesion_pair=place[problem.cohesion_pair[cohesion]],
        cohesion_value=problem.cohesion_value[cohesion],
        compositions=tuple(
            replace(rule, members=rule.members[mentees], hosts=rule.hosts[hosts])
            for rule in problem.compositions
            if rule.hosts[hosts].any()
        ),
        quotas=tuple(
            _cut_quota(quota, mentees, hosts)
            for quota in quotas
            if (place[problem.pair_mentee[_counted_pairs(problem, quota)]] >= 0).any()
        ),
        rows=tuple(
            _cut_row(row, pairs, hosts)
            for row in rows
            if row.pair_weight[pairs].any() or row.open_weight[problem.pair_host[pairs]].any()
        ),
        load_target=None
        if target is None
        else LoadTarget(target.low[hosts], target.high[hosts], target.under_price, target.over_price),
    )
    return Part(part, mentees, hosts)


def _cut_quota(quota: Quota, mentees: IntArray, hosts: IntArray) -> Quota:
    return replace(quota, members=quota.members[mentees], hosts=quota.hosts[hosts])


def _cut_row(row: Row, pairs: IntArray, hosts: IntArray) -> Row:
    return replace(row, pair_weight=row.pair_weight[pairs], open_weight=row.open_weight[hosts])


def _within(links: IntArray, place: IntArray) -> IntArray:
    """Links of which both ends lie in the part, renumbered (order is kept: numbers keep theirs)."""
    return place[links[(place[links] >= 0).all(axis=1)]]


def _locked(problem: Problem, place: IntArray, seat: IntArray) -> IntArray:
    """Locks of the part's mentees; their hosts are in the same part even where they are not eligible."""
    locks = problem.locked[place[problem.locked[:, 0]] >= 0]
    return np.stack([place[locks[:, 0]], seat[locks[:, 1]]], axis=1)
