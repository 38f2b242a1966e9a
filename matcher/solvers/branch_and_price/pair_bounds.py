"""What a plan with a given pair can be worth at most, by the prices that prove the bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem
from matcher.solvers.base import ShouldStop
from matcher.solvers.branch_and_price.bound import prices_of, worth_of_kinds
from matcher.solvers.branch_and_price.bundle import Bundle
from matcher.solvers.branch_and_price.fixing import UNKNOWN, best_with_candidates
from matcher.solvers.branch_and_price.generate import Dual
from matcher.solvers.branch_and_price.pricing.tables import Prices, tables_of
from matcher.solvers.branch_and_price.scaling import factor_of, scaled
from matcher.solvers.pair_bounds import NEVER, PairBounds
from matcher.solvers.prepared import IntArray, Prepared, prepare

WORK = 5.0
"""Work units after which the bound is taken as it is."""


MOST_UNITS = 3_000
"""More units than this have no table of their cohesion; a gigabyte would not do."""


def bounds_by_prices(
    problem: Problem, work: float = WORK, should_stop: ShouldStop | None = None
) -> PairBounds:
    """Bound what each pair, and each mentee's staying, leaves, from one run of the bundle method.

    Parameters
    ----------
    problem : Problem
        One that has a plan.
    work : float
        Work units after which the bound is taken as it is.
    should_stop : callable, optional
        Asked after every round; ends as `work` does.

    Returns
    -------
    PairBounds

    References
    ----------
    A. Ceselli, G. Righini, "A branch-and-price algorithm for the capacitated p-median problem", Networks 45
    (2005): fixing by the Lagrangian bound.
    """
    factor = factor_of(problem)
    prepared = scaled(prepare(problem), factor)
    tables = tables_of(prepared)
    bundle = Bundle(prepared, tables=tables)
    bundle.run(lambda state: state.work > work or (should_stop is not None and should_stop()))
    dual = bundle.best
    if dual is None:
        raise ValueError("The bundle method ended without a bound.")
    prices = prices_of(prepared, dual.duals, dual.cuts)
    best = best_with_candidates(tables, prices)
    tied = np.flatnonzero(best >= UNKNOWN)
    if len(tied) and prepared.n_units <= MOST_UNITS:
        best[tied] = _with_partners(prepared, prices)[tied]
    kind = np.repeat(prepared.kind_of, np.diff(prepared.start))
    slack = np.where(best < UNKNOWN, worth_of_kinds(prepared, dual.best)[kind] - best, 0)
    found = _by_mentee(problem, prepared, dual, np.maximum(0, slack), factor)
    return replace(found, work=bundle.work)


def _with_partners(prepared: Prepared, prices: Prices) -> IntArray:
    """Most that a cluster with each candidate can be worth where members count for each other.

    Each member brings its own value and half of its best partners' cohesion: twice a cluster's cohesion is at
    most what its members have with as many best partners as fit. Rivals and prices inside the cluster are
    left aside.

    Returns
    -------
    ndarray of int64, shape (n_candidates,)
    """
    cohesion = np.zeros((prepared.n_units, prepared.n_units), np.int64)
    rows = np.repeat(np.arange(prepared.n_units), np.diff(prepared.nb_start))
    cohesion[rows, prepared.nb_unit] = np.maximum(0, prepared.nb_value)
    result = np.full(len(prepared.unit), UNKNOWN, np.int64)
    for host in range(prepared.n_hosts):
        own = slice(int(prepared.start[host]), int(prepared.start[host + 1]))
        unit, demand = prepared.unit[own], prepared.demand[own]
        if not len(unit):
            continue
        least = int(demand.min())
        partners = min(len(unit), max(0, int(prepared.high[host]) // least - 1))
        shared = -np.sort(-cohesion[np.ix_(unit, unit)], axis=1)[:, :partners].sum(axis=1)
        twice = 2 * (prepared.value[own] - prices.candidate[own]) + shared
        others = np.maximum(0, (prepared.high[host] - demand) // least)
        best = (twice + _best_others(twice, np.minimum(others, len(unit) - 1)) + 1) // 2
        result[own] = best - prepared.open_cost[host] - prices.host[host]
    return result


def _best_others(worth: IntArray, most: IntArray) -> IntArray:
    """Sum of the largest positive worths beside each one, at most so many; shape (n,)."""
    order = np.argsort(-worth, kind="stable")
    rank = np.empty(len(worth), np.int64)
    rank[order] = np.arange(len(worth))
    gain = np.maximum(0, worth)
    sums = np.concatenate([[0], np.cumsum(gain[order])])
    return np.where(rank < most, sums[most + 1] - gain, sums[most])


def _by_mentee(problem: Problem, prepared: Prepared, dual: Dual, slack: IntArray, factor: int) -> PairBounds:
    """Say the slack of candidates (scaled) as limits for pairs and mentees (objective units)."""
    unit_of = np.empty(prepared.n_mentees, np.int64)
    unit_of[prepared.member] = np.repeat(np.arange(prepared.n_units), np.diff(prepared.member_start))
    gain = -prepared.stay_cost - dual.duals.unit  # of staying, against the unit's price
    placed = np.where(prepared.may_stay, np.maximum(0, gain), 0)
    host = np.repeat(np.arange(prepared.n_hosts), np.diff(prepared.start))
    known = host * prepared.n_units + prepared.unit
    asked = problem.pair_host * prepared.n_units + unit_of[problem.pair_mentee]
    at = np.minimum(np.searchsorted(known, asked), max(0, len(known) - 1))
    found = known[at] == asked if len(known) else np.zeros(len(asked), np.bool_)
    loss = slack + placed[prepared.unit]
    pair = (
        np.where(found, (dual.bound - loss[at]) // factor + problem.constant, NEVER)
        if len(known)
        else (np.full(len(asked), NEVER, np.int64))
    )
    left = (dual.bound - np.maximum(0, -gain)) // factor + problem.constant
    stay = np.where(prepared.may_stay, left, NEVER)[unit_of]
    unknown = np.zeros(len(pair), np.bool_), np.zeros(len(stay), np.bool_)
    return PairBounds(dual.bound // factor + problem.constant, pair, stay, *unknown)
