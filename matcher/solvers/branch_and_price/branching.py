"""Branching: a host opened or not; a pair chosen or not; where hosts are alike, two units together or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

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
    the pair (or the two units) whose share in the solution is nearest to one half. "This pair / not" is
    a lock and a pair left out; "together / apart" is a must-link and a cannot-link: the field's own rules, so
    that every node is an ordinary problem.

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
    units = _split_units(pool, positions, weight)
    if units is None:
        return None
    one, other = (int(prepared.member[prepared.member_start[unit]]) for unit in units)
    return _together(problem, one, other), _apart(problem, one, other)


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
