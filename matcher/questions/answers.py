"""Answers: solve a problem many times with small changes, each untouched part only once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace

import numpy as np

from matcher.problem import Problem
from matcher.questions.allowance import Allowance
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.dispatch import judge, solve
from matcher.solvers.presolve import Part, split


@dataclass(slots=True)
class Answers:
    """Solves problems that are much alike, remembering each part by its content.

    A question about one school changes one part of a problem (one country, say); the other parts have
    been solved before. Answers are those of :func:`matcher.solvers.solve`, judged by the referee.

    Attributes
    ----------
    settings : SolveSettings
        Limits of each part that has to be solved, not of the whole.
    method : str
        As for :func:`matcher.solvers.solve`.
    on_progress : callable or None
    should_stop : callable or None
        Once true, parts not yet known get the short search that `solve` gives them.
    allowance : Allowance
        Work that all searches share, beside the limits of each.
    """

    settings: SolveSettings = field(default_factory=SolveSettings)
    method: str = "auto"
    on_progress: OnProgress | None = None
    should_stop: ShouldStop | None = None
    allowance: Allowance = field(default_factory=Allowance)
    _known: dict[str, Result] = field(default_factory=dict)

    def remember(self, problem: Problem, plan: Solution, *, bound: int | None) -> None:
        """Take over a plan whose proof is known, e.g. that of a run.

        Parameters
        ----------
        problem : Problem
        plan : Solution
            One that breaks no hard rule.
        bound : int or None
            Proven upper bound of the problem's objective. Only a plan that reaches it is remembered: of
            another it is not known which of its parts are optimal.

        Raises
        ------
        ValueError
            If the plan breaks a hard rule.
        """
        judged = evaluate(problem, plan)
        if judged.broken:
            raise ValueError("Only a plan that keeps all hard rules can be remembered.")
        if bound is None or judged.objective != bound:
            return
        for part in split(problem):
            own = part.restrict(plan)
            worth = evaluate(part.problem, own).objective
            self._known[content_key(part.problem)] = Result(
                status=SolveStatus.OPTIMAL,
                host_of=own.host_of,
                objective=worth,
                bound=worth,
                method="known",
                reason="proven before",
                stopped_by=StoppedBy.PROOF,
                seed=self.settings.seed,
            )

    def is_over(self) -> bool:
        """Whether nothing further is to be sought: a stop was asked for, or the work is spent."""
        return self.allowance.is_spent or (self.should_stop is not None and self.should_stop())

    def solve(self, problem: Problem, *, warm_start: Solution | None = None) -> Result:
        """Solve a problem; parts that were solved before are not solved again.

        A part that a limit cut short is solved again only if `warm_start` beats what was found then.

        Parameters
        ----------
        problem : Problem
        warm_start : Solution, optional
            A plan to start from; the answer is never worse than a feasible one.

        Returns
        -------
        Result
            ``method`` names the methods of the parts. Judged by the referee.

        Raises
        ------
        UsageError, ValueError, RefereeError
            As for :func:`matcher.solvers.solve`.
        """
        parts = split(problem)
        results = []
        for part in parts:
            results.append(self._part(part, warm_start))
            if results[-1].status is SolveStatus.INFEASIBLE:
                return replace(results[-1], host_of=None, objective=None, bound=None)
        whole = _together(problem, parts, results, self.settings.seed)
        judge(problem, whole)
        return whole

    def _part(self, part: Part, warm_start: Solution | None) -> Result:
        key = content_key(part.problem)
        start = None if warm_start is None else part.restrict(warm_start)
        known = self._known.get(key)
        if known is not None and not _is_worse(known, part.problem, start):
            return known
        result = solve(
            part.problem,
            self.allowance.within(self.settings),
            method=self.method,
            warm_start=start,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
        )
        self.allowance.spend(result.work)
        if known is not None and known.bound is not None:  # what was proven once holds for every plan
            result = _with_bound(result, known.bound)
        if result.stopped_by not in (StoppedBy.INTERRUPT, StoppedBy.TIME_LIMIT):
            self._known[key] = result
        return result


def _with_bound(result: Result, bound: int) -> Result:
    bound = bound if result.bound is None else min(bound, result.bound)
    if result.objective == bound:
        return replace(result, bound=bound, status=SolveStatus.OPTIMAL, stopped_by=StoppedBy.PROOF)
    return replace(result, bound=bound)


def _is_worse(known: Result, problem: Problem, start: Solution | None) -> bool:
    """Whether a plan that is at hand beats what was found before a limit ended the search."""
    if start is None or known.status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE):
        return False
    judged = evaluate(problem, start)
    return not judged.broken and (known.objective is None or judged.objective > known.objective)


def content_key(problem: Problem) -> str:
    """SHA-256 of everything that a problem says; equal problems have equal keys."""
    digest = hashlib.sha256()
    for piece in _pieces(problem):
        digest.update(piece)
        digest.update(b"|")
    return digest.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    if isinstance(value, np.ndarray):
        yield f"{value.dtype}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, tuple):
        yield f"({len(value)}".encode()
        for item in value:
            yield from _pieces(item)
    elif is_dataclass(value):
        yield type(value).__name__.encode()
        for item in fields(value):
            yield from _pieces(getattr(value, item.name))
    else:
        yield repr(value).encode()


def _together(problem: Problem, parts: tuple[Part, ...], results: list[Result], seed: int) -> Result:
    """Put the parts' plans and bounds together; the whole is proven only if each part is."""
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    objective, bound = problem.constant, problem.constant
    complete, bounded = True, True
    for part, result in zip(parts, results, strict=True):
        if result.host_of is None or result.objective is None:
            complete = False
        else:
            part.lift(result.host_of, host_of)
            objective += result.objective
        if result.bound is None:
            bounded = False
        else:
            bound += result.bound
    status = SolveStatus.FEASIBLE if complete else SolveStatus.UNKNOWN
    if complete and all(result.status is SolveStatus.OPTIMAL for result in results):
        status = SolveStatus.OPTIMAL
    unproven = [result for result in results if result.status is not SolveStatus.OPTIMAL]
    return Result(
        status=status,
        host_of=host_of if complete else None,
        objective=objective if complete else None,
        bound=bound if bounded else None,
        method=" + ".join(sorted({result.method for result in results} - {"known"})) or "known",
        reason="",
        stopped_by=unproven[0].stopped_by if unproven else StoppedBy.PROOF,
        seed=seed,
        work=sum(result.work for result in results),
    )
