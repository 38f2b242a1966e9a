from __future__ import annotations

from matcher.report.html.numbers import UNKNOWN, counted, kilometres, number, percent, said


def test_numbers_have_one_decimal_and_commas_between_thousands() -> None:
    assert said(12345.678) == "12,345.7"


def test_a_loss_has_a_true_minus_sign_and_nothing_has_none() -> None:
    assert said(-3.25) == "\u22123.2"
    assert said(-0.04) == "0.0"


def test_unknown_is_a_dash_that_is_read_as_not_known_and_never_a_nought() -> None:
    for written in (number(None), percent(None), kilometres(None)):
        assert written == UNKNOWN
        assert "–" in written
        assert "not known" in written
        assert "0" not in written


def test_nought_is_a_nought() -> None:
    assert number(0.0) == "0.0"
    assert percent(0.0) == "0\u202f%"
    assert kilometres(0.0) == "0.0\u202fkm"


def test_one_is_said_in_the_singular() -> None:
    assert counted(1, "school", "schools") == "1 school"
    assert counted(0, "school", "schools") == "0 schools"
