"""Which assignments hold in every plan that is nearly as good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.questions.answers import Answers
from matcher.questions.edits import without_pairs
from matcher.questions.near_plans import changes_of
from matcher.questions.prices import IMPOSSIBLE, PairPrices
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import ShouldStop
from matcher.solvers.presolve import Part, split
from matcher.solvers.set_partition.subsets import MAX_UNITS

IntArray = NDArray[np.int64]

SMALL_PART = 300
"""Pairs up to which a part is solved again for an assignment that nothing else settles; not where limits
across clusters tie more mentees than a search of all subsets takes."""
MOST_SOLVES = 40
"""Plans sought for assignments that nothing else settles."""
TRIES = 5
"""Changes of one or two mentees that are judged for an assignment."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is known about one assignment.

    Attributes
    ----------
    mentee, host : int
    loss_at_least : int
        Objective units that every plan without the pair is worth less than the plan at hand; proven, at least
        0. :data:`matcher.questions.prices.IMPOSSIBLE` where no plan is left without it.
    loss_at_most : int or None
        What the best plan without the pair that was found, or is proven to exist, is worth less, at least 0.
    holds : bool or None
        True: it is in every plan within the tolerance. False: a plan within the tolerance does without.
        None: neither is proven.
    """

    mentee: int
    host: int
    loss_at_least: int
    loss_at_most: int | None
    holds: bool | None


def holding(
    problem: Problem,
    plan: Solution,
    *,
    prices: PairPrices,
    tolerance: int,
    answers: Answers | None = None,
    others: Iterable[Solution] = (),
    most_solves: int = MOST_SOLVES,
    should_stop: ShouldStop | None = None,
) -> tuple[Held, ...]:
    """Tell for each assignment of a plan whether every plan that is nearly as good has it.

    A plan without the pair contains another pair of that mentee, or leaves it out: the least of their prices
    is a proven limit of the loss. What that leaves open is settled by plans at hand, by changes of one or two
    mentees, and last by solving small parts again.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        One that keeps every hard rule.
    prices : PairPrices
        Of this plan.
    tolerance : int
        Objective units that a plan may be worth less and still count.
    answers : Answers, optional
        Solves what nothing else settles; without, that stays unknown.
    others : iterable of Solution
        Plans that keep every hard rule, found for other reasons.
    most_solves : int
        Limit on the plans sought.
    should_stop : callable, optional
        Once true, what is open stays unknown.

    Returns
    -------
    tuple of Held
        One for each placed mentee whose pairs were priced, ascending.
    """
    worth = evaluate(problem, plan).objective
    least, most = _limits(problem, plan, prices)
    found = _Found(plan.host_of, most)
    for other in others:
        found.take(other, worth - evaluate(problem, other).objective)
    placed = [i for i in np.flatnonzero(plan.host_of != UNASSIGNED).tolist() if i not in prices.unpriced]
    solves = most_solves if answers is not None else 0
    for part in split(problem):
        if should_stop is not None and should_stop():
            break
        if not prices.unpriced.isdisjoint(part.mentees.tolist()):
            continue
        solves -= _settle(
            part,
            part.restrict(plan),
            (least, found.most),
            tolerance=tolerance,
            answers=answers,
            solves=solves,
            should_stop=should_stop,
        )
    # a plan without the pair may be better than this one where the pair is not concerned
    least = np.where(least >= IMPOSSIBLE, IMPOSSIBLE, np.maximum(0, least - prices.elsewhere))
    return tuple(_held(i, int(plan.host_of[i]), int(least[i]), found.loss(i), tolerance) for i in placed)


@dataclass(slots=True)
class _Found:
    """Least loss of a plan without each mentee's pair that is known to exist; IMPOSSIBLE where none is."""

    host_of: IntArray
    most: IntArray

    def take(self, other: Solution, loss: int) -> None:
        """Count a plan for every mentee whose pair it lacks; one that is better counts as no loss."""
        lacking = other.host_of != self.host_of
        self.most[lacking] = np.minimum(self.most[lacking], max(0, loss))

    def loss(self, mentee: int) -> int:
        """Least loss known."""
        return int(self.most[mentee])


def _limits(problem: Problem, plan: Solution, prices: PairPrices) -> tuple[IntArray, IntArray]:
    """Loss without each mentee's pair: at least, and at most; shape (n_mentees,) each."""
    least, most = prices.stay.copy(), np.where(prices.stay_exact, prices.stay, IMPOSSIBLE)
    other = plan.host_of[problem.pair_mentee] != problem.pair_host
    np.minimum.at(least, problem.pair_mentee[other], prices.pair[other])
    exact = other & prices.pair_exact
    np.minimum.at(most, problem.pair_mentee[exact], prices.pair[exact])
    return least, np.maximum(0, most)


def _settle(
    part: Part,
    plan: Solution,
    known: tuple[IntArray, IntArray],
    *,
    tolerance: int,
    answers: Answers | None,
    solves: int,
    should_stop: ShouldStop | None,
) -> int:
    """Settle what is open in a part, in place; returns the number of solves."""
    problem, worth = part.problem, evaluate(part.problem, plan).objective
    least, found = known[0][part.mentees], _Found(plan.host_of, known[1][part.mentees])

    def left() -> list[int]:
        placed = np.flatnonzero((plan.host_of != UNASSIGNED) & (least <= tolerance))
        return [mentee for mentee in placed.tolist() if found.loss(mentee) > tolerance]

    for mentee, changes in changes_of(problem, plan, left(), most_loss=tolerance, tries=TRIES):
        if (should_stop is not None and should_stop()) or (answers is not None and answers.is_over()):
            break
        if answers is not None:
            answers.allowance.look(problem.n_pairs)
        for change in changes:
            if found.loss(mentee) <= tolerance:
                break
            judged = evaluate(problem, change)
            if judged.is_feasible:
                found.take(change, worth - judged.objective)
    used = 0
    tied = problem.n_mentees > MAX_UNITS and bool(problem.rows or problem.quotas)
    if answers is not None and problem.n_pairs <= SMALL_PART and not tied:
        for mentee in left():
            if answers.is_over() or (should_stop is not None and should_stop()):
                break
            if used < solves and found.loss(mentee) > tolerance:
                used += 1
                least[mentee] = max(least[mentee], _solved(problem, mentee, worth, answers, found))
    known[0][part.mentees], known[1][part.mentees] = least, found.most
    return used


def _solved(problem: Problem, mentee: int, worth: int, answers: Answers, found: _Found) -> int:
    """Solve without the pair; returns the proven loss and counts the plan."""
    own = (problem.pair_mentee == mentee) & (problem.pair_host == int(found.host_of[mentee]))
    result = answers.solve(without_pairs(problem, own))
    if result.status is SolveStatus.INFEASIBLE:
        return IMPOSSIBLE
    if result.host_of is not None and result.objective is not None:
        found.take(Solution(result.host_of), worth - result.objective)
    return 0 if result.bound is None else max(0, worth - result.bound)


def _held(mentee: int, host: int, least: int, most: int, tolerance: int) -> Held:
    known = None if most >= IMPOSSIBLE else most
    holds = True if least > tolerance else False if most <= tolerance else None
    return Held(mentee, host, least, known, holds)
