"""The referee: one plan, judged from nothing but the problem's own definition.

Written from the docstring of :class:`matcher.problem.Problem`, without a look at any solver, so that
a solver and its judge cannot share a mistake. All sums are Python integers: nothing can overflow.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Composition, Problem, Quota, QuotaKind, Row
from matcher.solution.data import UNASSIGNED, Solution
from matcher.solution.evaluation import Evaluation, Violation

IntArray = NDArray[np.int64]
Clusters = tuple[tuple[int, ...], ...]


def evaluate(problem: Problem, solution: Solution) -> Evaluation:
    """Recompute the objective and every rule of one plan.

    Parameters
    ----------
    problem : Problem
        A valid problem (see :func:`matcher.problem.validate`).
    solution : Solution
        The plan; it need not be feasible. A pair that is not eligible has no value and counts as one
        place of its host's load.

    Returns
    -------
    Evaluation
        Objective (objective units), its parts, loads in places, and all violations: hard ones
        (``price is None``) and the soft ones that cost something.

    Raises
    ------
    ValueError
        If `solution` is not an integer vector of shape (n_mentees,) with entries -1 to n_hosts - 1.
    """
    host_of = _checked(problem, solution)
    clusters = _clusters(problem, host_of)
    chosen = np.flatnonzero(host_of[problem.pair_mentee] == problem.pair_host)
    loads = _loads(problem, host_of, chosen)
    violations = (
        *_pair_rules(problem, host_of, chosen),
        *_load_rules(problem, clusters, loads),
        *_link_rules(problem, host_of),
        *_load_target(problem, clusters, loads),
        *(found for rule in problem.compositions for found in _composition(rule, clusters)),
        *(found for quota in problem.quotas for found in _quota(quota, host_of, clusters)),
        *(found for row in problem.rows for found in _row(problem, row, chosen, clusters)),
    )
    pairs = _total(problem.pair_value[chosen])
    cohesion = _total(problem.cohesion_value[_together(problem.cohesion_pair, host_of)])
    opening = sum(int(problem.open_cost[j]) for j, members in enumerate(clusters) if members)
    unassigned = _total(problem.unassigned_cost[host_of == UNASSIGNED])
    penalties = sum(found.price for found in violations if found.price is not None)
    return Evaluation(
        objective=problem.constant + pairs + cohesion - opening - unassigned - penalties,
        pairs=pairs,
        cohesion=cohesion,
        opening=opening,
        unassigned=unassigned,
        penalties=penalties,
        loads=tuple(loads),
        violations=violations,
    )


def _checked(problem: Problem, solution: Solution) -> IntArray:
    host_of = solution.host_of
    if host_of.shape != (problem.n_mentees,) or host_of.dtype.kind != "i":
        raise ValueError(
            f"A plan is an integer vector of shape ({problem.n_mentees},); "
            f"this one has shape {host_of.shape} and type {host_of.dtype}."
        )
    if host_of.size and (int(host_of.min()) < UNASSIGNED or int(host_of.max()) >= problem.n_hosts):
        raise ValueError(f"A plan names hosts 0 to {problem.n_hosts - 1}, or -1; this one names others.")
    return host_of.astype(np.int64)


def _total(values: IntArray) -> int:
    return sum(values.tolist())


def _clusters(problem: Problem, host_of: IntArray) -> Clusters:
    members: list[list[int]] = [[] for _ in range(problem.n_hosts)]
    for mentee, host in enumerate(host_of.tolist()):
        if host != UNASSIGNED:
            members[host].append(mentee)
    return tuple(tuple(cluster) for cluster in members)


def _loads(problem: Problem, host_of: IntArray, chosen: IntArray) -> list[int]:
    demand = np.ones(problem.n_mentees, np.int64)
    demand[problem.pair_mentee[chosen]] = problem.pair_demand[chosen]
    loads = [0] * problem.n_hosts
    for mentee, host in enumerate(host_of.tolist()):
        if host != UNASSIGNED:
            loads[host] += int(demand[mentee])
    return loads


def _together(pairs: IntArray, host_of: IntArray) -> NDArray[np.bool_]:
    first, second = host_of[pairs[:, 0]], host_of[pairs[:, 1]]
    together: NDArray[np.bool_] = (first == second) & (first != UNASSIGNED)
    return together


def _broken(rule: str, mentees: tuple[int, ...], hosts: tuple[int, ...], amount: int = 1) -> Violation:
    return Violation(rule, tuple(sorted(set(mentees))), tuple(sorted(set(hosts))), amount, None)


def _pair_rules(problem: Problem, host_of: IntArray, chosen: IntArray) -> Iterator[Violation]:
    eligible = set(problem.pair_mentee[chosen].tolist())
    for mentee, host in enumerate(host_of.tolist()):
        if host == UNASSIGNED:
            if not problem.may_stay[mentee]:
                yield _broken("must-assign", (mentee,), ())
        elif mentee not in eligible:
            yield _broken("eligibility", (mentee,), (host,))
    for mentee, host in problem.locked.tolist():
        if int(host_of[mentee]) != host:
            yield _broken("lock", (mentee,), (host,))


def _load_rules(problem: Problem, clusters: Clusters, loads: list[int]) -> Iterator[Violation]:
    for host, load in enumerate(loads):
        low, high = int(problem.min_load[host]), int(problem.max_load[host])
        if load < low and (clusters[host] or problem.must_open[host]):
            yield _broken("min-load", clusters[host], (host,), low - load)
        if load > high:
            yield _broken("max-load", clusters[host], (host,), load - high)


def _link_rules(problem: Problem, host_of: IntArray) -> Iterator[Violation]:
    for first, second in problem.cannot_link[_together(problem.cannot_link, host_of)].tolist():
        yield _broken("cannot-link", (first, second), (int(host_of[first]),))
    for first, second in problem.must_link.tolist():
        hosts = (int(host_of[first]), int(host_of[second]))
        if hosts[0] != hosts[1]:
            yield _broken("must-link", (first, second), tuple(j for j in hosts if j != UNASSIGNED))


def _load_target(problem: Problem, clusters: Clusters, loads: list[int]) -> Iterator[Violation]:
    target = problem.load_target
    if target is None:
        return
    for host, load in enumerate(loads):
        if not clusters[host] and not problem.must_open[host]:
            continue
        under = max(0, int(target.low[host]) - load)
        over = max(0, load - int(target.high[host]))
        if under or over:
            price = int(target.under_price) * under + int(target.over_price) * over
            yield Violation("load-target", clusters[host], (host,), under + over, price)


def _miss(count: int, at_least: int | None, at_most: int | None) -> int:
    """Units short of `at_least` or over `at_most`."""
    short = 0 if at_least is None else max(0, at_least - count)
    over = 0 if at_most is None else max(0, count - at_most)
    return short + over


def _composition(rule: Composition, clusters: Clusters) -> Iterator[Violation]:
    for host, cluster in enumerate(clusters):
        if not cluster or not rule.hosts[host]:
            continue
        count = sum(1 for mentee in cluster if rule.members[mentee])
        miss = _miss(count, rule.at_least, rule.at_most)
        if miss:
            price = None if rule.price is None else int(rule.price) * miss
            yield Violation(f"composition:{rule.key}", cluster, (host,), miss, price)


def _quota(quota: Quota, host_of: IntArray, clusters: Clusters) -> Iterator[Violation]:
    counted: tuple[int, ...] = ()
    hosts = tuple(np.flatnonzero(quota.hosts).tolist())
    if quota.kind is QuotaKind.MENTEES:
        counted = tuple(
            mentee
            for mentee, host in enumerate(host_of.tolist())
            if quota.members[mentee] and host != UNASSIGNED and quota.hosts[host]
        )
        count = len(counted)
    else:
        count = sum(1 for host in hosts if clusters[host])
    miss = _miss(count, quota.at_least, quota.at_most)
    if miss:
        price = None if quota.price is None else int(quota.price) * miss
        yield Violation(f"quota:{quota.key}", counted, hosts, miss, price)


def _row(problem: Problem, row: Row, chosen: IntArray, clusters: Clusters) -> Iterator[Violation]:
    pairs = [int(at) for at in chosen if row.pair_weight[at]]
    leading = [host for host, members in enumerate(clusters) if members and row.open_weight[host]]
    total = sum(int(row.pair_weight[at]) for at in pairs) + sum(int(row.open_weight[j]) for j in leading)
    miss = _miss(total, row.at_least, row.at_most)
    if miss:
        mentees = tuple(sorted({int(problem.pair_mentee[at]) for at in pairs}))
        hosts = tuple(sorted({int(problem.pair_host[at]) for at in pairs} | set(leading)))
        price = None if row.price is None else int(row.price) * miss
        yield Violation(f"row:{row.key}", mentees, hosts, miss, price)
