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


def quiet_spot(
    rings: Sequence[Sequence[Point]], window: Frame, places: Sequence[Point], steps: int = 12
) -> Point | None:
    """Place for a name inside the largest ring of a country and inside a window, clear of some points.

    Candidates are a grid over the ring; a name is wide and low, so across counts a third of up and
    down. Of those clear enough (a 24th of the window's width) the one nearest to the middle wins, else
    the clearest. None if no candidate lies inside.
    """
    rings = [max(rings, key=lambda ring: bounds(ring).width * bounds(ring).height)]
    frame = bounds(rings[0])
    enough = (window.width / 24) ** 2
    left, right = max(frame.x, window.x), min(frame.x + frame.width, window.x + window.width)
    top, bottom = max(frame.y, window.y), min(frame.y + frame.height, window.y + window.height)
    best: tuple[float, float, Point] | None = None
    middle = ((left + right) / 2, (top + bottom) / 2)
    for row in range(1, steps):
        for column in range(1, steps):
            x = left + (right - left) * column / steps
            y = top + (bottom - top) * row / steps
            if not inside(rings, x, y):
                continue
            clear = min(((px - x) / 3) ** 2 + (py - y) ** 2 for px, py in places)
            off = -math.hypot(x - middle[0], y - middle[1])
            if best is None or (min(clear, enough), off) > best[:2]:
                best = (min(clear, enough), off, (x, y))
    return None if best is None else best[2]


def inside(rings: Sequence[Sequence[Point]], x: float, y: float) -> bool:
    """Whether a point lies inside a polygon, by the even-odd rule."""
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                odd = not odd
    return odd


def round_length(most: float) -> float:
    """Largest of 1, 2, 5 × a power of ten that is not above `most` (for a scale bar).

    Examples
    --------
    >>> round_length(37.0), round_length(9.9), round_length(0.6)
    (20.0, 5.0, 0.5)
    """
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= most)
