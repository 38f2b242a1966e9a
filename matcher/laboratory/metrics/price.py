"""What a plan costs, and how well it keeps to the schools' own wishes."""

from __future__ import annotations

from matcher.laboratory.metrics.seen import Seen


def cost_known(seen: Seen) -> float | None:
    """Euro that the plan costs, as far as known."""
    return None if seen.cost is None else seen.cost.known


def cost_total(seen: Seen) -> float | None:
    """Euro that the plan costs; None where one school's travel is not known."""
    return None if seen.cost is None or seen.cost.unknown else seen.cost.known


def cost_each(seen: Seen) -> float | None:
    """Euro a supported school; None where one school's travel is not known, or none is placed."""
    total = cost_total(seen)
    return (
        None
        if total is None or seen.cost is None or not seen.cost.placed
        else round(total / seen.cost.placed, 2)
    )


def blocking_pairs(seen: Seen) -> float | None:
    """Mentees and mentors that would both rather have each other."""
    return None if seen.blocking is None else float(seen.blocking)
