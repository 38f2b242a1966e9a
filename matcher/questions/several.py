"""Several good plans that differ from each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem, Row
from matcher.questions.answers import Answers
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.presolve import split

DIFFERS = "differs"
"""Key of the rows that keep plans apart."""


@dataclass(frozen=True, slots=True, eq=False)
class OtherPlan:
    """One of several plans.

    Attributes
    ----------
    plan : Solution
    objective : int
        Objective units.
    bound : int or None
        No plan that differs as much from all earlier ones is worth more; None if unknown.
    loss : int
        What it is worth less than the first plan, objective units; below 0 if that was not the best.
    differences : tuple of int
        Mentees that have another host, or none, than in each earlier plan.
    """

    plan: Solution
    objective: int
    bound: int | None
    loss: int
    differences: tuple[int, ...]

    @property
    def is_proven(self) -> bool:
        """Whether it is proven to be the best that differs as much from all earlier ones."""
        return self.bound == self.objective


@dataclass(frozen=True, slots=True)
class OtherPlans:
    """The plans, and whether there are more.

    Attributes
    ----------
    plans : tuple of OtherPlan
        The plan asked about first, then the others in the order found; best first where all are proven.
    exhausted : bool
        Whether it is proven that no further plan differs enough.
    """

    plans: tuple[OtherPlan, ...]
    exhausted: bool


def differing(problem: Problem, plan: Solution, least: int) -> Problem:
    """Insist that at least so many mentees have another host than in a plan, or another fate.

    A row: pairs of the plan count 1; each placement of a mentee that the plan leaves out counts -1. The sum
    is the number of mentees as before, less those the plan leaves out.

    Parameters
    ----------
    problem : Problem
    plan : Solution
    least : int
        Mentees that are elsewhere.

    Returns
    -------
    Problem
    """
    chosen = (plan.host_of[problem.pair_mentee] == problem.pair_host).astype(np.int64)
    left_out = (plan.host_of[problem.pair_mentee] == UNASSIGNED).astype(np.int64)
    placed = int((plan.host_of != UNASSIGNED).sum())
    row = Row(DIFFERS, chosen - left_out, np.zeros(problem.n_hosts, np.int64), None, placed - least)
    return replace(problem, rows=(*problem.rows, row))


def several_plans(
    problem: Problem,
    plan: Solution,
    *,
    bound: int | None,
    count: int,
    differ: int,
    answers: Answers,
    on_plan: Callable[[int], None] | None = None,
) -> OtherPlans:
    """Find the best plan that differs enough from the one at hand, the best that differs from both, and on.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        One that keeps every hard rule.
    bound : int or None
        Proven upper bound of the objective.
    count : int
        Plans in all, the first included.
    differ : int
        Mentees that have another host, or none, than in every earlier plan; at least 1.
    answers : Answers
        With the limits of each search. Where one finds nothing within them, or is told to stop, the plans
        end there.
    on_plan : callable, optional
        Called with the number of each plan, from 2, before it is sought.

    Returns
    -------
    OtherPlans

    Notes
    -----
    Each plan is the optimum under rows that bar all plans near an earlier one: the canonical cuts of Balas
    and Jeroslow ("Canonical cuts on the unit hypercube", SIAM J. Appl. Math. 23, 1972) with a radius.

    Raises
    ------
    ValueError
        If `differ` is below 1.
    """
    if differ < 1:
        raise ValueError("Plans that differ do so in at least one assignment.")
    first = evaluate(problem, plan).objective
    found = [OtherPlan(plan, first, bound, 0, ())]
    held = problem
    while len(found) < count:
        if answers.should_stop is not None and answers.should_stop():
            break
        if on_plan is not None:
            on_plan(len(found) + 1)
        held = differing(held, found[-1].plan, differ)
        result = answers.solve(held, warm_start=_in_one_part(problem, found, differ, answers))
        if result.host_of is None or result.objective is None:
            return OtherPlans(tuple(found), result.status is SolveStatus.INFEASIBLE)
        other = Solution(result.host_of)
        known = [one for one in (result.bound, found[-1].bound) if one is not None]
        most = min(known) if known else None  # more rows never raise the optimum
        differences = tuple(int((other.host_of != one.plan.host_of).sum()) for one in found)
        found.append(OtherPlan(other, result.objective, most, first - result.objective, differences))
    return OtherPlans(tuple(found), exhausted=False)


def _in_one_part(problem: Problem, found: list[OtherPlan], differ: int, answers: Answers) -> Solution | None:
    """Find the best plan that differs from the first in one part alone: a start for the whole.

    None where no part gives one, or there is but one part.
    """
    parts = split(problem)
    base = found[0].plan
    best: tuple[int, Solution] | None = None
    for part in parts if len(parts) > 1 else ():
        elsewhere = np.ones(problem.n_mentees, np.bool_)
        elsewhere[part.mentees] = False
        own = part.problem
        for other in found:
            already = int((base.host_of != other.plan.host_of)[elsewhere].sum())
            if already < differ:
                own = differing(own, part.restrict(other.plan), differ - already)
        result = answers.solve(own)
        if result.host_of is None or result.objective is None:
            continue
        host_of = base.host_of.copy()
        part.lift(result.host_of, host_of)
        worth = evaluate(problem, Solution(host_of)).objective
        if best is None or worth > best[0]:
            best = worth, Solution(host_of)
    return None if best is None else best[1]
