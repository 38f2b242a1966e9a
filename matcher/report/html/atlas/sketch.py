"""The sketch of one cluster: a small map of its own, with a scale bar."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.analysis.document import ClusterCard
from matcher.report.html.atlas.ground import UNITS_PER_KM, Ground
from matcher.report.html.atlas.plane import Frame, Point, pushed_apart, round_length
from matcher.report.html.numbers import said

WIDTH, HEIGHT = 320.0, 224.0
"""Size in pixels."""
MARK_GAP = 23.0
"""Smallest distance in pixels between two marks."""
LEAST_KM = 8.0
"""A sketch is never closer than this many km across."""


@dataclass(frozen=True, slots=True)
class SketchMark:
    """One school on a sketch; `number` 0 is the mentor."""

    school_id: str
    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the template draws: land codes, how to place them, marks, scale."""

    lands: tuple[str, ...]
    scale: float
    left: float
    top: float
    host: SketchMark | None
    mentees: tuple[SketchMark, ...]
    bar: float
    bar_km: str
    missing: tuple[str, ...]


def draw_sketch(cluster: ClusterCard, ground: Ground | None) -> Sketch | None:
    """Draw one cluster; None when fewer than two of its schools have coordinates."""
    if ground is None:
        return None
    members = [(cluster.host_id, 0), *((m, k + 1) for k, m in enumerate(cluster.mentee_ids))]
    drawn = [(school_id, number) for school_id, number in members if school_id in ground.places]
    if len(drawn) < 2:
        return None
    places = [ground.places[school_id] for school_id, _ in drawn]
    frame = Frame.around(places, padding=0.0, least=LEAST_KM * UNITS_PER_KM, aspects=(0.0, float("inf")))
    scale = min((WIDTH - 84) / frame.width, (HEIGHT - 84) / frame.height)
    left = WIDTH / 2 - scale * (frame.x + frame.width / 2)
    top = (HEIGHT - 12) / 2 - scale * (frame.y + frame.height / 2)
    spots = pushed_apart([(left + scale * x, top + scale * y) for x, y in places], MARK_GAP)
    marks = [
        SketchMark(school_id, number, *_within(spot))
        for (school_id, number), spot in zip(drawn, spots, strict=True)
    ]
    window = Frame(-left / scale, -top / scale, WIDTH / scale, HEIGHT / scale)
    km = round_length(0.34 * WIDTH / (scale * UNITS_PER_KM))
    return Sketch(
        lands=tuple(land.code for land in ground.lands if land.frame.meets(window)),
        scale=round(scale, 5),
        left=round(left, 2),
        top=round(top, 2),
        host=next((mark for mark in marks if mark.number == 0), None),
        mentees=tuple(mark for mark in marks if mark.number),
        bar=round(km * UNITS_PER_KM * scale, 1),
        bar_km=f"{said(km, 0 if km >= 1 else 1)} km",
        missing=tuple(school_id for school_id, _ in members if school_id not in ground.places),
    )


def _within(spot: Point) -> Point:
    """Keep a mark inside the sketch, clear of its edge."""
    x = min(max(spot[0], 14.0), WIDTH - 14.0)
    y = min(max(spot[1], 14.0), HEIGHT - 14.0)
    return round(x, 1), round(y, 1)
