"""When a search may end: criteria that read as they are written and combine with ``|`` and ``&``.

A criterion only looks at a :class:`SearchState`. All but :class:`Runtime` look at what is the same from
run to run, so that the plan is, too.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

from matcher.result import StoppedBy, relative_gap


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a criterion may know of a search.

    Attributes
    ----------
    incumbent, bound : int or None
        Objective of the best plan so far and proven upper bound, in objective units; None while unknown.
    work : float
        Deterministic work units used so far.
    seconds : float
        Wall-clock seconds since the search began.
    work_at_last_improvement : float
        Work at which the incumbent last got better; at the start of the search without one.
    """

    incumbent: int | None
    bound: int | None
    work: float
    seconds: float
    work_at_last_improvement: float

    @property
    def gap(self) -> float | None:
        """Relative gap, as :attr:`matcher.result.Result.gap`; None while either side is unknown."""
        return relative_gap(self.incumbent, self.bound)


class StoppingCriterion(ABC):
    """Says whether a search may end; ``a | b`` ends with either, ``a & b`` once both hold."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, state: SearchState) -> StoppedBy | None:
        """Why the search may end now; None if it may not."""

    def due(self, state: SearchState) -> float:
        """Work at which the search may end if nothing but work is added; infinite if never.

        For solvers that must fix their work before they begin.
        """
        return state.work if self(state) is not None else math.inf

    def __or__(self, other: StoppingCriterion) -> StoppingCriterion:
        """End with either; of two that hold at once the left one is named."""
        return _Any(self, other)

    def __and__(self, other: StoppingCriterion) -> StoppingCriterion:
        """End once both hold; the right one is named."""
        return _All(self, other)


@dataclass(frozen=True, slots=True)
class Runtime(StoppingCriterion):
    """End after so many wall-clock seconds; the only criterion that may change the plan from run to run."""

    seconds: float

    def __post_init__(self) -> None:
        _at_least_zero(self.seconds, "Runtime")

    def __call__(self, state: SearchState) -> StoppedBy | None:
        """See :class:`StoppingCriterion`."""
        return StoppedBy.TIME_LIMIT if state.seconds >= self.seconds else None


@dataclass(frozen=True, slots=True)
class Work(StoppingCriterion):
    """End after so many deterministic work units."""

    units: float

    def __post_init__(self) -> None:
        _at_least_zero(self.units, "Work")

    def __call__(self, state: SearchState) -> StoppedBy | None:
        """See :class:`StoppingCriterion`."""
        return StoppedBy.WORK_LIMIT if state.work >= self.units else None

    def due(self, state: SearchState) -> float:
        """See :meth:`StoppingCriterion.due`."""
        return max(state.work, self.units)


@dataclass(frozen=True, slots=True)
class Gap(StoppingCriterion):
    """End once the proven relative gap is at most this; 0.01 is one per cent."""

    relative: float

    def __post_init__(self) -> None:
        _at_least_zero(self.relative, "Gap")

    def __call__(self, state: SearchState) -> StoppedBy | None:
        """See :class:`StoppingCriterion`."""
        return StoppedBy.GAP if state.gap is not None and state.gap <= self.relative else None


@dataclass(frozen=True, slots=True)
class NoImprovement(StoppingCriterion):
    """End once the plan has not got better for so many units of work (never before there is one).

    Counted in work, not in rounds, which mean something else in each method, nor in seconds, which
    differ from run to run.
    """

    work: float

    def __post_init__(self) -> None:
        if not self.work > 0:
            raise ValueError(f"NoImprovement needs a work above 0, not {self.work}.")

    def __call__(self, state: SearchState) -> StoppedBy | None:
        """See :class:`StoppingCriterion`."""
        if state.incumbent is None or state.work < state.work_at_last_improvement + self.work:
            return None
        return StoppedBy.NO_IMPROVEMENT

    def due(self, state: SearchState) -> float:
        """See :meth:`StoppingCriterion.due`."""
        if state.incumbent is None:
            return math.inf
        return max(state.work, state.work_at_last_improvement + self.work)


@dataclass(frozen=True, slots=True)
class FirstFeasible(StoppingCriterion):
    """End with the first plan that keeps every hard rule; a warm start that keeps them is one."""

    def __call__(self, state: SearchState) -> StoppedBy | None:
        """See :class:`StoppingCriterion`."""
        return None if state.incumbent is None else StoppedBy.FIRST_FEASIBLE


@dataclass(frozen=True, slots=True)
class Continued(StoppingCriterion):
    """A criterion about a whole, asked by a search that is a later part of it.

    Attributes
    ----------
    criterion : StoppingCriterion
    work, seconds : float
        Used before this search began.
    objective : int
        Added to the search's incumbent and bound.
    """

    criterion: StoppingCriterion
    work: float = 0.0
    seconds: float = 0.0
    objective: int = 0

    def __call__(self, state: SearchState) -> StoppedBy | None:
        """See :class:`StoppingCriterion`."""
        return self.criterion(self._whole(state))

    def due(self, state: SearchState) -> float:
        """See :meth:`StoppingCriterion.due`; in work of this search."""
        return max(state.work, self.criterion.due(self._whole(state)) - self.work)

    def _whole(self, state: SearchState) -> SearchState:
        return replace(
            state,
            incumbent=None if state.incumbent is None else state.incumbent + self.objective,
            bound=None if state.bound is None else state.bound + self.objective,
            work=state.work + self.work,
            seconds=state.seconds + self.seconds,
            work_at_last_improvement=state.work_at_last_improvement + self.work,
        )


@dataclass(frozen=True, slots=True)
class _Any(StoppingCriterion):
    one: StoppingCriterion
    other: StoppingCriterion

    def __call__(self, state: SearchState) -> StoppedBy | None:
        return self.one(state) or self.other(state)

    def due(self, state: SearchState) -> float:
        return min(self.one.due(state), self.other.due(state))

    def __repr__(self) -> str:
        return f"{self.one!r} | {self.other!r}"


@dataclass(frozen=True, slots=True)
class _All(StoppingCriterion):
    one: StoppingCriterion
    other: StoppingCriterion

    def __call__(self, state: SearchState) -> StoppedBy | None:
        return None if self.one(state) is None else self.other(state)

    def due(self, state: SearchState) -> float:
        return max(self.one.due(state), self.other.due(state))

    def __repr__(self) -> str:
        return f"({self.one!r} & {self.other!r})"


def _at_least_zero(value: float, name: str) -> None:
    if not value >= 0:
        raise ValueError(f"{name} needs a number from 0, not {value}.")
