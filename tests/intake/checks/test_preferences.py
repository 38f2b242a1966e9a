from __future__ import annotations

from tests.intake.checks.builders import check, codes, mentee, mentor, wish

SCHOOLS = (mentor("M1"), mentor("M2"), mentee("E1"), mentee("E2"))


def test_gaps_and_ties_in_ranks_are_fine() -> None:
    assert check(*SCHOOLS, preferences=(wish("E1", "M1", 2), wish("E1", "M2", 2), wish("M1", "E1", 9))) == ()


def test_a_pair_ranked_twice_differently_is_an_error() -> None:
    issues = check(*SCHOOLS, preferences=(wish("E1", "M1", 1), wish("E1", "M1", 2)))
    assert codes(issues) == ["preference-contradiction"]
    assert issues[0].is_error


def test_a_pair_ranked_twice_alike_is_a_warning() -> None:
    issues = check(*SCHOOLS, preferences=(wish("E1", "M1", 1), wish("E1", "M1", 1)))
    assert codes(issues) == ["preference-twice"]
    assert not issues[0].is_error


def test_a_mentor_that_ranks_a_mentor_is_told_that_it_has_no_effect() -> None:
    issues = check(*SCHOOLS, preferences=(wish("M1", "M2", 1), wish("E1", "E2", 1)))
    assert codes(issues) == ["preference-without-effect"] * 2


def test_a_school_cannot_rank_itself() -> None:
    issues = check(*SCHOOLS, preferences=(wish("E1", "E1", 1),))
    assert codes(issues) == ["self-preference"]
    assert issues[0].is_error
