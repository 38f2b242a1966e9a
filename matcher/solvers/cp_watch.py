"""What is known of a running CP-SAT search, and whether a stopping criterion ends it."""

from __future__ import annotations

import math
import time
from threading import Lock

from matcher.result import Progress, StoppedBy, relative_gap
from matcher.solvers.stopping import SearchState, StoppingCriterion


class Watch:
    """Incumbent and bound as the search thread last reported them; they only get better.

    CP-SAT tells its work only when a search ends. So a criterion that looks at work is served by
    searches of limited work, one after the other (*rounds*): within a round the work is that of its start.

    Parameters
    ----------
    stage : str
        Named in the progress reports.
    stop : StoppingCriterion or None
    incumbent, bound : int or None
        Of what is known before the search: a feasible plan to start from, a proven bound.
    restricted : bool
        The model leaves out plans, so that its own bound says nothing.
    """

    def __init__(
        self,
        stage: str,
        stop: StoppingCriterion | None,
        *,
        incumbent: int | None,
        bound: int | None,
        restricted: bool,
    ) -> None:
        self.verdict: StoppedBy | None = None
        self._stage = stage
        self._stop = stop
        self._restricted = restricted
        self._lock = Lock()
        self._started = time.perf_counter()
        self._incumbent = incumbent
        self._bound = bound
        self._fresh = False
        self._work = self._improved_at = 0.0
        self._improved = False
        self._limit = math.inf

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the search began."""
        return time.perf_counter() - self._started

    @property
    def bound(self) -> int | None:
        """Best proven bound; None while unknown."""
        return self._bound

    def begin_round(self, work: float, limit: float | None) -> float:
        """Start a round at `work` and say at which work it has to end (infinite: never)."""
        with self._lock:
            self._work = work
            if self._improved:
                self._improved, self._improved_at = False, work
            self._limit = math.inf if limit is None else limit
            if self._stop is not None:
                state = self._state()
                self.verdict = self._stop(state)
                self._limit = min(self._limit, self._stop.due(state))
            return self._limit

    def set_incumbent(self, value: int) -> bool:
        """Note a plan; returns whether the round has to end."""
        with self._lock:
            if self._incumbent is None or value > self._incumbent:
                self._incumbent, self._improved, self._fresh = value, True, True
            return self._ends()

    def set_bound(self, value: int | None) -> bool:
        """Note a bound of the model; returns whether the round has to end."""
        with self._lock:
            if value is not None and not self._restricted and (self._bound is None or value < self._bound):
                self._bound, self._fresh = value, True
            return self._ends()

    def ends(self) -> bool:
        """Whether the round has to end by now."""
        with self._lock:
            return self._ends()

    def _ends(self) -> bool:
        if self._stop is None:
            return False
        state = self._state()
        self.verdict = self.verdict or self._stop(state)
        return self.verdict is not None or self._stop.due(state) < self._limit

    def _state(self) -> SearchState:
        return SearchState(self._incumbent, self._bound, self._work, self.seconds, self._improved_at)

    def take(self) -> Progress | None:
        """Return what is new since the last call; None if nothing is."""
        with self._lock:
            if not self._fresh:
                return None
            self._fresh = False
            return self.state()

    def state(self) -> Progress:
        """Return how far the search has come."""
        gap = relative_gap(self._incumbent, self._bound)
        return Progress(self._stage, self._incumbent, self._bound, gap, self.seconds)
