"""The worst-off first: leximin over the scores of pairs, in steps of some points."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.encoding import Encoding
from matcher.encoding.units import price_units
from matcher.problem import SCALE
from matcher.result import Progress
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.leximin import BELOW, solve_leximin
from matcher.solvers.priorities import Ordered, Reached

PLACED_FIRST = "placed-first"
"""Key of the number of schools placed."""
WORST_OFF = "worst-off"
"""Key, before a colon and a number of points: less the schools placed that score fewer points."""


_PRIORITY = re.compile(r"priority (?P<kind>[a-z-]+)(:(?P<level>-?\d+))?, ")


def find_leximin(
    encoding: Encoding,
    settings: SolveSettings,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Ordered:
    """Place as many schools as possible, then raise the worst-off pairs in turn, then have most points.

    Parameters
    ----------
    encoding : Encoding
        Its policy has ``fairness.leximin``; scores are rounded down to its ``step_points``.
    settings : SolveSettings
    on_progress, should_stop : callable, optional

    Returns
    -------
    Ordered
        `reached` says how many are placed, and how many of them score less than so many points.
    """
    step = price_units(encoding.policy.fairness.leximin.step_points)
    found = solve_leximin(
        encoding.problem,
        encoding.pair_score // step,
        settings,
        method=encoding.policy.solve.method,
        on_progress=_counting(on_progress, step),
        should_stop=should_stop,
    )
    return replace(found, reached=tuple(_in_points(one, step) for one in found.reached))


def _counting(on_progress: OnProgress | None, step: int) -> OnProgress | None:
    """Say in schools what a search that counts schools has found, not in points."""
    if on_progress is None:
        return None

    def report(progress: Progress) -> None:
        found = _PRIORITY.search(progress.stage)
        if found is None:
            on_progress(progress)
            return
        stage = _PRIORITY.sub("", progress.stage)
        if found["kind"] == BELOW:
            points = f"{(int(found['level']) + 1) * step / SCALE:g}"
            on_progress(replace(progress, stage=stage, counted=f"schools below {points} points"))
            return
        # as many as possible: these numbers are no points either
        stage = f"placing as many schools as possible, {stage}"
        on_progress(Progress(stage, None, None, None, progress.seconds))

    return report


def _in_points(one: Reached, step: int) -> Reached:
    kind, _, level = one.key.partition(":")
    if kind != BELOW:
        return replace(one, key=PLACED_FIRST)
    return replace(one, key=f"{WORST_OFF}:{(int(level) + 1) * step / SCALE:g}")
