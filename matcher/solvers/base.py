"""What every solver looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from matcher.problem import Problem
from matcher.result import Progress, Result
from matcher.solution.data import Solution
from matcher.solvers.stopping import StoppingCriterion

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """How long and how far to search.

    The limits are budgets: :func:`matcher.solvers.solve` shares them out among the parts of a problem,
    so that each gets a turn. `stop` is asked as the search goes: work and seconds count from the start of
    the whole; incumbent, bound and gap are those of the part that is being solved. Once it says stop, the
    parts not yet begun get a short search. The first limit or criterion that is met ends the search.

    Attributes
    ----------
    work_limit : float or None
        Deterministic work units (of the solver) after which it stops; the default kind of limit.
    time_limit_s : float or None
        Wall-clock seconds; the answer may then differ from run to run.
    relative_gap : float
        Stop once the proven gap is at most this.
    workers : int
        Threads.
    seed : int
    stop : StoppingCriterion or None
        E.g. ``Runtime(60) | Gap(0.01)``; see :mod:`matcher.solvers.stopping`.
    """

    work_limit: float | None = 60.0
    time_limit_s: float | None = None
    relative_gap: float = 0.0
    workers: int = 1
    seed: int = 0
    stop: StoppingCriterion | None = None


class Solver(Protocol):
    """A solver: stateless, deterministic for a given problem, settings and warm start."""

    @property
    def name(self) -> str:
        """Short name, lower case."""
        ...

    def refusal(self, problem: Problem) -> str | None:
        """Why this solver cannot take the problem, one plain sentence; None if it can."""
        ...

    def solve(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Result:
        """Solve. Never raises for an infeasible problem: that is a status."""
        ...
