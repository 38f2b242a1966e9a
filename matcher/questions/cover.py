"""If a mentor drops out: who takes its mentees while everybody else stays, and at what loss."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.questions.allowance import Allowance
from matcher.questions.answers import Answers
from matcher.questions.edits import without_hosts
from matcher.questions.placing import place
from matcher.questions.remaining import remaining
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED, Solution, Violation, evaluate
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.presolve import Part, split

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
    return Standby(problem, plan, settings).cover(hosts)


def cover_each(
    problem: Problem,
    plan: Solution,
    *,
    settings: SolveSettings | None = None,
    should_stop: ShouldStop | None = None,
    allowance: Allowance | None = None,
) -> tuple[Covered, ...]:
    """Cover for each host that leads a cluster, one dropping out at a time; ascending by host.

    Once `should_stop` is true, or the allowance spent, the hosts not yet looked at are missing.
    """
    leading = np.unique(plan.host_of[plan.host_of != UNASSIGNED]).tolist()
    standby = Standby(problem, plan, settings, allowance)
    found: list[Covered] = []
    for host in leading:
        if standby.allowance.is_spent or (should_stop is not None and should_stop()):
            break
        found.append(standby.cover((host,)))
    return tuple(found)


class Standby:
    """A plan whose drop-outs can be covered, many of them; parts that nothing connects are split once.

    Parameters
    ----------
    problem, plan, settings
        As for :func:`cover`.
    allowance : Allowance, optional
        Work that all drop-outs share; whoever asks for the next looks whether any is left.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Solution,
        settings: SolveSettings | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        self.allowance = allowance or Allowance()
        self._plan = plan
        self._settings = settings or SolveSettings()
        self._parts = [_Part(part, part.restrict(plan)) for part in split(problem)]
        self.objective = problem.constant + sum(part.worth for part in self._parts)

    def cover(self, hosts: Collection[int]) -> Covered:
        """Cover one drop-out; see :func:`cover`."""
        gone = set(hosts)
        whole = self._plan.host_of.copy()
        loss, proven, broken = 0, True, []
        pair_loss = np.zeros(len(whole), np.int64)
        for part in self._parts:
            own = [at for at, host in enumerate(part.part.hosts.tolist()) if host in gone]
            if own:
                found = _covered(part, own, self._settings, self.allowance)
                part.part.lift(found.host_of, whole)
                pair_loss[part.part.mentees] = found.pair_loss
                loss += found.loss
                proven &= found.proven
                broken += [_lifted(part.part, violation) for violation in found.broken]
        mentees = np.flatnonzero(np.isin(self._plan.host_of, sorted(gone)))
        return Covered(
            hosts=tuple(sorted(gone)),
            mentees=mentees.astype(np.int64),
            host_of=whole[mentees],
            pair_loss=pair_loss[mentees],
            loss=loss,
            proven=proven,
            broken=tuple(broken),
            plan=Solution(whole),
        )


@dataclass(slots=True, eq=False)
class _Part:
    part: Part
    plan: Solution
    worth: int = field(init=False)

    def __post_init__(self) -> None:
        self.worth = evaluate(self.part.problem, self.plan).objective


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What one part makes of a drop-out; arrays over all its mentees."""

    host_of: IntArray
    pair_loss: IntArray
    loss: int
    proven: bool
    broken: tuple[Violation, ...]


def _covered(own: _Part, hosts: list[int], settings: SolveSettings, allowance: Allowance) -> _Found:
    problem, before = own.part.problem, own.plan.host_of
    gone = np.zeros(problem.n_hosts, np.bool_)
    gone[hosts] = True
    free = gone[before] & (before != UNASSIGNED)
    rest = without_hosts(problem, hosts)
    small = remaining(rest, own.plan, free)
    placed, proven, work = place(small.problem, settings)
    allowance.look(problem.n_pairs)
    allowance.spend(work)
    host_of = before.copy()
    small.lift(placed, host_of)
    judged = evaluate(rest, Solution(host_of))
    pair_loss = _values(problem, before) - _values(problem, host_of)
    return _Found(host_of, pair_loss, own.worth - judged.objective, proven, judged.broken)


def _lifted(part: Part, violation: Violation) -> Violation:
    """Name the schools of a part's violation as in the whole."""
    mentees = tuple(part.mentees[list(violation.mentees)].tolist())
    return replace(violation, mentees=mentees, hosts=tuple(part.hosts[list(violation.hosts)].tolist()))


def _values(problem: Problem, host_of: IntArray) -> IntArray:
    """Value of each mentee with its host; 0 for none."""
    chosen = host_of[problem.pair_mentee] == problem.pair_host
    value = np.zeros(problem.n_mentees, np.int64)
    value[problem.pair_mentee[chosen]] = problem.pair_value[chosen]
    return value


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
