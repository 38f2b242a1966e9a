"""The ground of every map: the frame around the schools, the projection, the land in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.analysis.document import SchoolCard
from matcher.report.html.atlas.outlines import clipped, load_countries
from matcher.report.html.atlas.plane import Frame, Point, bounds
from matcher.report.html.atlas.projection import Box, Projection, box_of

UNITS_PER_KM = 2.0
"""Page units of the maps for a kilometre: whole units are as fine as the outlines are."""


MARGIN = 0.4
"""Share of the window by which land is drawn beyond it on each side."""


@dataclass(frozen=True, slots=True)
class Land:
    """Outline of a country on the page."""

    code: str
    path: str
    frame: Frame
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all maps of one report share.

    Attributes
    ----------
    frame : Frame
        Window of the overview map, in page units.
    lands : tuple of Land
        Countries that reach into the window, sorted by code.
    places : dict of str to Point
        School id → place in page units; schools without coordinates are absent.
    """

    frame: Frame
    lands: tuple[Land, ...]
    places: dict[str, Point]


def lay_ground(schools: Sequence[SchoolCard]) -> Ground | None:
    """Project the schools and the land around them; None when no school has coordinates."""
    degrees = {
        card.school_id: (card.longitude, card.latitude)
        for card in schools
        if card.longitude is not None and card.latitude is not None
    }
    if not degrees:
        return None
    projection = Projection.fitted(box_of(list(degrees.values())).padded(0.08, 0.5))

    def place(longitude: float, latitude: float) -> Point:
        x, y = projection.project(longitude, latitude)
        return x * UNITS_PER_KM, y * UNITS_PER_KM

    raw = {school_id: place(*point) for school_id, point in degrees.items()}
    frame = Frame.around(list(raw.values()), padding=0.07, least=120 * UNITS_PER_KM, aspects=(1.15, 1.7))
    left, top = frame.x, frame.y
    places = {key: (round(x - left, 2), round(y - top, 2)) for key, (x, y) in raw.items()}
    window = Frame(0.0, 0.0, round(frame.width, 1), round(frame.height, 1))
    return Ground(window, tuple(_lands(window, projection, (left, top))), places)


def _lands(window: Frame, projection: Projection, corner: Point) -> list[Land]:
    wide = window.widened(MARGIN)
    box = Box(wide.x, wide.y, wide.x + wide.width, wide.y + wide.height)

    def place(longitude: float, latitude: float) -> Point:
        x, y = projection.project(longitude, latitude)
        return x * UNITS_PER_KM - corner[0], y * UNITS_PER_KM - corner[1]

    lands = []
    for country in load_countries():
        rings = []
        for ring in country.rings:
            flat = [place(*point) for point in ring]
            kept = clipped(tuple(flat), box) if bounds(flat).meets(wide) else ()
            if kept:
                rings.append(kept)
        if rings:
            everything = [point for ring in rings for point in ring]
            path = "".join(_path(ring) for ring in rings)
            lands.append(Land(country.code, path, bounds(everything), tuple(rings)))
    return lands


def _path(ring: Sequence[Point]) -> str:
    """SVG path in whole units, steps relative to the point before."""
    x, y = round(ring[0][0]), round(ring[0][1])
    steps = []
    for px, py in ring[1:]:
        dx, dy = round(px) - x, round(py) - y
        if dx or dy:
            steps.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
            x, y = x + dx, y + dy
    joined = "".join(step if not k or step[0] == "-" else f" {step}" for k, step in enumerate(steps))
    return f"M{round(ring[0][0])} {round(ring[0][1])}l{joined}z" if steps else ""
