"""One search of CP-SAT: limits, progress, interruption and what its status means.

Shared by the backends that hand an integer model to CP-SAT. The search runs in a thread of its own, so
that the main thread can go on listening: to Ctrl-C, to `should_stop`, and to the progress callback.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from matcher.exceptions import MatcherError
from matcher.result import Progress, SolveStatus, StoppedBy, relative_gap
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

POLL_SECONDS = 0.05


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
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    solver = cp_model.CpSolver()
    _configure(solver, settings)
    latest = _Latest(stage)
    recorder = _recorder(latest)
    solver.best_bound_callback = latest.set_bound

    def report() -> None:
        if on_progress is not None and (progress := latest.take()) is not None:
            on_progress(progress)

    interrupted = _run(solver, lambda: solver.solve(model, recorder), report, should_stop)
    outcome = _outcome(solver, literals, settings, interrupted=interrupted)
    if on_progress is not None:
        on_progress(latest.final(outcome))
    return outcome


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


class _Latest:
    """Incumbent and bound as the search thread last reported them."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._lock = Lock()
        self._started = time.perf_counter()
        self._incumbent: int | None = None
        self._bound: int | None = None
        self._fresh = False

    def set_incumbent(self, value: float) -> None:
        with self._lock:
            self._incumbent, self._fresh = round(value), True

    def set_bound(self, value: float) -> None:
        with self._lock:
            self._bound, self._fresh = whole_bound(value), True

    def take(self) -> Progress | None:
        """Return what is new since the last call; None if nothing is."""
        with self._lock:
            if not self._fresh:
                return None
            self._fresh = False
            seconds = time.perf_counter() - self._started
            gap = relative_gap(self._incumbent, self._bound)
            return Progress(self._stage, self._incumbent, self._bound, gap, seconds)

    def final(self, outcome: SearchOutcome) -> Progress:
        """Return where the search ended."""
        seconds = time.perf_counter() - self._started
        gap = relative_gap(outcome.objective, outcome.bound)
        return Progress(self._stage, outcome.objective, outcome.bound, gap, seconds)


def _recorder(latest: _Latest) -> cp_model.CpSolverSolutionCallback:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    class Recorder(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            latest.set_incumbent(self.objective_value)
            latest.set_bound(self.best_objective_bound)

    return Recorder()


def _run(
    solver: cp_model.CpSolver,
    solve: Callable[[], object],
    report: Callable[[], None],
    should_stop: ShouldStop | None,
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
    work = float(response.deterministic_time)
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
