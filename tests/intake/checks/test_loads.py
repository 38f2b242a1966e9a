from __future__ import annotations

from matcher.profiles import School
from tests.intake.checks.builders import check, codes, mentee, mentor, only


def test_a_min_load_above_the_max_load_is_an_error() -> None:
    issue = only(check(mentor("M1", min_load=3, max_load=2), *_mentees(3)), "load-order")
    assert issue.is_error
    assert issue.problem == "The min load 3 is larger than the max load 2."


def test_a_mentor_that_takes_nobody_is_a_warning() -> None:
    assert "mentor-without-places" in codes(check(mentor("M1", max_load=0), mentor("M2"), mentee("E1")))


def test_loads_on_a_mentee_and_demand_on_a_mentor_are_warnings() -> None:
    issues = check(mentor("M1", demand=2), mentee("E1", min_load=0, max_load=4))
    assert codes(issues) == ["mentee-column-on-mentor", "mentor-column-on-mentee", "mentor-column-on-mentee"]
    assert not any(issue.is_error for issue in issues)


def _mentees(number: int) -> list[School]:
    return [mentee(f"E{at}") for at in range(number)]
