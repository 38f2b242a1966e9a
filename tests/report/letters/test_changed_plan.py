"""What the readers of a changed plan are told of the plan before."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.analysis.document import PlanDocument
from matcher.changes import Change, ChangeKind
from matcher.report.letters import Contacts, letter_texts, letters_of, load_templates
from matcher.routes.rematch import rematch
from tests.report.letters.plans import plan
from tests.report.parsed import Page
from tests.routes.runs import write_small_run


@cache
def changed_plan() -> PlanDocument:
    """M1 leaves: E1 has no mentor any more, E2 goes to M3; E3 and E4 stay with M2."""
    with TemporaryDirectory() as folder:
        leaves = Change(change=ChangeKind.MENTOR_LEAVES, school="M1")
        return rematch(write_small_run(Path(folder) / "run"), [leaves]).plan.document


@cache
def bodies() -> dict[str, str]:
    texts = letter_texts(letters_of(changed_plan(), Contacts(), "abc"), load_templates())
    return {file: " ".join(Page(text).all("main")[0].text.split()) for file, text in texts.items()}


def test_a_school_whose_mentor_left_reads_so_whether_or_not_it_has_another() -> None:
    without = bodies()["schools/school-E1.html"]
    assert "Your mentor school can no longer take part" in without
    assert "School M1, your mentor school so far, can no longer take part in the programme." in without
    assert "No mentor school in this round yet" not in without
    other = bodies()["schools/school-E2.html"]
    assert "Your new mentor school: School M3" in other
    assert "your mentor school School M1 can no longer take part. Your school joins the cluster" in other


def test_a_school_that_keeps_its_mentor_stays_in_its_cluster() -> None:
    text = bodies()["schools/school-E3.html"]
    assert "your school stays in the cluster that School M2" in text
    assert "joins" not in text


def test_a_mentor_reads_who_is_new_in_its_cluster() -> None:
    assert "New in your cluster: School E2." in bodies()["mentors/mentor-M3.html"]
    assert "Your cluster stays as it was." in bodies()["mentors/mentor-M2.html"]


def test_staff_read_which_letters_differ_and_who_gets_none() -> None:
    assert letters_of(changed_plan(), Contacts(), "abc").changed == frozenset({"E1", "E2", "M3"})
    assert "get no letter; please write to them yourself: School M1 (M1)." in bodies()["index.html"]
    assert letters_of(plan("two countries"), Contacts(), "abc").changed is None


def test_letters_of_a_plan_made_anew_speak_of_no_plan_before() -> None:
    texts = letter_texts(letters_of(plan("two countries"), Contacts(), "abc"), load_templates())
    assert not any("so far" in text or "plan before" in text or "any more" in text for text in texts.values())
