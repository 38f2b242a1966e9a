"""Plots as inline SVG: points in a plane with two axes; a table beside each says the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from matcher.report.html.numbers import said

WIDTH, HEIGHT = 400.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 66.0, 14.0, 14.0, 42.0
MOST_TICKS = 5
LEAST_SPAN = 4
"""Length of an axis at least, in units of the last decimal that is shown."""
_SHAPES = {
    "best": "m0 -5.5l5.5 5.5 -5.5 5.5 -5.5 -5.5z",
    "plain": "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
    "own": "m-4.5 -4.5h9v9h-9z",
}
Shape = Literal["best", "plain", "own"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its name, and how a value on it is written; categories stand at 0, 1, 2 and so on."""

    label: str
    decimals: int = 1
    scale: float = 1.0
    unit: str = ""
    categories: tuple[str, ...] = ()

    def said(self, value: float, decimals: int | None = None) -> str:
        """Write a value in the axis's unit."""
        text = said(value * self.scale, self.decimals if decimals is None else decimals)
        return f"{text}\u202f{self.unit}" if self.unit else text


@dataclass(frozen=True, slots=True)
class Dot:
    """One point: where it is, its shape, whether it is hollow (not proven) or faint, and its number."""

    x: float
    y: float
    said: str
    shape: Shape = "plain"
    hollow: bool = False
    faint: bool = False
    number: str = ""


def ticks(low: float, high: float, most: int = MOST_TICKS) -> tuple[float, ...]:
    """Round values that span an interval, in steps of 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> ticks(0, 1)
    (0.0, 0.25, 0.5, 0.75, 1.0)
    >>> ticks(63.2, 64.9)
    (63.0, 63.5, 64.0, 64.5, 65.0)
    """
    reach = high - low or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(reach / (most - 1)))
    for step in (power * factor for factor in (1, 2, 2.5, 5, 10)):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            break
    if first == last:
        last += 1
    return tuple(round(at * step, 10) for at in range(first, last + 1))


def plot(
    name: str,
    words: tuple[str, str],
    axes: tuple[Axis, Axis],
    dots: Sequence[Dot],
    *,
    line: Sequence[int] = (),
) -> Markup:
    """Draw points, some of them joined by a line.

    Parameters
    ----------
    name : str
        Unique on the page; ids are made of it.
    words : (str, str)
        Title and description, for whoever does not see the plot.
    axes : (Axis, Axis)
    dots : sequence of Dot
        At least one.
    line : sequence of int
        Positions of the dots that are joined, in order.

    Returns
    -------
    Markup
        One ``svg`` element.
    """
    x_axis, y_axis = axes
    x_marks = _marks(x_axis, [dot.x for dot in dots])
    y_marks = _marks(y_axis, [dot.y for dot in dots])
    spots = [(_across(dot.x, x_marks), _up(dot.y, y_marks)) for dot in dots]
    parts = [
        Markup('<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>').format(name, *words),
        *_x_axis(x_axis, x_marks),
        *_y_axis(y_axis, y_marks),
    ]
    if len(line) > 1:
        joined = "L".join(f"{spots[at][0]:.1f} {spots[at][1]:.1f}" for at in line)
        parts.append(Markup('<path class="join" d="M{}"/>').format(joined))
    order = sorted(range(len(dots)), key=lambda at: not dots[at].faint)  # faint ones lie beneath
    parts += [_dot(dots[at], spots[at]) for at in order]
    return Markup(
        '<svg class="plot" viewBox="0 0 {:g} {:g}" role="img" aria-labelledby="{name}-t {name}-d">{}</svg>'
    ).format(WIDTH, HEIGHT, Markup("").join(parts), name=name)


def _marks(axis: Axis, values: Sequence[float]) -> tuple[float, ...]:
    """Ticks of an axis; its ends are the first and the last."""
    if axis.categories:
        return tuple(float(at) for at in range(-1, len(axis.categories) + 1))
    low, high = min(values) * axis.scale, max(values) * axis.scale
    lacking = LEAST_SPAN * 10.0**-axis.decimals - (high - low)
    if lacking > 0:  # a difference that can hardly be read is not drawn as a large one
        low, high = low - lacking / 2, high + lacking / 2
    return tuple(mark / axis.scale for mark in ticks(low, high))


def _across(x: float, marks: tuple[float, ...]) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (x - marks[0]) / (marks[-1] - marks[0])


def _up(y: float, marks: tuple[float, ...]) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (y - marks[0]) / (marks[-1] - marks[0])


def _step_decimals(axis: Axis, marks: tuple[float, ...]) -> int:
    """Decimals that tell two ticks apart, no more."""
    step = (marks[1] - marks[0]) * axis.scale
    return next((n for n in range(4) if abs(round(step, n) - step) < 1e-9 * max(1.0, step)), 4)


def _x_axis(axis: Axis, marks: tuple[float, ...]) -> list[Markup]:
    floor, decimals = HEIGHT - BOTTOM, _step_decimals(axis, marks)
    parts = [
        Markup('<path class="axis" d="M{:g} {:g}H{:g}"/>').format(LEFT, floor, WIDTH - RIGHT),
        Markup('<text x="{:g}" y="{:g}" text-anchor="middle" class="name">{}</text>').format(
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, axis.label
        ),
    ]
    named = (
        [(float(at), text) for at, text in enumerate(axis.categories)]
        if axis.categories
        else [(mark, axis.said(mark, decimals)) for mark in marks]
    )
    parts += [
        Markup('<text x="{:.1f}" y="{:g}" text-anchor="middle">{}</text>').format(
            _across(at, marks), floor + 15, text
        )
        for at, text in named
    ]
    return parts


def _y_axis(axis: Axis, marks: tuple[float, ...]) -> list[Markup]:
    decimals = _step_decimals(axis, marks)
    parts = []
    for mark in marks:
        y = _up(mark, marks)
        parts.append(Markup('<path class="grid-line" d="M{:g} {:.1f}H{:g}"/>').format(LEFT, y, WIDTH - RIGHT))
        parts.append(
            Markup('<text x="{:g}" y="{:.1f}" text-anchor="end">{}</text>').format(
                LEFT - 6, y + 3.5, axis.said(mark, decimals)
            )
        )
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(
        Markup(
            '<text x="11" y="{0:g}" transform="rotate(-90 11 {0:g})" text-anchor="middle" class="name">'
            "{1}</text>"
        ).format(middle, axis.label)
    )
    return parts


def _dot(dot: Dot, spot: tuple[float, float]) -> Markup:
    classes = " ".join(
        ["dot", dot.shape, *(["hollow"] if dot.hollow else []), *(["faint"] if dot.faint else [])]
    )
    shape = Markup('<path class="{}" d="M{:.1f} {:.1f}{}"><title>{}</title></path>').format(
        classes, *spot, _SHAPES[dot.shape], dot.said
    )
    if not dot.number:
        return shape
    right = spot[0] > WIDTH - RIGHT - 40
    return shape + Markup('<text class="mark-no" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        spot[0] + (-8 if right else 8), spot[1] - 6, "end" if right else "start", dot.number
    )
