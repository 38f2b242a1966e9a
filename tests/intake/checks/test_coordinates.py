from __future__ import annotations

import pytest

from matcher.intake.checks.coordinates import BOXES
from tests.intake.checks.builders import check, codes, mentee, mentor, only

IN_EACH_COUNTRY = {
    "BE": (51.0543, 3.7174),  # Gent
    "CZ": (49.1951, 16.6068),  # Brno
    "HR": (42.6507, 18.0944),  # Dubrovnik
    "HU": (47.5316, 21.6273),  # Debrecen
    "IT": (35.5086, 12.6088),  # Lampedusa
    "PT": (37.7412, -25.6756),  # Ponta Delgada
}


@pytest.mark.parametrize("country", sorted(BOXES))
def test_a_town_of_each_country_lies_in_it_and_its_swapped_point_is_an_error(country: str) -> None:
    latitude, longitude = IN_EACH_COUNTRY[country]
    right = mentee("E1", country=country, latitude=latitude, longitude=longitude)
    assert check(mentor("M1"), mentor("M2", country=country), right) == ()
    wrong = mentee("E1", country=country, latitude=longitude, longitude=latitude)
    issue = only(check(mentor("M1"), mentor("M2", country=country), wrong), "coordinates-swapped")
    assert issue.is_error


def test_a_point_in_another_country_is_a_warning() -> None:
    issue = only(check(mentor("M1"), mentee("E1", latitude=48.2, longitude=16.37)), "point-outside-country")
    assert not issue.is_error
    assert issue.value == "48.2; 16.37"


def test_a_country_without_a_box_is_not_judged() -> None:
    assert check(mentor("M1", country="FI"), mentee("E1", country="FI", latitude=1.0, longitude=60.0)) == ()


def test_half_a_point_is_a_warning() -> None:
    assert codes(check(mentor("M1"), mentee("E1", latitude=45.8))) == ["point-incomplete"]
