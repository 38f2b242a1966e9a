"""How a plan stands: what drop-outs and doubtful scores leave of it."""

from __future__ import annotations

from matcher.analysis.wording import mean_or_none, rounded_or_none
from matcher.laboratory.metrics.seen import Seen


def drop_out_kept(seen: Seen) -> float | None:
    """Mean share of the pairs that stay as they are."""
    return None if seen.withstood is None else mean_or_none(seen.withstood.kept)


def drop_out_placed(seen: Seen) -> float | None:
    """Mean share of the placed schools that have a mentor afterwards."""
    return None if seen.withstood is None else mean_or_none(seen.withstood.placed)


def drop_out_worst(seen: Seen) -> float | None:
    """Share of the placed schools that have a mentor after the worst draw."""
    return None if seen.withstood is None else rounded_or_none(min(seen.withstood.placed, default=None))


def drop_out_points(seen: Seen) -> float | None:
    """Mean share of the plan's own points that is left."""
    withstood = seen.withstood
    return None if withstood is None or withstood.points is None else mean_or_none(withstood.points)


def noise_kept(seen: Seen) -> float | None:
    """Share of the pairs kept when maturity is drawn anew."""
    return seen.noise_kept
