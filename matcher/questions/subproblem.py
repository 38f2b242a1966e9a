"""The smallest problem that says whether some demands can be kept together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Composition, Problem, Quota, Row
from matcher.questions.demands import BoolArray, DemandKind, Demands, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Subproblem:
    """What is left of a problem when only some demands are kept.

    Attributes
    ----------
    problem : Problem
        Without an objective. A mentee or host that cannot matter is left out: it is placed, or left, last.
    mentees, hosts : ndarray of int64
        Their positions in the whole problem.
    """

    problem: Problem
    mentees: IntArray
    hosts: IntArray


@dataclass(slots=True)
class _Kept:
    """The demands that are kept, by kind, as arrays."""

    placed: BoolArray
    most: BoolArray
    least: BoolArray
    bits: NDArray[np.uint16]
    locked: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    together: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    apart: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int64))
    keys: set[str] = field(default_factory=set)


def keep_only(demands: Demands, active: BoolArray) -> Subproblem:
    """Drop all demands but some, and with them every mentee and host that can no longer matter.

    Parameters
    ----------
    demands : Demands
    active : ndarray of bool, shape (n_demands,)
        The demands that are kept.

    Returns
    -------
    Subproblem
        Feasible exactly if some plan of the whole problem keeps all the demands kept.
    """
    problem, kept = demands.problem, _kept(demands, active)
    open_pairs = _open_pairs(demands, kept)
    forced = _forced(kept)
    hungry = _hungry(problem, kept)
    reach = open_pairs & (forced[:, None] | hungry[None, :])
    matter = forced | (open_pairs & hungry[None, :]).any(axis=1)
    if not (hungry.any() or kept.keys):
        matter = _peeled(kept, open_pairs, matter)
    mentees = np.flatnonzero(_closed(matter, kept.together))
    used = reach[mentees].any(axis=0) | (kept.least & problem.must_open)
    used[kept.locked[:, 1]] = True
    hosts = np.flatnonzero(used)
    return Subproblem(_cut(demands, kept, reach, mentees, hosts), mentees, hosts)


def _kept(demands: Demands, active: BoolArray) -> _Kept:
    problem = demands.problem
    bit = {key: 1 << at for at, key in enumerate(demands.bars.keys)}
    kept = _Kept(
        placed=np.zeros(problem.n_mentees, np.bool_),
        most=np.zeros(problem.n_hosts, np.bool_),
        least=np.zeros(problem.n_hosts, np.bool_),
        bits=np.zeros(problem.n_mentees, np.uint16),
    )
    links: dict[DemandKind, list[tuple[int, int]]] = {}
    for one in demands.of(active):
        match one.kind:
            case DemandKind.PLACED:
                kept.placed[one.mentee] = True
            case DemandKind.MOST:
                kept.most[one.host] = True
            case DemandKind.LEAST:
                kept.least[one.host] = True
            case DemandKind.BAR:
                kept.bits[one.mentee] |= bit[one.key]
            case DemandKind.LOCK:
                links.setdefault(one.kind, []).append((one.mentee, one.host))
            case DemandKind.TOGETHER | DemandKind.APART:
                links.setdefault(one.kind, []).append((one.mentee, one.other))
            case _:
                kept.keys.add(one.key)
    kept.locked, kept.together, kept.apart = (
        np.array(links.get(kind, []), np.int64).reshape(-1, 2)
        for kind in (DemandKind.LOCK, DemandKind.TOGETHER, DemandKind.APART)
    )
    return kept


def _open_pairs(demands: Demands, kept: _Kept) -> BoolArray:
    """Pairs that no rule kept bars; shape (n_mentees, n_hosts)."""
    mask = demands.bars.mask
    pairs: BoolArray = (mask != 0) & ((mask & kept.bits[:, None]) == 0)
    pairs[demands.problem.pair_mentee, demands.problem.pair_host] = True
    return pairs


def _closed(chosen: BoolArray, links: IntArray) -> BoolArray:
    """Add whoever is linked, over any number of links, to somebody chosen."""
    closed = chosen.copy()
    while len(links):
        touched = closed[links].any(axis=1)
        before = int(closed.sum())
        closed[links[touched].ravel()] = True
        if int(closed.sum()) == before:
            break
    return closed


def _forced(kept: _Kept) -> BoolArray:
    """Mentees that no plan may leave out: by demand, by lock, or kept together with such a one."""
    forced = kept.placed.copy()
    forced[kept.locked[:, 0]] = True
    return _closed(forced, kept.together)


def _hungry(problem: Problem, kept: _Kept) -> BoolArray:
    """Hosts at which a mentee that may stay out can still be of use, to reach a lower limit."""
    hungry = kept.least.copy()
    counted: tuple[Composition | Quota, ...] = (*problem.compositions, *problem.quotas)
    for one in counted:
        if one.key in kept.keys and one.at_least is not None:
            hungry |= one.hosts
    if any(row.key in kept.keys and _asks(row) for row in problem.rows):
        hungry[:] = True
    return hungry


def _asks(row: Row) -> bool:
    """Whether another mentee that is placed can help a row to hold."""
    return row.at_least is not None or bool((row.pair_weight < 0).any() or (row.open_weight < 0).any())


def _peeled(kept: _Kept, open_pairs: BoolArray, matter: BoolArray) -> BoolArray:
    """Leave out who can always be placed last: more hosts without a maximum in reach than rivals left."""
    left = matter.copy()
    bound = np.zeros(len(left), np.bool_)
    bound[kept.locked[:, 0]] = True
    bound[kept.together.ravel()] = True
    roomy = (open_pairs & ~kept.most[None, :]).sum(axis=1)
    while True:
        rivals = np.zeros(len(left), np.int64)
        both = kept.apart[left[kept.apart].all(axis=1)]
        np.add.at(rivals, both.ravel(), 1)
        easy = left & ~bound & (roomy > rivals)
        if not easy.any():
            return left
        left &= ~easy


def _cut(demands: Demands, kept: _Kept, reach: BoolArray, mentees: IntArray, hosts: IntArray) -> Problem:
    """Write down the problem of the mentees and hosts that matter."""
    problem = demands.problem
    place = np.full(problem.n_mentees, -1, np.int64)
    place[mentees] = np.arange(len(mentees))
    seat = np.full(problem.n_hosts, -1, np.int64)
    seat[hosts] = np.arange(len(hosts))
    first, second = np.nonzero(reach[np.ix_(mentees, hosts)])
    needs = _places(demands)[mentees[first], hosts[second]]
    all_places = int(needs.sum()) + int(problem.min_load.sum()) + 1
    most = np.where(kept.most, problem.max_load, all_places)[hosts]
    least = np.where(kept.least, problem.min_load, 0)[hosts]
    apart = place[kept.apart]
    return Problem(
        n_mentees=len(mentees),
        n_hosts=len(hosts),
        pair_mentee=first.astype(np.int64),
        pair_host=second.astype(np.int64),
        pair_value=np.zeros(len(first), np.int64),
        pair_demand=needs,
        min_load=np.minimum(least, most),
        max_load=most,
        must_open=(kept.least & problem.must_open)[hosts],
        open_cost=np.zeros(len(hosts), np.int64),
        may_stay=~kept.placed[mentees],
        unassigned_cost=np.zeros(len(mentees), np.int64),
        cannot_link=apart[(apart >= 0).all(axis=1)],
        must_link=_within(kept.together, place),
        locked=np.column_stack((place[kept.locked[:, 0]], seat[kept.locked[:, 1]])),
        compositions=tuple(
            replace(one, members=one.members[mentees], hosts=one.hosts[hosts])
            for one in problem.compositions
            if one.key in kept.keys
        ),
        quotas=tuple(
            replace(one, members=one.members[mentees], hosts=one.hosts[hosts])
            for one in problem.quotas
            if one.key in kept.keys
        ),
        rows=_rows(demands, kept, mentees[first], hosts[second], hosts),
    )


def _within(links: IntArray, place: IntArray) -> IntArray:
    moved = place[links]
    return moved[(moved >= 0).all(axis=1)]


def _places(demands: Demands) -> IntArray:
    """Places that each mentee takes at each host; shape (n_mentees, n_hosts)."""
    problem = demands.problem
    places = np.repeat(demands.bars.places[:, None], problem.n_hosts, axis=1)
    places[problem.pair_mentee, problem.pair_host] = problem.pair_demand
    return places


def _rows(
    demands: Demands, kept: _Kept, mentee: IntArray, host: IntArray, hosts: IntArray
) -> tuple[Row, ...]:
    problem = demands.problem
    found = []
    for row in problem.rows:
        if row.key in kept.keys:
            weight = np.zeros((problem.n_mentees, problem.n_hosts), np.int64)
            weight[problem.pair_mentee, problem.pair_host] = row.pair_weight
            if row.key in demands.row_hosts:
                weight = np.where(demands.row_hosts[row.key], _places(demands), 0)
            found.append(replace(row, pair_weight=weight[mentee, host], open_weight=row.open_weight[hosts]))
    return tuple(found)
