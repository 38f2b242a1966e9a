"""solve(): validate, split, choose a method for each part, put together, and let the referee judge."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from matcher.exceptions import RefereeError, UsageError
from matcher.problem import Problem, precheck, validate
from matcher.result import PartOutcome, Progress, Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.budget import Budget
from matcher.solvers.gap import close_gap
from matcher.solvers.incumbents import keep_better
from matcher.solvers.methods import METHODS, SOLVERS, solve_part
from matcher.solvers.presolve import Part, Reduced, reduce, split
from matcher.solvers.versions import versions


def solve(
    problem: Problem,
    settings: SolveSettings | None = None,
    *,
    method: str = "auto",
    warm_start: Solution | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Result:
    """Solve a problem, whatever it contains, and have the answer judged by the referee.

    What the hard rules imply is settled first (:func:`matcher.solvers.presolve.reduce`). What is left is
    split into parts that do not touch each other (:func:`matcher.solvers.presolve.split`), smallest
    first. Each part may use an equal share of the work (and time) that is left; what it does not use
    goes to the parts after it.

    Parameters
    ----------
    problem : Problem
    settings : SolveSettings, optional
        Limits and seed; the defaults of :class:`SolveSettings` without.
    method : str, default "auto"
        ``"flow"``, ``"flow-fixing"``, ``"set-partition"``, ``"branch-and-price"``, ``"cp-sat"``, or
        ``"auto"``, which takes for each part the first of these that can express it. ``"cp-sat"`` is
        never taken unasked.
    warm_start : Solution, optional
        A plan to start from; the answer is never worse than a feasible one.
    on_progress : callable, optional
        Called with a :class:`Progress` of the part being solved.
    should_stop : callable, optional
        Once true, the search ends with the best plan so far; parts not yet begun get a short search. So
        they do once ``settings.stop`` says stop.

    Returns
    -------
    Result

    Raises
    ------
    UsageError
        If `method` is unknown or cannot express the problem, or the warm start has the wrong shape.
    ValueError
        If the problem is not valid.
    RefereeError
        If the answer does not survive the referee; always a defect of matcher.
    """
    started = time.perf_counter()
    settings = settings or SolveSettings()
    validate(problem)
    _check_arguments(problem, method, warm_start)
    reduced = _reduce(problem, method)
    if reduced.infeasible:
        none = _contradiction(problem, reduced, settings.seed, time.perf_counter() - started)
        judge(problem, none, warm_start)
        return none
    parts = split(reduced.problem)
    budget = Budget(settings, len(parts), started, constant=problem.constant if len(parts) == 1 else 0)
    results: list[Result] = []
    for number, part in enumerate(parts, start=1):
        start = None if warm_start is None else part.restrict(warm_start)
        stopped = StoppedBy.INTERRUPT if should_stop is not None and should_stop() else budget.verdict()
        result = solve_part(
            part.problem,
            budget.share(number) if stopped is None else budget.short(),
            method=method,
            warm_start=start,
            on_progress=_labelled(on_progress, number, len(parts), problem.constant, started),
            should_stop=should_stop if stopped is None else None,
        )
        if stopped is not None and result.status is not SolveStatus.OPTIMAL:
            result = replace(result, stopped_by=stopped)
        budget.used += result.work
        results.append(result)
        if result.status is SolveStatus.INFEASIBLE:
            break
    close_gap(
        problem.constant, parts, results, budget, partial(solve_part, method=method, should_stop=should_stop)
    )
    whole = _recombine(problem, parts, results, settings.seed)
    if reduced.note:
        whole = replace(whole, reason=f"{whole.reason}; before the search: {', '.join(reduced.note)}")
    whole = keep_better(problem, whole, warm_start)
    judge(problem, whole, warm_start)
    return replace(whole, runtime_s=time.perf_counter() - started)


def judge(problem: Problem, result: Result, witness: Solution | None = None) -> None:
    """Let the referee check a result's claims.

    Parameters
    ----------
    problem : Problem
    result : Result
    witness : Solution, optional
        Another plan, if one is known: it disproves a claim that there is none, or none so good.

    Raises
    ------
    RefereeError
        If the plan breaks a hard rule, is not worth what is claimed, or exceeds its own bound; or if the
        witness does.
    """
    if witness is not None and (known := evaluate(problem, witness)).is_feasible:
        if result.status is SolveStatus.INFEASIBLE:
            raise RefereeError(f"{result.method} says that there is no plan, but one was handed in.")
        if result.bound is not None and known.objective > result.bound:
            raise RefereeError(f"{result.method} claims a bound below a plan that was handed in.")
    if result.host_of is None:
        if result.objective is not None:
            raise RefereeError(f"{result.method} claims an objective without a plan.")
        return
    judged = evaluate(problem, Solution(result.host_of))
    if judged.broken:
        rules = sorted({violation.rule for violation in judged.broken})
        raise RefereeError(f"The plan of {result.method} breaks hard rules: {', '.join(rules)}.")
    if judged.objective != result.objective:
        raise RefereeError(
            f"{result.method} claims the objective {result.objective}; the referee finds {judged.objective}."
        )
    if result.bound is not None and result.bound < judged.objective:
        raise RefereeError(
            f"{result.method} claims that no plan exceeds {result.bound}; its own has {judged.objective}."
        )
    if result.status is SolveStatus.OPTIMAL and result.bound != judged.objective:
        raise RefereeError(f"{result.method} claims an optimum that its bound does not prove.")


def _check_arguments(problem: Problem, method: str, warm_start: Solution | None) -> None:
    if method not in METHODS:
        raise UsageError(f"There is no method {method!r}. Known methods: {', '.join(METHODS)}.")
    if warm_start is not None:
        try:
            evaluate(problem, warm_start)
        except ValueError as error:
            raise UsageError(f"The warm start does not fit the problem. {error}") from error


def _reduce(problem: Problem, method: str) -> Reduced:
    """Reduce, unless a flow takes the problem as it is: it would be over before the reduction."""
    if method == "flow" or (method == "auto" and SOLVERS["flow"].refusal(problem) is None):
        return Reduced(problem)
    return reduce(problem)


def _contradiction(problem: Problem, reduced: Reduced, seed: int, seconds: float) -> Result:
    return Result(
        status=SolveStatus.INFEASIBLE,
        host_of=None,
        objective=None,
        bound=None,
        method="presolve",
        reason="; ".join(reduced.note),
        stopped_by=StoppedBy.PROOF,
        seed=seed,
        versions=versions(),
        conflict=_conflict(problem),
        runtime_s=seconds,
    )


def _labelled(
    on_progress: OnProgress | None, number: int, parts: int, constant: int, started: float
) -> OnProgress | None:
    """Name the part that a report is about; the only part of a problem reports the whole objective.

    Seconds count from the start of the whole.
    """
    if on_progress is None:
        return None

    def report(progress: Progress) -> None:
        progress = replace(progress, seconds=time.perf_counter() - started)
        if parts > 1:
            on_progress(replace(progress, stage=f"part {number} of {parts}, {progress.stage}"))
            return
        on_progress(progress.shifted(constant))

    return report


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
