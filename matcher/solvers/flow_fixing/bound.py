"""An exact bound from prices of rows, whatever the prices are: Lagrangian relaxation by flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem
from matcher.solution import Solution
from matcher.solvers.base import SolveSettings
from matcher.solvers.flow import FlowSolver
from matcher.solvers.flow.costs import HostCosts
from matcher.solvers.flow.prices import Prices, flow_prices
from matcher.solvers.flow_fixing.rules import BoolArray, IntArray, LinearRow

MAX_PRICED = 2**52
"""Values may not grow beyond this by prices; larger prices are not used, which only weakens the bound."""

NEVER = -(2**61)
"""Worth of a choice that is not allowed."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """No plan is worth more than `value`; one with a certain pair no more than `value` less its price.

    Attributes
    ----------
    value : int
        Objective units.
    host_of : ndarray of int64, shape (n_mentees,)
        The plan of the priced flow; it need not keep the rows.
    prices : Prices
    """

    value: int
    host_of: IntArray
    prices: Prices


def priced_bound(flow: Problem, rows: Sequence[LinearRow], price: IntArray) -> Bound | None:
    """Charge each row's price for what it counts, give its limit back, and solve what is left by flow.

    For prices of 0 or more, ``sum(price * (limit - count))`` is never negative in a plan that keeps the
    rows, so the optimum of the priced flow bounds every such plan. Flow, prices and sums are integers: the
    prices may come from a rounded linear programme without any harm to the bound.

    Returns
    -------
    Bound or None
        None when even the flow without the rows has no plan.

    References
    ----------
    M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems",
    Management Science 27 (1981).
    """
    priced = _charged(flow, [(row, int(cost)) for row, cost in zip(rows, price, strict=True) if cost])
    result = FlowSolver().solve(priced, SolveSettings())
    if result.host_of is None or result.objective is None:
        return None
    return Bound(result.objective, result.host_of, flow_prices(priced, Solution(result.host_of)))


def _charged(flow: Problem, charges: list[tuple[LinearRow, int]]) -> Problem:
    size = sum(cost * (abs(row.limit) + int(np.abs(row.weight).max(initial=0))) for row, cost in charges)
    if not charges or size > MAX_PRICED:
        return flow
    value = flow.pair_value.copy()
    for row, cost in charges:
        np.subtract.at(value, row.pair, cost * row.weight)
    given_back = sum(cost * row.limit for row, cost in charges)
    return replace(flow, pair_value=value, constant=flow.constant + given_back)


@dataclass(frozen=True, slots=True, eq=False)
class HostPrices:
    """What a place costs at each host, and what the hosts do at these prices.

    Attributes
    ----------
    place : ndarray of int64, shape (n_hosts,)
    worth : int
        What the hosts make of their places: each step that costs less than its price is taken.
    """

    place: IntArray
    worth: int


def host_prices(costs: HostCosts, place: IntArray) -> HostPrices | None:
    """Settle the hosts at given prices; None where the sums might not be exact."""
    size = int(np.abs(place).max(initial=0)) + int(np.abs(costs.step).max(initial=0))
    if size * (int(costs.least.sum()) + int(costs.count.sum()) + 1) > MAX_PRICED:
        return None
    gain = np.maximum(0, place[costs.host] - costs.step) * costs.count
    return HostPrices(place, int((place * costs.least).sum() + gain.sum() - costs.base.sum()))


def quick_bound(
    flow: Problem, rows: Sequence[LinearRow], price: IntArray, hosts: HostPrices, allowed: BoolArray
) -> tuple[int, Prices] | None:
    """Bound without a flow: the places of the hosts have prices, too, and each mentee takes the best choice.

    Exact whatever the prices are, as :func:`priced_bound`, and weaker by what rounding the prices costs.

    Parameters
    ----------
    flow : Problem
        ``may_stay`` says who may stay.
    allowed : ndarray of bool, shape (n_pairs,)

    Returns
    -------
    (int, Prices) or None
        Bound, and losses against it, never above the exact ones; None when a mentee has no choice.
    """
    priced = _charged(flow, [(row, int(cost)) for row, cost in zip(rows, price, strict=True) if cost])
    worth = np.where(allowed, priced.pair_value - hosts.place[flow.pair_host], NEVER)
    stay = np.where(flow.may_stay, -flow.unassigned_cost, NEVER)
    best = stay.copy()
    np.maximum.at(best, flow.pair_mentee, worth)
    if (best == NEVER).any():
        return None
    value = priced.constant + hosts.worth + int(best.sum())
    return value, Prices(best[flow.pair_mentee] - worth, best - stay)


def narrowed(problem: Problem, kept: BoolArray, may_stay: BoolArray) -> Problem:
    """Return a problem that is a flow with fewer pairs and fewer who may stay."""
    return replace(
        problem,
        pair_mentee=problem.pair_mentee[kept],
        pair_host=problem.pair_host[kept],
        pair_value=problem.pair_value[kept],
        pair_demand=problem.pair_demand[kept],
        may_stay=may_stay,
    )


def moved(rows: Sequence[LinearRow], kept: BoolArray) -> list[LinearRow]:
    """Rows over the pairs kept, by their new positions."""
    place = np.where(kept, np.cumsum(kept) - 1, -1)
    shorter = []
    for row in rows:
        at = place[row.pair]
        shorter.append(LinearRow(at[at >= 0], row.weight[at >= 0], row.limit))
    return shorter
