"""Small changes of a problem: the same programme with one thing otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem, Row
from matcher.solution import Solution

MOVES = "moves"
"""Key of the row that limits moves."""

_BoolArray = NDArray[np.bool_]


def with_lock(problem: Problem, mentee: int, host: int) -> Problem:
    """Insist on a pair; one that is not eligible makes the problem infeasible."""
    locked = np.unique(np.vstack((problem.locked, [[mentee, host]])), axis=0)
    return replace(problem, locked=locked.astype(np.int64))


def without_pairs(problem: Problem, dropped: _BoolArray) -> Problem:
    """Take eligible pairs out.

    Parameters
    ----------
    problem : Problem
    dropped : ndarray of bool, shape (n_pairs,)

    Returns
    -------
    Problem
        A lock on a dropped pair stays and cannot be kept any more.
    """
    keep = ~dropped
    return replace(
        problem,
        pair_mentee=problem.pair_mentee[keep],
        pair_host=problem.pair_host[keep],
        pair_value=problem.pair_value[keep],
        pair_demand=problem.pair_demand[keep],
        rows=tuple(replace(row, pair_weight=row.pair_weight[keep]) for row in problem.rows),
    )


def without_hosts(problem: Problem, hosts: Collection[int]) -> Problem:
    """Let hosts drop out: they take nobody and need fill nothing; locks to them go with them."""
    gone = np.zeros(problem.n_hosts, np.bool_)
    gone[list(hosts)] = True
    rest = without_pairs(problem, gone[problem.pair_host])
    return replace(
        rest,
        min_load=np.where(gone, 0, rest.min_load),
        must_open=rest.must_open & ~gone,
        locked=rest.locked[~gone[rest.locked[:, 1]]],
    )


def with_places(
    problem: Problem, host: int, more: int = 1, *, rows: Collection[tuple[str, int]] = ()
) -> Problem:
    """Give one host more places (fewer, if `more` is negative; never below 0), hard and soft limit alike.

    Parameters
    ----------
    problem : Problem
    host : int
    more : int
    rows : collection of (str, int)
        Rows across clusters whose upper limit moves along, by key, and by how much.

    Returns
    -------
    Problem
    """
    max_load = problem.max_load.copy()
    max_load[host] = max(0, int(max_load[host]) + more)
    target = problem.load_target
    if target is not None:
        high = target.high.copy()
        high[host] = max(0, int(high[host]) + more)
        target = replace(target, high=high, low=np.minimum(target.low, high))
    least = np.minimum(problem.min_load, max_load)
    moved = dict(rows)
    limits = tuple(
        row if row.at_most is None else replace(row, at_most=row.at_most + moved.get(row.key, 0))
        for row in problem.rows
    )
    return replace(problem, max_load=max_load, min_load=least, load_target=target, rows=limits)


def without_apart(problem: Problem, first: int, second: int, cohesion: int = 0) -> Problem:
    """Let two mentees share a host that had to be kept apart.

    Parameters
    ----------
    problem : Problem
    first, second : int
    cohesion : int
        Value of their sharing a host beyond what the problem counts, objective units.

    Returns
    -------
    Problem
    """
    low, high = min(first, second), max(first, second)
    rows = problem.cannot_link
    keep = ~((rows[:, 0] == low) & (rows[:, 1] == high))
    return _with_cohesion(replace(problem, cannot_link=rows[keep]), {(low, high): cohesion})


@dataclass(frozen=True, slots=True)
class NewPair:
    """A pair that was barred and may be chosen.

    Attributes
    ----------
    mentee, host : int
    value : int
        Objective units.
    demand : int
        Places.
    cohesion : tuple of (int, int)
        Mentees that could not meet this one before, and the value of their sharing a host with it.
    """

    mentee: int
    host: int
    value: int
    demand: int
    cohesion: tuple[tuple[int, int], ...] = ()


def with_pairs(problem: Problem, pairs: Collection[NewPair]) -> Problem:
    """Let barred pairs be chosen, all at once; two mentees that several of them bring together count once.

    Raises
    ------
    ValueError
        Where rows across clusters would have to weigh the pairs, or two pairs contradict each other on what
        the meeting of the same two mentees is worth.
    """
    if problem.rows:
        raise ValueError("What a new pair weighs in the rows across clusters is not known.")
    new = np.array([[one.mentee, one.host, one.value, one.demand] for one in pairs], np.int64).reshape(-1, 4)
    columns = (problem.pair_mentee, problem.pair_host, problem.pair_value, problem.pair_demand)
    mentee, host, value, demand = (np.concatenate([old, new[:, at]]) for at, old in enumerate(columns))
    order = np.lexsort((host, mentee))
    wider = replace(
        problem,
        pair_mentee=mentee[order],
        pair_host=host[order],
        pair_value=value[order],
        pair_demand=demand[order],
    )
    return _with_cohesion(wider, _new_cohesion(pairs))


def _with_cohesion(problem: Problem, more: Mapping[tuple[int, int], int]) -> Problem:
    """Add to what mentees `(first, second)`, first < second, are worth together; 0 adds nothing."""
    meeting = dict(
        zip(map(tuple, problem.cohesion_pair.tolist()), problem.cohesion_value.tolist(), strict=True)
    )
    for pair, worth in more.items():
        if worth:
            meeting[pair] = meeting.get(pair, 0) + worth
    met = sorted(meeting)
    return replace(
        problem,
        cohesion_pair=np.array(met, np.int64).reshape(-1, 2),
        cohesion_value=np.array([meeting[pair] for pair in met], np.int64),
    )


def _new_cohesion(pairs: Collection[NewPair]) -> dict[tuple[int, int], int]:
    """Tell what each two mentees that the pairs bring together are worth, however many of them do so."""
    found: dict[tuple[int, int], int] = {}
    for one in pairs:
        for other, worth in one.cohesion:
            pair = min(one.mentee, other), max(one.mentee, other)
            if found.setdefault(pair, worth) != worth:
                raise ValueError(f"What mentees {pair[0]} and {pair[1]} share is stated twice, differently.")
    return found


def kept_pairs(problem: Problem, plan: Solution) -> NDArray[np.int64]:
    """1 for each pair of the plan that is still eligible, 0 for the others; shape (n_pairs,)."""
    kept: NDArray[np.int64] = (plan.host_of[problem.pair_mentee] == problem.pair_host).astype(np.int64)
    return kept


def with_kept_at_least(problem: Problem, plan: Solution, least: int) -> Problem:
    """Keep at least so many pairs of a plan: a limit on moves."""
    return _with_row(problem, plan, least, None)


def with_kept_at_most(problem: Problem, plan: Solution, most: int) -> Problem:
    """Keep at most so many pairs of a plan: a plan that differs."""
    return _with_row(problem, plan, None, most)


def _with_row(problem: Problem, plan: Solution, least: int | None, most: int | None) -> Problem:
    row = Row(MOVES, kept_pairs(problem, plan), np.zeros(problem.n_hosts, np.int64), least, most)
    return replace(problem, rows=(*problem.rows, row))
