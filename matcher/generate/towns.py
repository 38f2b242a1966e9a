"""Real towns in which the invented schools stand, and distances between them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matcher.profiles import Rurality

EARTH_RADIUS_KM = 6371.0
ROAD_FACTOR = 1.3


@dataclass(frozen=True, slots=True)
class Town:
    """A real town: its point to 0.01 degree, NUTS-3 code of 2024, rurality, minority language if any."""

    country: str
    name: str
    nuts3: str
    latitude: float
    longitude: float
    degurba: Rurality
    minority_language: str


@cache
def load_towns() -> dict[str, tuple[Town, ...]]:
    """Return the towns of each country, sorted by NUTS code and name."""
    text = (files("matcher.generate") / "towns.csv").read_text(encoding="utf-8")
    towns: dict[str, list[Town]] = {}
    for row in csv.DictReader(text.splitlines()):
        town = Town(
            country=row["country"],
            name=row["name"],
            nuts3=row["nuts3"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            degurba=Rurality(row["degurba"]),
            minority_language=row["minority_language"],
        )
        towns.setdefault(town.country, []).append(town)
    return {country: tuple(members) for country, members in sorted(towns.items())}


def distances_km(from_points: NDArray[np.float64], to_points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distances (haversine).

    Parameters
    ----------
    from_points, to_points : ndarray, shape (n, 2) and (m, 2)
        Latitude and longitude in degrees.

    Returns
    -------
    ndarray, shape (n, m)
        Kilometres.
    """
    start, end = np.radians(from_points)[:, None, :], np.radians(to_points)[None, :, :]
    half = np.sin((end - start) / 2.0) ** 2
    chord = half[..., 0] + np.cos(start[..., 0]) * np.cos(end[..., 0]) * half[..., 1]
    return np.asarray(2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))


def points_of(towns: tuple[Town, ...] | list[Town]) -> NDArray[np.float64]:
    """Points of the towns, shape (n, 2), degrees."""
    return np.array([(town.latitude, town.longitude) for town in towns], dtype=np.float64).reshape(-1, 2)


def central_towns(towns: tuple[Town, ...], count: int) -> list[Town]:
    """Choose towns for mentors so that everybody else is near one of them.

    Greedy p-median: each next town is the one that lowers the summed distance of all towns to the nearest
    chosen one the most; once every town is chosen the round begins again.
    """
    apart = distances_km(points_of(towns), points_of(towns))
    chosen: list[int] = []
    while len(chosen) < min(count, len(towns)):
        reached = apart[chosen].min(axis=0) if chosen else np.full(len(towns), np.inf)
        sums = np.minimum(apart, reached[None, :]).sum(axis=1)
        sums[chosen] = np.inf
        chosen.append(int(np.argmin(sums)))
    return [towns[chosen[at % len(chosen)]] for at in range(count)]
