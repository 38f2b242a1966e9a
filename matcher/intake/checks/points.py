"""Checks of points that several schools share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.origin import Table
from matcher.profiles import CoordinateQuality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

_NAMED = 5
_EXACT = (CoordinateQuality.SITE, CoordinateQuality.STREET)


def check_shared_points(context: CheckContext) -> Iterator[Issue]:
    """Find points that several schools share: one warning a point, at its first school.

    Schools at one town-level point are 0 km apart only on paper: their distance is unknown. Two schools
    that claim the very same site or address are more likely a slip.
    """
    for (latitude, longitude), places in _by_point(context).items():
        if len(places) < 2:
            continue
        schools = [context.intake.schools[at] for at in places]
        named = ", ".join(f"{school.name} ({school.school_id})" for school in schools[:_NAMED])
        more = f" and {len(schools) - _NAMED} more" if len(schools) > _NAMED else ""
        exact = [school for school in schools if school.coordinate_quality in _EXACT]
        if len(exact) > 1:
            code = "shared-site-point"
            problem = f"{len(exact)} schools claim this very point as their own: {named}{more}."
            advice = (
                "Check the coordinates, or give their quality as municipality if it is the town's centre."
            )
        else:
            code = "shared-town-point"
            problem = f"{len(schools)} schools share this point, their distance is unknown: {named}{more}."
            advice = "Fill in the schools' own coordinates; until then the policy's least distance is used."
        cell = (Table.SCHOOLS, places[0], "latitude")
        yield context.warning(code, cell, f"{latitude}; {longitude}", problem, advice)


def _by_point(context: CheckContext) -> dict[tuple[float, float], list[int]]:
    points: dict[tuple[float, float], list[int]] = {}
    for at, school in enumerate(context.intake.schools):
        if school.latitude is None or school.longitude is None:
            continue
        if context.positions[school.school_id] == at:
            points.setdefault((school.latitude, school.longitude), []).append(at)
    return points
