"""Divide a problem into independent parts, and put their results together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem, precheck
from matcher.result import PartOutcome, Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED
from matcher.solvers.methods import SOLVERS
from matcher.solvers.presolve import Part, Reduced, reduce, split
from matcher.solvers.versions import versions


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """A problem, what its hard rules imply, and the parts that are left to be solved.

    Attributes
    ----------
    problem : Problem
        The whole, as it was given.
    parts : tuple of Part
        Parts that do not touch each other, smallest first; empty where the rules contradict each other.
    note : tuple of str
        What the hard rules imply, one plain sentence each.
    """

    problem: Problem
    parts: tuple[Part, ...]
    note: tuple[str, ...] = ()

    @property
    def is_contradiction(self) -> bool:
        """Whether the hard rules were found to contradict each other, so that nothing is left to solve."""
        return not self.parts


def divide(problem: Problem, method: str = "auto") -> Division:
    """Settle what the hard rules imply, and split what is left.

    Parameters
    ----------
    problem : Problem
        A valid problem.
    method : str, default "auto"
        As for :func:`matcher.solvers.solve`: where a flow takes the problem as it is, it would be over
        before the reduction.

    Returns
    -------
    Division
        Each part can be solved on its own by :func:`matcher.solvers.methods.solve_part`;
        :func:`unite` makes one result of theirs.
    """
    reduced = _reduce(problem, method)
    if reduced.infeasible:
        return Division(problem, (), reduced.note)
    return Division(problem, split(reduced.problem), reduced.note)


def unite(division: Division, results: Sequence[Result], seed: int) -> Result:
    """Add up the parts; one infeasible part makes the whole infeasible, one without a plan leaves none.

    Parameters
    ----------
    division : Division
    results : sequence of Result
        One a part, in their order; none after an infeasible one is needed.
    seed : int
        On record with the result.

    Returns
    -------
    Result
        Not yet judged (see :func:`matcher.solvers.judge`).
    """
    if division.is_contradiction:
        return _contradiction(division, seed)
    whole = _recombine(division.problem, division.parts, results, seed)
    if not division.note:
        return whole
    return replace(whole, reason=f"{whole.reason}; before the search: {', '.join(division.note)}")


def _reduce(problem: Problem, method: str) -> Reduced:
    if method == "flow" or (method == "auto" and SOLVERS["flow"].refusal(problem) is None):
        return Reduced(problem)
    return reduce(problem)


def _contradiction(division: Division, seed: int) -> Result:
    return Result(
        status=SolveStatus.INFEASIBLE,
        host_of=None,
        objective=None,
        bound=None,
        method="presolve",
        reason="; ".join(division.note),
        stopped_by=StoppedBy.PROOF,
        seed=seed,
        versions=versions(),
        conflict=_conflict(division.problem),
    )


_GRAVITY = (
    StoppedBy.PROOF,
    StoppedBy.GAP,
    StoppedBy.FIRST_FEASIBLE,
    StoppedBy.NO_IMPROVEMENT,
    StoppedBy.EXHAUSTED,
    StoppedBy.WORK_LIMIT,
    StoppedBy.TIME_LIMIT,
    StoppedBy.INTERRUPT,
)


def _recombine(problem: Problem, parts: Sequence[Part], results: Sequence[Result], seed: int) -> Result:
    """Add up the parts; one infeasible part makes the whole infeasible, one without a plan leaves none."""
    statuses = {result.status for result in results}
    status = next(
        kind
        for kind in (SolveStatus.INFEASIBLE, SolveStatus.UNKNOWN, SolveStatus.FEASIBLE, SolveStatus.OPTIMAL)
        if kind in statuses
    )
    infeasible = status is SolveStatus.INFEASIBLE
    bounds = [result.bound for result in results if result.bound is not None]
    bound = None
    if not infeasible and len(bounds) == len(parts):
        bound = problem.constant + sum(bounds)
    host_of, objective = None, None
    if status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
        host_of, objective = np.full(problem.n_mentees, UNASSIGNED, np.int64), problem.constant
        for part, result in zip(parts, results, strict=True):
            if result.host_of is not None and result.objective is not None:
                part.lift(result.host_of, host_of)
                objective += result.objective
    return Result(
        status=status,
        host_of=host_of,
        objective=objective,
        bound=bound,
        method=" + ".join(sorted({result.method for result in results})),
        reason=_reason(results, len(parts)),
        stopped_by=StoppedBy.PROOF
        if infeasible
        else max((result.stopped_by for result in results), key=_GRAVITY.index),
        seed=seed,
        versions=versions(),
        conflict=_conflict(problem) if infeasible else "",
        parts=tuple(_outcome(part, result) for part, result in zip(parts, results, strict=False)),
        work=sum(result.work for result in results),
    )


def _outcome(part: Part, result: Result) -> PartOutcome:
    return PartOutcome(
        mentees=tuple(part.mentees.tolist()),
        hosts=tuple(part.hosts.tolist()),
        method=result.method,
        reason=result.reason,
        status=result.status,
        objective=result.objective,
        bound=result.bound,
    )


def _reason(results: Sequence[Result], parts: int) -> str:
    """Which method and why, e.g. ``6 independent parts: 6 by flow (only pair values and loads matter)``."""
    counts: dict[tuple[str, str], int] = {}
    for result in results:
        key = result.method, result.reason
        counts[key] = counts.get(key, 0) + 1
    if parts == 1:
        return next(f"{method}: {reason}" for method, reason in counts)
    shares = "; ".join(f"{count} by {method} ({reason})" for (method, reason), count in counts.items())
    return f"{parts} independent parts: {shares}"


def _conflict(problem: Problem) -> str:
    """Say what counting finds, in general words; the analysis says it with names."""
    words = dict.fromkeys(conflict.words for conflict in precheck(problem))
    return "; ".join(words) or "the hard rules cannot all hold together"
