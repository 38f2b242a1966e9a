"""The towns are real and stand where they should."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.generate.towns import central_towns, distances_km, load_towns, points_of
from matcher.intake.nuts import regions
from matcher.profiles import Rurality

BOXES = {
    "BE": (50.6, 51.6, 2.5, 6.0),
    "CZ": (48.5, 51.1, 12.0, 19.0),
    "HR": (42.3, 46.6, 13.4, 19.5),
    "HU": (45.7, 48.6, 16.1, 22.9),
    "IT": (43.0, 47.1, 6.6, 14.0),
    "PT": (36.9, 42.2, -9.6, -6.1),
}


@pytest.mark.parametrize("country", sorted(BOXES))
def test_every_town_lies_in_its_country_and_has_a_known_region(country: str) -> None:
    towns = load_towns()[country]
    south, north, west, east = BOXES[country]
    assert 45 <= len(towns) <= 60
    assert len({town.name for town in towns}) == len(towns)
    for town in towns:
        assert south <= town.latitude <= north
        assert west <= town.longitude <= east
        assert town.nuts3 in regions()
    assert {town.degurba for town in towns} == set(Rurality)


def test_one_degree_of_latitude_is_111_km() -> None:
    # 2 * pi * 6371 km / 360 = 111.19 km.
    apart = distances_km(np.array([[45.0, 16.0]]), np.array([[46.0, 16.0], [45.0, 16.0]]))
    assert apart == pytest.approx(np.array([[111.195, 0.0]]), abs=0.001)


def test_central_towns_differ_and_the_second_is_far_from_the_first() -> None:
    towns = load_towns()["PT"]
    chosen = central_towns(towns, 4)
    assert len(set(chosen)) == 4
    apart = distances_km(points_of(chosen[:1]), points_of(chosen[1:2]))
    assert apart[0, 0] > 100.0


def test_more_mentors_than_towns_share_the_towns_evenly() -> None:
    towns = load_towns()["HR"]
    chosen = central_towns(towns, 2 * len(towns))
    assert sorted(town.name for town in chosen) == sorted(2 * [town.name for town in towns])
