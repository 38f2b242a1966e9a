"""The plane of the page: frames, places and marks that must not hide each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the page, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point], *, padding: float, least: float, aspects: Point) -> Frame:
        """Fit a frame around some points.

        Parameters
        ----------
        points : sequence of (x, y)
        padding : float
            Share of the longer side left free on each side.
        least : float
            Smallest side, in the points' unit.
        aspects : (float, float)
            Smallest and largest width by height; the short side grows until it fits.
        """
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        pad = padding * max(max(xs) - min(xs), max(ys) - min(ys))
        width = max(least, max(xs) - min(xs) + 2 * pad)
        height = max(least, max(ys) - min(ys) + 2 * pad)
        width = max(width, aspects[0] * height)
        height = max(height, width / aspects[1])
        return cls((min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2, width, height)

    def widened(self, share: float) -> Frame:
        """Grow by a share of each side, all round."""
        dx, dy = share * self.width, share * self.height
        return Frame(self.x - dx, self.y - dy, self.width + 2 * dx, self.height + 2 * dy)

    def meets(self, other: Frame) -> bool:
        """Whether two frames overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def bounds(points: Sequence[Point]) -> Frame:
    """Smallest frame around some points."""
    return Frame.around(points, padding=0.0, least=0.0, aspects=(0.0, math.inf))


def fanned(places: Sequence[Point], step: float) -> list[Point]:
    """Offsets that set apart marks that stand at one place.

    The marks of one place go on a ring around it, in the order in which they came; a mark that stands
    alone stays where it is.

    Parameters
    ----------
    places : sequence of (x, y)
        Already rounded to what counts as one place.
    step : float
        Distance between neighbours on a ring.
    """
    crowds: dict[Point, list[int]] = {}
    for index, place in enumerate(places):
        crowds.setdefault(place, []).append(index)
    offsets: list[Point] = [(0.0, 0.0)] * len(places)
    for crowd in crowds.values():
        if len(crowd) > 1:
            radius = step / (2 * math.sin(math.pi / len(crowd)))
            for k, index in enumerate(crowd):
                angle = 2 * math.pi * k / len(crowd) - math.pi / 2
                offsets[index] = (radius * math.cos(angle), radius * math.sin(angle))
    return offsets


def pushed_apart(points: Sequence[Point], gap: float, rounds: int = 60) -> list[Point]:
    """Move points apart until no two are nearer than `gap`, or the rounds are over.

    Each round moves every pair that is too near by half of what lacks, along the line between them;
    points at one place part along a fixed angle, so that the result is the same each time.
    """
    moved = list(points)
    for _ in range(rounds):
        still = True
        for i in range(len(moved)):
            for j in range(i):
                dx, dy = moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]
                apart = math.hypot(dx, dy)
                if apart >= gap - 1e-6:
                    continue
                still = False
                if apart < 1e-9:
                    dx, dy, apart = math.cos(2.4 * i), math.sin(2.4 * i), 1.0
                    push = gap / 2
                else:
                    push = (gap - apart) / 2
                ux, uy = dx / apart * push, dy / apart * push
                moved[i] = (moved[i][0] + ux, moved[i][1] + uy)
                moved[j] = (moved[j][0] - ux, moved[j][1] - uy)
        if still:
            break
    return moved


def round_length(most: float) -> float:
    """Largest of 1, 2, 5 × a power of ten that is not above `most` (for a scale bar).

    Examples
    --------
    >>> round_length(37.0), round_length(9.9), round_length(0.6)
    (20.0, 5.0, 0.5)
    """
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= most)
