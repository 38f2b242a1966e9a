from __future__ import annotations

from datetime import date

import pytest

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading
from tests.intake.checks.builders import check, codes, intake, mentee, mentor, only, record

SCHOOLS = (mentor("M1"), mentee("E1"))
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("instrument", "value", "is_fault"),
    [
        ("selfie", 5.0, False),
        ("selfie", 5.1, True),
        ("hr-eschools", 0.0, True),
        ("cz-skola21", 4.0, False),
        ("cz-skola21", 5.0, True),
        ("SELFIE", 1.0, False),
    ],
)
def test_values_outside_the_scale_are_an_error(instrument: str, value: float, is_fault: bool) -> None:
    area = "A" if instrument.lower() == "selfie" else "1"
    records = (record("M1"), record("E1", value, instrument=instrument, area=area))
    issues = check(*SCHOOLS, maturity=records)
    assert codes(issues) == (["maturity-out-of-scale"] if is_fault else [])
    assert all(issue.is_error for issue in issues)


def test_an_unknown_instrument_is_an_error_with_the_known_names() -> None:
    issue = only(
        check(*SCHOOLS, maturity=(record("M1"), record("E1", instrument="selfi"))), "instrument-unknown"
    )
    assert issue.is_error
    assert issue.advice == "Did you mean selfie? Known are selfie, hr-eschools, hu-dnr, cz-skola21."


def test_an_unknown_area_is_an_error_with_the_known_areas() -> None:
    issue = only(check(*SCHOOLS, maturity=(record("M1"), record("E1", area="Z"))), "area-unknown")
    assert issue.is_error
    assert "A, B, C, D, E, F, G, H" in issue.advice


def test_the_same_record_with_another_value_is_an_error_and_with_the_same_value_a_warning() -> None:
    first = record("E1", 3.0, taken_on=DAY, group="teachers")
    other = record("E1", 4.0, taken_on=DAY, group="Teachers", instrument="Selfie")
    assert codes(check(*SCHOOLS, maturity=(record("M1"), first, other))) == ["maturity-contradiction"]
    twice = only(check(*SCHOOLS, maturity=(record("M1"), first, first)), "maturity-twice")
    assert twice.value == ""  # a warning travels with the plan: no school's value may stand in it


def test_another_group_date_or_version_is_another_record() -> None:
    records = (
        record("M1"),
        record("E1", 3.0, taken_on=DAY, group="teachers", version="8"),
        record("E1", 2.0, taken_on=DAY, group="pupils", version="8"),
        record("E1", 4.0, taken_on=date(2026, 4, 1), group="teachers", version="8"),
        record("E1", 4.0, taken_on=DAY, group="teachers", version="16"),
    )
    assert check(*SCHOOLS, maturity=records) == ()


def test_fewer_than_three_respondents_are_a_warning() -> None:
    issues = check(*SCHOOLS, maturity=(record("M1", n=3), record("E1", n=2)))
    assert codes(issues) == ["few-respondents"]
    assert not issues[0].is_error


def test_schools_without_any_value_are_named_once() -> None:
    schools = (mentor("M1"), *(mentee(f"E{at}") for at in range(7)))
    issue = only(check(*schools, maturity=(record("M1"), record("E0", None))), "maturity-missing")
    assert not issue.is_error
    assert issue.problem == "7 of 8 schools have no maturity value: E0, E1, E2, E3, E4 and 2 more."


def test_the_count_of_schools_without_a_value_says_that_rows_with_faults_are_not_in_it() -> None:
    whole = intake(mentor("M1"), mentee("E1"), maturity=(record("M1"),))
    reading = IntakeReading(whole, rejected_ids=frozenset({"E2", "E3"}))
    issue = only(check_intake(reading), "maturity-missing")
    assert issue.problem == "1 of the 2 schools that could be read have no maturity value: E1."
