"""Made-up maturity follows each country's instrument."""

from __future__ import annotations

from collections import Counter

import pytest

from matcher.features.instruments import find_area, find_instrument
from matcher.generate import generate_intake
from matcher.profiles import Intake


@pytest.fixture(scope="module")
def large() -> Intake:
    return generate_intake(mentors=60, mentees=1200)


def test_every_record_is_one_that_the_features_can_read(large: Intake) -> None:
    for record in large.maturity:
        instrument = find_instrument(record.instrument)
        assert instrument is not None
        assert find_area(instrument, record.area) is not None
        assert record.value is None or instrument.lowest <= record.value <= instrument.highest


def test_each_country_uses_its_own_instrument(large: Intake) -> None:
    country = {school.school_id: school.country for school in large.schools}
    used = {(country[record.school_id], record.instrument) for record in large.maturity}
    assert used == {
        ("BE", "selfie"),
        ("HR", "hr-eschools"),
        ("CZ", "cz-skola21"),
        ("HU", "hu-dnr"),
        ("IT", "selfie"),
        ("PT", "selfie"),
    }


def test_croatian_mentees_are_mostly_at_levels_two_and_three_as_published(large: Intake) -> None:
    mentees = {school.school_id for school in large.mentees}
    values = Counter(
        record.value
        for record in large.maturity
        if record.instrument == "hr-eschools" and record.school_id in mentees and record.value is not None
    )
    total = sum(values.values())
    # 200 schools: the standard error of a share is at most 3.5 points.
    assert abs(values[2.0] / total - 0.50) < 0.1
    assert abs(values[3.0] / total - 0.43) < 0.1


def test_mentors_are_ahead_of_mentees_in_every_instrument(large: Intake) -> None:
    mentors = {school.school_id for school in large.mentors}
    for instrument in ("selfie", "hr-eschools", "cz-skola21", "hu-dnr"):
        ahead = [x for x in large.maturity if x.instrument == instrument and x.value is not None]
        lead = [x.value or 0.0 for x in ahead if x.school_id in mentors]
        rest = [x.value or 0.0 for x in ahead if x.school_id not in mentors]
        assert sum(lead) / len(lead) > sum(rest) / len(rest) + 0.5


def test_selfie_names_its_groups_and_the_number_of_respondents(large: Intake) -> None:
    selfie = [record for record in large.maturity if record.instrument == "selfie"]
    assert {record.group for record in selfie} == {"leaders", "teachers", "pupils"}
    assert all(record.n is not None and record.n >= 2 for record in selfie)
