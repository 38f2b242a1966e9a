"""The route by search: an integer master over the clusters of least slack, then over all that matter."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.result import Result, SolveStatus, StoppedBy, relative_gap
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.cp_search import SearchOutcome, search
from matcher.solvers.incumbents import worth_of_start
from matcher.solvers.set_partition.columns import Columns
from matcher.solvers.set_partition.duals import Bound, tighten
from matcher.solvers.set_partition.master import build_master, columns_of, plan_of
from matcher.solvers.set_partition.units import IntArray, Units
from matcher.solvers.stopping import Continued, SearchState
from matcher.solvers.versions import versions

FIRST_COLUMNS = 1_000
"""Columns of least slack that the first integer master gets."""


@dataclass(frozen=True, slots=True)
class SearchRoute:
    """One solve: what stays the same between its searches."""

    problem: Problem
    units: Units
    settings: SolveSettings
    name: str
    warm_start: Solution | None
    on_progress: OnProgress | None
    should_stop: ShouldStop | None
    started: float
    """When the solver began, by the performance counter."""

    def solve(self, columns: Columns) -> Result:
        """Choose among `columns`: at once where they are few, else by slack."""
        return self._all_at_once(columns) if len(columns) <= FIRST_COLUMNS else self._by_slack(columns)

    def _all_at_once(self, columns: Columns) -> Result:
        """Search over all columns."""
        outcome = self._search(columns, self.warm_start, worth_of_start(self.problem, self.warm_start))
        return self._result(columns, outcome, outcome.bound, outcome.work)

    def _by_slack(self, columns: Columns) -> Result:
        """Bound, search among the columns of least slack, then among all that can still matter."""
        found = tighten(self.problem, self.units, columns)
        if found is None:
            return self._infeasible()
        top = found.bound + self.problem.constant
        first = columns.take(_least(found.slack))
        incumbent = worth_of_start(self.problem, self.warm_start)
        outcome = self._search(first, self.warm_start, incumbent, top, restricted=True)
        if outcome.status is SolveStatus.UNKNOWN or _stopped(outcome):
            return self._result(first, outcome, top, outcome.work)
        if self._close_enough(outcome, top):
            outcome = replace(outcome, status=SolveStatus.FEASIBLE, stopped_by=StoppedBy.GAP)
            return self._result(first, outcome, top, outcome.work)
        return self._second(columns, found, first, outcome)

    def _second(self, columns: Columns, found: Bound, first: Columns, outcome: SearchOutcome) -> Result:
        incumbent, top = outcome.objective, found.bound + self.problem.constant
        if incumbent is None:  # the first columns hold no plan: nothing can be dropped
            useful, start = np.ones(len(columns), np.bool_), self.warm_start
        else:
            useful = top - found.slack > incumbent
            missing = useful & ~_mask(_least(found.slack), len(columns))
            if outcome.status is SolveStatus.OPTIMAL and not missing.any():
                return self._result(first, outcome, incumbent, outcome.work)
            plan = plan_of(self.problem, self.units, first.take(np.array(outcome.chosen, np.bool_)))
            start = Solution(plan)
            useful[columns_of(self.units, columns, start)] = True
        rest = columns.take(useful)
        best = worth_of_start(self.problem, start)
        last = self._search(rest, start, best, top, used=outcome.work)
        work = outcome.work + last.work
        if last.objective is None and incumbent is not None:  # the limit came at once: keep the first plan
            kept = replace(outcome, status=SolveStatus.FEASIBLE, stopped_by=last.stopped_by)
            return self._result(first, kept, top, work)
        bound = top if last.bound is None else min(top, last.bound)
        if incumbent is not None:
            bound = max(bound, incumbent)  # a dropped cluster may still be in an equally good plan
        return self._result(rest, last, bound, work)

    def _close_enough(self, outcome: SearchOutcome, top: int) -> bool:
        """Whether the true bound leaves no more than the gap asked for."""
        gap = relative_gap(outcome.objective, top)
        if gap is None or gap <= 0:
            return False
        stop = self.settings.stop
        if stop is not None:
            gone = time.perf_counter() - self.started
            state = SearchState(outcome.objective, top, outcome.work, gone, outcome.work)
            if stop(state) is StoppedBy.GAP:
                return True
        return gap <= self.settings.relative_gap

    def _left(self, used: float) -> SolveSettings:
        """Limits less the work and the time that are used up."""
        work, seconds = self.settings.work_limit, self.settings.time_limit_s
        gone, stop = time.perf_counter() - self.started, self.settings.stop
        return replace(
            self.settings,
            work_limit=None if work is None else max(0.0, work - used),
            time_limit_s=None if seconds is None else max(0.0, seconds - gone),
            stop=None if stop is None else Continued(stop, used, gone),
        )

    def _search(
        self,
        columns: Columns,
        start: Solution | None,
        incumbent: int | None,
        bound: int | None = None,
        *,
        restricted: bool = False,
        used: float = 0.0,
    ) -> SearchOutcome:
        master = build_master(self.problem, self.units, columns)
        if start is not None:
            chosen = set(columns_of(self.units, columns, start))
            for at, literal in enumerate(master.pick):
                master.model.add_hint(literal, at in chosen)
        return search(
            master.model,
            master.pick,
            self._left(used),
            stage=self.name,
            incumbent=incumbent,
            bound=bound,
            restricted=restricted,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
        )

    def _result(self, columns: Columns, outcome: SearchOutcome, bound: int | None, work: float) -> Result:
        plan: NDArray[np.int64] | None = None
        if outcome.objective is not None:
            plan = plan_of(self.problem, self.units, columns.take(np.array(outcome.chosen, np.bool_)))
        status, stopped_by = outcome.status, outcome.stopped_by
        if status is SolveStatus.FEASIBLE and bound == outcome.objective:
            status, stopped_by = SolveStatus.OPTIMAL, StoppedBy.PROOF
        return Result(
            status=status,
            host_of=plan,
            objective=outcome.objective,
            bound=None if status is SolveStatus.INFEASIBLE else bound,
            method=self.name,
            reason="",
            stopped_by=stopped_by,
            seed=self.settings.seed,
            versions=versions(),
            work=work,
        )

    def _infeasible(self) -> Result:
        nothing = SearchOutcome(SolveStatus.INFEASIBLE, StoppedBy.PROOF, (), None, None, 0.0)
        return self._result(Columns(*_EMPTY), nothing, None, 0.0)


_EMPTY = (np.empty(0, np.int64), np.empty((0, 0), np.bool_), np.empty(0, np.int64))


def _least(slack: IntArray) -> IntArray:
    """Positions of the first columns, ascending."""
    return np.sort(np.argsort(slack, kind="stable")[:FIRST_COLUMNS])


def _mask(positions: IntArray, size: int) -> NDArray[np.bool_]:
    mask = np.zeros(size, np.bool_)
    mask[positions] = True
    return mask


def _stopped(outcome: SearchOutcome) -> bool:
    return outcome.stopped_by not in (StoppedBy.PROOF, StoppedBy.GAP)
