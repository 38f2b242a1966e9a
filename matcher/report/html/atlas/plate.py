"""The plate of one country: a still map at the country's own scale, for print and for a first look."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.report.html.atlas.ground import UNITS_PER_KM, Ground
from matcher.report.html.atlas.overview import MarkGroup
from matcher.report.html.atlas.plane import Frame, bounds, round_length
from matcher.report.html.numbers import said

WIDTH, HEIGHT = 340.0, 300.0
"""Size in pixels."""
MOST_NAMES = 8
"""Towns are named on a plate with at most so many mentors."""


@dataclass(frozen=True, slots=True)
class PlateName:
    """Name of a mentor's town beside its mark."""

    text: str
    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class PlateMark:
    """One school on a plate, in pixels."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plate:
    """What the template draws."""

    code: str
    lands: tuple[str, ...]
    scale: float
    left: float
    top: float
    lines: str
    marks: tuple[PlateMark, ...]
    names: tuple[PlateName, ...]
    bar: float
    bar_km: str


def draw_plate(code: str, groups: tuple[MarkGroup, ...], ground: Ground) -> Plate | None:
    """Draw one country; None when none of its schools has coordinates."""
    mine = [group for group in groups if group.country == code]
    marks = [mark for group in mine for mark in group.marks]
    if not marks:
        return None
    around = bounds([(mark.x, mark.y) for mark in marks])
    least = 30 * UNITS_PER_KM
    scale = min((WIDTH - 70) / max(around.width, least), (HEIGHT - 80) / max(around.height, least))
    left = WIDTH / 2 - scale * (around.x + around.width / 2)
    top = (HEIGHT - 14) / 2 - scale * (around.y + around.height / 2)
    window = Frame(-left / scale, -top / scale, WIDTH / scale, HEIGHT / scale)
    hosts = [mark for mark in marks if mark.kind == "host"]
    named = [mark for mark in hosts if mark.school.municipality] if len(hosts) <= MOST_NAMES else []
    km = round_length(0.3 * WIDTH / (scale * UNITS_PER_KM))
    return Plate(
        code=code,
        lands=tuple(land.code for land in ground.lands if land.frame.meets(window)),
        scale=round(scale, 5),
        left=round(left, 2),
        top=round(top, 2),
        lines="".join(group.lines for group in mine),
        marks=tuple(
            PlateMark(mark.kind, round(left + scale * mark.x, 1), round(top + scale * mark.y, 1))
            for mark in marks
        ),
        names=tuple(
            _name(str(mark.school.municipality), left + scale * mark.x, top + scale * mark.y)
            for mark in named
        ),
        bar=round(km * UNITS_PER_KM * scale, 1),
        bar_km=f"{said(km, 0 if km >= 1 else 1)} km",
    )


def _name(text: str, x: float, y: float) -> PlateName:
    """Put a name on the side of its mark that has more room."""
    right = x < WIDTH * 0.6
    return PlateName(text, round(x + (9 if right else -9), 1), round(y - 6, 1), "start" if right else "end")
