"""Charts as inline SVG: bars whose figures stand beside them as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

HUES = 12
"""Number of colours for criteria in the style sheet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the points table: what it adds, and where its bar runs from and to, in points."""

    label: str
    note: str
    points: float
    start: float
    end: float
    kind: str


def stacked_bar(parts: Sequence[tuple[int, float]], total: float = 100.0) -> Markup:
    """Draw the points of a pair, criterion by criterion, on a track of `total` points.

    Parameters
    ----------
    parts : sequence of (int, float)
        Position of the criterion in the policy, and its points.
    """
    x = 0.0
    bars = []
    for hue, points in parts:
        width = max(0.0, 100 * points / total)
        if width >= 0.05:
            bars.append(
                f'<rect class="k{hue % HUES}" x="{x:.1f}" width="{max(width - 0.5, 0.3):.1f}" height="6"/>'
            )
        x += width
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
    ).format(Markup("".join(bars)))


def share_bar(share: float | None, kind: str) -> Markup:
    """Draw a share in [0, 1] on a track; an empty track when it is not known."""
    width = 0.0 if share is None else 100 * min(1.0, max(0.0, share))
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="{}" width="{}" height="6"/></svg>'
    ).format(kind, f"{width:.1f}")


def span_bar(start: float, end: float, low: float, high: float, kind: str) -> Markup:
    """Draw a bar from `start` to `end` on an axis from `low` to `high`, with a hairline at 0."""
    reach = (high - low) or 1.0
    left, right = sorted((100 * (start - low) / reach, 100 * (end - low) / reach))
    return Markup(
        '<svg class="bar span" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="{}" x="{}" width="{}" height="6"/>'
        '<rect class="zero" x="{}" width="0.2" height="6"/></svg>'
    ).format(kind, f"{left:.2f}", f"{max(right - left, 0.2):.2f}", f"{100 * (0 - low) / reach:.2f}")


def running_steps(parts: Sequence[tuple[str, str, float]], total: tuple[str, str, float]) -> tuple[Step, ...]:
    """Lay parts end to end, then the total from 0; parts of no points after the first are left out.

    Parameters
    ----------
    parts : sequence of (label, note, points)
        Points with their sign.
    total : (label, note, points)
    """
    steps: list[Step] = []
    at = 0.0
    for label, note, points in parts:
        if not points and steps:
            continue
        steps.append(Step(label, note, points, at, at + points, "gain" if points >= 0 else "loss"))
        at += points
    label, note, points = total
    return (*steps, Step(label, note, points, 0.0, points, "total"))
