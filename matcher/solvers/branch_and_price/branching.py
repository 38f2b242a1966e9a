"""Branching: a host opened or not; a pair chosen or not; where hosts are alike, who is placed, with whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.branch_and_price.columns import Pool
from matcher.solvers.branch_and_price.fixing import keep_pairs
from matcher.solvers.branch_and_price.master import FloatArray
from matcher.solvers.prepared import IntArray, Prepared

WHOLE = 1e-6


def branch(
    problem: Problem, pool: Pool, positions: IntArray, weight: FloatArray
) -> tuple[Problem, Problem] | None:
    """Two problems whose plans together are those of `problem`; None where the master's solution is whole.

    The host whose opening, where that is a choice, is divided most nearly by half: "leads / does not". Then
    the pair whose share in the solution is nearest to one half. Where hosts are alike: the unit that is
    placed by half, then two units that share a cluster by half, then the unit whose kind of host is divided.
    "This pair / not" is a lock and a pair left out; "together / apart" is a must-link and a cannot-link: the
    field's own rules, so that every node is an ordinary problem. A solution in which none of these is divided
    is whole: its clusters are sets of units, each wholly at one kind of host.

    Parameters
    ----------
    positions, weight : ndarray
        Columns in use, and how much of each.

    References
    ----------
    D. M. Ryan, B. A. Foster, "An integer programming approach to scheduling", in: Computer Scheduling of
    Public Transport, North-Holland 1981.
    A. Ceselli, G. Righini, "A branch-and-price algorithm for the capacitated p-median problem", Networks 45
    (2005): hosts first.
    """
    prepared = pool.prepared
    host = _split_host(prepared, pool, positions, weight)
    if host is not None:
        return _open(problem, host), _closed(problem, host)
    pair = _split_pair(prepared, pool, positions, weight)
    if pair is not None:
        unit, host = pair
        mentee = int(prepared.member[prepared.member_start[unit]])
        return _locked(problem, mentee, host), _without(problem, mentee, host)
    stay = _split_stay(prepared, pool, positions, weight)
    if stay is not None:
        mentees = _members(prepared, stay)
        return _placed(problem, mentees), _without_any(problem, mentees, None)
    units = _split_units(pool, positions, weight)
    if units is not None:
        one, other = (int(_members(prepared, unit)[0]) for unit in units)
        return _together(problem, one, other), _apart(problem, one, other)
    choice = _split_kind(prepared, pool, positions, weight)
    if choice is None:
        return None
    unit, kind = choice
    mentees, alike = _members(prepared, unit), prepared.kind_of == kind
    return _without_any(problem, mentees, ~alike), _without_any(problem, mentees, alike)


def _split_host(prepared: Prepared, pool: Pool, positions: IntArray, weight: FloatArray) -> int | None:
    """Host whose opening is most divided, among those one of their kind whose opening matters."""
    alone = np.bincount(prepared.kind_of)[prepared.kind_of] == 1
    matters = (prepared.open_cost != 0) | (prepared.low > 1) | (prepared.row_open != 0).any(axis=0)
    share = np.bincount(pool.host[positions], weights=weight, minlength=prepared.n_hosts)
    divided = alone & matters & prepared.may_close & (share > WHOLE) & (share < 1 - WHOLE)
    if not divided.any():
        return None
    return int(np.argmin(np.where(divided, np.round(np.abs(share - 0.5), 6), 1.0)))


def _split_pair(
    prepared: Prepared, pool: Pool, positions: IntArray, weight: FloatArray
) -> tuple[int, int] | None:
    """Find unit and host of the most divided pair, among hosts that are one of their kind."""
    alone = np.bincount(prepared.kind_of)[prepared.kind_of] == 1
    share: dict[tuple[int, int], float] = {}
    for column, part in zip(positions.tolist(), weight.tolist(), strict=True):
        host = int(pool.host[column])
        if alone[host]:
            for unit in pool.members[column].tolist():
                if unit >= 0:
                    share[unit, host] = share.get((unit, host), 0.0) + part
    return _most_divided(share)


def _split_stay(prepared: Prepared, pool: Pool, positions: IntArray, weight: FloatArray) -> int | None:
    """Find the unit that may stay and is placed most nearly by half."""
    members = pool.members[positions]
    column, place = np.nonzero(members >= 0)
    share = np.bincount(members[column, place], weights=weight[column], minlength=prepared.n_units)
    divided = prepared.may_stay & (share > WHOLE) & (share < 1 - WHOLE)
    if not divided.any():
        return None
    return int(np.argmin(np.where(divided, np.round(np.abs(share - 0.5), 6), 1.0)))


def _split_kind(
    prepared: Prepared, pool: Pool, positions: IntArray, weight: FloatArray
) -> tuple[int, int] | None:
    """Find unit and kind of host of the most divided choice between kinds."""
    share: dict[tuple[int, int], float] = {}
    for column, part in zip(positions.tolist(), weight.tolist(), strict=True):
        kind = int(prepared.kind_of[pool.host[column]])
        for unit in pool.members[column].tolist():
            if unit >= 0:
                share[unit, kind] = share.get((unit, kind), 0.0) + part
    return _most_divided(share)


def _split_units(pool: Pool, positions: IntArray, weight: FloatArray) -> tuple[int, int] | None:
    """Two units that share a cluster most nearly by half."""
    share: dict[tuple[int, int], float] = {}
    for column, part in zip(positions.tolist(), weight.tolist(), strict=True):
        units = [unit for unit in pool.members[column].tolist() if unit >= 0]
        for at, one in enumerate(units):
            for other in units[at + 1 :]:
                share[one, other] = share.get((one, other), 0.0) + part
    return _most_divided(share)


def _most_divided(share: dict[tuple[int, int], float]) -> tuple[int, int] | None:
    divided = {key: part for key, part in share.items() if WHOLE < part < 1 - WHOLE}
    if not divided:
        return None
    return min(divided, key=lambda key: (round(abs(divided[key] - 0.5), 6), key))


def _locked(problem: Problem, mentee: int, host: int) -> Problem:
    return replace(problem, locked=np.append(problem.locked, [[mentee, host]], axis=0))


def _without(problem: Problem, mentee: int, host: int) -> Problem:
    return keep_pairs(problem, (problem.pair_mentee != mentee) | (problem.pair_host != host))


def _members(prepared: Prepared, unit: int) -> IntArray:
    """Mentees of a unit."""
    members: IntArray = prepared.member[prepared.member_start[unit] : prepared.member_start[unit + 1]]
    return members


def _placed(problem: Problem, mentees: IntArray) -> Problem:
    may_stay = problem.may_stay.copy()
    may_stay[mentees] = False
    return replace(problem, may_stay=may_stay)


def _without_any(problem: Problem, mentees: IntArray, hosts: NDArray[np.bool_] | None) -> Problem:
    """Leave out the pairs of some mentees with some hosts, or with all."""
    dropped = np.isin(problem.pair_mentee, mentees)
    return keep_pairs(problem, ~(dropped if hosts is None else dropped & hosts[problem.pair_host]))


def _open(problem: Problem, host: int) -> Problem:
    this = np.arange(problem.n_hosts) == host
    least = np.where(this, np.maximum(1, problem.min_load), problem.min_load)
    return replace(problem, must_open=problem.must_open | this, min_load=least)


def _closed(problem: Problem, host: int) -> Problem:
    return keep_pairs(problem, problem.pair_host != host)


def _together(problem: Problem, one: int, other: int) -> Problem:
    return replace(problem, must_link=np.append(problem.must_link, [[one, other]], axis=0))


def _apart(problem: Problem, one: int, other: int) -> Problem:
    links = np.append(problem.cannot_link, [sorted((one, other))], axis=0)
    return replace(problem, cannot_link=np.unique(links, axis=0))
