"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.numbers import read_number


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("45,815", "45.815"),
        ("45.815", "45.815"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        ("1\u202f234,5", "1234.5"),
        ("1'234", "1234"),
        ("1.234.567", "1234567"),
        ("−3,5", "-3.5"),
        ("007", "007"),
        ("1e-05", "1e-05"),
    ],
)
def test_a_number_is_read_with_a_point_or_a_comma(text: str, digits: str) -> None:
    number = read_number(text)
    assert number is not None
    assert number.digits == digits


@pytest.mark.parametrize("text", ["", "12a", "1,2,3", "12,34,5", "1.2.3", "NA", "nan", "--1", "1 2"])
def test_what_is_not_a_number_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None


def test_one_separator_before_three_digits_may_stand_for_thousands() -> None:
    dotted, leading_zero = read_number("1.234"), read_number("0.234")
    assert dotted is not None
    assert dotted.grouped == "1234"
    assert leading_zero is not None
    assert leading_zero.grouped is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_reads_back_from_its_shortest_text(value: float) -> None:
    number = read_number(repr(value))
    assert number is not None
    assert float(number.digits) == value


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_every_whole_number_reads_back(value: int) -> None:
    number = read_number(str(value))
    assert number is not None
    assert number.whole == value
