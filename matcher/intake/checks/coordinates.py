"""Checks of coordinates: half missing, latitude and longitude swapped, outside the country.

Numbers that cannot be degrees (metres of a national grid) do not get here: the readers refuse them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.origin import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue
    from matcher.profiles import School

Box = tuple[float, float, float, float]
"""South, north (degrees of latitude), west, east (degrees of longitude)."""

BOXES: dict[str, tuple[Box, ...]] = {
    "BE": ((49.45, 51.55, 2.5, 6.45),),
    "CZ": ((48.5, 51.1, 12.05, 18.9),),
    "HR": ((44.0, 46.6, 13.4, 19.5), (42.3, 44.1, 14.7, 18.6)),
    "HU": ((45.7, 48.65, 16.05, 22.95),),
    "IT": ((43.5, 47.15, 6.55, 14.0), (35.4, 43.6, 7.9, 18.6)),
    "PT": ((36.9, 42.2, -9.6, -6.1), (32.3, 33.2, -17.4, -16.2), (36.8, 39.8, -31.4, -24.9)),
}
"""Boxes that hold each of the six countries, islands included, with a margin of about 0.1 degrees."""


def check_points(context: CheckContext) -> Iterator[Issue]:
    """Find points that are half missing, swapped, or outside the school's country."""
    for at, school in enumerate(context.intake.schools):
        latitude, longitude = school.latitude, school.longitude
        if latitude is None and longitude is None:
            continue
        if latitude is None or longitude is None:
            missing = "latitude" if latitude is None else "longitude"
            yield context.warning(
                "point-incomplete",
                (Table.SCHOOLS, at, missing),
                None,
                f"The {missing} is missing, so the place of {school.name} is unknown.",
                "Fill in both coordinates, or leave both empty.",
            )
        elif not is_plausible(school):
            yield _outside(context, at, latitude, longitude)


def is_plausible(school: School) -> bool:
    """Whether a school's point may be right: unknown, in its country, or in a country without a box here."""
    if school.latitude is None or school.longitude is None or school.country not in BOXES:
        return True
    return _inside(school.country, school.latitude, school.longitude)


def _outside(context: CheckContext, at: int, latitude: float, longitude: float) -> Issue:
    country = context.intake.schools[at].country
    if _inside(country, longitude, latitude):
        return context.error(
            "coordinates-swapped",
            (Table.SCHOOLS, at, "latitude"),
            f"{latitude}; {longitude}",
            f"The point is far outside {country}, and inside it once latitude and longitude are swapped.",
            "Swap the two values.",
        )
    return context.warning(
        "point-outside-country",
        (Table.SCHOOLS, at, "latitude"),
        f"{latitude}; {longitude}",
        f"The point is outside {country}.",
        "Correct the coordinates or the country; distances are reckoned from this point.",
    )


def _inside(country: str, latitude: float, longitude: float) -> bool:
    return any(
        south <= latitude <= north and west <= longitude <= east
        for south, north, west, east in BOXES[country]
    )
