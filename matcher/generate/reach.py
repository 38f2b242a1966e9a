"""Who is near whom: travel limits and eligible regions under which every mentee can be reached."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.generate.dice import Dice
from matcher.generate.roster import Place
from matcher.generate.towns import ROAD_FACTOR, distances_km, points_of
from matcher.profiles import Role

_MENTEE_LIMITS = (40, 60, 80, 100)
_MENTOR_LIMITS = (80, 100, 120, 150)
_ELIGIBLE_WITHIN_KM = 120.0
_MARGIN_KM = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What distances say about the schools of one country.

    Attributes
    ----------
    mentee_km : ndarray, shape (mentees, mentors)
        Estimated road distance from town to town.
    between_mentees_km : ndarray, shape (mentees, mentees)
        Great-circle distance from town to town.
    limits : dict of str to int
        Largest distance (km) each school can travel.
    regions : dict of str to tuple of str
        NUTS-3 codes that each mentor may take mentees from.
    home : tuple of int
        For each mentee, the column of the mentor that it was placed around.
    """

    mentee_km: NDArray[np.float64]
    between_mentees_km: NDArray[np.float64]
    limits: dict[str, int]
    regions: dict[str, tuple[str, ...]]
    home: tuple[int, ...]


def measure(places: list[Place], dice: Dice) -> Reach:
    """Draw travel limits so that all mentees can get to their home, and half of them to others nearby."""
    mentors = [place for place in places if place.role is Role.MENTOR]
    mentees = [place for place in places if place.role is Role.MENTEE]
    points = points_of([place.town for place in mentees])
    road = ROAD_FACTOR * distances_km(points, points_of([place.town for place in mentors]))
    order = np.argsort(road, axis=1, kind="stable")
    limits: dict[str, int] = {}
    needed = np.zeros(len(mentors))
    for row, mentee in enumerate(mentees):
        served = [mentee.home, *order[row, : 2 if dice.chance(0.5) else 0]]
        farthest = float(road[row, served].max())
        limits[mentee.school_id] = max(dice.pick(_MENTEE_LIMITS), _rounded_up(farthest))
        needed[served] = np.maximum(needed[served], road[row, served])
    for column, mentor in enumerate(mentors):
        limits[mentor.school_id] = max(dice.pick(_MENTOR_LIMITS), _rounded_up(float(needed[column])))
    regions = _regions(mentors, mentees, road, order)
    home = tuple(mentee.home for mentee in mentees)
    return Reach(road, distances_km(points, points), limits, regions, home)


def _rounded_up(distance_km: float) -> int:
    """Next ten above the distance and a margin: site points lie a little off the town's centre."""
    return 10 * math.ceil((distance_km + _MARGIN_KM) / 10.0)


def _regions(
    mentors: list[Place], mentees: list[Place], road: NDArray[np.float64], order: NDArray[np.intp]
) -> dict[str, tuple[str, ...]]:
    """Each mentor's own region, those of its own mentees and of others that it is near to."""
    listed: list[set[str]] = [{mentor.town.nuts3} for mentor in mentors]
    for row, mentee in enumerate(mentees):
        for column in {mentee.home, *order[row, :2], *np.flatnonzero(road[row] <= _ELIGIBLE_WITHIN_KM)}:
            listed[int(column)].add(mentee.town.nuts3)
    return {mentor.school_id: tuple(sorted(codes)) for mentor, codes in zip(mentors, listed, strict=True)}
