from __future__ import annotations

from typing import Any

from matcher.analysis.reach import reach_issues
from matcher.encoding import encode
from matcher.intake.origin import Origin, Table, TableOrigin
from matcher.issues import Issue
from matcher.profiles import Intake
from tests.encoding.builders import intake, link, school, wish_policy

ORIGIN = Origin({Table.SCHOOLS: TableOrigin("in.xlsx", "Schools", (2, 3, 4, 5), {"school_id": ("A", "id")})})
HARD_COUNTRY = {"country": {"strength": "hard"}}


def issues_of(tiny: Intake, rules: dict[str, Any]) -> tuple[Issue, ...]:
    return reach_issues(tiny, ORIGIN, encode(tiny, wish_policy(rules=rules)))


def test_schools_out_of_reach_are_located_and_the_rule_is_named() -> None:
    # in the file's order m1 stands before a; the intake's own order decides the row
    tiny = intake(school("m1"), school("a", country="HU"))
    mentee, mentor = issues_of(tiny, HARD_COUNTRY)
    assert (mentee.code, mentee.is_error, mentee.value) == ("mentee-out-of-reach", False, "a")
    assert str(mentee.location) == "in.xlsx [Schools!A3]"
    assert "The rule “Country” bars the only mentor." in mentee.problem
    assert (mentor.code, mentor.value) == ("mentor-out-of-reach", "m1")
    assert str(mentor.location) == "in.xlsx [Schools!A2]"


def test_a_mentee_out_of_reach_is_an_error_when_none_may_stay_unassigned() -> None:
    tiny = intake(school("a", country="HU"), school("b"), school("m1"))
    (issue,) = issues_of(tiny, HARD_COUNTRY | {"unassigned": {"allowed": False}})
    assert issue.is_error


def test_rivals_who_exceed_the_mentors_in_reach_are_named() -> None:
    links = (link("rivalry", "a", "b"), link("rivalry", "b", "c"), link("rivalry", "a", "c"))
    tiny = intake(school("a"), school("b"), school("c"), school("m1"), school("m2"), links=links)
    (issue,) = issues_of(tiny, {})
    assert issue.code == "too-many-rivals"
    assert "These 3 schools all exclude each other, and only 2 mentors are in their reach: a, b and c." in (
        issue.problem
    )


def test_demand_beyond_the_places_in_reach_is_counted() -> None:
    tiny = intake(school("a", demand=2), school("b"), school("m1", max_load=2))
    (issue,) = issues_of(tiny, {})
    assert issue.code == "too-few-places"
    assert issue.problem.startswith("2 mentees need 3 places under this policy")
    assert "offer 2: m1" in issue.problem


def test_an_intake_in_which_all_fits_has_no_issue() -> None:
    assert issues_of(intake(school("a"), school("m1")), HARD_COUNTRY) == ()
