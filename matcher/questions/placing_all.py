"""Placing everybody by a flow, where places are all that counts."""

from __future__ import annotations

import numpy as np

from matcher.exceptions import RefereeError
from matcher.problem import Problem
from matcher.questions.demands import BoolArray, IntArray
from matcher.solution import UNASSIGNED, Solution, evaluate


def only_places(problem: Problem) -> bool:
    """Whether places are all that counts, one a mentee, so that a flow settles it."""
    return (
        not (len(problem.cannot_link) or len(problem.must_link))
        and not (problem.compositions or problem.quotas)
        and rooms_of(problem) is not None
        and bool((problem.pair_demand == 1).all())
        and bool((problem.must_open | (problem.min_load <= 1)).all())
    )


def rooms_of(problem: Problem) -> tuple[IntArray, IntArray] | None:
    """Read the rows as rooms: each limits the places that are filled at hosts of its own.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    room_of : ndarray of int64, shape (n_hosts,)
        Room of each host; the last one, without a limit, of a host that no row counts.
    most : ndarray of int64, shape (n_rows + 1,)
        Places that may be filled in each room.
        None where a row says something else, or two rows count one host.
    """
    room_of = np.full(problem.n_hosts, len(problem.rows), np.int64)
    most = np.full(len(problem.rows) + 1, int(problem.max_load.sum()), np.int64)
    for at, row in enumerate(problem.rows):
        counted = np.zeros(problem.n_hosts, np.bool_)
        counted[problem.pair_host[row.pair_weight != 0]] = True
        weight = np.where(counted[problem.pair_host], problem.pair_demand, 0)
        if row.at_least is not None or row.at_most is None or row.open_weight.any():
            return None
        if (row.pair_weight != weight).any() or (room_of[counted] < len(problem.rows)).any():
            return None
        room_of[counted], most[at] = at, row.at_most
    return room_of, most


def place_all(problem: Problem) -> IntArray | None:
    """Place every mentee that must be placed and fill every minimum that must be filled, by a flow.

    Lower limits are turned into a second source and sink (Ahuja, Magnanti and Orlin, *Network Flows*, 1993,
    section 6.7).

    Parameters
    ----------
    problem : Problem
        One for which :func:`only_places` holds.

    Returns
    -------
    ndarray of int64, shape (n_mentees,), or None
        Host of each mentee, judged by the referee; None if there is no such plan.
    """
    from ortools.graph.python import max_flow  # noqa: PLC0415 - keeps `import matcher` light

    forced = forced_mentees(problem)
    usable = as_locked(problem)
    mentee, host = problem.pair_mentee[usable], problem.pair_host[usable]
    n, m = problem.n_mentees, problem.n_hosts
    room_of, room = rooms_for_certain(problem)
    if (room < 0).any():
        return None
    first = n + m
    source, sink, top, bottom = range(first + len(room), first + len(room) + 4)
    least = np.where(problem.must_open, problem.min_load, 0)
    who, hosts = np.arange(n), n + np.arange(m)
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(mentee, n + host, np.ones(len(mentee), np.int64))
    flow.add_arcs_with_capacity(np.where(forced, top, source), who, np.ones(n, np.int64))
    flow.add_arcs_with_capacity(hosts, np.full(m, bottom), least)
    flow.add_arcs_with_capacity(hosts, first + room_of, problem.max_load - least)
    flow.add_arcs_with_capacity(first + np.arange(len(room)), np.full(len(room), sink), room)
    owed = np.bincount(room_of, least, len(room)).astype(np.int64)
    flow.add_arcs_with_capacity(np.full(len(room), top), first + np.arange(len(room)), owed)
    wanted = int(forced.sum()) + int(least.sum())
    for tail, head, capacity in (
        (source, bottom, int(forced.sum())),
        (sink, source, n + int(least.sum())),
    ):
        flow.add_arc_with_capacity(tail, head, capacity)
    if flow.solve(top, bottom) != flow.OPTIMAL:
        raise RefereeError("The largest flow of a placement was not found, which cannot be.")
    if flow.optimal_flow() < wanted:
        return None
    taken = flow.flows(arcs).astype(np.bool_) if len(mentee) else np.zeros(0, np.bool_)
    host_of = np.full(n, UNASSIGNED, np.int64)
    host_of[mentee[taken]] = host[taken]
    judge(problem, host_of)
    return host_of


def rooms_for_certain(problem: Problem) -> tuple[IntArray, IntArray]:
    """Read the rows as :func:`rooms_of` does; raises ValueError where they say something else."""
    rooms = rooms_of(problem)
    if rooms is None:
        raise ValueError("The rows of the problem say more than how many places may be filled.")
    return rooms


def forced_mentees(problem: Problem) -> BoolArray:
    """Mentees that must be placed; shape (n_mentees,)."""
    forced: BoolArray = ~problem.may_stay
    forced[problem.locked[:, 0]] = True
    return forced


def largest_plan(problem: Problem) -> IntArray:
    """Place as many of those that must be placed as there are places, by a largest flow.

    Parameters
    ----------
    problem : Problem
        One for which :func:`only_places` holds.

    Returns
    -------
    ndarray of int64, shape (n_mentees,)
        Host of each mentee, or ``UNASSIGNED``.
    """
    from ortools.graph.python import max_flow  # noqa: PLC0415 - keeps `import matcher` light

    forced = forced_mentees(problem)
    usable = forced[problem.pair_mentee] & as_locked(problem)
    mentee, host = problem.pair_mentee[usable], problem.pair_host[usable]
    n, m = problem.n_mentees, problem.n_hosts
    room_of, room = rooms_for_certain(problem)
    first = n + m
    source, sink = first + len(room), first + len(room) + 1
    who = np.flatnonzero(forced)
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(mentee, n + host, np.ones(len(mentee), np.int64))
    flow.add_arcs_with_capacity(np.full(len(who), source), who, np.ones(len(who), np.int64))
    flow.add_arcs_with_capacity(n + np.arange(m), first + room_of, problem.max_load)
    rooms = first + np.arange(len(room))
    flow.add_arcs_with_capacity(rooms, np.full(len(room), sink), np.maximum(room, 0))
    host_of = np.full(n, UNASSIGNED, np.int64)
    if flow.num_arcs() == 0 or not len(who):
        return host_of
    if flow.solve(source, sink) != flow.OPTIMAL:
        raise RefereeError("The largest flow of a placement was not found, which cannot be.")
    taken = flow.flows(arcs).astype(np.bool_) if len(mentee) else np.zeros(0, np.bool_)
    host_of[mentee[taken]] = host[taken]
    return host_of


def as_locked(problem: Problem) -> BoolArray:
    """Pairs that no lock of their mentee rules out; shape (n_pairs,)."""
    fine = np.ones(problem.n_pairs, np.bool_)
    for mentee, host in problem.locked.tolist():
        fine &= (problem.pair_mentee != mentee) | (problem.pair_host == host)
    return fine


def judge(problem: Problem, host_of: IntArray) -> None:
    """Let the referee judge a plan; raises RefereeError if it breaks a rule."""
    broken = evaluate(problem, Solution(host_of)).broken
    if broken:
        rules = ", ".join(sorted({one.rule for one in broken}))
        raise RefereeError(f"A plan that was said to keep the demands breaks them: {rules}.")
