"""The worst-off first: leximin over the scores of pairs, in steps of some points."""

from __future__ import annotations

from dataclasses import replace

from matcher.encoding import Encoding
from matcher.encoding.units import price_units
from matcher.problem import SCALE
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.leximin import BELOW, solve_leximin
from matcher.solvers.priorities import Ordered, Reached

PLACED_FIRST = "placed-first"
"""Key of the number of schools placed."""
WORST_OFF = "worst-off"
"""Key, before a colon and a number of points: less the schools placed that score fewer points."""


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
        on_progress=on_progress,
        should_stop=should_stop,
    )
    return replace(found, reached=tuple(_in_points(one, step) for one in found.reached))


def _in_points(one: Reached, step: int) -> Reached:
    kind, _, level = one.key.partition(":")
    if kind != BELOW:
        return replace(one, key=PLACED_FIRST)
    return replace(one, key=f"{WORST_OFF}:{(int(level) + 1) * step / SCALE:g}")
