"""Which rules become linear rows over pairs, and what is left for the flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Composition, Problem, Quota, QuotaKind, Row
from matcher.solvers.flow import FlowSolver

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LinearRow:
    """``sum(weight[k] for chosen pairs pair[k]) <= limit``.

    Attributes
    ----------
    pair : ndarray of int64, shape (k,)
        Positions among the problem's pairs.
    weight : ndarray of int64, shape (k,)
    limit : int
    """

    pair: IntArray
    weight: IntArray
    limit: int


def refusal(problem: Problem) -> str | None:
    """Why some rule is neither a flow nor a hard linear row over pairs; None if all are."""
    rules = (
        (bool(problem.cohesion_value.any()), "mentees that share a cluster count for each other"),
        (any(map(_bends, problem.quotas)), "a quota may be missed at a price, or counts clusters"),
        (any(map(_bends, problem.rows)), "a limit may be missed at a price, or counts clusters"),
        (
            any(map(_bends, problem.compositions)),
            "a composition may be missed at a price, or asks only open clusters for something",
        ),
    )
    for holds, words in rules:
        if holds:
            return f"rows over pairs cannot express that {words}"
    return FlowSolver().refusal(flow_part(problem))


def _bends(rule: Quota | Composition | Row) -> bool:
    if rule.price is not None:
        return True
    if isinstance(rule, Row):
        return bool(rule.open_weight.any())
    if isinstance(rule, Quota):
        return rule.kind is not QuotaKind.MENTEES
    return bool(rule.at_least)


def flow_part(problem: Problem) -> Problem:
    """Leave out what becomes rows; every plan of `problem` is a plan of the rest, worth the same."""
    nothing = np.empty((0, 2), np.int64)
    return replace(
        problem,
        cannot_link=nothing,
        must_link=nothing,
        cohesion_pair=nothing,
        cohesion_value=np.empty(0, np.int64),
        compositions=(),
        quotas=(),
        rows=(),
    )


def linear_rows(problem: Problem) -> tuple[LinearRow, ...]:
    """List all rules but rivals as rows; rivals are too many to list and are found when violated."""
    return (*_counted(problem), *_compositions(problem), *_together(problem))


def _counted(problem: Problem) -> Iterator[LinearRow]:
    for quota in problem.quotas:
        counted = quota.members[problem.pair_mentee] & quota.hosts[problem.pair_host]
        yield from _both_ways(counted.astype(np.int64), quota.at_least, quota.at_most)
    for row in problem.rows:
        yield from _both_ways(row.pair_weight, row.at_least, row.at_most)


def _both_ways(weight: IntArray, at_least: int | None, at_most: int | None) -> Iterator[LinearRow]:
    pair = np.flatnonzero(weight)
    if at_most is not None:
        yield LinearRow(pair, weight[pair], at_most)
    if at_least is not None:
        yield LinearRow(pair, -weight[pair], -at_least)


def _compositions(problem: Problem) -> Iterator[LinearRow]:
    for rule in problem.compositions:
        if rule.at_most is None:
            continue
        pairs = np.flatnonzero(rule.members[problem.pair_mentee] & rule.hosts[problem.pair_host])
        pairs = pairs[np.argsort(problem.pair_host[pairs], kind="stable")]
        cuts = np.flatnonzero(np.diff(problem.pair_host[pairs])) + 1
        for pair in np.split(pairs, cuts):
            yield LinearRow(pair, np.ones(len(pair), np.int64), rule.at_most)


def _together(problem: Problem) -> Iterator[LinearRow]:
    """``x[i, j] - x[k, j] = 0`` for must-linked i, k: two rows a host, one where k cannot go."""
    for one, other in problem.must_link.tolist():
        mine, theirs = (
            {int(problem.pair_host[at]): int(at) for at in np.flatnonzero(problem.pair_mentee == mentee)}
            for mentee in (one, other)
        )
        for host in sorted(mine.keys() | theirs.keys()):
            ends = [(mine[host], 1)] if host in mine else []
            ends += [(theirs[host], -1)] if host in theirs else []
            pair, weight = (np.array(column, np.int64) for column in zip(*ends, strict=True))
            yield LinearRow(pair, weight, 0)
            yield LinearRow(pair, -weight, 0)
