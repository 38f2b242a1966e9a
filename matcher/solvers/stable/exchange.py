"""Whether a blocking pair could have its way: which hard rules its exchange would break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem, Quota, QuotaKind, Row
from matcher.solution import UNASSIGNED, Solution, Violation, evaluate
from matcher.solvers.stable.blocking import standing_of
from matcher.solvers.stable.preferences import Preferences

IntArray = NDArray[np.int64]

MOST_WAYS = 2_000
"""Ways of making room that are looked at; a pair with more counts as not excused."""


def broken_by_exchange(
    problem: Problem, preferences: Preferences, plan: Solution, at: int
) -> tuple[Violation, ...]:
    """Say which hard rules keep a blocking pair from having its way.

    The exchange: the mentee leaves its host and goes to the other, which lets go mentees that it likes
    strictly less, at least as many as it takes to make room. What becomes of those is not looked at.

    Parameters
    ----------
    problem : Problem
    preferences : Preferences
    plan : Solution
        A plan that keeps every hard rule.
    at : int
        Position of a pair that blocks it.

    Returns
    -------
    tuple of Violation
        Empty where some exchange keeps every hard rule. Otherwise what the smallest one breaks, the least
        liked let go first.
    """
    mentee, host = int(problem.pair_mentee[at]), int(problem.pair_host[at])
    near, mentees, hosts = _near(problem, plan, mentee, host)
    place = {who: number for number, who in enumerate(mentees.tolist())}
    seat = {which: number for number, which in enumerate(hosts.tolist())}
    now = np.array([seat.get(int(plan.host_of[who]), UNASSIGNED) for who in mentees], dtype=np.int64)
    now[place[mentee]] = seat[host]
    first: tuple[Violation, ...] = ()
    ways = list(islice(_ways(problem, preferences, plan, at), MOST_WAYS + 1))
    if len(ways) > MOST_WAYS:
        return ()
    for leaving in ways:
        after = now.copy()
        after[[place[who] for who in leaving]] = UNASSIGNED
        broken = evaluate(near, Solution(after)).broken
        if not broken:
            return ()
        first = first or broken
    return tuple(
        replace(
            one,
            mentees=tuple(int(mentees[who]) for who in one.mentees),
            hosts=tuple(int(hosts[which]) for which in one.hosts),
        )
        for one in first
    )


def _ways(problem: Problem, preferences: Preferences, plan: Solution, at: int) -> Iterator[tuple[int, ...]]:
    """Who may be let go: few before many, the least liked first."""
    host, rank = int(problem.pair_host[at]), int(preferences.host_rank[at])
    cluster = standing_of(problem, preferences, plan).clusters[host]
    load = sum(size for _, size, _ in cluster)
    too_much = load + int(problem.pair_demand[at]) - int(problem.max_load[host])
    worse = sorted((entry for entry in cluster if entry[0] > rank), key=lambda entry: (-entry[0], entry[2]))
    for number in range(len(worse) + 1):
        for leaving in combinations(worse, number):
            if sum(size for _, size, _ in leaving) >= too_much:
                yield tuple(who for _, _, who in leaving)


def _near(problem: Problem, plan: Solution, mentee: int, host: int) -> tuple[Problem, IntArray, IntArray]:
    """Cut out the two clusters concerned; limits across clusters are less what all others count.

    Objective and places that must be found are left out: only the rules are judged.
    """
    hosts = np.unique([host, int(plan.host_of[mentee])])
    hosts = hosts[hosts != UNASSIGNED]
    linked = problem.must_link[(problem.must_link == mentee).any(axis=1)].ravel()
    mentees = np.unique([*np.flatnonzero(np.isin(plan.host_of, hosts)).tolist(), mentee, *linked.tolist()])
    inside = np.zeros(problem.n_mentees, np.bool_)
    inside[mentees] = True
    open_here = np.zeros(problem.n_hosts, np.bool_)
    open_here[hosts] = True
    place, seat = np.cumsum(inside) - 1, np.cumsum(open_here) - 1
    pairs = np.flatnonzero(inside[problem.pair_mentee] & open_here[problem.pair_host])
    locked = problem.locked[inside[problem.locked[:, 0]] & open_here[problem.locked[:, 1]]]
    near = Problem(
        n_mentees=len(mentees),
        n_hosts=len(hosts),
        pair_mentee=place[problem.pair_mentee[pairs]],
        pair_host=seat[problem.pair_host[pairs]],
        pair_value=np.zeros(len(pairs), np.int64),
        pair_demand=problem.pair_demand[pairs],
        min_load=problem.min_load[hosts],
        max_load=problem.max_load[hosts],
        must_open=problem.must_open[hosts],
        open_cost=np.zeros(len(hosts), np.int64),
        may_stay=np.ones(len(mentees), np.bool_),
        unassigned_cost=np.zeros(len(mentees), np.int64),
        cannot_link=place[problem.cannot_link[inside[problem.cannot_link].all(axis=1)]],
        must_link=place[problem.must_link[inside[problem.must_link].all(axis=1)]],
        locked=np.stack([place[locked[:, 0]], seat[locked[:, 1]]], axis=1),
        compositions=tuple(
            replace(rule, members=rule.members[mentees], hosts=rule.hosts[hosts])
            for rule in problem.compositions
            if rule.price is None
        ),
        quotas=tuple(
            _quota_near(quota, plan, mentees, hosts) for quota in problem.quotas if quota.price is None
        ),
        rows=tuple(_row_near(problem, row, plan, pairs, hosts) for row in problem.rows if row.price is None),
    )
    return near, mentees, hosts


def _quota_near(quota: Quota, plan: Solution, mentees: IntArray, hosts: IntArray) -> Quota:
    placed = np.flatnonzero((plan.host_of != UNASSIGNED) & ~np.isin(plan.host_of, hosts))
    if quota.kind is QuotaKind.MENTEES:
        rest = int((quota.members[placed] & quota.hosts[plan.host_of[placed]]).sum())
    else:
        rest = int(quota.hosts[np.unique(plan.host_of[placed])].sum())
    return replace(
        quota,
        members=quota.members[mentees],
        hosts=quota.hosts[hosts],
        at_least=None if quota.at_least is None else quota.at_least - rest,
        at_most=None if quota.at_most is None else quota.at_most - rest,
    )


def _row_near(problem: Problem, row: Row, plan: Solution, pairs: IntArray, hosts: IntArray) -> Row:
    chosen = plan.host_of[problem.pair_mentee] == problem.pair_host
    chosen[np.isin(problem.pair_host, hosts)] = False
    others = np.setdiff1d(np.unique(plan.host_of), [UNASSIGNED, *hosts.tolist()])
    rest = int(row.pair_weight[chosen].sum()) + int(row.open_weight[others].sum())
    return replace(
        row,
        pair_weight=row.pair_weight[pairs],
        open_weight=row.open_weight[hosts],
        at_least=None if row.at_least is None else row.at_least - rest,
        at_most=None if row.at_most is None else row.at_most - rest,
    )
