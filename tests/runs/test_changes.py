"""Every difference between two intakes is told, and nothing that is not one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.generate import generate_intake
from matcher.profiles import Intake, Link, LinkKind
from matcher.runs.changes import intake_changes

INTAKE = generate_intake(mentors=2, mentees=5, countries=("HR",), seed=3)


def with_schools(order: list[int]) -> Intake:
    return INTAKE.model_copy(update={"schools": tuple(INTAKE.schools[at] for at in order)})


def test_equal_intakes_differ_in_nothing() -> None:
    assert intake_changes(INTAKE, INTAKE.model_copy()) == ()


@given(st.permutations(range(7)))
def test_the_order_of_the_schools_is_no_difference(order: list[int]) -> None:
    assert intake_changes(INTAKE, with_schools(order)) == ()


@given(st.sets(st.integers(0, 6)))
def test_exactly_the_schools_that_left_are_told(stay: set[int]) -> None:
    told = intake_changes(INTAKE, with_schools(sorted(stay)))
    gone = {school.school_id for at, school in enumerate(INTAKE.schools) if at not in stay}
    assert {change.key for change in told} == gone
    assert all(change.after is None and change.before is not None for change in told)


def test_a_link_that_stands_twice_is_one_more_link() -> None:
    link = Link(kind=LinkKind.RIVALRY, school_a="A", school_b="B")
    once = INTAKE.model_copy(update={"links": (link,)})
    twice = INTAKE.model_copy(update={"links": (link, link)})
    (added,) = intake_changes(once, twice)
    assert (added.part, added.key, added.before) == ("link", "A – B", None)
    (gone,) = intake_changes(twice, once)
    assert gone.after is None


def test_a_maturity_value_that_changed_is_told_by_school_and_not_by_value() -> None:
    first = INTAKE.maturity[0]
    changed = first.model_copy(update={"value": 1.234})
    (told,) = intake_changes(INTAKE, INTAKE.model_copy(update={"maturity": (changed, *INTAKE.maturity[1:])}))
    assert (told.part, told.key) == ("maturity", first.school_id)
    assert "1.234" not in (told.after or "")
    assert told.before != told.after


def test_a_setting_that_changed_is_told() -> None:
    (told,) = intake_changes(INTAKE, INTAKE.model_copy(update={"title": "Another"}))
    assert (told.part, told.key, told.after) == ("programme", "title", '"Another"')
