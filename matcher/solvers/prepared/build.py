"""Build Prepared from a Problem in time and memory linear in pairs and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Composition, Problem, Quota, QuotaKind, Row
from matcher.solvers.prepared.data import NO_LIMIT, BoolArray, IntArray, Prepared


def prepare(problem: Problem) -> Prepared:
    """Merge must-link groups, fold in locks and compress.

    Parameters
    ----------
    problem : Problem
        A valid problem. ``problem.constant`` is left out.

    Returns
    -------
    Prepared
        Units ascend by their first mentee. A unit whose mentees cannot share any host has no candidates.
    """
    unit_of, member_start, member = _groups(problem)
    n_units = len(member_start) - 1
    nb, inside = _cohesion(problem, unit_of, n_units)
    rivals, torn = _rivals(problem, unit_of, n_units)
    may_stay, stay_cost = _staying(problem, unit_of, n_units)
    start, unit, value, demand, of_pair = _candidates(problem, unit_of, member_start, torn)
    value = value + inside[unit]
    comps, rows = problem.compositions, _Rows(problem, of_pair, len(unit))
    may_close, closed_value = _closing(problem)
    target = problem.load_target
    nothing = np.zeros(problem.n_hosts, np.int64)
    prepared = Prepared(
        n_mentees=problem.n_mentees,
        start=start,
        unit=unit,
        value=value,
        demand=demand,
        low=problem.min_load,
        high=problem.max_load,
        open_cost=problem.open_cost,
        closed_value=closed_value,
        may_close=may_close,
        target_low=nothing if target is None else target.low,
        target_high=nothing if target is None else target.high,
        under_price=0 if target is None else target.under_price,
        over_price=0 if target is None else target.over_price,
        may_stay=may_stay,
        stay_cost=stay_cost,
        member_start=member_start,
        member=member,
        nb_start=nb[0],
        nb_unit=nb[1],
        nb_value=nb[2],
        rival_start=rivals[0],
        rival=rivals[1],
        comp_count=_stack([_sum_by(unit_of, rule.members, n_units) for rule in comps], n_units),
        comp_low=_lows(comps),
        comp_high=_highs(comps),
        comp_price=_prices(comps),
        comp_host=np.array([rule.hosts for rule in comps], np.bool_).reshape(len(comps), problem.n_hosts),
        row_pair=_stack(rows.pair, len(unit)),
        row_open=_stack(rows.open, problem.n_hosts),
        row_low=_lows(rows.rules),
        row_high=_highs(rows.rules),
        row_price=_prices(rows.rules),
        kind_of=nothing,
    )
    return _with_kinds(prepared)


def _groups(problem: Problem) -> tuple[IntArray, IntArray, IntArray]:
    """Group must-linked mentees: unit of each mentee, and the mentees of each unit, compressed."""
    parent = list(range(problem.n_mentees))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in problem.must_link.tolist():
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    roots = np.array([root(node) for node in range(problem.n_mentees)], np.int64)
    firsts, unit_of = np.unique(roots, return_inverse=True)
    unit_of = unit_of.astype(np.int64).reshape(-1)
    member = np.argsort(unit_of, kind="stable").astype(np.int64)
    sizes = np.bincount(unit_of, minlength=len(firsts))
    return unit_of, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), member


def _sum_by(unit_of: IntArray, values: NDArray[np.generic], n_units: int) -> IntArray:
    """Exact sums by unit."""
    total = np.zeros(n_units, np.int64)
    np.add.at(total, unit_of, values.astype(np.int64))
    return total


def _compress(first: IntArray, n_units: int) -> IntArray:
    counts = np.bincount(first, minlength=n_units) if len(first) else np.zeros(n_units, np.int64)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _cohesion(
    problem: Problem, unit_of: IntArray, n_units: int
) -> tuple[tuple[IntArray, IntArray, IntArray], IntArray]:
    """Cohesion between units (compressed, both directions) and inside each unit."""
    one, other = unit_of[problem.cohesion_pair[:, 0]], unit_of[problem.cohesion_pair[:, 1]]
    within = one == other
    inside = _sum_by(one[within], problem.cohesion_value[within], n_units)
    one, other, worth = one[~within], other[~within], problem.cohesion_value[~within]
    key, at = np.unique(np.concatenate([one * n_units + other, other * n_units + one]), return_inverse=True)
    total = np.zeros(len(key), np.int64)
    np.add.at(total, at.reshape(-1), np.concatenate([worth, worth]))
    key, total = key[total != 0], total[total != 0]
    first = key // max(1, n_units)
    return (_compress(first, n_units), (key % max(1, n_units)).astype(np.int64), total), inside


def _rivals(problem: Problem, unit_of: IntArray, n_units: int) -> tuple[tuple[IntArray, IntArray], BoolArray]:
    """Rival units (compressed, both directions), and which units hold rivals themselves."""
    one, other = unit_of[problem.cannot_link[:, 0]], unit_of[problem.cannot_link[:, 1]]
    torn = np.zeros(n_units, np.bool_)
    torn[one[one == other]] = True
    one, other = one[one != other], other[one != other]
    key = np.unique(np.concatenate([one * n_units + other, other * n_units + one]))
    first = key // max(1, n_units)
    return (_compress(first, n_units), (key % max(1, n_units)).astype(np.int64)), torn


def _staying(problem: Problem, unit_of: IntArray, n_units: int) -> tuple[BoolArray, IntArray]:
    """Whether each unit may stay unassigned, and at what cost."""
    stay = problem.may_stay.copy()
    stay[problem.locked[:, 0]] = False
    may_stay = np.ones(n_units, np.bool_)
    np.logical_and.at(may_stay, unit_of, stay)
    return may_stay, _sum_by(unit_of, problem.unassigned_cost, n_units)


def _candidates(
    problem: Problem, unit_of: IntArray, member_start: IntArray, torn: BoolArray
) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Candidates by host then unit: start, unit, value, demand, and each pair's candidate (-1: none)."""
    n_units, n_hosts = len(member_start) - 1, problem.n_hosts
    key = problem.pair_host * max(1, n_units) + unit_of[problem.pair_mentee]
    allowed = _unlocked(problem) & ~torn[unit_of[problem.pair_mentee]]
    slot, at = np.unique(key, return_inverse=True)
    at = at.astype(np.int64).reshape(-1)
    present, value, demand = (np.zeros(len(slot), np.int64) for _ in range(3))
    np.add.at(present, at, allowed.astype(np.int64))
    np.add.at(value, at, problem.pair_value)
    np.add.at(demand, at, problem.pair_demand)
    unit = slot % max(1, n_units)
    whole = present == np.diff(member_start)[unit]
    place = np.where(whole, np.cumsum(whole) - 1, -1).astype(np.int64)
    host = (slot // max(1, n_units))[whole]
    return (
        _compress(host, n_hosts),
        unit[whole].astype(np.int64),
        value[whole],
        demand[whole],
        place[at] if len(at) else np.empty(0, np.int64),
    )


def _unlocked(problem: Problem) -> BoolArray:
    """Pairs that no lock of the mentee excludes; a mentee locked to two hosts keeps none."""
    lock = np.full(problem.n_mentees, -1, np.int64)
    for mentee, host in problem.locked.tolist():
        lock[mentee] = host if lock[mentee] in (-1, host) else problem.n_hosts
    held = lock[problem.pair_mentee]
    free: BoolArray = (held == -1) | (held == problem.pair_host)
    return free


def _closing(problem: Problem) -> tuple[BoolArray, IntArray]:
    """Whether each host may lead no cluster, and what that is worth."""
    value = np.zeros(problem.n_hosts, np.int64)
    if problem.load_target is not None:
        shortfall = problem.load_target.under_price * problem.load_target.low
        value = np.where(problem.must_open, -shortfall, value)
    may_close: BoolArray = ~problem.must_open | (problem.min_load == 0)
    return may_close, value


class _Rows:
    """Rows across clusters: the problem's quotas, then its general rows, each in their order."""

    def __init__(self, problem: Problem, of_pair: IntArray, n_candidates: int) -> None:
        self.rules: tuple[Quota | Row, ...] = (*problem.quotas, *problem.rows)
        self.pair: list[IntArray] = []
        self.open: list[IntArray] = []
        used = np.flatnonzero(of_pair >= 0)
        for quota in problem.quotas:
            weight, opening = np.zeros(n_candidates, np.int64), np.zeros(problem.n_hosts, np.int64)
            if quota.kind is QuotaKind.MENTEES:
                counted = quota.hosts[problem.pair_host] & quota.members[problem.pair_mentee]
                np.add.at(weight, of_pair[used], counted[used].astype(np.int64))
            else:
                opening = quota.hosts.astype(np.int64)
            self.pair.append(weight)
            self.open.append(opening)
        for row in problem.rows:
            weight = np.zeros(n_candidates, np.int64)
            np.add.at(weight, of_pair[used], row.pair_weight[used])
            self.pair.append(weight)
            self.open.append(row.open_weight)


def _stack(rows: list[IntArray], width: int) -> IntArray:
    return np.array(rows, np.int64).reshape(len(rows), width)


def _lows(rules: Sequence[Composition | Quota | Row]) -> IntArray:
    least = [-NO_LIMIT if isinstance(rule, Row) else 0 for rule in rules]
    limits = zip(rules, least, strict=True)
    return np.array([low if rule.at_least is None else rule.at_least for rule, low in limits], np.int64)


def _highs(rules: Sequence[Composition | Quota | Row]) -> IntArray:
    return np.array([NO_LIMIT if rule.at_most is None else rule.at_most for rule in rules], np.int64)


def _prices(rules: Sequence[Composition | Quota | Row]) -> IntArray:
    return np.array([-1 if rule.price is None else rule.price for rule in rules], np.int64)


def _with_kinds(prepared: Prepared) -> Prepared:
    """Give hosts with equal candidates, limits, costs, compositions and rows the same kind."""
    seen: dict[tuple[bytes, ...], int] = {}
    kind = np.zeros(prepared.n_hosts, np.int64)
    for host in range(prepared.n_hosts):
        span = slice(prepared.start[host], prepared.start[host + 1])
        fixed = (prepared.low, prepared.high, prepared.open_cost, prepared.closed_value, prepared.may_close)
        mark = (
            prepared.unit[span].tobytes(),
            prepared.value[span].tobytes(),
            prepared.demand[span].tobytes(),
            prepared.row_pair[:, span].tobytes(),
            prepared.row_open[:, host].tobytes(),
            prepared.comp_host[:, host].tobytes(),
            np.array([int(array[host]) for array in fixed]).tobytes(),
            np.array([prepared.target_low[host], prepared.target_high[host]]).tobytes(),
        )
        kind[host] = seen.setdefault(mark, len(seen))
    return replace(prepared, kind_of=kind)
