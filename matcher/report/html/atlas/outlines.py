"""Country outlines: Natural Earth 1:50m, kept with the package (see its licence beside it)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matcher.report.html.atlas.projection import Box, Degrees

Ring = tuple[Degrees, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """Outline of one country, in degrees."""

    code: str
    rings: tuple[Ring, ...]


@cache
def load_countries() -> tuple[Country, ...]:
    """Read the outlines, sorted by code."""
    text = files("matcher.report").joinpath("assets", "outlines.json").read_text(encoding="utf-8")
    return tuple(
        Country(code, tuple(_ring(flat) for flat in entry["rings"]))
        for code, entry in sorted(json.loads(text)["countries"].items())
    )


def _ring(flat: Sequence[int]) -> Ring:
    """Undo the steps: x0, y0, dx, dy, … in hundredths of a degree."""
    points: list[Degrees] = []
    x = y = 0
    for k in range(0, len(flat), 2):
        x, y = x + flat[k], y + flat[k + 1]
        points.append((x / 100, y / 100))
    return tuple(points)


def clipped(ring: Ring, box: Box) -> Ring:
    """Cut a ring to a box.

    References
    ----------
    I. E. Sutherland and G. W. Hodgman, *Reentrant polygon clipping*, Communications of the ACM 17(1),
    1974: one edge of the window at a time.
    """
    points = list(ring)
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        points = _cut(points, axis, limit, sign)
        if len(points) < 3:
            return ()
    return tuple(points)


def _cut(points: list[Degrees], axis: int, limit: float, sign: int) -> list[Degrees]:
    """Keep the side of one edge on which sign · (coordinate - limit) is not negative."""
    if all(sign * (point[axis] - limit) >= 0 for point in points):
        return points
    kept: list[Degrees] = []
    for k, here in enumerate(points):
        before = points[k - 1]
        inside, was_inside = sign * (here[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was_inside:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append(
                (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
            )
        if inside:
            kept.append(here)
    return kept
