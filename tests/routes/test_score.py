"""A hand edit, judged: broken rules, points by school, the best plan that keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.changes import Change, ChangeKind
from matcher.exceptions import InputError
from matcher.profiles import Intake, Role
from matcher.routes.rematch import rematch
from matcher.routes.score import score_edit
from tests.routes.runs import policy, school, write_small_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_run(tmp_path_factory.mktemp("score") / "run")


def move(mentee: str, mentor: str) -> Change:
    return Change(change=ChangeKind.MOVE, school=mentee, other=mentor)


def test_an_edit_that_keeps_the_rules_is_priced_school_by_school(run: Path) -> None:
    report = score_edit(run, [move("E2", "M3")])
    assert report.allowed
    assert report.broken == ()
    assert [one.school_id for one in report.schools] == ["E2"]
    assert report.change < 0
    assert report.change == pytest.approx(sum(one.change for one in report.schools) + report.rest)
    assert report.points_after == pytest.approx(report.points_before + report.change)
    assert report.answer is not None
    assert (report.answer.further_moves, report.answer.change) == (0, report.change)
    assert report.sentences[1].startswith("To keep the edit and every rule, nobody else has to move;")
    assert len(report.sentences) == 2


def test_an_edit_that_overfills_a_mentor_names_the_rule_and_who_must_go(run: Path) -> None:
    report = score_edit(run, [move("E2", "M2")])
    assert not report.allowed
    assert [(one.rule, one.schools) for one in report.broken] == [("Load", ("M2",))]
    assert report.broken[0].detail == "School M2 fills 3 places, 1 more than its most."
    assert report.answer is not None
    assert report.answer.further_moves == 1
    (diff,) = report.answer.diffs
    assert (diff.school_id, diff.before) == ("E4", "M2")
    assert diff.why == "Moved to make room at School M2 (M2) for School E2 (E2)."


def test_an_edit_that_a_rule_bars_has_no_answer_and_says_why(run: Path, tmp_path: Path) -> None:
    dispute = Change(change=ChangeKind.FORBID, school="E2", other="M3", reason="Old dispute")
    barred = rematch(run, [dispute]).write(tmp_path / "barred")
    report = score_edit(barred, [move("E2", "M3")])
    words = "School E2 with School M3: Forbidden: forbidden pair (Old dispute)."
    assert [(one.rule, one.schools, one.detail) for one in report.broken] == [
        ("Forbidden pairs", ("E2", "M3"), words)
    ]
    assert report.answer is None
    assert "Old dispute" in report.why_no_answer[0]


def test_what_others_could_gain_by_moving_is_said(run: Path, tmp_path: Path) -> None:
    """M4 beside E2 joined and nobody was moved to it."""
    new = Intake(schools=(school("M4", Role.MENTOR, 9.02, max_load=1),))
    later = rematch(run, new_schools=new).write(tmp_path / "later")
    report = score_edit(later, [Change(change=ChangeKind.PIN, school="E1")])
    assert report.answer is not None
    assert [point.moves for point in report.answer.line] == [0, 1]
    assert report.sentences[2].startswith("With 1 move of others it could gain ")


def test_the_answer_keeps_the_edit_where_the_policy_would_let_it_go(tmp_path: Path) -> None:
    """A lock is worth 5 points here; going to M2, which is full, costs more, and is not given up for that."""
    soft = write_small_run(tmp_path / "run", policy(lock={"strength": "soft", "price": 5}))
    report = score_edit(soft, [move("E2", "M2")])
    assert report.answer is not None
    assert report.answer.further_moves == 1
    (diff,) = report.answer.diffs
    assert (diff.school_id, diff.before, diff.after) == ("E4", "M2", "M3")


def test_a_pin_changes_nothing(run: Path) -> None:
    report = score_edit(run, [Change(change=ChangeKind.PIN, school="E1")])
    assert (report.allowed, report.change, report.schools) == (True, 0.0, ())
    assert report.sentences[0] == "The edit keeps every rule that must hold; the plan is worth the same."


def test_only_pins_and_moves_are_edits(run: Path) -> None:
    with pytest.raises(InputError) as caught:
        score_edit(run, [Change(change=ChangeKind.MENTOR_LEAVES, school="M1")])
    assert [issue.code for issue in caught.value.issues] == ["no-edit"]
