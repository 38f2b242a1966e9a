"""The methods, and which of them takes a part."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from matcher.exceptions import UsageError
from matcher.problem import Problem
from matcher.result import PREPARING, Progress, Result, SolveStatus, StoppedBy, relative_gap
from matcher.solution import Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, Solver, SolveSettings
from matcher.solvers.branch_and_price import BranchAndPriceSolver
from matcher.solvers.budget import after
from matcher.solvers.clock import now, paused
from matcher.solvers.cp_sat import CpSatSolver
from matcher.solvers.flow import FlowSolver
from matcher.solvers.flow_fixing import FlowFixingSolver
from matcher.solvers.preparing import for_flows, prepare_code
from matcher.solvers.relaxed import solve_relaxed, solve_without_limits, starting_plan
from matcher.solvers.set_partition import SetPartitionSolver
from matcher.solvers.shared_count import solve_by_count

SOLVERS: dict[str, Solver] = {
    solver.name: solver
    for solver in (
        FlowSolver(),
        FlowFixingSolver(),
        SetPartitionSolver(),
        BranchAndPriceSolver(),
        CpSatSolver(),
    )
}
METHODS = ("auto", *SOLVERS)
_AUTO = ("flow", "flow-fixing", "set-partition", "branch-and-price")
"""What ``"auto"`` tries in turn; the last takes every problem. CP-SAT is a second opinion, for who asks."""
_OWN_START = ("flow", "flow-fixing", "set-partition")
"""Methods that find a plan to start from by themselves."""
_KERNELS = {"flow-fixing": ("flow",), "branch-and-price": ("local_search", "branch_and_price")}
"""Packages of compiled code behind a method; ``local_search`` makes the plan to start from."""
SUBSETS_WORK = 3.0
"""Work units after which ``"auto"`` hands a small part from set-partition to branch-and-price."""


def solve_part(
    problem: Problem,
    settings: SolveSettings,
    *,
    method: str,
    warm_start: Solution | None,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> Result:
    """Solve one part by the method asked for, or by the first of ``auto`` that takes it.

    Raises
    ------
    UsageError
        If the method asked for cannot express the problem.
    """
    started = now()
    run = partial(_run, problem, on_progress=on_progress, should_stop=should_stop)
    if method != "auto":
        refusal = SOLVERS[method].refusal(problem)
        if refusal is not None:
            raise UsageError(f"The method {method!r} cannot solve this problem: {refusal}.")
        return run(method, settings, warm_start)
    chosen = next(name for name in _AUTO if SOLVERS[name].refusal(problem) is None)
    settled = None if chosen == "flow" else solve_relaxed(problem, settings)
    spent: list[float] = []
    if settled is None and chosen == "branch-and-price":
        alone = partial(_alone, spent=spent, should_stop=should_stop)
        settled = solve_by_count(problem, _half(settings), alone, should_stop)
        settings = after(settings, sum(spent), 0.0)
    if settled is None and chosen == "branch-and-price":
        settled = solve_without_limits(problem, _few(settings))
    if settled is not None:
        if on_progress is not None:
            gap, seconds = settled.gap, settled.runtime_s
            on_progress(Progress(settled.method, settled.objective, settled.bound, gap, seconds))
        return settled
    if chosen != "set-partition":
        found = run(chosen, after(settings, 0.0, now() - started), warm_start)
        return replace(found, work=found.work + sum(spent))
    few = _few(settings)
    first = run(chosen, few, warm_start)
    if first.stopped_by is StoppedBy.PROOF or few.work_limit == settings.work_limit:
        return first
    last = _run(
        problem,
        "branch-and-price",
        after(settings, first.work, now() - started),
        warm_start if first.host_of is None else Solution(first.host_of),
        on_progress=_with_bound(on_progress, first.bound),
        should_stop=should_stop,
    )
    return _proven_by_both(replace(last, work=first.work + last.work), first.bound)


def _alone(
    problem: Problem, settings: SolveSettings, *, spent: list[float], should_stop: ShouldStop | None
) -> Result:
    result = solve_part(
        problem, settings, method="auto", warm_start=None, on_progress=None, should_stop=should_stop
    )
    spent.append(result.work)
    return result


def _half(settings: SolveSettings) -> SolveSettings:
    """Leave half of the limits for the search of the whole, where parts alone do not settle it."""
    work, seconds = settings.work_limit, settings.time_limit_s
    return replace(
        settings,
        work_limit=None if work is None else work / 2,
        time_limit_s=None if seconds is None else seconds / 2,
    )


def _with_bound(on_progress: OnProgress | None, bound: int | None) -> OnProgress | None:
    """Report a bound that was proven before for as long as the search has none that is better."""
    if on_progress is None or bound is None:
        return on_progress

    def report(progress: Progress) -> None:
        if progress.bound is None or progress.bound > bound:
            progress = replace(progress, bound=bound, gap=relative_gap(progress.incumbent, bound))
        on_progress(progress)

    return report


def _proven_by_both(result: Result, bound: int | None) -> Result:
    """Keep the better of two proven bounds; where the plan reaches it, it is optimal."""
    if bound is None or result.status not in (SolveStatus.FEASIBLE, SolveStatus.UNKNOWN):
        return result
    best = bound if result.bound is None else min(bound, result.bound)
    if result.objective == best:
        return replace(result, status=SolveStatus.OPTIMAL, stopped_by=StoppedBy.PROOF, bound=best)
    return replace(result, bound=best)


def _few(settings: SolveSettings) -> SolveSettings:
    """Limit the work to what the programme over subsets may use before branch-and-price takes over."""
    limit = settings.work_limit
    return replace(settings, work_limit=SUBSETS_WORK if limit is None else min(SUBSETS_WORK, limit))


def _run(
    problem: Problem,
    method: str,
    settings: SolveSettings,
    warm_start: Solution | None,
    *,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> Result:
    """Solve by one method, from a plan that is found at once where the method wants one."""
    started = now()
    needs_start = warm_start is None and method not in _OWN_START
    if _must_prepare(method, needs_start=needs_start):
        if on_progress is not None:
            on_progress(Progress(PREPARING, None, None, None, 0.0))
        with paused():
            prepare_code(partial(_once, method=method))
    if needs_start:
        warm_start = starting_plan(problem, settings)
    return SOLVERS[method].solve(
        problem,
        after(settings, 0.0, now() - started),
        warm_start=warm_start,
        on_progress=_with_start(on_progress, problem, warm_start),
        should_stop=should_stop,
    )


def _once(problem: Problem, method: str) -> None:
    """Solve a problem for the sake of the code that it reaches, without what the method cannot express."""
    if SOLVERS[method].refusal(problem) is not None:
        problem = for_flows(problem)
    settings = SolveSettings(work_limit=1.0)
    SOLVERS[method].solve(problem, settings, warm_start=starting_plan(problem, settings))


def _must_prepare(method: str, *, needs_start: bool) -> bool:
    """Whether machine code must be made first because none is stored on this machine yet."""
    packages = {*_KERNELS.get(method, ()), *(("local_search",) if needs_start else ())}
    if not packages:
        return False
    from matcher.solvers.compiled import is_stored  # noqa: PLC0415 - flows and subsets need no compiler

    return not all(is_stored(package) for package in sorted(packages))


def _with_start(
    on_progress: OnProgress | None, problem: Problem, warm_start: Solution | None
) -> OnProgress | None:
    """Report the starting plan as the incumbent for as long as the search has none of its own."""
    if on_progress is None or warm_start is None:
        return on_progress
    start = evaluate(problem, warm_start)
    if not start.is_feasible:
        return on_progress

    def report(progress: Progress) -> None:
        if progress.incumbent is None or progress.incumbent < start.objective:
            gap = relative_gap(start.objective, progress.bound)
            progress = replace(progress, incumbent=start.objective, gap=gap)
        on_progress(progress)

    return report
