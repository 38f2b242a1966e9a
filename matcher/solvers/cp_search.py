"""One search of CP-SAT: limits, stopping criteria, progress, interruption and what its status means.

Shared by the backends that hand an integer model to CP-SAT. The search runs in a thread of its own, so
that the main thread can go on listening: to Ctrl-C, to `should_stop`, and to the progress callback.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import TYPE_CHECKING

from matcher.exceptions import MatcherError
from matcher.result import SolveStatus, StoppedBy
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.cp_watch import Watch

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

POLL_SECONDS = 0.05
WORK_DIGITS = 9
"""Digits of the work that count: the last ones of CP-SAT's sum differ from run to run."""


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """What a search found.

    Attributes
    ----------
    status : SolveStatus
    stopped_by : StoppedBy
    chosen : tuple of bool
        Value of each literal that was to be read; empty without a solution.
    objective, bound : int or None
        Of a model that maximises integers; None when unknown.
    work : float
        CP-SAT's deterministic time.
    """

    status: SolveStatus
    stopped_by: StoppedBy
    chosen: tuple[bool, ...]
    objective: int | None
    bound: int | None
    work: float


def search(
    model: cp_model.CpModel,
    literals: Sequence[cp_model.IntVar],
    settings: SolveSettings,
    *,
    stage: str,
    incumbent: int | None = None,
    bound: int | None = None,
    restricted: bool = False,
    linear: bool = False,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> SearchOutcome:
    """Maximise `model` and read `literals` off the best solution.

    Parameters
    ----------
    model : CpModel
        Maximises an integer expression whose size stays below 2**53.
    literals : sequence of Boolean variables
    settings : SolveSettings
    stage : str
        Named in the progress reports.
    incumbent, bound : int, optional
        Known beforehand, for progress and stopping criteria: the worth of a feasible plan, a proven bound.
    restricted : bool, default False
        The model leaves out plans: its own bound is kept out of progress and stopping criteria.
    linear : bool, default False
        Lean on the linear relaxation throughout: pays where it is nearly tight, as between listed clusters.
    on_progress : callable, optional
        Called in the calling thread.
    should_stop : callable, optional
        Asked about twenty times a second; once true, the best solution so far is returned.

    Returns
    -------
    SearchOutcome

    Raises
    ------
    MatcherError
        If CP-SAT rejects the model or ends with a status that is not known here.
    """
    if settings.stop is not None:
        # several workers notice a stop a little later, not always at the same point: the plan would differ
        settings = replace(settings, workers=1)
    watch = Watch(stage, settings.stop, incumbent=incumbent, bound=bound, restricted=restricted)
    found = SearchOutcome(SolveStatus.UNKNOWN, StoppedBy.WORK_LIMIT, (), None, None, 0.0)
    last = False
    while not last:
        end = watch.begin_round(found.work, settings.work_limit)
        if watch.verdict is not None:
            found = replace(found, stopped_by=watch.verdict)
            break
        _hint(model, literals, found)
        left = _left(settings, end, found.work, watch.seconds)
        outcome, last = _round(
            model,
            literals,
            left,
            watch=watch,
            linear=linear,
            on_progress=on_progress,
            should_stop=should_stop,
        )
        found = _joined(found, outcome)
        cut = watch.ends()  # a criterion wants to be asked with the true work, which is known now
        last = last or found.status is SolveStatus.OPTIMAL or (end == settings.work_limit and not cut)
        if not last and not cut:  # CP-SAT may stop a little before its limit
            found = replace(found, work=max(found.work, end))
    if on_progress is not None:
        on_progress(watch.state())
    return found if restricted else _with_bound(found, watch.bound)


def _with_bound(found: SearchOutcome, bound: int | None) -> SearchOutcome:
    """Add what was reported of the bound on the way: CP-SAT may end without saying it again."""
    if found.status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE) or bound is None:
        return found
    bound = bound if found.bound is None else min(bound, found.bound)
    if found.objective == bound:
        return replace(found, status=SolveStatus.OPTIMAL, stopped_by=StoppedBy.PROOF, bound=bound)
    return replace(found, bound=bound)


