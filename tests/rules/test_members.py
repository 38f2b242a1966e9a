"""Which schools a count takes in."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.policy.rules import Members
from matcher.rules.members import describe, select, undecided
from tests.rules.samples import school

SCHOOL = school(
    "A",
    country="IT",
    region="ITC48",
    phases=["primary"],
    rurality="rural",
    challenges=["stem"],
    languages=[{"code": "it", "level": None}],
    willingness="obliged",
    authority="Comune di Varzi",
    pupils=120,
    need_index=0.5,
)


def answers(given: Any, **conditions: Any) -> tuple[bool, bool]:
    members = Members.model_validate(conditions)
    return bool(select((given,), members)[0]), bool(undecided((given,), members)[0])


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ("country", ("IT", "HR"), ("HR",)),
        ("region", ("ITC",), ("ITH",)),
        ("phase", ("primary", "vocational"), ("vocational",)),
        ("rurality", ("rural",), ("urban", "intermediate")),
        ("challenge", ("inclusion", "stem"), ("inclusion",)),
        ("language", ("it",), ("hr",)),
        ("willingness", ("obliged",), ("volunteer",)),
        ("authority", ("comune  di varzi",), ("Comune di Bobbio",)),
        ("schools", ("A", "B"), ("B",)),
        ("max_pupils", 120, 119),
        ("min_pupils", 120, 121),
        ("min_need", 0.5, 0.51),
    ],
)
def test_each_condition_takes_in_and_leaves_out(condition: str, inside: Any, outside: Any) -> None:
    assert answers(SCHOOL, **{condition: inside}) == (True, False)
    assert answers(SCHOOL, **{condition: outside}) == (False, False)


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("region", ("ITC",)),
        ("phase", ("primary",)),
        ("rurality", ("rural",)),
        ("challenge", ("stem",)),
        ("language", ("it",)),
        ("willingness", ("obliged",)),
        ("authority", ("Comune di Varzi",)),
        ("max_pupils", 120),
        ("min_pupils", 0),
        ("min_need", 0.0),
    ],
)
def test_a_school_that_left_the_answer_out_is_undecided_and_not_counted(condition: str, value: Any) -> None:
    assert answers(school("A"), **{condition: value}) == (False, True)


def test_every_condition_must_hold_and_one_known_failure_settles_it() -> None:
    assert answers(SCHOOL, country=("IT",), max_pupils=100) == (False, False)
    assert answers(school("A"), country=("HR",), max_pupils=100) == (False, False)
    assert answers(school("A"), country=("IT",), max_pupils=100) == (False, True)


def test_a_school_of_another_country_is_outside_a_region_even_if_its_own_is_not_stated() -> None:
    assert answers(school("A", country="HR"), region=("ITC4",)) == (False, False)


def test_no_condition_takes_in_everybody() -> None:
    assert select((SCHOOL, school("B")), Members()).tolist() == [True, True]


def test_conditions_are_said_in_words() -> None:
    members = Members.model_validate({"phase": ("primary", "special"), "country": ("IT",), "max_pupils": 120})
    assert describe(members) == "country Italy, phase primary or special, at most 120 pupils"
    assert describe(Members()) == ""
