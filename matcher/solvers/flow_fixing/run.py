"""One solve: alternate between a core of cheap pairs and a bound over all of them."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from matcher.problem import Problem
from matcher.result import Progress, Result, SolveStatus, StoppedBy, relative_gap
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.flow.residual import FAR
from matcher.solvers.flow_fixing.bound import Bound, priced_bound
from matcher.solvers.flow_fixing.rivals import Rivalries
from matcher.solvers.flow_fixing.rules import BoolArray, IntArray, LinearRow, flow_part, linear_rows
from matcher.solvers.flow_fixing.search import WORK_PER_ARC, Best, CoreSearch
from matcher.solvers.relaxed import starting_plan
from matcher.solvers.stopping import SearchState
from matcher.solvers.versions import versions

FIRST_PAIRS = 5
"""Pairs a mentee, on average, in the first cores; four times as many after a search without proof."""
LEAST_PAIRS = 3
"""Pairs that each mentee keeps in them at least."""
ROOT_ROUNDS = 4
"""How often the prices of rows are improved over a new core before the search begins."""


class Run:
    """One solve: bound and best plan so far, and what limits the search."""

    def __init__(
        self,
        name: str,
        problem: Problem,
        settings: SolveSettings,
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self.started = time.perf_counter()
        self.name, self.settings = name, settings
        self.on_progress, self.should_stop = on_progress, should_stop
        self.flow = flow_part(problem)
        self.rows: Sequence[LinearRow] = linear_rows(problem)
        self.rivalries = Rivalries(problem)
        self.best = Best(problem)
        self.work = 0.0
        self.bound: int | None = None
        self.stopped_by = StoppedBy.PROOF
        self._last: tuple[int | None, float] = (None, 0.0)

    def solve(self) -> Result:
        """Alternate between cores and bounds until the best plan and the bound meet."""
        now = self._whole_bound((), np.empty(0, np.int64))
        rounds, pairs, core = 0, FIRST_PAIRS, None
        while now is not None and not self._ended(now.value, 0.0):
            kept = self._kept(now, pairs)
            if core is None or (kept & ~core.kept).any():
                core = CoreSearch(self.flow, self.rows, self.rivalries, kept, self.best)
                found = self._tightened(core)
                rounds += 1
                if found is not None and found.value < now.value:
                    now = found
                    if rounds <= ROOT_ROUNDS:
                        continue
                    kept = self._kept(now, pairs) & core.kept
            inside = core.run(kept, now.value, self._ended)
            self.work += core.spend()
            worths = (inside, _outside(now, kept), self.best.objective)
            self.bound = max((worth for worth in worths if worth is not None), default=None)
            if inside is not None or self.bound is None or self.bound == self.best.objective:
                break  # stopped, no plan at all, or proven
            rounds, pairs, core = 0, pairs * 4, None
        return self._result()

    def _tightened(self, core: CoreSearch) -> Bound | None:
        """Bound over all pairs at the prices of a core, which may also find a better plan."""
        price = core.tighten_root()
        rows = core.rows
        found = self._whole_bound(rows, price)
        if found is not None and self.best.beaten_by(found.value):
            core.dive()
        self.rows = core.all_rows
        self.work += core.spend()
        return found

    def _whole_bound(self, rows: Sequence[LinearRow], price: IntArray) -> Bound | None:
        """Bound over all pairs, never worse than the one before."""
        self.work += WORK_PER_ARC * self.flow.n_pairs
        found = priced_bound(self.flow, rows, price)
        if found is not None:
            self.best.offer(found.host_of)
            self.bound = found.value if self.bound is None else min(self.bound, found.value)
        return found

    def _kept(self, now: Bound, pairs: int) -> BoolArray:
        """Pairs that a better plan may use, as far as known, or the cheapest of them: so many a mentee."""
        price = now.prices.pair
        count = min(pairs * self.flow.n_mentees, self.flow.n_pairs)
        reach = int(np.partition(price, count - 1)[count - 1]) if count else 0
        gap = self.best.room(now.value)
        if gap <= reach:
            return price <= gap
        order = np.lexsort((price, self.flow.pair_mentee))
        degree = np.bincount(self.flow.pair_mentee, minlength=self.flow.n_mentees)
        place = np.arange(len(order)) - np.repeat(np.cumsum(degree) - degree, degree)
        near = np.zeros(len(order), np.bool_)
        near[order] = place < LEAST_PAIRS
        return ((price <= reach) | near) & (price <= gap)

    def _ended(self, bound: int, work: float) -> bool:
        """Whether the search may end at this bound; says why in `stopped_by`, and reports."""
        work += self.work
        best, seconds = self.best.objective, time.perf_counter() - self.started
        if best != self._last[0]:
            self._last = best, work
        if best is not None and bound <= best:
            self.bound = best
            return True
        gap = relative_gap(best, bound)
        if self.on_progress is not None:
            self.on_progress(Progress(self.name, best, bound, gap, seconds))
        reason = self._reason_to_stop(SearchState(best, bound, work, seconds, self._last[1]))
        if reason is not None:
            self.stopped_by = reason
        return reason is not None

    def _reason_to_stop(self, state: SearchState) -> StoppedBy | None:
        settings = self.settings
        if self.should_stop is not None and self.should_stop():
            return StoppedBy.INTERRUPT
        if settings.relative_gap and state.gap is not None and state.gap <= settings.relative_gap:
            return StoppedBy.GAP
        if settings.work_limit is not None and state.work >= settings.work_limit:
            return StoppedBy.WORK_LIMIT
        if settings.time_limit_s is not None and state.seconds >= settings.time_limit_s:
            return StoppedBy.TIME_LIMIT
        return None if settings.stop is None else settings.stop(state)

    def _result(self) -> Result:
        if self.best.objective is None and self.stopped_by is not StoppedBy.PROOF:
            start = starting_plan(self.best.problem, self.settings)
            if start is not None:
                self.best.offer(start.host_of)
        best, seconds = self.best, time.perf_counter() - self.started
        status = SolveStatus.FEASIBLE if best.objective is not None else SolveStatus.UNKNOWN
        if self.stopped_by is StoppedBy.PROOF:
            status = SolveStatus.INFEASIBLE if best.objective is None else SolveStatus.OPTIMAL
        bound = None if status is SolveStatus.INFEASIBLE else self.bound
        if self.on_progress is not None:
            gap = relative_gap(best.objective, bound)
            self.on_progress(Progress(self.name, best.objective, bound, gap, seconds))
        return Result(
            status=status,
            host_of=best.host_of,
            objective=best.objective,
            bound=bound,
            method=self.name,
            reason="beside pair values and loads only rules that can be priced into a flow matter",
            stopped_by=self.stopped_by,
            seed=self.settings.seed,
            versions=versions(),
            work=self.work,
            runtime_s=seconds,
        )


def _outside(now: Bound, kept: BoolArray) -> int | None:
    """Bound on the plans that use a pair that is not kept; None if there are none."""
    beyond = now.prices.pair[~kept]
    beyond = beyond[beyond < FAR]
    return now.value - int(beyond.min()) if len(beyond) else None
