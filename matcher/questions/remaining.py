"""What is left to decide when only some mentees are free and everybody else stays where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Composition, LoadTarget, Problem, Quota, QuotaKind, Row
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.presolve import Part

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Stayers:
    """Everybody who stays: host of each (-1 for the free ones), and what they fill; arrays of n_hosts."""

    host_of: IntArray
    load: IntArray
    leads: BoolArray


def remaining(problem: Problem, plan: Solution, free: BoolArray) -> Part:
    """Cut out the problem of the free mentees; all others stay where the plan has them.

    Those who stay are folded in: their places into the loads, their cohesion with a free mentee into the
    value of its pairs, their rivals into which pairs are left, what they count in quotas, compositions and
    rows into the limits. The answer is tiny where few are free.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        Pairs of those who stay are taken as they are.
    free : ndarray of bool, shape (n_mentees,)
        A mentee that must be kept together with a free one has to be free, too.

    Returns
    -------
    Part
        Its mentees are the free ones, its hosts those that one of them may have. Differences of its
        objective are those of the whole's; the value itself lacks the stayers' constant share.
    """
    stayers = _stayers(problem, plan, free)
    mentees = np.flatnonzero(free)
    place = np.full(problem.n_mentees, -1, np.int64)
    place[mentees] = np.arange(len(mentees))
    barred, bonus = _met(problem, stayers, place, len(mentees))
    own = np.flatnonzero(free[problem.pair_mentee])
    own = own[~barred[place[problem.pair_mentee[own]], problem.pair_host[own]]]
    room = problem.max_load - stayers.load
    own = own[problem.pair_demand[own] <= room[problem.pair_host[own]]]
    hosts = np.unique(problem.pair_host[own])
    seat = np.full(problem.n_hosts, -1, np.int64)
    seat[hosts] = np.arange(len(hosts))
    row_of, host = place[problem.pair_mentee[own]], problem.pair_host[own]
    leads = stayers.leads[hosts]
    short = np.maximum(problem.min_load - stayers.load, 0)[hosts]
    target = problem.load_target
    binds = leads & ((short > 0) | (target is not None))
    meeting = (place[problem.cohesion_pair] >= 0).all(axis=1)
    small = Problem(
        n_mentees=len(mentees),
        n_hosts=len(hosts),
        pair_mentee=row_of,
        pair_host=seat[host],
        pair_value=problem.pair_value[own] + bonus[row_of, host],
        pair_demand=problem.pair_demand[own],
        min_load=short,
        max_load=room[hosts],
        must_open=problem.must_open[hosts] | binds,
        open_cost=np.where(leads, 0, problem.open_cost[hosts]),
        may_stay=problem.may_stay[mentees],
        unassigned_cost=problem.unassigned_cost[mentees],
        cannot_link=_among(problem.cannot_link, place),
        must_link=_among(problem.must_link, place),
        locked=_locks(problem, place, seat),
        cohesion_pair=place[problem.cohesion_pair[meeting]],
        cohesion_value=problem.cohesion_value[meeting],
        compositions=tuple(_compositions(problem, stayers, mentees, hosts)),
        quotas=tuple(_quotas(problem, stayers, mentees, hosts)),
        rows=tuple(_row(problem, row, stayers, own, hosts) for row in problem.rows),
        load_target=None
        if target is None
        else LoadTarget(
            np.maximum(target.low - stayers.load, 0)[hosts],
            np.maximum(target.high - stayers.load, 0)[hosts],
            target.under_price,
            target.over_price,
        ),
    )
    return Part(small, mentees, hosts)


def _stayers(problem: Problem, plan: Solution, free: BoolArray) -> _Stayers:
    host_of = np.where(free, UNASSIGNED, plan.host_of)
    demand = np.ones(problem.n_mentees, np.int64)
    chosen = plan.host_of[problem.pair_mentee] == problem.pair_host
    demand[problem.pair_mentee[chosen]] = problem.pair_demand[chosen]
    load = np.zeros(problem.n_hosts, np.int64)
    placed = host_of != UNASSIGNED
    np.add.at(load, host_of[placed], demand[placed])
    leads = np.zeros(problem.n_hosts, np.bool_)
    leads[host_of[placed]] = True
    return _Stayers(host_of, load, leads)


def _met(problem: Problem, stayers: _Stayers, place: IntArray, n_free: int) -> tuple[BoolArray, IntArray]:
    """Hosts at which a rival stays, and the cohesion with those who stay; both (n_free, n_hosts)."""
    barred = np.zeros((n_free, problem.n_hosts), np.bool_)
    bonus = np.zeros((n_free, problem.n_hosts), np.int64)
    for one, other in ((0, 1), (1, 0)):
        mentee, host = place[problem.cannot_link[:, one]], stayers.host_of[problem.cannot_link[:, other]]
        meets = (mentee >= 0) & (host != UNASSIGNED)
        barred[mentee[meets], host[meets]] = True
        mentee, host = place[problem.cohesion_pair[:, one]], stayers.host_of[problem.cohesion_pair[:, other]]
        meets = (mentee >= 0) & (host != UNASSIGNED)
        np.add.at(bonus, (mentee[meets], host[meets]), problem.cohesion_value[meets])
    return barred, bonus


def _among(links: IntArray, place: IntArray) -> IntArray:
    own: IntArray = place[links]
    return own[(own >= 0).all(axis=1)]


def _locks(problem: Problem, place: IntArray, seat: IntArray) -> IntArray:
    locks = np.stack([place[problem.locked[:, 0]], seat[problem.locked[:, 1]]], axis=1)
    return locks[(locks >= 0).all(axis=1)]


def _shifted(limit: int | None, by: int) -> int | None:
    return None if limit is None else limit - by


def _compositions(
    problem: Problem, stayers: _Stayers, mentees: IntArray, hosts: IntArray
) -> Iterator[Composition]:
    """Compositions of hosts: as they are where nobody stays, with the stayers counted where somebody does."""
    for rule in problem.compositions:
        members, concerned = rule.members[mentees], rule.hosts[hosts]
        fresh = concerned & ~stayers.leads[hosts]
        idle = rule.at_least is None and (rule.at_most or 0) >= int(members.sum())
        if fresh.any() and not idle:
            yield replace(rule, members=members, hosts=fresh)
        for at in np.flatnonzero(concerned & stayers.leads[hosts]).tolist():
            count = int(rule.members[stayers.host_of == hosts[at]].sum())
            most = _shifted(rule.at_most, count)
            if most is None or most >= int(members.sum()):
                continue  # the lower limit is a quota's matter: it binds even if nobody comes
            only = np.zeros(len(hosts), np.bool_)
            only[at] = True
            yield replace(rule, members=members, hosts=only, at_least=None, at_most=max(0, most))


def _quotas(problem: Problem, stayers: _Stayers, mentees: IntArray, hosts: IntArray) -> Iterator[Quota]:
    for quota in problem.quotas:
        counted = quota.hosts
        if quota.kind is QuotaKind.CLUSTERS:
            count = int((stayers.leads & counted).sum())
            counted = counted & ~stayers.leads
        else:
            placed = quota.members & (stayers.host_of != UNASSIGNED)
            count = int(counted[stayers.host_of[placed]].sum())
        least, most = _shifted(quota.at_least, count), _shifted(quota.at_most, count)
        out_of_reach = quota.price is None and least is not None and least > 0
        if counted[hosts].any() or out_of_reach:  # else nobody free changes what it counts
            yield replace(
                quota,
                members=quota.members[mentees],
                hosts=counted[hosts],
                at_least=None if least is None else max(0, least),
                at_most=None if most is None else max(0, most),
            )
    for rule in problem.compositions:
        if rule.at_least is None:
            continue
        for at in np.flatnonzero(rule.hosts[hosts] & stayers.leads[hosts]).tolist():
            short = rule.at_least - int(rule.members[stayers.host_of == hosts[at]].sum())
            if short > 0:
                only = np.zeros(len(hosts), np.bool_)
                only[at] = True
                yield Quota(rule.key, QuotaKind.MENTEES, rule.members[mentees], only, short, None, rule.price)


def _row(problem: Problem, row: Row, stayers: _Stayers, own: IntArray, hosts: IntArray) -> Row:
    staying = stayers.host_of[problem.pair_mentee] == problem.pair_host
    count = int(row.pair_weight[staying].sum()) + int(row.open_weight[stayers.leads].sum())
    return replace(
        row,
        pair_weight=row.pair_weight[own],
        open_weight=np.where(stayers.leads, 0, row.open_weight)[hosts],
        at_least=_shifted(row.at_least, count),
        at_most=_shifted(row.at_most, count),
    )
