"""Result: a plan and how it was got."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class SolveStatus(StrEnum):
    """What is known about a result."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class StoppedBy(StrEnum):
    """What ended the search."""

    PROOF = "proof"
    GAP = "gap"
    WORK_LIMIT = "work-limit"
    TIME_LIMIT = "time-limit"
    INTERRUPT = "interrupt"
    NO_IMPROVEMENT = "no-improvement"
    FIRST_FEASIBLE = "first-feasible"
    EXHAUSTED = "exhausted"
    """No limit was met, but the method has nothing left to try."""


PREPARING = "preparing the solver for this machine, once"
"""Stage of a progress report before machine code is made: a minute, and never again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """State of a running search, given to the progress callback.

    ``incumbent`` and ``bound`` are objective units, None while unknown; ``gap`` is relative. Where something
    is counted before points, ``counted`` says what, and the two are its numbers below 0.
    """

    stage: str
    incumbent: int | None
    bound: int | None
    gap: float | None
    seconds: float
    counted: str = ""

    def shifted(self, constant: int) -> Progress:
        """Return the same state with a constant added to incumbent and bound."""
        incumbent = None if self.incumbent is None else self.incumbent + constant
        bound = None if self.bound is None else self.bound + constant
        return replace(self, incumbent=incumbent, bound=bound, gap=relative_gap(incumbent, bound))


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """How one independent part of a problem was solved.

    Attributes
    ----------
    mentees, hosts : tuple of int
        Its members in the whole, ascending.
    method, reason : str
        As in :class:`Result`.
    status : SolveStatus
    objective, bound : int or None
        Of the part alone: without the problem's constant.
    """

    mentees: tuple[int, ...]
    hosts: tuple[int, ...]
    method: str
    reason: str
    status: SolveStatus
    objective: int | None
    bound: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a solver returns; it is judged by the referee before anyone sees it.

    Attributes
    ----------
    status : SolveStatus
    host_of : ndarray of int64, shape (n_mentees,), or None
        The plan (see :class:`matcher.solution.Solution`); None without one.
    objective : int or None
        Claimed objective, in objective units.
    bound : int or None
        Proven upper bound on any plan's objective; None when unknown, never 0.
    method : str
        Name of the solver.
    reason : str
        Why this method was chosen, one plain sentence.
    stopped_by : StoppedBy
    seed : int
    versions : dict of str to str
        Versions of the libraries that computed it.
    conflict : str
        What is known about why no plan exists; empty otherwise.
    parts : tuple of PartOutcome
        Which method proved what, part by part; empty where a solver was called directly.
    work : float
        Deterministic work units used; the same from run to run.
    runtime_s : float
        Wall-clock seconds; recorded apart, never part of a deterministic output.
    """

    status: SolveStatus
    host_of: NDArray[np.int64] | None
    objective: int | None
    bound: int | None
    method: str
    reason: str
    stopped_by: StoppedBy
    seed: int = 0
    versions: dict[str, str] = field(default_factory=dict)
    conflict: str = ""
    parts: tuple[PartOutcome, ...] = ()
    work: float = 0.0
    runtime_s: float = 0.0

    @property
    def gap(self) -> float | None:
        """Relative gap ``(bound - objective) / max(1, |objective|)``; None while either is unknown."""
        return relative_gap(self.objective, self.bound)


def relative_gap(objective: int | None, bound: int | None) -> float | None:
    """Relative distance of an objective from its bound; None while either is unknown.

    Examples
    --------
    >>> relative_gap(100, 110)
    0.1
    """
    if objective is None or bound is None:
        return None
    return (bound - objective) / max(1, abs(objective))
