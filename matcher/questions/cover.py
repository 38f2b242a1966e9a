"""If a mentor drops out: who takes its mentees while everybody else stays, and at what loss."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.questions.answers import Answers
from matcher.questions.edits import without_hosts
from matcher.questions.remaining import remaining
from matcher.result import Result, SolveStatus
from matcher.solution import UNASSIGNED, Solution, Violation, evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.dispatch import solve
from matcher.solvers.priorities import Priority, solve_in_order

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """What is done when some hosts drop out and everybody else stays.

    Attributes
    ----------
    hosts : tuple of int
        Who drops out, ascending.
    mentees : ndarray of int64, shape (n_displaced,)
        Their mentees, ascending.
    host_of : ndarray of int64, shape (n_displaced,)
        Who takes each; :data:`matcher.solution.UNASSIGNED` where nobody does.
    pair_loss : ndarray of int64, shape (n_displaced,)
        Value of the old pair less that of the new one, before cohesion; the whole old value where nobody
        takes the mentee. Objective units, may be negative.
    loss : int
        What the whole plan loses, objective units; prices of leaving mentees out count.
    proven : bool
        Whether no other placement of these mentees alone is better.
    broken : tuple of Violation
        Hard rules of the rest that cannot be kept any more, such as that everybody has a host.
    plan : Solution
        The whole plan afterwards.
    """

    hosts: tuple[int, ...]
    mentees: IntArray
    host_of: IntArray
    pair_loss: IntArray
    loss: int
    proven: bool
    broken: tuple[Violation, ...]
    plan: Solution

    @property
    def uncovered(self) -> int:
        """Mentees that nobody takes."""
        return int((self.host_of == UNASSIGNED).sum())


def cover(
    problem: Problem,
    plan: Solution,
    hosts: Collection[int],
    *,
    settings: SolveSettings | None = None,
) -> Covered:
    """Place the mentees of hosts that drop out among the free places of the others, nobody else moving.

    All hard rules hold, as far as they can: where some mentee who must have a host cannot get one, as many
    of these as possible are placed first; where a count over the whole plan cannot be reached any
    more, it is given up, and ``broken`` says so.

    Parameters
    ----------
    problem : Problem
        Places that are kept free for drop-outs must be free to take here.
    plan : Solution
        One that keeps every hard rule.
    hosts : collection of int
        Who drops out; hosts without mentees may be among them.
    settings : SolveSettings, optional
        Limits of the search.

    Returns
    -------
    Covered
    """
    before = evaluate(problem, plan).objective
    return cover_from(problem, plan, before, hosts, settings or SolveSettings())


def cover_from(
    problem: Problem, plan: Solution, before: int, hosts: Collection[int], settings: SolveSettings
) -> Covered:
    """As :func:`cover`, the plan's objective being known."""
    gone = np.zeros(problem.n_hosts, np.bool_)
    gone[list(hosts)] = True
    free = gone[plan.host_of] & (plan.host_of != UNASSIGNED)
    rest = without_hosts(problem, hosts)
    part = remaining(rest, plan, free)
    placed, proven = _placed(part.problem, settings)
    whole = plan.host_of.copy()
    part.lift(placed, whole)
    after = Solution(whole)
    judged = evaluate(rest, after)
    host_of = whole[part.mentees]
    loss = _values(problem, part.mentees, plan.host_of[part.mentees]) - _values(
        problem, part.mentees, host_of
    )
    return Covered(
        hosts=tuple(sorted(set(hosts))),
        mentees=part.mentees.astype(np.int64),
        host_of=host_of,
        pair_loss=loss,
        loss=before - judged.objective,
        proven=proven,
        broken=judged.broken,
        plan=after,
    )


def cover_each(
    problem: Problem, plan: Solution, *, settings: SolveSettings | None = None
) -> tuple[Covered, ...]:
    """Cover for each host that leads a cluster, one dropping out at a time; ascending by host."""
    before = evaluate(problem, plan).objective
    leading = np.unique(plan.host_of[plan.host_of != UNASSIGNED]).tolist()
    limits = settings or SolveSettings()
    return tuple(cover_from(problem, plan, before, (host,), limits) for host in leading)


@dataclass(frozen=True, slots=True, eq=False)
class Rearranged:
    """The best plan without some hosts when everybody may move.

    Attributes
    ----------
    possible : bool
        False where it is proven that no plan keeps the hard rules without these hosts.
    plan : Solution or None
        The best plan found.
    loss : int or None
        What it is worth less than the plan at hand, objective units; below 0 where the hosts cost more
        than they brought.
    at_least : int or None
        Proven: no plan without these hosts loses less. Equal to `loss` where that is the least.
    """

    possible: bool
    plan: Solution | None
    loss: int | None
    at_least: int | None


def cover_with_moves(
    problem: Problem,
    plan: Solution,
    hosts: Collection[int],
    *,
    answers: Answers,
    start: Solution | None = None,
) -> Rearranged:
    """Solve without these hosts, everybody being free to move.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        One that keeps every hard rule.
    hosts : collection of int
    answers : Answers
    start : Solution, optional
        A plan to start from, such as that of :func:`cover`.

    Returns
    -------
    Rearranged
    """
    result = answers.solve(without_hosts(problem, hosts), warm_start=start)
    before = evaluate(problem, plan).objective
    return Rearranged(
        possible=result.status is not SolveStatus.INFEASIBLE,
        plan=None if result.host_of is None else Solution(result.host_of),
        loss=None if result.objective is None else before - result.objective,
        at_least=None if result.bound is None else before - result.bound,
    )


def _placed(small: Problem, settings: SolveSettings) -> tuple[IntArray, bool]:
    """Solve what is left: with all rules; else as many placed as must be; else without the counts."""
    if not small.n_pairs:
        return np.full(small.n_mentees, UNASSIGNED, np.int64), True
    result = solve(small, settings)
    for counted in (True, False):
        if result.status is not SolveStatus.INFEASIBLE:
            break
        result = _most_placed(small if counted else _uncounted(small), settings)
    if result.host_of is None:
        return np.full(small.n_mentees, UNASSIGNED, np.int64), False
    return result.host_of, result.status is SolveStatus.OPTIMAL


def _most_placed(small: Problem, settings: SolveSettings) -> Result:
    must = (~small.may_stay).astype(np.int64)
    optional = replace(small, may_stay=np.ones(small.n_mentees, np.bool_))
    if not must.any():
        return solve(optional, settings)
    first = Priority("placed", must[small.pair_mentee], np.zeros(small.n_hosts, np.int64))
    return solve_in_order(optional, (first,), settings).result


def _uncounted(small: Problem) -> Problem:
    """Give up what the drop-out may have put out of reach: hard lower limits of quotas, and hard rows."""
    kept = []
    for quota in small.quotas:
        if quota.price is not None:
            kept.append(quota)
        elif quota.at_most is not None:
            kept.append(replace(quota, at_least=None))
    rows = tuple(row for row in small.rows if row.price is not None)
    return replace(small, quotas=tuple(kept), rows=rows)


def _values(problem: Problem, mentees: IntArray, hosts: IntArray) -> IntArray:
    """Value of each mentee with its host; 0 for none."""
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    host_of[mentees] = hosts
    chosen = host_of[problem.pair_mentee] == problem.pair_host
    value = np.zeros(problem.n_mentees, np.int64)
    value[problem.pair_mentee[chosen]] = problem.pair_value[chosen]
    return value[mentees]
