"""BranchAndPriceSolver: exact by clusters that are generated, not listed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from matcher.problem import Problem
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.incumbents import keep_better
from matcher.solvers.prepared import prepare
from matcher.solvers.stopping import Continued, Gap
from matcher.solvers.versions import versions


@dataclass(frozen=True, slots=True)
class BranchAndPriceSolver:
    """Column generation over clusters, cuts, and an exact choice among the clusters that can still matter.

    References
    ----------
    C. Barnhart, E. L. Johnson, G. L. Nemhauser, M. W. P. Savelsbergh, P. H. Vance, "Branch-and-price: column
    generation for solving huge integer programs", Operations Research 46 (1998).
    """

    name: str = "branch-and-price"

    def refusal(self, problem: Problem) -> str | None:  # noqa: ARG002 - it takes every problem
        """Why this solver cannot take the problem; always None."""
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
        """Solve; see :class:`matcher.solvers.base.Solver`."""
        from matcher.solvers.branch_and_price.run import run  # noqa: PLC0415 - compiled code loads late

        started = time.perf_counter()
        search = run(
            problem,
            _asked_with_constant(settings, problem.constant),
            warm_start,
            _reported_with_constant(on_progress, problem.constant),
            should_stop,
        )
        seconds = time.perf_counter() - started
        found = search.value is not None
        status = SolveStatus.INFEASIBLE if search.infeasible else SolveStatus.UNKNOWN
        value, bound = search.whole(search.value), search.whole(search.bound)
        if found:
            status = SolveStatus.OPTIMAL if value == bound else SolveStatus.FEASIBLE
        result = Result(
            status=status,
            host_of=prepare(problem).plan_of(search.unit_host) if found else None,
            objective=None if value is None else value + problem.constant,
            bound=None if bound is None or search.infeasible else bound + problem.constant,
            method=self.name,
            reason="clusters are formed one by one and priced until no other can help",
            stopped_by=StoppedBy.PROOF if search.proven else (search.stopped_by or StoppedBy.EXHAUSTED),
            seed=settings.seed,
            versions=versions(),
            work=search.work,
            runtime_s=seconds,
        )
        return replace(keep_better(problem, result, warm_start), runtime_s=seconds)


def _asked_with_constant(settings: SolveSettings, constant: int) -> SolveSettings:
    """Let criteria see whole objectives: the search itself knows nothing of the constant."""
    if not constant:
        return settings
    allowed = Gap(settings.relative_gap)
    stop = allowed if settings.stop is None else allowed | settings.stop
    return replace(settings, relative_gap=-1.0, stop=Continued(stop, objective=constant))


def _reported_with_constant(on_progress: OnProgress | None, constant: int) -> OnProgress | None:
    if on_progress is None or not constant:
        return on_progress
    return lambda progress: on_progress(progress.shifted(constant))
