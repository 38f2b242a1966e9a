"""Groups of schools for fairness, from what tiny intakes say."""

from __future__ import annotations

from matcher.laboratory.groups import school_groups
from matcher.profiles import Cefr, LanguageSkill
from tests.encoding.builders import intake, school


def native(*codes: str) -> tuple[LanguageSkill, ...]:
    return tuple(LanguageSkill(code=code, level=Cefr.NATIVE) for code in codes)


def test_a_school_below_the_middle_size_is_small_and_one_without_pupils_is_counted_apart() -> None:
    made = intake(
        school("a", pupils=100), school("b", pupils=200), school("c", pupils=900), school("d"), school("m")
    )
    of = school_groups(made).of["size"]
    assert [of[one] for one in "abcd"] == ["size:small", "size:large", "size:large", "size:unknown"]


def test_the_highest_third_has_high_need() -> None:
    needs = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4, "e": 0.8, "f": 0.9}
    of = school_groups(intake(*(school(name, need_index=need) for name, need in needs.items()))).of["need"]
    assert [name for name in needs if of[name] == "need:high"] == ["e", "f"]


def test_a_minority_language_is_one_that_is_not_the_commonest_of_its_country() -> None:
    made = intake(
        school("a", languages=native("hr")),
        school("b", languages=native("hr")),
        school("c", languages=native("it")),
        school("d", languages=native("it", "hr")),
        school("e"),
        school("f", country="IT", languages=native("it")),
    )
    of = school_groups(made).of["language"]
    assert {name for name in of if of[name] == "language:minority"} == {"c"}
    assert of["e"] == "language:unknown"
    assert of["f"] == "language:majority"  # at home in its own country


def test_only_groups_with_a_school_to_be_placed_are_listed_and_unknown_ones_last() -> None:
    made = intake(school("a", rurality="rural"), school("b"), school("m", rurality="urban"))
    groups = [group for group in school_groups(made).groups if group.family == "rurality"]
    assert [(group.key, group.schools) for group in groups] == [
        ("rurality:rural", 1),
        ("rurality:unknown", 1),
    ]


def test_an_intake_that_says_nothing_has_only_unknown_groups() -> None:
    groups = school_groups(intake(school("a"), school("m"))).groups
    assert {group.key.partition(":")[2] for group in groups} == {"unknown"}
