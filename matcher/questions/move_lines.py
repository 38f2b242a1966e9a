"""Lines of moves against quality, and how the lines of independent parts become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Best values of one part by the number of moves allowed.

    Attributes
    ----------
    least_bound : int
        Proven: no plan has fewer moves.
    least : int
        Fewest moves of a plan that was found.
    values : tuple of int
        ``values[k]`` is the best value found with at most ``least + k`` moves; never falling.
    bounds : tuple of (int or None)
        No plan with at most ``least + k`` moves is worth more; None while unknown.
    plans : dict of int to ndarray of int64, shape (n_mentees of the part,)
        By number of moves: the plan that has the value first reached there.
    """

    least_bound: int
    least: int
    values: tuple[int, ...]
    bounds: tuple[int | None, ...]
    plans: dict[int, NDArray[np.int64]]

    @property
    def most(self) -> int:
        """Moves beyond which nothing more is gained."""
        return self.least + len(self.values) - 1

    def plan_at(self, moves: int) -> NDArray[np.int64]:
        """Plan with the best value found with at most so many moves."""
        return self.plans[max(known for known in self.plans if known <= moves)]

    def value_at(self, moves: int) -> int:
        """Best value found with at most so many moves, which are at least `least`."""
        return self.values[min(moves, self.most) - self.least]

    def bound_at(self, moves: int) -> int | None:
        """Bound on the value with at most so many moves; below `least` that of `least`."""
        return self.bounds[max(0, min(moves, self.most) - self.least)]


@dataclass(frozen=True, slots=True)
class Option:
    """One point of the whole: its moves and how many of them fall to each part."""

    moves: int
    value: int
    bound: int | None
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """What the lines of all parts give together.

    Attributes
    ----------
    options : tuple of Option
        Rising in moves and in value.
    least_bound : int
        Proven: no plan has fewer moves.
    complete : bool
        Whether the value of every number of moves is proven, so that no point is missing.
    """

    options: tuple[Option, ...]
    least_bound: int
    complete: bool


def merge_lines(lines: Sequence[Line]) -> Lines:
    """Merge the lines of independent parts: a (max, +) convolution.

    Parameters
    ----------
    lines : sequence of Line

    Returns
    -------
    Lines
        Of all parts together; with no part, the one option without a move and of value 0.
    """
    least, values = 0, [0]
    shares: list[tuple[int, ...]] = [()]
    low, bounds = 0, [0]
    unknown = any(bound is None for line in lines for bound in line.bounds)
    for line in lines:
        least, values, shares = _joined_values(least, values, shares, line)
        if not unknown:
            low, bounds = _joined_bounds(low, bounds, line)
    options: list[Option] = []
    proven: list[bool] = []
    for at, value in enumerate(values):
        bound = None if unknown else bounds[min(least + at - low, len(bounds) - 1)]
        proven.append(bound == value)
        if not options or value > options[-1].value:
            options.append(Option(least + at, value, bound, shares[at]))
    return Lines(tuple(options), sum(line.least_bound for line in lines), all(proven))


def _joined_values(
    least: int, values: list[int], shares: list[tuple[int, ...]], line: Line
) -> tuple[int, list[int], list[tuple[int, ...]]]:
    """Add one part: for each sum of moves the best way to share them; of equals, the one with fewer here."""
    size = len(values) + len(line.values) - 1
    best: list[int | None] = [None] * size
    share: list[tuple[int, ...]] = [()] * size
    for at, value in enumerate(values):
        for more, own in enumerate(line.values):
            known = best[at + more]
            if known is None or value + own > known:
                best[at + more], share[at + more] = value + own, (*shares[at], line.least + more)
    return least + line.least, [value for value in best if value is not None], share


def _joined_bounds(low: int, bounds: list[int], line: Line) -> tuple[int, list[int]]:
    own = [line.bound_at(moves) for moves in range(line.least_bound, line.most + 1)]
    joined = [
        max(
            bounds[at] + bound
            for at in range(len(bounds))
            if 0 <= total - at < len(own) and (bound := own[total - at]) is not None
        )
        for total in range(len(bounds) + len(own) - 1)
    ]
    return low + line.least_bound, joined
