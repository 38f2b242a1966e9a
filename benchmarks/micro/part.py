"""Part: what a micro-benchmark measures."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LONG_S = 2.0
MOST_RUNS = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """Times of equal calls, after one that is not counted.

    Attributes
    ----------
    seconds : tuple of float
    extra : dict of str to float
        Other numbers, e.g. how much was done in a call.
    """

    seconds: tuple[float, ...]
    extra: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """Median seconds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Part:
    """One micro-benchmark.

    Attributes
    ----------
    name, what : str
    measure : callable
        Sets up, warms up, measures and asserts that the answer is right.
    figure_s : float or None
        Seconds to reach, if the issue names them.
    """

    name: str
    what: str
    measure: Callable[[], Measured]
    figure_s: float | None = None


def timed(call: Callable[[], object]) -> Measured:
    """Time a call until two seconds or thirty runs are full; the first is a warm-up."""
    call()
    times: list[float] = []
    while not times or (sum(times) < LONG_S and len(times) < MOST_RUNS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return Measured(tuple(times))
