"""Share out the limits of a solve among its steps: parts of a problem, or priorities in order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.result import StoppedBy
from matcher.solvers.base import SolveSettings
from matcher.solvers.clock import now
from matcher.solvers.stopping import Continued, FirstFeasible, SearchState, StoppingCriterion

SHORT_WORK = 0.5
"""Work units for each step that an end before its turn left without a plan: enough for some plan."""


@dataclass
class Budget:
    """What is left of the limits, and each step's share of it.

    Attributes
    ----------
    settings : SolveSettings
        Of the whole.
    steps : int
    started : float
        When the whole began, by the search's clock (:mod:`matcher.solvers.clock`).
    constant : int
        Added to what a step reports, to give the objective of the whole.
    used : float
        Work units used so far; the caller adds to it.
    """

    settings: SolveSettings
    steps: int
    started: float
    constant: int = 0
    used: float = 0.0

    def share(self, number: int) -> SolveSettings:
        """Equal share of what is left, for step `number` (from 1)."""
        left = self.steps - number + 1
        work, seconds = self.settings.work_limit, self.settings.time_limit_s
        if work is not None:
            work = max(0.0, work - self.used) / left
        if seconds is not None:
            seconds = max(0.0, self.started + seconds - now()) / left
        return replace(self.settings, work_limit=work, time_limit_s=seconds, stop=self._criterion())

    def short(self) -> SolveSettings:
        """Just enough for some plan: the first that is found."""
        return replace(self.settings, work_limit=SHORT_WORK, time_limit_s=None, stop=FirstFeasible())

    def verdict(self) -> StoppedBy | None:
        """Why a step need not be begun; None if it is to be."""
        stop = self._criterion()
        return None if stop is None else stop(SearchState(None, None, 0.0, 0.0, 0.0))

    def _criterion(self) -> StoppingCriterion | None:
        """Return the criterion as the next step asks it: work and seconds are those of the whole."""
        gone = now() - self.started
        stop = self.settings.stop
        return None if stop is None else Continued(stop, self.used, gone, self.constant)


def after(settings: SolveSettings, work: float, seconds: float) -> SolveSettings:
    """Return what is left of the limits once some work and time are gone.

    Parameters
    ----------
    settings : SolveSettings
    work : float
        Units used so far.
    seconds : float
        Wall-clock seconds gone so far.
    """
    limit, time_limit, stop = settings.work_limit, settings.time_limit_s, settings.stop
    return replace(
        settings,
        work_limit=None if limit is None else max(0.0, limit - work),
        time_limit_s=None if time_limit is None else max(0.0, time_limit - seconds),
        stop=None if stop is None else Continued(stop, work, seconds),
    )
