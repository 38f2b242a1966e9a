"""What insisting costs: a pair, a school left out, two mentees exchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.questions.answers import Answers
from matcher.questions.edits import with_lock, without_pairs
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.presolve import split


@dataclass(frozen=True, slots=True, eq=False)
class Insistence:
    """The best plan that meets a wish, and what the wish costs.

    The price is what the plan at hand is worth more than the best plan that meets the wish. It is below 0
    only where the plan at hand is not the best: what the wish does not concern stays as it is then, and
    :attr:`anew` says what is gained without the wish.

    Attributes
    ----------
    possible : bool
        False where it is proven that no plan meets the wish.
    at_least, at_most : int or None
        Proven limits of the price, objective units; None where nothing is known. Equal where both plans are
        proven best. Both None where the wish is not possible.
    plan : Solution or None
        The best plan found that meets the wish.
    objective : int or None
        What it is worth, objective units.
    anew : tuple of (int, int or None) or None
        Objective units that placing the same schools anew without the wish brings, at least and at most; the
        second is None where nothing is known. None for a plan that is proven best.
    """

    possible: bool
    at_least: int | None
    at_most: int | None
    plan: Solution | None
    objective: int | None
    anew: tuple[int, int | None] | None = None

    @property
    def exact(self) -> bool:
        """Whether the price is known to the last unit."""
        return self.at_least is not None and self.at_least == self.at_most


def insist(
    problem: Problem, plan: Solution, mentee: int, host: int, *, bound: int | None, answers: Answers
) -> Insistence:
    """Price of placing a mentee with a given host.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        One that keeps every hard rule.
    mentee, host : int
        A pair that need not be eligible; one that is not is not possible.
    bound : int or None
        Proven upper bound of the objective.
    answers : Answers

    Returns
    -------
    Insistence
    """
    return _priced(
        problem, plan, with_lock(problem, mentee, host), {mentee: host}, bound=bound, answers=answers
    )


def insist_on_leaving(
    problem: Problem, plan: Solution, mentee: int, *, bound: int | None, answers: Answers
) -> Insistence:
    """Price of leaving a mentee unassigned; parameters as for :func:`insist`."""
    return _priced(
        problem, plan, _left_out(problem, mentee), {mentee: UNASSIGNED}, bound=bound, answers=answers
    )


def insist_on_swap(
    problem: Problem, plan: Solution, first: int, second: int, *, bound: int | None, answers: Answers
) -> Insistence:
    """Price of two mentees exchanging their hosts; one without a host leaves the other without.

    Parameters as for :func:`insist`. Raises ValueError if both are at the same host, or both at none.
    """
    hosts = {first: int(plan.host_of[second]), second: int(plan.host_of[first])}
    if hosts[first] == hosts[second]:
        raise ValueError("Two mentees of one host have nothing to exchange.")
    edited = problem
    for mentee, host in hosts.items():
        edited = _left_out(edited, mentee) if host == UNASSIGNED else with_lock(edited, mentee, host)
    return _priced(problem, plan, edited, hosts, bound=bound, answers=answers)


def _left_out(problem: Problem, mentee: int) -> Problem:
    return without_pairs(problem, problem.pair_mentee == mentee)


def _priced(
    problem: Problem,
    plan: Solution,
    edited: Problem,
    wish: dict[int, int],
    *,
    bound: int | None,
    answers: Answers,
) -> Insistence:
    """Solve the edited problem from the plan with the wish alone changed; compare both ends.

    Parts that the wish does not concern stay as they are where the plan is not the best.
    """
    worth, anew = evaluate(problem, plan).objective, None
    if worth != bound:
        others = _others(problem, plan, wish)
        problem, edited = _kept(problem, plan, others), _kept(edited, plan, others)
        free = answers.solve(problem, warm_start=plan)
        gain = None if free.bound is None else free.bound - worth
        anew = 0 if free.objective is None else max(0, free.objective - worth), gain
    start = plan.host_of.copy()
    start[list(wish)] = list(wish.values())
    result = answers.solve(edited, warm_start=Solution(start))
    if result.status is SolveStatus.INFEASIBLE:
        return Insistence(possible=False, at_least=None, at_most=None, plan=None, objective=None)
    least = None if result.bound is None else worth - result.bound
    return Insistence(
        possible=True,
        at_least=least if least is None or anew is not None else max(0, least),
        at_most=None if result.objective is None else worth - result.objective,
        plan=None if result.host_of is None else Solution(result.host_of),
        objective=result.objective,
        anew=anew,
    )


def _others(problem: Problem, plan: Solution, wish: dict[int, int]) -> NDArray[np.int64]:
    """Mentees of the parts in which neither a mentee nor a host of the wish is, ascending."""
    concerned = np.zeros(problem.n_mentees, np.bool_)
    hosts = [*wish.values(), *plan.host_of[list(wish)].tolist()]
    for part in split(problem):
        if np.isin(part.mentees, list(wish)).any() or np.isin(part.hosts, hosts).any():
            concerned[part.mentees] = True
    concerned[list(wish)] = True
    return np.flatnonzero(~concerned)


def _kept(problem: Problem, plan: Solution, mentees: NDArray[np.int64]) -> Problem:
    """Keep mentees where a plan has them."""
    own = plan.host_of[problem.pair_mentee] == problem.pair_host
    kept = without_pairs(problem, np.isin(problem.pair_mentee, mentees) & ~own)
    placed = mentees[plan.host_of[mentees] != UNASSIGNED]
    locked = np.vstack((kept.locked, np.column_stack((placed, plan.host_of[placed]))))
    return replace(kept, locked=np.unique(locked, axis=0).astype(np.int64))


def difference(
    better: tuple[int | None, int | None], worse: tuple[int | None, int | None]
) -> tuple[int, int | None]:
    """Limits of how much one optimum exceeds another that cannot exceed it.

    Parameters
    ----------
    better, worse : tuple of (int or None, int or None)
        Objective of a plan found, and a proven bound, of either problem.

    Returns
    -------
    tuple of (int, int or None)
        At least, at most; the first is 0 at the least, the second None where nothing is known.

    Examples
    --------
    >>> difference((10, 12), (7, 8))
    (2, 5)
    >>> difference((10, None), (7, None))
    (0, None)
    """
    least = 0 if better[0] is None or worse[1] is None else max(0, better[0] - worse[1])
    most = None if better[1] is None or worse[0] is None else max(0, better[1] - worse[0])
    return least, most
