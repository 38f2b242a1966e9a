"""Case: one line of the table of figures, as a thing that can be run and checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.instances import Instance, Loaded
from benchmarks.rows import Row


@dataclass(frozen=True, slots=True)
class Entry:
    """One solver in a case.

    Attributes
    ----------
    solver : str
        Module of :mod:`benchmarks.solvers`.
    seconds : float
        Limit.
    gap : float
        Relative gap at which to stop.
    first : int or None
        Run it on the first so many instances only; None for all.
    quick : bool
        Whether it belongs to the quick set.
    """

    solver: str
    seconds: float
    gap: float = 0.0
    first: int | None = None
    quick: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a figure is reached.

    Attributes
    ----------
    reached : bool or None
        None while rows are missing.
    words : str
        The numbers.
    """

    reached: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """One benchmark.

    Attributes
    ----------
    name : str
        As the file's.
    title : str
        For tables.
    figure : str
        What is to be reached, as the issue words it; empty if the case only informs.
    instances : callable
        The instances, cheap to list; empty where public files are absent.
    tiny : callable
        A tiny problem of the same kind, on which compiled code is warmed up.
    entries : tuple of Entry
    check : callable
        From the latest rows of the case to the verdict.
    quick : int
        Instances of the quick set; 0 leaves the case out of it.
    quick_seconds : float
        Limit of every solver in the quick set.
    """

    name: str
    title: str
    figure: str
    instances: Callable[[], Sequence[Instance]]
    tiny: Callable[[], Loaded]
    entries: tuple[Entry, ...]
    check: Callable[[Sequence[Row]], Verdict]
    quick: int = 0
    quick_seconds: float = 10.0
