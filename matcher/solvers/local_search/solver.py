"""LocalSearchSolver: good plans for any problem, without a bound."""

from __future__ import annotations

import time

from matcher.problem import Problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.local_search.population import evolve
from matcher.solvers.local_search.search import Found
from matcher.solvers.prepared import IntArray, Prepared, prepare
from matcher.solvers.versions import versions

MOVES_PER_WORK = 4_000_000
"""Random moves in one unit of work: about a second of one core."""


class LocalSearchSolver:
    """Annealing and crossing of plans; takes every rule, proves nothing."""

    name = "local-search"

    def refusal(self, problem: Problem) -> str | None:  # noqa: ARG002 - takes every problem
        """Return None: local search can take every problem."""
        return None

    def solve(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Result:
        """Search until a limit or until asked to stop; FEASIBLE with no bound, or UNKNOWN without a plan.

        ``settings.workers`` is not used. Where there is no limit of work, as many units are planned as there
        are seconds in the time limit, or the default.
        """
        started = time.perf_counter()
        limits = (settings.work_limit, settings.time_limit_s, SolveSettings().work_limit)
        moves = int(next(limit for limit in limits if limit is not None) * MOVES_PER_WORK)
        prepared = prepare(problem)
        best: Found | None = None
        stopped, used = StoppedBy.WORK_LIMIT, 0
        for made, found in evolve(prepared, moves, settings.seed, _start(problem, prepared, warm_start)):
            seconds, used = time.perf_counter() - started, made
            if found is not None and (best is None or found.value > best.value):
                best = found
                if on_progress is not None:
                    on_progress(Progress(self.name, best.value + problem.constant, None, None, seconds))
            if should_stop is not None and should_stop():
                stopped = StoppedBy.INTERRUPT
                break
            if settings.time_limit_s is not None and seconds >= settings.time_limit_s:
                stopped = StoppedBy.TIME_LIMIT
                break
        return Result(
            status=SolveStatus.UNKNOWN if best is None else SolveStatus.FEASIBLE,
            host_of=None if best is None else prepared.plan_of(best.unit_host),
            objective=None if best is None else best.value + problem.constant,
            bound=None,
            method=self.name,
            reason="good plans of any problem, without a proof",
            stopped_by=stopped,
            seed=settings.seed,
            versions=versions(),
            work=used / MOVES_PER_WORK,
            runtime_s=time.perf_counter() - started,
        )


def _start(problem: Problem, prepared: Prepared, warm_start: Solution | None) -> IntArray | None:
    """Return the warm start for units, None unless it keeps every hard rule."""
    if warm_start is None or not evaluate(problem, warm_start).is_feasible:
        return None
    return prepared.units_of(warm_start.host_of)
