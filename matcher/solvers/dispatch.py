"""solve(): validate, split, choose a method for each part, put together, and let the referee judge."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from matcher.exceptions import RefereeError, UsageError
from matcher.problem import Problem, validate
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.budget import Budget
from matcher.solvers.clock import now
from matcher.solvers.division import divide, unite
from matcher.solvers.gap import close_gap
from matcher.solvers.incumbents import keep_better
from matcher.solvers.methods import METHODS, solve_part


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

    What the hard rules imply is settled first (:func:`matcher.solvers.division.divide`). What is left is
    split into parts that do not touch each other, smallest
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
    started = now()
    settings = settings or SolveSettings()
    validate(problem)
    _check_arguments(problem, method, warm_start)
    division = divide(problem, method)
    if division.is_contradiction:
        none = replace(unite(division, (), settings.seed), runtime_s=now() - started)
        judge(problem, none, warm_start)
        return none
    parts = division.parts
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
    whole = keep_better(problem, unite(division, results, settings.seed), warm_start)
    judge(problem, whole, warm_start)
    return replace(whole, runtime_s=now() - started)


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


def _labelled(
    on_progress: OnProgress | None, number: int, parts: int, constant: int, started: float
) -> OnProgress | None:
    """Name the part that a report is about; the only part of a problem reports the whole objective.

    Seconds count from the start of the whole.
    """
    if on_progress is None:
        return None

    def report(progress: Progress) -> None:
        progress = replace(progress, seconds=now() - started)
        if parts > 1:
            on_progress(replace(progress, stage=f"part {number} of {parts}, {progress.stage}"))
            return
        on_progress(progress.shifted(constant))

    return report
