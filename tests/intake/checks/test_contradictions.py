from __future__ import annotations

from datetime import date

import pytest

from matcher.profiles import Strength
from tests.intake.checks.builders import check, codes, link, mentee, mentor, only

SCHOOLS = (mentor("M1"), mentor("M2"), mentee("E1"), mentee("E2"), mentee("E3"))


def test_a_rivalry_declared_by_both_sides_is_only_a_warning() -> None:
    issues = check(*SCHOOLS, links=(link("rivalry", "E1", "E2"), link("rivalry", "E2", "E1")))
    assert codes(issues) == ["link-twice"]
    assert not issues[0].is_error


def test_the_same_link_once_hard_and_once_soft_is_an_error() -> None:
    links = (link("rivalry", "E1", "E2"), link("rivalry", "E2", "E1", strength=Strength.SOFT))
    issue = only(check(*SCHOOLS, links=links), "link-contradiction")
    assert issue.is_error
    assert issue.problem == "This rivalry is declared as hard in record 1 of Links, and here as soft."


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("lock", "forbid", ("E1", "M1")),
        ("lock", "rivalry", ("E1", "M1")),
        ("must-link", "rivalry", ("E1", "E2")),
    ],
)
def test_links_that_exclude_each_other_are_an_error(one: str, other: str, pair: tuple[str, str]) -> None:
    issues = check(*SCHOOLS, links=(link(one, *pair), link(other, *pair[::-1])))
    assert [issue.code for issue in issues if issue.is_error] == ["link-contradiction"]


def test_a_soft_link_against_a_hard_one_is_a_tension_not_an_error() -> None:
    links = (link("lock", "E1", "M1"), link("forbid", "E1", "M1", strength=Strength.SOFT))
    assert codes(check(*SCHOOLS, links=links)) == ["link-tension"]


def test_a_link_that_is_off_or_expired_contradicts_nothing() -> None:
    links = (
        link("lock", "E1", "M1"),
        link("forbid", "E1", "M1", strength=Strength.OFF),
        link("rivalry", "E1", "M1", expires=date(2020, 1, 1)),
    )
    assert codes(check(*SCHOOLS, links=links, as_of=date(2026, 9, 1))) == ["link-expired"]


def test_a_mentee_locked_to_two_mentors_takes_one_place() -> None:
    issue = only(check(*SCHOOLS, links=(link("lock", "E1", "M1"), link("lock", "M2", "E1"))), "locked-twice")
    assert issue.is_error
    assert issue.problem == "This mentee takes 1 place, and is locked to M1, M2."


def test_a_mentee_that_takes_two_places_may_be_locked_to_two_mentors() -> None:
    schools = (mentor("M1"), mentor("M2"), mentee("E1", demand=2))
    assert check(*schools, links=(link("lock", "E1", "M1"), link("lock", "E1", "M2"))) == ()


def test_more_locks_than_a_mentor_has_places_are_an_error() -> None:
    schools = (mentor("M1", max_load=1), mentor("M2"), mentee("E1"), mentee("E2"))
    links = (link("lock", "E1", "M1"), link("lock", "E2", "M1"))
    assert only(check(*schools, links=links), "locks-exceed-load").value == "M1"


def test_rivals_locked_to_one_mentor_are_an_error() -> None:
    links = (link("lock", "E1", "M1"), link("lock", "E2", "M1"), link("rivalry", "E1", "E2"))
    assert only(check(*SCHOOLS, links=links), "lock-contradiction").is_error


def test_mentees_that_must_be_together_but_are_locked_apart_are_an_error() -> None:
    links = (link("lock", "E1", "M1"), link("lock", "E2", "M2"), link("must-link", "E1", "E2"))
    assert only(check(*SCHOOLS, links=links), "lock-contradiction").is_error
