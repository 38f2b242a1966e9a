"""The state of a search: best plan, best bound, work, and whether to go on."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from matcher.result import Progress, StoppedBy, relative_gap
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.branch_and_price.plan_value import BROKEN, across_of, plan_value
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.prepared import IntArray, Prepared
from matcher.solvers.stopping import SearchState

Judge = Callable[[IntArray], int | None]


class Proven(Protocol):
    """A bound, and what proves it."""

    @property
    def bound(self) -> int:
        """No plan is worth more, scaled units."""
        ...


class Bounding(Protocol):
    """A method that lowers a bound step by step."""

    @property
    def work(self) -> float:
        """Work units used so far."""
        ...

    @property
    def best(self) -> Proven | None:
        """The lowest bound so far."""
        ...


@dataclass(slots=True)
class Search:
    """Best plan and bound of one prepared problem, in scaled units, and the limits of the search.

    Attributes
    ----------
    prepared : Prepared
        Scaled by `factor`.
    judge : callable
        Value (scaled) of a plan given as host of each unit; None where it breaks a hard rule.
    factor : int
        All values were multiplied by it.
    grain : int
        Plans differ by multiples of it (of `factor` at least); a bound is rounded down to one.
    """

    prepared: Prepared
    judge: Judge
    factor: int
    grain: int
    settings: SolveSettings
    stage: str = "branch-and-price"
    on_progress: OnProgress | None = None
    should_stop: ShouldStop | None = None
    work: float = 0.0
    value: int | None = None
    bound: int | None = None
    unit_host: IntArray = field(default_factory=lambda: np.empty(0, np.int64))
    stopped_by: StoppedBy | None = None
    infeasible: bool = False
    _started: float = field(default_factory=time.perf_counter)
    _improved_at: float = 0.0

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the search began."""
        return time.perf_counter() - self._started

    @property
    def proven(self) -> bool:
        """Whether no plan can be better than the best one, or there is none."""
        return self.infeasible or (
            self.value is not None and self.bound is not None and self.bound <= self.value
        )

    @property
    def aim(self) -> int | None:
        """Least that a better plan can be worth; None while there is no plan.

        The best plan may come from elsewhere in the tree and be no multiple of this problem's grain.
        """
        return None if self.value is None else (self.value // self.grain + 1) * self.grain

    def offer(self, unit_host: IntArray) -> bool:
        """Take a plan if it is feasible and better than the best one so far."""
        value = self.judge(unit_host)
        if value is None or (self.value is not None and value <= self.value):
            return False
        self.value, self.unit_host = value, unit_host.copy()
        self._improved_at = self.work
        self._report()
        return True

    def tighten(self, bound: int) -> None:
        """Take a proven bound if it is lower than the lowest one so far."""
        whole = bound // self.grain * self.grain
        if self.value is not None:
            whole = max(whole, self.value)
        if self.bound is None or whole < self.bound:
            self.bound = whole
            self._report()

    def over(self) -> bool:
        """Whether to stop: proof, a limit, a criterion, or an interruption."""
        if self.stopped_by is None:
            self.stopped_by = self._verdict()
        return self.stopped_by is not None

    def follow(self) -> Callable[[Bounding], bool]:
        """Give a function that takes over the work and the bound of a method, and says whether it may end."""
        before = 0.0

        def enough(state: Bounding) -> bool:
            nonlocal before
            self.work += state.work - before
            before = state.work
            if state.best is not None:
                self.tighten(state.best.bound)
            return self.over()

        return enough

    def work_left(self) -> float | None:
        """Work that may still be used; None without a limit."""
        limit = self.settings.work_limit
        return None if limit is None else max(0.0, limit - self.work)

    def work_until_asked(self) -> float | None:
        """Work until a stopping criterion wants to be asked again; None where there is none."""
        stop = self.settings.stop
        if stop is None:
            return None
        due = stop.due(self._state())
        return None if math.isinf(due) else max(0.0, due - self.work)

    def seconds_left(self) -> float | None:
        """Seconds that may still be used; None without a limit."""
        limit = self.settings.time_limit_s
        return None if limit is None else max(0.0, limit - self.seconds)

    def _verdict(self) -> StoppedBy | None:
        if self.proven:
            return StoppedBy.PROOF
        value, bound = self.whole(self.value), self.whole(self.bound)
        gap = relative_gap(value, bound)
        if self.should_stop is not None and self.should_stop():
            return StoppedBy.INTERRUPT
        if gap is not None and gap <= self.settings.relative_gap:
            return StoppedBy.GAP
        limit = self._limit()
        if limit is not None or self.settings.stop is None:
            return limit
        return self.settings.stop(self._state())

    def _state(self) -> SearchState:
        value, bound = self.whole(self.value), self.whole(self.bound)
        return SearchState(value, bound, self.work, self.seconds, self._improved_at)

    def _limit(self) -> StoppedBy | None:
        if self.work_left() == 0.0:
            return StoppedBy.WORK_LIMIT
        return StoppedBy.TIME_LIMIT if self.seconds_left() == 0.0 else None

    def whole(self, scaled: int | None) -> int | None:
        """Objective units of a scaled value."""
        return None if scaled is None else scaled // self.factor

    def inherit_limits(self, other: Search) -> None:
        """Go on with the clock and the work of another search."""
        self.work, self._started, self._improved_at = other.work, other._started, other._improved_at

    def _report(self) -> None:
        if self.on_progress is not None:
            value, bound = self.whole(self.value), self.whole(self.bound)
            gap = relative_gap(value, bound)
            self.on_progress(Progress(self.stage, value, bound, gap, self.seconds))


def begin(prepared: Prepared, factor: int, settings: SolveSettings) -> Search:
    """Start the search of a prepared, scaled problem."""
    tables, across = tables_of(prepared), across_of(prepared)

    def judge(unit_host: IntArray) -> int | None:
        value = plan_value(tables, across, unit_host)
        return None if value == BROKEN else int(value)

    return Search(prepared, judge, factor, grain_of(prepared, factor), settings)


def grain_of(prepared: Prepared, factor: int) -> int:
    """Largest whole number that divides the value of every plan, at least `factor`."""
    hard = (prepared.comp_price < 0, prepared.row_price < 0)
    parts = (
        prepared.value,
        prepared.open_cost,
        prepared.closed_value,
        prepared.stay_cost[prepared.may_stay],
        prepared.nb_value,
        prepared.comp_price[~hard[0]],
        prepared.row_price[~hard[1]],
        np.array([prepared.under_price, prepared.over_price]),
    )
    return int(np.gcd.reduce(np.concatenate(parts))) or factor


def hopeless(prepared: Prepared) -> bool:
    """Whether some unit that must be placed is eligible nowhere."""
    placeable = np.zeros(prepared.n_units, np.bool_)
    placeable[prepared.unit] = True
    return bool((~placeable & ~prepared.may_stay).any())
