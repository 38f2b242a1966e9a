"""Prices of all pairs at once: what insisting on each would cost at least, proven."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.flow import FlowSolver
from matcher.solvers.pair_bounds import NEVER, PairBounds
from matcher.solvers.presolve import Part, split
from matcher.solvers.set_partition import pair_bounds

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

IMPOSSIBLE = 2**62
"""Price of what no plan contains."""


@dataclass(frozen=True, slots=True, eq=False)
class PairPrices:
    """Proven lower limits of prices, objective units, at least 0; ``IMPOSSIBLE`` where no plan is left.

    Attributes
    ----------
    pair : ndarray of int64, shape (n_pairs,)
        Optimum less the best plan that contains the pair, at least.
    pair_exact : ndarray of bool, shape (n_pairs,)
        Where that is the price itself.
    stay : ndarray of int64, shape (n_mentees,)
        The same of leaving the mentee unassigned.
    stay_exact : ndarray of bool, shape (n_mentees,)
    """

    pair: IntArray
    pair_exact: BoolArray
    stay: IntArray
    stay_exact: BoolArray


def pair_prices(problem: Problem, plan: Solution, bound: int | None) -> PairPrices:
    """Price every eligible pair and every mentee's staying.

    Each part that does not touch the others is priced by itself: exactly where a flow expresses it, by
    listed clusters where it is small, by the prices that prove its bound otherwise.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        One that keeps every hard rule.
    bound : int or None
        Proven upper bound of the objective; where the plan reaches it, its own pairs cost exactly 0.

    Returns
    -------
    PairPrices
    """
    pair, stay = np.zeros(problem.n_pairs, np.int64), np.zeros(problem.n_mentees, np.int64)
    pair_exact, stay_exact = np.zeros(problem.n_pairs, np.bool_), np.zeros(problem.n_mentees, np.bool_)
    label = np.full(problem.n_mentees, -1, np.int64)
    proven = bound is not None and evaluate(problem, plan).objective == bound
    for number, part in enumerate(split(problem)):
        label[part.mentees] = number
        own = np.flatnonzero(label[problem.pair_mentee] == number)
        found = _part_prices(part, part.restrict(plan), proven=proven)
        pair[own], pair_exact[own] = found.pair, found.pair_exact
        stay[part.mentees], stay_exact[part.mentees] = found.stay, found.stay_exact
    return PairPrices(pair, pair_exact, stay, stay_exact)


def _part_prices(part: Part, plan: Solution, *, proven: bool) -> PairPrices:
    problem = part.problem
    if FlowSolver().refusal(problem) is None:
        return _by_flow(problem)
    worth = evaluate(problem, plan).objective
    found = pair_bounds(problem)
    if found is None:
        from matcher.solvers.branch_and_price.pair_bounds import bounds_by_prices  # noqa: PLC0415 - compiled

        found = bounds_by_prices(problem)
    return _against(problem, plan, worth, found, proven=proven)


def _by_flow(problem: Problem) -> PairPrices:
    from matcher.solvers.flow.prices import flow_prices  # noqa: PLC0415 - compiled code loads late

    best = FlowSolver().solve(problem, SolveSettings()).host_of
    if best is None:
        raise ValueError("A problem without a plan has no prices.")
    prices = flow_prices(problem, Solution(best))
    known = np.ones(problem.n_pairs, np.bool_), np.ones(problem.n_mentees, np.bool_)
    return PairPrices(prices.pair, known[0], prices.stay, known[1])


def _against(problem: Problem, plan: Solution, worth: int, found: PairBounds, *, proven: bool) -> PairPrices:
    """Compare the optimum, or what is known of it, with what each pair leaves.

    The pairs of a proven plan cost nothing. A price is exact only where the optimum is known, too.
    """
    chosen = proven & (plan.host_of[problem.pair_mentee] == problem.pair_host)
    stays = proven & (plan.host_of == UNASSIGNED)
    known = proven or worth == found.whole
    pair, pair_exact = _prices(worth, found.pair, found.pair_exact & known, chosen)
    stay, stay_exact = _prices(worth, found.stay, found.stay_exact & known, stays)
    return PairPrices(pair, pair_exact, stay, stay_exact)


def _prices(worth: int, most: IntArray, exact: BoolArray, chosen: BoolArray) -> tuple[IntArray, BoolArray]:
    never = most == NEVER
    price = np.where(never, IMPOSSIBLE, np.where(chosen, 0, np.maximum(0, worth - most)))
    return price, exact | chosen | never
