"""Leave out pairs that no better plan can hold: smaller problems, quicker prices, smaller trees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem
from matcher.solvers.branch_and_price.bound import prices_of, worth_of_kinds
from matcher.solvers.branch_and_price.generate import Dual
from matcher.solvers.branch_and_price.pricing.hosts import MAX_TABLE_LOAD
from matcher.solvers.branch_and_price.pricing.local import gather
from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Local, Prices, Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray, Prepared
from matcher.solvers.prepared.data import BoolArray

UNKNOWN = 2**60
"""Stands for the worth of a cluster where it is not worked out; above any real one."""


@compiled
def best_with_each(local: Local) -> IntArray:
    """Most that a cluster with each candidate can be worth, rivals, tolls and lower limits aside, shape (n,).

    Two knapsacks meet at the candidate: one over those before it, one over those behind it.

    References
    ----------
    S. Martello, P. Toth, *Knapsack Problems*, Wiley 1990, section 2.6.
    """
    size, room = len(local.value), local.high
    behind = np.zeros((size + 1, room + 1), np.int64)
    for at in range(size - 1, -1, -1):
        worth, need = local.value[at], local.demand[at]
        for left in range(room + 1):
            behind[at, left] = behind[at + 1, left]
            if need <= left:
                behind[at, left] = max(behind[at, left], worth + behind[at + 1, left - need])
    before, result = np.zeros(room + 1, np.int64), np.full(size, FORBIDDEN, np.int64)
    for at in range(size):
        worth, need = local.value[at], local.demand[at]
        for left in range(room - need + 1):
            result[at] = max(result[at], before[left] + behind[at + 1, room - need - left])
        result[at] += local.fixed + worth
        for left in range(room, need - 1, -1):
            before[left] = max(before[left], worth + before[left - need])
    return result


@compiled
def best_with_candidates(tables: Tables, prices: Prices) -> IntArray:
    """As :func:`best_with_each` for all hosts, shape (n_candidates,); UNKNOWN where members tie together."""
    result = np.full(len(tables.unit), UNKNOWN, np.int64)
    place = np.full(len(prices.cut_start) - 1, -1, np.int64)
    for host in range(len(tables.start) - 1):
        local = gather(tables, prices, host, place)
        if not local.has_links and local.high <= MAX_TABLE_LOAD:
            result[tables.start[host] : tables.start[host + 1]] = best_with_each(local)
    return result


def useless(prepared: Prepared, tables: Tables, dual: Dual, aim: int) -> BoolArray:
    """Candidates that no plan worth at least `aim` holds, shape (n_candidates,).

    A plan's value is the bound less the slack of each of its clusters and of each row, none negative.

    References
    ----------
    A. Ceselli, G. Righini, "A branch-and-price algorithm for the capacitated p-median problem", Networks 45
    (2005): fixing by the Lagrangian bound.
    """
    best = best_with_candidates(tables, prices_of(prepared, dual.duals, dual.cuts))
    kind = np.repeat(prepared.kind_of, np.diff(prepared.start))
    slack = worth_of_kinds(prepared, dual.best)[kind] - best
    gone: BoolArray = (best < UNKNOWN) & (dual.bound - slack < aim)
    return gone


def without_useless(problem: Problem, prepared: Prepared, tables: Tables, dual: Dual, aim: int) -> Problem:
    """Return the problem without the pairs that no plan worth at least `aim` (scaled) holds."""
    gone = useless(prepared, tables, dual, aim)
    if not gone.any():
        return problem
    host = np.repeat(np.arange(prepared.n_hosts), np.diff(prepared.start))[gone]
    dropped = np.zeros((prepared.n_units, prepared.n_hosts), np.bool_)
    dropped[prepared.unit[gone], host] = True
    unit_of = np.empty(prepared.n_mentees, np.int64)
    unit_of[prepared.member] = np.repeat(np.arange(prepared.n_units), np.diff(prepared.member_start))
    return keep_pairs(problem, ~dropped[unit_of[problem.pair_mentee], problem.pair_host])


def keep_pairs(problem: Problem, keep: BoolArray) -> Problem:
    """Return the problem with some of its pairs only."""
    return replace(
        problem,
        pair_mentee=problem.pair_mentee[keep],
        pair_host=problem.pair_host[keep],
        pair_value=problem.pair_value[keep],
        pair_demand=problem.pair_demand[keep],
        rows=tuple(replace(row, pair_weight=row.pair_weight[keep]) for row in problem.rows),
    )