def _left(settings: SolveSettings, end: float, used: float, seconds: float) -> SolveSettings:
    """Limits of a round that has to end at the work `end`."""
    time_limit = settings.time_limit_s
    return replace(
        settings,
        work_limit=None if math.isinf(end) else max(0.0, end - used),
        time_limit_s=None if time_limit is None else max(0.0, time_limit - seconds),
    )


def _hint(model: cp_model.CpModel, literals: Sequence[cp_model.IntVar], found: SearchOutcome) -> None:
    """Start from the best solution so far, if there is one; without, the model's own hints stay."""
    if found.chosen:
        model.clear_hints()  # type: ignore[no-untyped-call]
        for literal, value in zip(literals, found.chosen, strict=True):
            model.add_hint(literal, value)


def _joined(found: SearchOutcome, outcome: SearchOutcome) -> SearchOutcome:
    """Join what two searches of the same model know; the second says why it ended."""
    work = found.work + outcome.work
    if outcome.status is SolveStatus.INFEASIBLE or found.objective is None:
        return replace(outcome, work=work)
    best = outcome if outcome.objective is not None and outcome.objective >= found.objective else found
    bounds = [bound for bound in (found.bound, outcome.bound) if bound is not None]
    bound = min(bounds, default=None)
    if best.objective == bound:
        return replace(best, status=SolveStatus.OPTIMAL, stopped_by=StoppedBy.PROOF, bound=bound, work=work)
    return replace(best, stopped_by=outcome.stopped_by, bound=bound, work=work)


