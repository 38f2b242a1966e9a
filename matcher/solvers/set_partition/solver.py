"""SetPartitionSolver: exact by clusters, for parts so small that all of them can be listed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from matcher.problem import Problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.incumbents import keep_better
from matcher.solvers.set_partition.columns import MAX_CLUSTERS, enumerate_columns, plan_of
from matcher.solvers.set_partition.subset_route import settle
from matcher.solvers.set_partition.subsets import MAX_ENTRIES, MAX_UNITS, entries
from matcher.solvers.set_partition.units import build_units
from matcher.solvers.versions import versions


@dataclass(frozen=True, slots=True)
class SetPartitionSolver:
    """List every cluster, bound by column generation, choose by a programme over sets of mentees.

    Cohesion and every rule inside a cluster are settled while listing, so that the relaxation is nearly
    tight. A cluster whose slack exceeds what is left between the best plan so far and the bound can
    be in no better plan and is never looked at.

    References
    ----------
    R. Baldacci, N. Christofides, A. Mingozzi, "An exact algorithm for the vehicle routing problem based
    on the set partitioning formulation", Mathematical Programming 115 (2008).
    """

    name: str = "set-partition"

    def refusal(self, problem: Problem) -> str | None:
        """Why the clusters cannot be listed and chosen from, one plain sentence; None if they can."""
        if problem.rows or problem.quotas:
            return "there are limits across clusters"
        if problem.n_mentees > MAX_UNITS:
            return f"there are more than {MAX_UNITS} mentees"
        columns = enumerate_columns(problem, build_units(problem))
        if columns is None:
            return f"there are more than {MAX_CLUSTERS} possible clusters, too many to list"
        if entries(problem, columns) > MAX_ENTRIES:
            return f"{problem.n_hosts} hosts are too many to keep a table for each"
        return None

    def solve(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,  # noqa: ARG002 - over within seconds
    ) -> Result:
        """Solve; see :class:`matcher.solvers.base.Solver`. Only the work limit ends it early.

        Raises
        ------
        ValueError
            If :meth:`refusal` gives a reason; never for an infeasible problem.
        """
        started = time.perf_counter()
        units = build_units(problem)
        columns = enumerate_columns(problem, units)
        if columns is None or problem.rows or problem.quotas:
            raise ValueError(self.refusal(problem))
        settled = settle(problem, units, columns, settings.work_limit)
        chosen, bound = settled.selection, settled.bound
        value = None if chosen is None else chosen.value + problem.constant
        proven = bound is None or (chosen is not None and chosen.value == bound)
        status = SolveStatus.UNKNOWN if chosen is None else SolveStatus.FEASIBLE
        if proven:
            status = SolveStatus.INFEASIBLE if chosen is None else SolveStatus.OPTIMAL
        result = Result(
            status=status,
            host_of=None if chosen is None else plan_of(problem, units, columns.take(chosen.picked)),
            objective=value,
            bound=None if bound is None else bound + problem.constant,
            method=self.name,
            reason="few enough mentees that every possible cluster can be listed",
            stopped_by=StoppedBy.PROOF if proven else StoppedBy.WORK_LIMIT,
            seed=settings.seed,
            versions=versions(),
            work=settled.work,
        )
        result = keep_better(problem, result, warm_start)
        seconds = time.perf_counter() - started
        if on_progress is not None:
            on_progress(Progress(self.name, result.objective, result.bound, result.gap, seconds))
        return replace(result, runtime_s=seconds)
