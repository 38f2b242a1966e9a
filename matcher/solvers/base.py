"""What every solver looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from matcher.problem import Problem
from matcher.result import Progress, Result
from matcher.solution.data import Solution

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """How long and how far to search.

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
    """

    work_limit: float | None = 60.0
    time_limit_s: float | None = None
    relative_gap: float = 0.0
    workers: int = 1
    seed: int = 0


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
