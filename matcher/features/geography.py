"""Distances between schools, estimated from coordinates.

Great-circle distances by the haversine formula (R. W. Sinnott, *Virtues of the haversine*, Sky and
Telescope 68, 1984) on a sphere of the mean Earth radius of the IUGG, 6371.0088 km.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.features.table import FeatureTable
from matcher.policy.model import Geography

EARTH_RADIUS_KM = 6371.0088
SAME_POINT_KM = 0.01
"""Points nearer than this are one point."""
_BRUTE_FORCE_ROWS = 1_000  # below this, comparing all is quicker than loading scikit-learn


def great_circle_km(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle distance between points given in WGS 84 degrees.

    ``2 R asin(sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2)))``

    Parameters
    ----------
    lat1, lon1, lat2, lon2 : array_like of float
        Degrees; broadcast against each other.

    Returns
    -------
    ndarray of float64
        Kilometres, of the broadcast shape; NaN where a coordinate is NaN.
    """
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_lat = np.sin((phi2 - phi1) / 2)
    half_lon = np.sin((np.radians(lon2) - np.radians(lon1)) / 2)
    chord = half_lat * half_lat + np.cos(phi1) * np.cos(phi2) * half_lon * half_lon
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))), dtype=np.float64)


def road_km(
    features: FeatureTable, rows_a: NDArray[np.int64], rows_b: NDArray[np.int64], geography: Geography
) -> NDArray[np.float64]:
    """Estimated road distance between schools.

    The great-circle distance times ``geography.road_factor``. Where one of two different schools has only
    its town's centre as point, the distance is at least ``geography.town_floor_km``: two schools that
    share a town's point are near each other, not 0 km apart. The same holds for two schools at one point
    unless both are known to be better than a town's centre.

    Parameters
    ----------
    features : FeatureTable
        Needs the columns ``latitude``, ``longitude`` and ``town_point``.
    rows_a, rows_b : ndarray of int64
        Rows of `features`, broadcast against each other.
    geography : Geography
        Road factor and town floor of the policy.

    Returns
    -------
    ndarray of float64
        Kilometres; NaN where either point is unknown. A school is 0 km from itself.
    """
    latitude, longitude = features.column("latitude"), features.column("longitude")
    km = geography.road_factor * great_circle_km(
        latitude[rows_a], longitude[rows_a], latitude[rows_b], longitude[rows_b]
    )
    town = features.column("town_point")
    rough = (town[rows_a] == 1.0) | (town[rows_b] == 1.0)
    doubtful = (km < SAME_POINT_KM) & (np.isnan(town[rows_a]) | np.isnan(town[rows_b]))
    floored = (rough | doubtful) & (np.asarray(rows_a) != np.asarray(rows_b))
    return np.where(floored, np.maximum(km, geography.town_floor_km), km)


def near_pairs(
    features: FeatureTable, rows: NDArray[np.int64], max_km: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """All pairs of the given schools that lie within a great-circle distance of each other.

    Parameters
    ----------
    features : FeatureTable
        Needs the columns ``latitude`` and ``longitude``.
    rows : ndarray of int64, shape (n,)
        Rows of `features` to compare; schools without a point are in no pair.
    max_km : float
        Largest great-circle distance (no road factor, no town floor), included.

    Returns
    -------
    first, second : ndarray of int64, shape (n_near,)
        Positions **in `rows`** (not in the table), ``first < second``, sorted by first, then second.
    km : ndarray of float64, shape (n_near,)
        Great-circle kilometres of each pair.
    """
    rows = np.asarray(rows, dtype=np.int64)
    latitude, longitude = features.column("latitude")[rows], features.column("longitude")[rows]
    known = np.flatnonzero(~(np.isnan(latitude) | np.isnan(longitude)))
    if known.size <= _BRUTE_FORCE_ROWS:
        first, second = np.triu_indices(known.size, k=1)
    else:
        first, second = _tree_pairs(latitude[known], longitude[known], max_km)
    first, second = known[first], known[second]
    km = great_circle_km(latitude[first], longitude[first], latitude[second], longitude[second])
    near = km <= max_km
    first, second, km = first[near], second[near], km[near]
    order = np.lexsort((second, first))
    return first[order].astype(np.int64), second[order].astype(np.int64), km[order]


def _tree_pairs(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], max_km: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Candidate pairs from a ball tree, a hair wider than asked so that rounding loses none."""
    from sklearn.neighbors import BallTree  # noqa: PLC0415 - `import matcher` stays light

    points = np.radians(np.column_stack((latitude, longitude)))
    reach = min(max_km / EARTH_RADIUS_KM * (1 + 1e-9) + 1e-12, np.pi)
    found = BallTree(points, metric="haversine").query_radius(points, r=reach)
    first = np.repeat(np.arange(len(points)), [len(hits) for hits in found])
    second = np.concatenate(found)
    kept = first < second
    return first[kept], second[kept]
