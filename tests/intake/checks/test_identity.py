from __future__ import annotations

import pytest

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading, Origin, Table, TableOrigin
from tests.intake.checks.builders import check, codes, intake, mentee, mentor, only


def test_a_sound_intake_has_no_issue() -> None:
    assert check(mentor("M1"), mentee("E1")) == ()


def test_a_second_school_with_the_same_id_is_an_error_that_names_the_first() -> None:
    issue = only(check(mentor("M1"), mentee("E1"), mentee("E1", name="Other")), "duplicate-id")
    assert issue.is_error
    assert issue.value == "E1"
    assert "School E1 (record 2 of Schools)" in issue.problem


def test_a_duplicate_is_located_at_the_cell_of_the_later_row() -> None:
    origin = Origin(
        {Table.SCHOOLS: TableOrigin("a.xlsx", "Schools", (4, 5, 9), {"school_id": ("B", "School id")})}
    )
    reading = IntakeReading(intake(mentor("M1"), mentee("E1"), mentee("E1")), origin=origin)
    issue = only(check_intake(reading), "duplicate-id")
    assert str(issue.location) == "a.xlsx [Schools!B9]"
    assert "B5 of Schools" in issue.problem


def test_ids_that_differ_by_a_leading_zero_are_a_warning() -> None:
    issue = only(check(mentor("M1"), mentee("007"), mentee("7")), "similar-id")
    assert not issue.is_error
    assert "007" in issue.problem


def test_ids_of_punctuation_alone_are_not_called_similar() -> None:
    assert "similar-id" not in codes(check(mentor("M1"), mentee("000"), mentee("00")))


def test_the_same_name_in_one_municipality_is_a_warning() -> None:
    schools = (
        mentee("E1", name="OŠ Otok", municipality="Otok"),
        mentee("E2", name="oš  otok", municipality="OTOK"),
    )
    assert not only(check(mentor("M1"), *schools), "duplicate-name").is_error


def test_the_same_name_in_two_towns_or_in_unknown_towns_is_no_issue() -> None:
    schools = (
        mentee("E1", name="OŠ Otok", municipality="Otok"),
        mentee("E2", name="OŠ Otok", municipality="Sinj"),
        mentee("E3", name="OŠ Otok"),
        mentee("E4", name="OŠ Otok"),
    )
    assert codes(check(mentor("M1"), *schools)) == []


@pytest.mark.parametrize(
    ("school_id", "is_phone"),
    [
        ("+385 23 111 222", True),
        ("0039 06 1234567", True),
        ("01 234 5678", True),
        ("(01) 234/5678", True),
        ("600012345", False),
        ("000638226", False),
        ("037720-001", False),
        ("NAIC8AB00X", False),
    ],
)
def test_a_telephone_number_in_the_id_column_is_a_warning(school_id: str, is_phone: bool) -> None:
    assert ("phone-as-id" in codes(check(mentor("M1"), mentee(school_id)))) is is_phone
