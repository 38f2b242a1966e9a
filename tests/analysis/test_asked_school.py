"""Which school is meant by what somebody typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.analysis.asked_school import school_of
from matcher.analysis.document import PlanDocument
from matcher.changes import Change, ChangeKind
from matcher.exceptions import UsageError
from matcher.plan import Plan
from matcher.profiles import Role
from matcher.routes.rematch import rematch
from tests.report.small import small_document
from tests.routes.runs import write_small_run


def numbered() -> PlanDocument:
    """The small plan with ids such as those of the pilot: mentors HR-001 to HR-003, mentees from HR-021."""
    ids = {"M1": "HR-001", "M2": "HR-002", "M3": "HR-003", "A": "HR-021", "B": "HR-010", "D": "HR-030"}
    document = small_document()
    cards = [
        card.model_copy(update={"school_id": ids.get(card.school_id, card.school_id)})
        for card in document.schools
    ]
    return document.model_copy(update={"schools": tuple(cards), "clusters": ()})


def words(document: PlanDocument, asked: str, role: Role | None = None) -> str:
    with pytest.raises(UsageError) as caught:
        school_of(document, asked, role)
    return str(caught.value)


def test_where_a_mentor_is_asked_for_only_mentors_are_offered() -> None:
    assert words(numbered(), "HR-01", Role.MENTOR) == "The plan has no mentor 'HR-01'. Did you mean HR-001?"
    assert words(numbered(), "HR-022", Role.MENTOR).endswith("Did you mean HR-002?")
    assert words(numbered(), "HR-022", Role.MENTEE).endswith("Did you mean HR-021?")


def test_an_id_without_its_zeros_is_the_nearest_before_any_other() -> None:
    assert words(numbered(), "HR-1").endswith("Did you mean HR-001?")
    assert words(numbered(), "HR-0010").endswith("Did you mean HR-010?")


def test_where_nothing_is_near_an_id_is_shown_as_an_example() -> None:
    assert (
        words(numbered(), "Zzz", Role.MENTOR) == "The plan has no mentor 'Zzz'. Its ids are such as HR-001."
    )


def test_a_school_that_left_in_this_run_is_said_to_have_left(tmp_path: Path) -> None:
    leaves = Change(change=ChangeKind.MENTOR_LEAVES, school="M1")
    document = rematch(write_small_run(tmp_path / "run"), [leaves]).plan.document
    assert words(document, "M1", Role.MENTOR) == "M1 takes part no more: it left in this run."


def test_the_library_names_the_nearest_school_too() -> None:
    with pytest.raises(KeyError, match=r"no school or cluster 'HR-1'\. Did you mean HR-001\?"):
        Plan(numbered()).explain("HR-1")
