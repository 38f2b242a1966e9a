"""Distances, and near pairs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.features import geography
from matcher.features.geography import EARTH_RADIUS_KM, great_circle_km, near_pairs, road_km
from matcher.features.table import FeatureTable
from matcher.policy.model import Geography
from tests.features.samples import BOLZANO, TRENTO, features_of, school

DEGREE_KM = math.pi * EARTH_RADIUS_KM / 180
PLAIN = Geography(road_factor=1.0, town_floor_km=0.0)


def _rows(*rows: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)


def _at(school_id: str, point: tuple[float, float], quality: str = "site") -> FeatureTable:
    return features_of(school(school_id, latitude=point[0], longitude=point[1], coordinate_quality=quality))


def _schools(*points: tuple[float, float] | None, quality: str = "site") -> FeatureTable:
    return features_of(
        *(
            school(f"S{at:04}")
            if point is None
            else school(f"S{at:04}", latitude=point[0], longitude=point[1], coordinate_quality=quality)
            for at, point in enumerate(points)
        )
    )


def test_one_degree_of_latitude_is_a_360th_of_the_great_circle() -> None:
    assert great_circle_km(45.0, 9.0, 46.0, 9.0) == pytest.approx(DEGREE_KM)


def test_the_antipode_is_half_the_great_circle_away() -> None:
    assert great_circle_km(0.0, 0.0, 0.0, 180.0) == pytest.approx(math.pi * EARTH_RADIUS_KM)


def test_bolzano_and_trento_are_51_km_apart_as_the_crow_flies() -> None:
    # Spherical law of cosines, worked out by hand for these two points: 51.2 km.
    angle = math.acos(
        math.sin(math.radians(BOLZANO[0])) * math.sin(math.radians(TRENTO[0]))
        + math.cos(math.radians(BOLZANO[0]))
        * math.cos(math.radians(TRENTO[0]))
        * math.cos(math.radians(BOLZANO[1] - TRENTO[1]))
    )
    km = float(great_circle_km(*BOLZANO, *TRENTO))
    assert km == pytest.approx(angle * EARTH_RADIUS_KM, rel=1e-6)
    assert 51.0 < km < 51.5


def test_a_road_is_longer_than_the_great_circle_by_the_road_factor() -> None:
    table = _schools((45.0, 9.0), (46.0, 9.0))
    assert road_km(table, _rows(0), _rows(1), Geography(road_factor=1.5))[0] == pytest.approx(1.5 * DEGREE_KM)


def test_a_school_without_coordinates_is_unknown_not_zero_km_away() -> None:
    table = _schools((45.0, 9.0), None)
    assert np.isnan(road_km(table, _rows(0, 1), _rows(1, 1), Geography())).all()


def test_two_schools_on_one_town_point_are_the_town_floor_apart() -> None:
    table = _schools(BOLZANO, BOLZANO, quality="municipality")
    assert road_km(table, _rows(0), _rows(1), Geography(town_floor_km=2.0)).tolist() == [2.0]


def test_the_town_floor_holds_when_only_one_point_is_a_town_centre() -> None:
    table = features_of(
        school("A", latitude=45.0, longitude=9.0, coordinate_quality="municipality"),
        school("B", latitude=45.0, longitude=9.0, coordinate_quality="site"),
    )
    both = road_km(table, _rows(0, 1), _rows(1, 0), Geography(town_floor_km=2.0))
    assert both.tolist() == [2.0, 2.0]


@pytest.mark.parametrize(("other", "km"), [(None, 2.0), ("site", 2.0)])
def test_schools_at_one_point_of_unstated_quality_are_not_0_km_apart(other: str | None, km: float) -> None:
    here: dict[str, Any] = {"latitude": BOLZANO[0], "longitude": BOLZANO[1]}
    table = features_of(school("A", **here), school("B", **here, coordinate_quality=other))
    assert road_km(table, _rows(0), _rows(1), Geography(town_floor_km=2.0)).tolist() == [km]


def test_an_unstated_quality_leaves_the_distance_of_different_points_as_it_is() -> None:
    table = features_of(school("A", latitude=45.0, longitude=9.0), school("B", latitude=45.01, longitude=9.0))
    apart = road_km(table, _rows(0), _rows(1), Geography(road_factor=1.0, town_floor_km=2.0))
    assert apart[0] == pytest.approx(DEGREE_KM / 100)


def test_the_town_floor_does_not_touch_sites_or_a_school_and_itself() -> None:
    sites = _schools(BOLZANO, BOLZANO)
    assert road_km(sites, _rows(0), _rows(1), Geography(town_floor_km=2.0)).tolist() == [0.0]
    town = _at("A", BOLZANO, "municipality")
    assert road_km(town, _rows(0), _rows(0), Geography(town_floor_km=2.0)).tolist() == [0.0]


def test_near_pairs_leave_out_schools_without_a_point_and_include_the_edge() -> None:
    table = _schools((45.0, 9.0), None, (45.1, 9.0), (46.0, 9.0))
    edge = float(great_circle_km(45.0, 9.0, 45.1, 9.0))
    first, second, km = near_pairs(table, _rows(0, 1, 2, 3), edge)
    assert (first.tolist(), second.tolist(), km.tolist()) == ([0], [2], [edge])


def test_near_pairs_are_positions_among_the_rows_asked_for() -> None:
    table = _schools((45.0, 9.0), (50.0, 9.0), (45.01, 9.0))
    first, second, _ = near_pairs(table, _rows(2, 0), 5.0)
    assert (first.tolist(), second.tolist()) == ([0], [1])


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), max_km=st.floats(0, 400))
def test_the_ball_tree_finds_the_same_pairs_as_comparing_all(seed: int, max_km: float) -> None:
    dice = np.random.default_rng(seed)
    points = [
        (float(a), float(b)) for a, b in zip(dice.uniform(36, 55, 40), dice.uniform(-9, 26, 40), strict=True)
    ]
    table, rows = _schools(*points), np.arange(40)
    with pytest.MonkeyPatch.context() as patch:
        plain = near_pairs(table, rows, max_km)
        patch.setattr(geography, "_BRUTE_FORCE_ROWS", 0)
        tree = near_pairs(table, rows, max_km)
    for one, other in zip(plain, tree, strict=True):
        np.testing.assert_array_equal(one, other)


@given(
    one=st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    other=st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_distance_is_symmetric_and_at_most_half_round_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there, back = float(great_circle_km(*one, *other)), float(great_circle_km(*other, *one))
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= math.pi * EARTH_RADIUS_KM + 1e-9
