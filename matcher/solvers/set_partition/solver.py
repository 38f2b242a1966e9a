"""SetPartitionSolver: exact by clusters, where all of them can be listed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from matcher.problem import Problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.incumbents import at_true_worth, keep_better
from matcher.solvers.set_partition.columns import MAX_CLUSTERS, Columns, enumerate_columns
from matcher.solvers.set_partition.master import plan_of
from matcher.solvers.set_partition.search_route import SearchRoute
from matcher.solvers.set_partition.subset_route import Settled, settle
from matcher.solvers.set_partition.units import Units, build_units
from matcher.solvers.versions import versions

MAX_MENTEES = 400
"""Above this the dense tables between mentees are not worth building."""


@dataclass(frozen=True, slots=True)
class SetPartitionSolver:
    """List every cluster, bound by column generation, choose among the clusters that can still matter.

    Cohesion and every rule inside a cluster are settled while listing, so that the relaxation is nearly
    tight. A cluster whose slack exceeds what is left between the best plan so far and the bound can
    be in no better plan and is dropped. The choice among the others is made by a dynamic programme over
    sets of mentees where these are few, and by CP-SAT otherwise; both are exact.

    References
    ----------
    R. Baldacci, N. Christofides, A. Mingozzi, "An exact algorithm for the vehicle routing problem based
    on the set partitioning formulation", Mathematical Programming 115 (2008).
    """

    name: str = "set-partition"

    def refusal(self, problem: Problem) -> str | None:
        """Why the clusters cannot be listed, one plain sentence; None if they can."""
        if problem.rows:
            return "there are limits across clusters"
        if problem.n_mentees > MAX_MENTEES:
            return f"the clusters of more than {MAX_MENTEES} mentees are too many to list"
        if enumerate_columns(problem, build_units(problem)) is None:
            return f"there are more than {MAX_CLUSTERS} possible clusters, too many to list"
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
        """Solve; see :class:`matcher.solvers.base.Solver`.

        Raises
        ------
        ValueError
            If :meth:`refusal` gives a reason; never for an infeasible problem.
        """
        started = time.perf_counter()
        units = build_units(problem)
        columns = enumerate_columns(problem, units)
        if columns is None:
            raise ValueError(self.refusal(problem))
        settled = settle(problem, units, columns, settings.work_limit)
        if settled is None:
            route = SearchRoute(
                problem, units, settings, self.name, warm_start, on_progress, should_stop, started
            )
            result = keep_better(problem, at_true_worth(problem, route.solve(columns)), warm_start)
        else:
            result = self._proven(problem, units, columns, settled, settings.seed)
        seconds = time.perf_counter() - started
        if on_progress is not None:
            on_progress(Progress(self.name, result.objective, result.bound, result.gap, seconds))
        reason = "every possible cluster can be listed"
        return replace(result, reason=reason, runtime_s=seconds)

    def _proven(
        self, problem: Problem, units: Units, columns: Columns, settled: Settled, seed: int
    ) -> Result:
        chosen = settled.selection
        value = None if chosen is None else chosen.value + problem.constant
        return Result(
            status=SolveStatus.INFEASIBLE if chosen is None else SolveStatus.OPTIMAL,
            host_of=None if chosen is None else plan_of(problem, units, columns.take(chosen.picked)),
            objective=value,
            bound=value,
            method=self.name,
            reason="",
            stopped_by=StoppedBy.PROOF,
            seed=seed,
            versions=versions(),
            work=settled.work,
        )
