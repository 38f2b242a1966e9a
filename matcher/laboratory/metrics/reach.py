"""Who is placed, how far schools travel, how the load is shared."""

from __future__ import annotations

import math
from statistics import pstdev

from matcher.analysis.wording import mean_or_none, rounded
from matcher.laboratory.metrics.seen import Seen

NEAR_KM = 50.0
"""A school within so many kilometres by road of its mentor is near."""


def placed(seen: Seen) -> float | None:
    """Schools with a place in a cluster."""
    return float(len(seen.placed))


def placed_share(seen: Seen) -> float | None:
    """Share of the schools to be placed that have a place; None where there is no school."""
    asked = len(seen.placed) + len(seen.unassigned)
    return rounded(len(seen.placed) / asked) if asked else None


def unassigned(seen: Seen) -> float | None:
    """Schools without one."""
    return float(len(seen.unassigned))


def clusters(seen: Seen) -> float | None:
    """Clusters formed."""
    return float(len(seen.document.clusters))


def km_mean(seen: Seen) -> float | None:
    """Mean road distance to the mentor, where known."""
    return mean_or_none(list(seen.distance_km.values()))


def km_longest(seen: Seen) -> float | None:
    """Longest road distance to the mentor, where known."""
    return max(seen.distance_km.values(), default=None)


def km_total(seen: Seen) -> float | None:
    """All road distances to the mentors together, where known; None where none is."""
    return rounded(math.fsum(seen.distance_km.values())) if seen.distance_km else None


def near_share(seen: Seen) -> float | None:
    """Share of the schools with a known distance that are near their mentor."""
    return mean_or_none([float(km <= NEAR_KM) for km in seen.distance_km.values()])


def km_members(seen: Seen) -> float | None:
    """Mean road distance of every two schools of one cluster, mentors among them, where known."""
    return mean_or_none(list(seen.member_km))


def load_least(seen: Seen) -> float | None:
    """Fewest places that a leading mentor fills."""
    return float(min(load for load, _ in seen.filled)) if seen.filled else None


def load_most(seen: Seen) -> float | None:
    """Most places that a leading mentor fills."""
    return float(max(load for load, _ in seen.filled)) if seen.filled else None


def load_spread(seen: Seen) -> float | None:
    """Return the standard deviation of the places that the leading mentors fill."""
    return rounded(pstdev(load for load, _ in seen.filled)) if seen.filled else None


def load_gini(seen: Seen) -> float | None:
    """Gini coefficient of the share of its places that each leading mentor fills.

    0 where all fill the same share. None where nobody leads or a mentor has no places.

    References
    ----------
    C. Gini, *Variabilità e mutabilità*, 1912; computed as the mean absolute difference over twice the mean.
    """
    if not seen.filled or any(places <= 0 for _, places in seen.filled):
        return None
    shares = sorted(load / places for load, places in seen.filled)
    total = math.fsum(shares)
    if total == 0:
        return None
    ranked = math.fsum((2 * at - len(shares) - 1) * share for at, share in enumerate(shares, start=1))
    return rounded(ranked / (len(shares) * total))