def _round(
    model: cp_model.CpModel,
    literals: Sequence[cp_model.IntVar],
    settings: SolveSettings,
    *,
    watch: Watch,
    linear: bool,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> tuple[SearchOutcome, bool]:
    """Run CP-SAT once; returns what it found and whether that ends the whole search."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    solver = cp_model.CpSolver()
    _configure(solver, settings)
    if linear:
        solver.parameters.linearization_level = 2
    solver.best_bound_callback = _bound_listener(solver, watch)
    recorder = _recorder(watch)

    def report() -> None:
        if on_progress is not None and (progress := watch.take()) is not None:
            on_progress(progress)

    interrupted = _run(solver, lambda: solver.solve(model, recorder), report, should_stop, watch)
    outcome = _outcome(solver, literals, settings, interrupted=interrupted)
    if outcome.objective is not None:
        watch.set_incumbent(outcome.objective)
        watch.set_bound(outcome.bound)
    proven = outcome.stopped_by in (StoppedBy.PROOF, StoppedBy.GAP)
    if proven or interrupted:
        return outcome, True
    if watch.verdict is not None:
        return replace(outcome, stopped_by=watch.verdict), True
    return outcome, outcome.stopped_by is StoppedBy.TIME_LIMIT and not watch.ends()


def _configure(solver: cp_model.CpSolver, settings: SolveSettings) -> None:
    parameters = solver.parameters
    parameters.num_workers = settings.workers
    parameters.random_seed = settings.seed
    # several workers race; interleaving makes them take turns in a fixed order, so the answer stays the same
    parameters.interleave_search = settings.workers > 1
    parameters.relative_gap_limit = settings.relative_gap
    parameters.absolute_gap_limit = 0.0
    parameters.catch_sigint_signal = False
    if settings.work_limit is not None:
        parameters.max_deterministic_time = settings.work_limit
    if settings.time_limit_s is not None:
        parameters.max_time_in_seconds = settings.time_limit_s


def _bound_listener(solver: cp_model.CpSolver, watch: Watch) -> Callable[[float], None]:
    def listen(value: float) -> None:
        if watch.set_bound(whole_bound(value)):
            solver.stop_search()

    return listen


def _recorder(watch: Watch) -> cp_model.CpSolverSolutionCallback:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    class Recorder(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            ends = watch.set_incumbent(round(self.objective_value))
            if watch.set_bound(whole_bound(self.best_objective_bound)) or ends:
                self.stop_search()

    return Recorder()


def _run(
    solver: cp_model.CpSolver,
    solve: Callable[[], object],
    report: Callable[[], None],
    should_stop: ShouldStop | None,
    watch: Watch,
) -> bool:
    """Solve in a thread; returns whether `should_stop` ended it. Errors of either thread are raised here."""
    finished = Event()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            solve()
        except BaseException as failure:  # noqa: BLE001 - raised again in the calling thread, below
            failures.append(failure)
        finally:
            finished.set()

    thread = Thread(target=work, name="cp-sat", daemon=True)
    interrupted = False
    thread.start()
    try:
        while not finished.wait(POLL_SECONDS):
            report()
            if should_stop is not None and should_stop():
                interrupted = True
            if interrupted or watch.ends():
                solver.stop_search()  # repeated until it ends: a call before the search has begun is lost
    finally:  # also on Ctrl-C or an error of a callback: never leave a search running behind
        while not finished.wait(POLL_SECONDS):
            solver.stop_search()
        thread.join()
    if failures:
        raise failures[0]
    return interrupted


def whole_bound(value: float) -> int | None:
    """Largest whole number that a bound allows; None if it is not finite.

    The objective is whole, so its bound may be rounded down. CP-SAT's bound is itself a whole number
    below 2**53 turned into a double; the hundredth guards against a last digit lost on the way.

    Examples
    --------
    >>> whole_bound(12.7), whole_bound(12.9999999), whole_bound(float("inf"))
    (12, 13, None)
    """
    return math.floor(value + 0.01) if math.isfinite(value) else None


def _outcome(
    solver: cp_model.CpSolver,
    literals: Sequence[cp_model.IntVar],
    settings: SolveSettings,
    *,
    interrupted: bool,
) -> SearchOutcome:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    response = solver.response_proto
    work = round(float(response.deterministic_time), WORK_DIGITS)
    code = response.status
    if code == cp_model.INFEASIBLE:
        return SearchOutcome(SolveStatus.INFEASIBLE, StoppedBy.PROOF, (), None, None, work)
    if code == cp_model.UNKNOWN:
        stopped_by = _limit(solver, settings, interrupted=interrupted)
        return SearchOutcome(SolveStatus.UNKNOWN, stopped_by, (), None, None, work)
    if code not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        name = solver.status_name(code)
        raise MatcherError(f"CP-SAT ended with status {name}, which no valid problem should lead to.")
    chosen = tuple(solver.boolean_value(literal) for literal in literals)
    objective = round(solver.objective_value)
    bound = whole_bound(solver.best_objective_bound)
    if code == cp_model.FEASIBLE:
        stopped_by = _limit(solver, settings, interrupted=interrupted)
        return SearchOutcome(SolveStatus.FEASIBLE, stopped_by, chosen, objective, bound, work)
    if bound is not None and bound > objective:  # CP-SAT also says optimal when the gap asked for is reached
        return SearchOutcome(SolveStatus.FEASIBLE, StoppedBy.GAP, chosen, objective, bound, work)
    return SearchOutcome(SolveStatus.OPTIMAL, StoppedBy.PROOF, chosen, objective, objective, work)


def _limit(solver: cp_model.CpSolver, settings: SolveSettings, *, interrupted: bool) -> StoppedBy:
    if interrupted:
        return StoppedBy.INTERRUPT
    if settings.time_limit_s is None:
        return StoppedBy.WORK_LIMIT
    # CP-SAT does not say which limit it met, and it stops a little before the time given to it.
    work = float(solver.response_proto.deterministic_time)
    if settings.work_limit is not None and work >= settings.work_limit:
        return StoppedBy.WORK_LIMIT
    return StoppedBy.TIME_LIMIT
