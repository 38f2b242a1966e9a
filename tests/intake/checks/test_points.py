from __future__ import annotations

from matcher.profiles import CoordinateQuality
from tests.intake.checks.builders import check, codes, mentee, mentor, only

OTOK = {"latitude": 45.1469, "longitude": 18.8833}


def test_schools_at_one_town_point_are_one_warning_that_names_them() -> None:
    town = {**OTOK, "coordinate_quality": CoordinateQuality.MUNICIPALITY}
    issue = only(check(mentor("M1", **town), mentee("E1", **town), mentee("E2", **OTOK)), "shared-town-point")
    assert not issue.is_error
    assert issue.problem == (
        "3 schools share this point, their distance is unknown: "
        "School M1 (M1), School E1 (E1), School E2 (E2)."
    )


def test_two_schools_that_claim_the_same_site_are_a_warning_of_its_own() -> None:
    site = {**OTOK, "coordinate_quality": CoordinateQuality.SITE}
    assert codes(check(mentor("M1", **site), mentee("E1", **site))) == ["shared-site-point"]


def test_two_schools_at_one_street_address_are_measured_from_it_and_the_warning_says_so() -> None:
    street = {**OTOK, "coordinate_quality": CoordinateQuality.STREET}
    assert codes(check(mentor("M1", **street), mentee("E1", **street))) == ["shared-site-point"]


def test_points_of_different_schools_that_differ_are_no_issue() -> None:
    assert check(mentor("M1", **OTOK), mentee("E1", latitude=45.147, longitude=18.8833)) == ()
