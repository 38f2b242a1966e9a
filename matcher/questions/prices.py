"""Prices of all pairs at once: what insisting on each would cost at least, proven."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.questions.allowance import Allowance
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import ShouldStop, SolveSettings
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
    """Proven lower limits of prices, objective units; ``IMPOSSIBLE`` where no plan is left.

    A price is what the plan at hand is worth more than the best plan that contains the pair and is the same
    outside the part concerned. It is below 0 only where the plan is not the best: making the part anew
    with the pair brings something then.

    Attributes
    ----------
    pair : ndarray of int64, shape (n_pairs,)
        Plan at hand less the best plan that contains the pair, at least.
    pair_exact : ndarray of bool, shape (n_pairs,)
        Where that is the price itself.
    stay : ndarray of int64, shape (n_mentees,)
        The same of leaving the mentee unassigned.
    stay_exact : ndarray of bool, shape (n_mentees,)
    elsewhere : ndarray of int64, shape (n_mentees,)
        Most that the parts other than the mentee's could be worth more than they are; 0 for the best plan.
    unpriced : frozenset of int
        Mentees whose pairs were not priced, as the work was spent; nothing else here speaks of them.
    """

    pair: IntArray
    pair_exact: BoolArray
    stay: IntArray
    stay_exact: BoolArray
    elsewhere: IntArray
    unpriced: frozenset[int] = frozenset()


def pair_prices(
    problem: Problem,
    plan: Solution,
    bound: int | None,
    *,
    should_stop: ShouldStop | None = None,
    allowance: Allowance | None = None,
) -> PairPrices:
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
    should_stop : callable, optional
        Asked before each part, and while a large one is priced.
    allowance : Allowance, optional
        Work that may be used; parts that are left once it is spent are not priced.

    Returns
    -------
    PairPrices

    Raises
    ------
    KeyboardInterrupt
        Once `should_stop` is true: some of the prices would look like all.
    """
    pair, stay = np.zeros(problem.n_pairs, np.int64), np.zeros(problem.n_mentees, np.int64)
    pair_exact, stay_exact = np.zeros(problem.n_pairs, np.bool_), np.zeros(problem.n_mentees, np.bool_)
    label = np.full(problem.n_mentees, -1, np.int64)
    gap = None if bound is None else bound - evaluate(problem, plan).objective
    elsewhere, short = np.zeros(problem.n_mentees, np.int64), 0
    allowance, unpriced = allowance or Allowance(), list[int]()
    for number, part in enumerate(split(problem)):
        if should_stop is not None and should_stop():
            raise KeyboardInterrupt
        if allowance.is_spent:
            unpriced += part.mentees.tolist()
            continue
        label[part.mentees] = number
        own = np.flatnonzero(label[problem.pair_mentee] == number)
        found = _part_prices(part, part.restrict(plan), should_stop, allowance, proven=gap == 0)
        pair[own], pair_exact[own] = found.pair, found.pair_exact
        stay[part.mentees], stay_exact[part.mentees] = found.stay, found.stay_exact
        elsewhere[part.mentees] = -found.short
        short += found.short
    elsewhere += IMPOSSIBLE if unpriced else short  # nothing is known of what was not priced
    if gap is not None:
        elsewhere = np.minimum(elsewhere, gap)
    return PairPrices(pair, pair_exact, stay, stay_exact, elsewhere, frozenset(unpriced))


@dataclass(frozen=True, slots=True, eq=False)
class _PartPrices:
    """Prices within a part; `short` is the most that it could be worth more than it is."""

    pair: IntArray
    pair_exact: BoolArray
    stay: IntArray
    stay_exact: BoolArray
    short: int


def _part_prices(
    part: Part, plan: Solution, should_stop: ShouldStop | None, allowance: Allowance, *, proven: bool
) -> _PartPrices:
    problem, worth = part.problem, evaluate(part.problem, plan).objective
    allowance.look(problem.n_pairs)
    if FlowSolver().refusal(problem) is None:
        return _by_flow(problem, worth)
    found = pair_bounds(problem)
    if found is None:
        from matcher.solvers.branch_and_price.pair_bounds import WORK, bounds_by_prices  # noqa: PLC0415

        found = bounds_by_prices(problem, min(WORK, allowance.left), should_stop)
        allowance.spend(found.work)
        if should_stop is not None and should_stop():
            raise KeyboardInterrupt
    return _against(problem, plan, worth, found, proven=proven)


def _by_flow(problem: Problem, worth: int) -> _PartPrices:
    """Price against the optimum, which the flow knows, and say it against the plan at hand."""
    from matcher.solvers.flow.prices import IMPOSSIBLE as FLOW_NEVER  # noqa: PLC0415
    from matcher.solvers.flow.prices import flow_prices  # noqa: PLC0415 - compiled code loads late

    best = FlowSolver().solve(problem, SolveSettings()).host_of
    if best is None:
        raise ValueError("A problem without a plan has no prices.")
    prices = flow_prices(problem, Solution(best))
    short = evaluate(problem, Solution(best)).objective - worth
    pair, stay = (
        np.where(price >= FLOW_NEVER, IMPOSSIBLE, price - short) for price in (prices.pair, prices.stay)
    )
    known = np.ones(problem.n_pairs, np.bool_), np.ones(problem.n_mentees, np.bool_)
    return _PartPrices(pair, known[0], stay, known[1], short)


def _against(problem: Problem, plan: Solution, worth: int, found: PairBounds, *, proven: bool) -> _PartPrices:
    """Compare the plan at hand with what each pair leaves; the pairs of a proven plan cost nothing."""
    chosen = proven & (plan.host_of[problem.pair_mentee] == problem.pair_host)
    stays = proven & (plan.host_of == UNASSIGNED)
    pair, pair_exact = _prices(worth, found.pair, found.pair_exact, chosen)
    stay, stay_exact = _prices(worth, found.stay, found.stay_exact, stays)
    if proven:
        pair, stay = np.maximum(0, pair), np.maximum(0, stay)
    return _PartPrices(pair, pair_exact, stay, stay_exact, 0 if proven else max(0, found.whole - worth))


def _prices(worth: int, most: IntArray, exact: BoolArray, chosen: BoolArray) -> tuple[IntArray, BoolArray]:
    never = most == NEVER
    price = np.where(never, IMPOSSIBLE, np.where(chosen, 0, worth - most))
    return price, exact | chosen | never
