from __future__ import annotations

from datetime import date

import pytest

from tests.intake.checks.builders import check, codes, link, mentee, mentor, only

SCHOOLS = (mentor("M1"), mentor("M2"), mentee("E1"), mentee("E2"))


@pytest.mark.parametrize("kind", ["rivalry", "must-link", "lock", "forbid", "partnership"])
def test_a_school_cannot_be_linked_with_itself(kind: str) -> None:
    issues = check(*SCHOOLS, links=(link(kind, "E1", "E1"),))
    assert codes(issues) == ["self-link"]
    assert issues[0].is_error


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("lock", "E1", "E2"),
        ("lock", "M1", "M2"),
        ("forbid", "E1", "E2"),
        ("must-link", "E1", "M1"),
        ("must-link", "M1", "M2"),
        ("rivalry", "M1", "M2"),
    ],
)
def test_a_link_between_the_wrong_roles_is_an_error(kind: str, first: str, second: str) -> None:
    issues = check(*SCHOOLS, links=(link(kind, first, second),))
    assert codes(issues) == ["link-roles"]
    assert issues[0].is_error


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("lock", "M1", "E1"),
        ("forbid", "E1", "M1"),
        ("must-link", "E1", "E2"),
        ("rivalry", "E1", "E2"),
        ("rivalry", "M1", "E1"),
        ("partnership", "E1", "M1"),
    ],
)
def test_a_link_between_the_right_roles_is_fine_either_way_round(kind: str, first: str, second: str) -> None:
    assert check(*SCHOOLS, links=(link(kind, first, second),)) == ()


def test_a_partnership_of_two_mentees_has_no_effect_and_says_so() -> None:
    issues = check(*SCHOOLS, links=(link("partnership", "E1", "E2"),))
    assert codes(issues) == ["link-without-effect"]
    assert not issues[0].is_error


def test_an_earlier_partnership_counts_after_its_last_day_so_nobody_is_told_that_it_is_ignored() -> None:
    past = link("partnership", "E1", "M1", expires=date(2020, 6, 30))
    assert check(*SCHOOLS, links=(past,), as_of=date(2026, 9, 1)) == ()
    assert check(*SCHOOLS, links=(past,)) == ()


def test_a_link_whose_last_day_is_past_is_a_warning_and_the_last_day_itself_is_not() -> None:
    links = (
        link("rivalry", "E1", "E2", expires=date(2026, 8, 31)),
        link("rivalry", "E1", "M1", expires=date(2026, 9, 1)),
    )
    issues = check(*SCHOOLS, links=links, as_of=date(2026, 9, 1))
    assert only(issues, "link-expired").value == "2026-08-31"
    assert len(issues) == 1


def test_an_expiry_without_a_date_of_matching_is_said_once() -> None:
    links = (
        link("rivalry", "E1", "E2", expires=date(2026, 8, 31)),
        link("rivalry", "E1", "M1", expires=date(2026, 9, 1)),
    )
    issues = check(*SCHOOLS, links=links)
    assert codes(issues) == ["no-as-of-date"]
    assert "also those with an expiry date (2)" in issues[0].problem
