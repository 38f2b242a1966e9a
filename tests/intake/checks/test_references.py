from __future__ import annotations

import pytest

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading
from matcher.issues import Issue, Location, Severity
from tests.intake.checks.builders import check, codes, intake, link, mentee, mentor, only, record, wish


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("7", "It differs from 007 only by leading zeros: write 007."),
        ("hr-01", "It differs from HR-01 only by capital letters: write HR-01."),
        ("HR -01", "It differs from HR-01 only by spaces: write HR-01."),
        ("HR-O1", "Did you mean HR-01?"),
        ("School M1", "This is a school's name: write its id, M1."),
        ("xyz", "Write an id of the Schools table, or add the school there."),
    ],
)
def test_an_unknown_id_comes_with_advice_on_what_was_meant(written: str, advice: str) -> None:
    schools = (mentor("M1"), mentee("007"), mentee("HR-01"))
    issue = only(check(*schools, preferences=(wish("M1", written, 1),)), "unknown-school")
    assert issue.is_error
    assert (issue.value, issue.advice) == (written, advice)


def test_links_preferences_and_maturity_are_all_resolved() -> None:
    issues = check(
        mentor("M1"),
        mentee("E1"),
        links=(link("rivalry", "E1", "Q1"),),
        preferences=(wish("Q2", "M1", 1),),
        maturity=(record("M1"), record("E1"), record("Q3")),
    )
    assert [issue.value for issue in issues if issue.code == "unknown-school"] == ["Q3", "Q1", "Q2"]


def test_a_school_that_the_reader_rejected_is_no_phantom_fault() -> None:
    content = intake(mentor("M1"), mentee("E1"), links=(link("rivalry", "E1", "E2"),))
    reading = IntakeReading(content, rejected_ids=frozenset({"E2"}))
    assert codes(check_intake(reading)) == []


def test_no_id_is_called_unknown_when_the_schools_could_not_be_read_at_all() -> None:
    broken = Issue(
        Severity.ERROR, "column-missing", Location("schools.csv", row=1), "", "It lacks.", "Add it."
    )
    content = intake(preferences=(wish("E1", "M1", 1),))
    assert check_intake(IntakeReading(content, issues=(broken,))) == ()
