from __future__ import annotations

from typing import Any

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading
from matcher.profiles import Cefr, LanguageSkill
from tests.intake.checks.builders import check, codes, intake, mentee, mentor, only


def test_an_intake_without_mentors_or_mentees_is_an_error() -> None:
    assert codes(check(mentee("E1"))) == ["no-mentors"]
    assert codes(check(mentor("M1"))) == ["no-mentees"]
    assert [issue.is_error for issue in check()] == [True, True]


def test_too_few_places_in_total_are_a_warning_with_numbers() -> None:
    issue = only(check(mentor("M1", max_load=1), mentee("E1"), mentee("E2", demand=2)), "supply-short")
    assert not issue.is_error
    assert issue.problem == "The mentees take 3 places, and the mentors offer 1: 2 too few."


def test_an_empty_max_load_is_unknown_so_nothing_is_said_of_the_supply() -> None:
    assert check(mentor("M1"), mentor("M2", max_load=0), *(mentee(f"E{at}") for at in range(9)))[1:] == ()


def test_min_loads_that_exceed_the_demand_are_a_warning() -> None:
    assert codes(check(mentor("M1", min_load=2), mentee("E1"))) == ["min-loads-exceed-demand"]


def test_a_country_with_too_few_places_is_named() -> None:
    schools = (mentor("M1", max_load=9), mentee("E1"), mentee("E2", country="HU"), mentee("E3", country="HU"))
    issue = only(check(*schools), "supply-short-country")
    assert issue.value == "HU"
    assert "take 2 places, and the mentors offer 0: 2 too few" in issue.problem


def test_mentees_of_one_language_need_mentors_that_work_in_it() -> None:
    schools = (
        mentor("M1", max_load=1, **_speaks("hr:native", "en:B1")),
        mentor("M2", max_load=5, **_speaks("en:B2")),
        mentee("E1", **_speaks("hr:native")),
        mentee("E2", **_speaks("hr")),
        mentee("E3", **_speaks("hr:C1", "en:B2")),
    )
    issue = only(check(*schools), "supply-short-language")
    assert issue.value == "hr"
    assert "take 2 places" in issue.problem
    assert "offer 1: 1 too few" in issue.problem


def test_a_mentor_of_unknown_languages_counts_for_every_language() -> None:
    schools = (mentor("M1", max_load=2), mentee("E1", **_speaks("hr")), mentee("E2", **_speaks("it")))
    assert check(*schools) == ()


def test_counts_are_not_judged_while_schools_are_missing() -> None:
    reading = IntakeReading(intake(mentee("E1")), rejected_ids=frozenset({"M1"}))
    assert check_intake(reading) == ()


def _speaks(*skills: str) -> dict[str, Any]:
    parts = [skill.partition(":") for skill in skills]
    return {
        "languages": tuple(
            LanguageSkill(code=code, level=Cefr(level) if level else None) for code, _, level in parts
        )
    }
