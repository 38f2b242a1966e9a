"""Where places are too few, by count alone: who lacks one, and what limits the places in reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher.questions.demands import BoolArray, Demand, DemandKind, Demands, IntArray
from matcher.questions.placing_all import (
    as_locked,
    forced_mentees,
    largest_plan,
    only_places,
    rooms_for_certain,
)
from matcher.questions.subproblem import Subproblem, keep_only
from matcher.solution import UNASSIGNED

_ABOUT_MENTEES = (DemandKind.PLACED, DemandKind.LOCK, DemandKind.BAR)
_COUNTED = (*_ABOUT_MENTEES, DemandKind.MOST, DemandKind.ROW)


def short_of_places(demands: Demands, *, together: bool = False) -> list[BoolArray]:
    """Find sets of demands that lack a place by count alone, one for each mentee left out.

    From a mentee left out, follow its hosts, all full, to their mentees, and on to *their* hosts: these
    mentees are one more than all the places in their reach (Hall's condition, one short).

    Parameters
    ----------
    demands : Demands
    together : bool, default False
        Join the sets that share a host, so that each lacks as many places as it can.

    Returns
    -------
    list of ndarray of bool, shape (n_demands,)
        Each infeasible by itself; smallest first. Empty when places alone suffice, or when mentees take
        other than one place, or rows say more than how many places may be filled.
    """
    active = np.array([demand.kind in _COUNTED for demand in demands.listed], np.bool_)
    cut = keep_only(demands, active)
    if not only_places(cut.problem):
        return []
    host_of = largest_plan(cut.problem)
    forced = forced_mentees(cut.problem)
    out = np.flatnonzero(forced & (host_of == UNASSIGNED)).tolist()
    found = {_tree(cut, host_of, mentee) for mentee in out}
    if together:
        found = _joined(found)
    return [_touching(demands, one) for one in sorted(found, key=_listed)]


def hosts_and_rows(demands: Demands, counted: Iterable[Demand]) -> tuple[set[int], set[str]]:
    """Hosts in reach of mentees that are short of places, and rows that limit such hosts together."""
    hosts, rows = set[int](), set[str]()
    for one in counted:
        if one.kind is DemandKind.MOST:
            hosts.add(one.host)
        elif one.kind is DemandKind.ROW:
            rows.add(one.key)
            if one.key in demands.row_hosts:
                hosts.update(np.flatnonzero(demands.row_hosts[one.key]).tolist())
    return hosts, rows


def places_offered(demands: Demands, counted: Iterable[Demand]) -> int:
    """Places that mentees short of places can fill, by count: of their hosts, and as far as rows let them."""
    problem, limits = demands.problem, {row.key: row.at_most or 0 for row in demands.problem.rows}
    return sum(
        int(problem.max_load[one.host]) if one.kind is DemandKind.MOST else limits[one.key]
        for one in counted
        if one.kind in (DemandKind.MOST, DemandKind.ROW)
    )


@dataclass(frozen=True, slots=True)
class _Set:
    """Mentees, and all that limits the places in their reach."""

    mentees: frozenset[int]
    hosts: frozenset[int]
    """Hosts that are full, but for those that a row limits together."""
    rows: frozenset[str]
    reach: frozenset[int]


def _tree(cut: Subproblem, host_of: IntArray, root: int) -> _Set:
    problem = cut.problem
    room_of, _ = rooms_for_certain(problem)
    load = np.bincount(host_of[host_of >= 0], minlength=problem.n_hosts)
    fine = as_locked(problem)
    hosts_of: dict[int, list[int]] = {}
    pairs = zip(problem.pair_mentee[fine].tolist(), problem.pair_host[fine].tolist(), strict=True)
    for mentee, host in pairs:
        hosts_of.setdefault(mentee, []).append(host)
    members: dict[int, list[int]] = {}
    for mentee, host in enumerate(host_of.tolist()):
        members.setdefault(host, []).append(mentee)
    mentees, hosts, rooms, queue = {root}, set[int](), set[int](), [root]
    while queue:
        reached = [host for host in hosts_of.get(queue.pop(), []) if host not in hosts]
        for at in {int(room_of[host]) for host in reached if load[host] < problem.max_load[host]} - rooms:
            rooms.add(at)  # the room is full, or the mentee would have a place: whoever is in it is reached
            reached += np.flatnonzero((room_of == at) & (load > 0)).tolist()
        for host in reached:
            if host not in hosts:
                hosts.add(host)
                fresh = [mentee for mentee in members.get(host, []) if mentee not in mentees]
                mentees.update(fresh)
                queue += fresh
    return _Set(
        frozenset(int(cut.mentees[mentee]) for mentee in mentees),
        frozenset(int(cut.hosts[host]) for host in hosts if int(room_of[host]) not in rooms),
        frozenset(problem.rows[at].key for at in rooms),
        frozenset(int(cut.hosts[host]) for host in hosts),
    )


def _joined(found: set[_Set]) -> set[_Set]:
    """Join sets that have a host or a row in common."""
    joined: list[_Set] = []
    for one in sorted(found, key=_listed):
        whole = one
        for other in [other for other in joined if other.reach & whole.reach or other.rows & whole.rows]:
            joined.remove(other)
            in_rows = (whole.reach - whole.hosts) | (other.reach - other.hosts)
            whole = _Set(
                whole.mentees | other.mentees,
                (whole.hosts | other.hosts) - in_rows,
                whole.rows | other.rows,
                whole.reach | other.reach,
            )
        joined.append(whole)
    return set(joined)


def _listed(one: _Set) -> tuple[int, list[int], list[int], list[str]]:
    return len(one.mentees), sorted(one.mentees), sorted(one.hosts), sorted(one.rows)


def _touching(demands: Demands, found: _Set) -> BoolArray:
    """Mark what places these mentees, what bars their pairs, and what limits the places in their reach."""

    def concerns(one: Demand) -> bool:
        if one.kind is DemandKind.MOST:
            return one.host in found.hosts
        if one.kind is DemandKind.ROW:
            return one.key in found.rows
        return one.kind in _ABOUT_MENTEES and one.mentee in found.mentees

    return np.array([concerns(demand) for demand in demands.listed], np.bool_)
