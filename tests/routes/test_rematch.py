"""A run that changes: the plan, the line, the words, and the run folder that remembers where it came from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from matcher.analysis.wording import said_points
from matcher.changes import Change, ChangeKind
from matcher.exceptions import InfeasibleError, InputError, UsageError
from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading, Origin
from matcher.pipeline import Watch, form_clusters
from matcher.profiles import Intake, Role
from matcher.questions.moves import TradeOff, trade_off
from matcher.report.html import render_report
from matcher.report.letters import Contacts, letters_of
from matcher.report.workbook import write_result_workbook
from matcher.result import SolveStatus, StoppedBy
from matcher.routes.changes import read_request
from matcher.routes.rematch import Choice, Rematch, rematch, rematch_run
from matcher.runs.opened import open_run
from matcher.runs.verify import verify_run
from matcher.runs.write import RunInputs, write_run
from tests.report.parsed import Page
from tests.routes.runs import intake, policy, school, write_small_run

LEAVES = Change(change=ChangeKind.MENTOR_LEAVES, school="M1", reason="Staff left", author="Desk")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_run(tmp_path_factory.mktemp("rematch") / "run")


def forbid(mentee: str, mentor: str) -> Change:
    return Change(change=ChangeKind.FORBID, school=mentee, other=mentor)


def after(made: Rematch) -> dict[str, tuple[str, str | None, str | None]]:
    report = made.plan.document.rematch
    assert report is not None
    return {diff.school_id: (diff.kind, diff.before, diff.after) for diff in report.diffs}


def why(made: Rematch, school_id: str) -> str:
    report = made.plan.document.rematch
    assert report is not None
    return next(diff.why for diff in report.diffs if diff.school_id == school_id)


def test_a_mentor_that_leaves_moves_its_cluster_and_nobody_else(run: Path) -> None:
    made = rematch(run, [LEAVES])
    assert after(made) == {"E1": ("forced", "M1", None), "E2": ("forced", "M1", "M3")}
    assert made.plan.hosts == {"E1": None, "E2": "M3", "E3": "M2", "E4": "M2"}
    report = made.plan.document.rematch
    assert report is not None
    assert (report.kept, report.forced, report.moved, report.least_moves) == (2, 2, 0, 0)
    assert report.least_is_proven
    assert why(made, "E2") == "Its mentor School M1 (M1) left (Staff left)."
    assert why(made, "E1").endswith("Of the 2 mentors it may be placed with, both are full.")


def test_one_moves_where_only_so_another_can_be_placed(run: Path) -> None:
    """E1 and E2 may only go to M2, which is full; one of its schools can go to M3."""
    made = rematch(run, [LEAVES, forbid("E1", "M3"), forbid("E2", "M3")])
    assert made.line.placed == 3
    assert after(made) == {
        "E1": ("forced", "M1", None),
        "E2": ("forced", "M1", "M2"),
        "E4": ("moved", "M2", "M3"),
    }
    assert why(made, "E4") == "Moved to make room at School M2 (M2) for School E2 (E2)."


def test_the_reasons_of_a_move_name_what_stands_in_the_way_of_going_back(run: Path) -> None:
    rivals = rematch(run, [Change(change=ChangeKind.RIVALRY, school="E1", other="E2")])
    assert why(rivals, "E2") == "It cannot go back to School M1 (M1): rival School E1 is in that cluster."
    narrow = rematch(run, [Change(change=ChangeKind.CAPACITY, school="M1", value=1)])
    assert why(narrow, "E2") == ("School M1 (M1) has no place for it any more: it is full (1 of 1 places).")
    barred = rematch(run, [forbid("E2", "M1")])
    assert after(barred)["E2"] == ("forced", "M1", "M3")
    assert why(barred, "E2").startswith("It may no longer be with School M1 (M1). ")
    asked = Change(change=ChangeKind.MOVE, school="E2", other="M3", reason="Sister school", author="Desk")
    assert why(rematch(run, [asked]), "E2") == "Asked for by hand by Desk (Sister school)."


def test_a_school_that_loses_its_mentor_is_not_said_to_move(run: Path) -> None:
    """M1 has one place left, and E1, E2 may have no other mentor: one of them loses it."""
    changes = [Change(change=ChangeKind.CAPACITY, school="M1", value=1)]
    made = rematch(run, [*changes, *(forbid(one, host) for one in ("E1", "E2") for host in ("M2", "M3"))])
    assert sorted(kind for kind, _, now in after(made).values() if now is None) == ["moved"]
    report = made.plan.document.rematch
    assert report is not None
    assert report.sentences[0] == "3 schools keep their mentor; 1 school loses its mentor."
    both = [LEAVES, forbid("E1", "M3"), forbid("E2", "M3")]  # E4 moves to make room
    moved = rematch(run, both).plan.document.rematch
    assert moved is not None
    assert moved.sentences[0].endswith("; 1 further school moves.")


def test_report_and_ministry_read_that_the_fewest_moves_are_proven(run: Path) -> None:
    """A mentor beside E2 joins: nobody need move, but one move gains."""
    made = rematch(run, new_schools=Intake(schools=(school("M4", Role.MENTOR, 9.02, max_load=1),)))
    document, line = made.plan.document, made.plan.document.rematch
    assert line is not None
    gain = line.line[1].points - line.line[0].points
    assert gain > 0
    told = (
        "Fewest moves, proven: no plan that places as many schools needs fewer moves, and none with as few "
        f"is better. With 1 more move a plan {said_points(gain)} points better exists; "
        "fewer moves were preferred."
    )
    assert document.proof_sentence == told
    assert letters_of(document, Contacts(), "r").ministry.proof == told
    report = Page(render_report(document))
    assert "Proven: fewest moves, and no better plan with as few moves" in report.by_id("top").text
    assert told in " ".join(report.by_id("proof").text.split())
    best = rematch(run, new_schools=Intake(schools=(school("M4", Role.MENTOR, 9.02),)), most_moves=9)
    assert best.plan.document.proof_sentence == best.plan.document.proof.sentence  # the best plan of all


def test_a_mentor_without_places_has_the_same_moves_as_one_that_leaves(run: Path) -> None:
    made = rematch(run, [Change(change=ChangeKind.CAPACITY, school="M1", value=0, reason="Rebuilding")])
    assert after(made) == {"E1": ("forced", "M1", None), "E2": ("forced", "M1", "M3")}
    assert made.line.least.moves == 0
    assert why(made, "E2") == "Its mentor School M1 (M1) offers no place now (Rebuilding)."


def test_schools_leave_and_join(run: Path) -> None:
    new = Intake(schools=(school("E5", Role.MENTEE, 9.03), school("M4", Role.MENTOR, 9.03, max_load=1)))
    changes = [Change(change=ChangeKind.SCHOOL_LEAVES, school="E1", reason="Merged")]
    made = rematch(run, changes, new_schools=new)
    assert after(made) == {"E1": ("left", "M1", None), "E5": ("joined", None, "M4")}
    assert why(made, "E1") == "The school takes part no more (Merged)."
    assert made.line.points[0].moves == 0


def test_the_point_is_chosen_by_moves_or_by_loss(run: Path) -> None:
    """A mentor beside E2 joins: nobody need move, but one move gains."""
    new = Intake(schools=(school("M4", Role.MENTOR, 9.02, max_load=1),))
    made = rematch(run, new_schools=new)
    assert [point.moves for point in made.line.points] == [0, 1]
    assert after(made) == {}
    assert after(rematch(run, new_schools=new, most_moves=5)) == {"E2": ("moved", "M1", "M4")}
    assert after(rematch(run, new_schools=new, most_loss=1.0)) == {}
    best = rematch(run, new_schools=new, most_loss=0.0)
    assert after(best) == {"E2": ("moved", "M1", "M4")}
    assert why(best, "E2").startswith("Moving it is worth ")
    with pytest.raises(UsageError, match="not both"):
        rematch(run, new_schools=new, most_moves=1, most_loss=0.1)


def test_too_few_moves_are_refused_with_the_fewest(run: Path) -> None:
    with pytest.raises(UsageError, match="0 moves are too few: the fewest are 1"):
        rematch(run, [Change(change=ChangeKind.CAPACITY, school="M1", value=1)], most_moves=0)


def test_the_new_run_verifies_and_follows_the_earlier_one(run: Path, tmp_path: Path) -> None:
    pin = Change(change=ChangeKind.PIN, school="E3", reason="Works well", author="Desk")
    out = rematch(run, [LEAVES, pin]).write(tmp_path / "november")
    assert verify_run(out).faults == ()
    record = json.loads((out / "record.json").read_text(encoding="utf-8"))
    assert record["earlier"]["seal"] == open_run(run).record.seal
    told = [
        (one["what"], one["school"], one["before"], one["after"], one["author"]) for one in record["edits"]
    ]
    assert told == [("mentor-leaves", "M1", None, None, "Desk"), ("mentor", "E3", "M2", "M2", "Desk")]
    lines = (out / "changes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith('E1,School E1,"could not stay, without a mentor now",M1,School M1,,,')
    assert lines[2].startswith("E2,School E2,could not stay,M1,School M1,M3,School M3,")
    sheet = load_workbook(out / "result.xlsx")["What changed"]
    assert [cell.value for cell in sheet[4]][:4] == [
        "E1",
        "School E1",
        "could not stay, without a mentor now",
        "M1",
    ]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert 'id="changed"' in page
    assert '<a href="#changed">What changed</a>' in page


def test_words_of_a_rematch_that_were_changed_are_found(run: Path, tmp_path: Path) -> None:
    out = rematch(run, [LEAVES]).write(tmp_path / "november")
    path = out / "changes.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("Staff left", "Bad"), encoding="utf-8-sig")
    assert any("changes.csv" in fault for fault in verify_run(out).faults)


def test_the_same_changes_give_the_same_bytes(run: Path, tmp_path: Path) -> None:
    first = rematch(run, [LEAVES]).write(tmp_path / "a")
    second = rematch(run, [LEAVES]).write(tmp_path / "b")
    for path in sorted(first.rglob("*.*")):
        if path.name != "record.json":
            assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path.name


def test_a_rematch_can_follow_a_rematch(run: Path, tmp_path: Path) -> None:
    november = rematch(run, [LEAVES]).write(tmp_path / "november")
    back = Intake(schools=(school("M9", Role.MENTOR, 9.01),))
    spring = rematch(november, new_schools=back).write(tmp_path / "spring")
    assert verify_run(spring).faults == ()
    document = open_run(spring).document
    assert document.rematch is not None
    assert {diff.school_id: diff.after for diff in document.rematch.diffs} == {"E1": "M9"}
    assert [diff.kind for diff in document.rematch.diffs] == ["placed"]


def test_a_corrected_workbook_is_taken_as_changes(run: Path, tmp_path: Path) -> None:
    document = open_run(run).document
    path = tmp_path / "pins.xlsx"
    write_result_workbook(document, path)
    book = load_workbook(path)
    sheet = book["Assignments"]
    heads = {cell.value: at for at, cell in enumerate(sheet[3], start=1)}
    sheet.cell(4, heads["Change to"]).value = "M3"
    sheet.cell(4, heads["Author of the change"]).value = "Desk"
    sheet.cell(5, heads["Pin?"]).value = "yes"
    book.save(path)
    for request in (read_request(open_run(run), path), read_request(open_run(run), pins=path)):
        assert [(one.change.value, one.school, one.other, one.author) for one in request.changes] == [
            ("move", "E1", "M3", "Desk"),
            ("pin", "E2", "M1", None),
        ]
    assert after(rematch(run, path)) == {"E1": ("forced", "M1", "M3")}


def test_what_is_asked_by_hand_is_done_where_the_policy_would_let_it_go(tmp_path: Path) -> None:
    """A lock is worth 5 points here, less than E2 loses with M2; the plan without it would be better."""
    soft = write_small_run(tmp_path / "run", policy(lock={"strength": "soft", "price": 5}))
    moved = Change(change=ChangeKind.MOVE, school="E2", other="M2", author="Desk")
    made = rematch(soft, [moved])
    assert after(made) == {"E2": ("forced", "M1", "M2"), "E4": ("moved", "M2", "M3")}
    assert why(made, "E2") == "Asked for by hand by Desk."
    assert made.line.least.moves == 1
    proof = made.plan.document.proof
    assert proof.bound_units is not None
    assert (proof.status, proof.bound_units > proof.objective_units) == ("feasible", True)
    assert verify_run(made.write(tmp_path / "out")).faults == ()


def test_a_workbook_of_another_plan_is_refused(run: Path, tmp_path: Path) -> None:
    """In the run that it is of, E2 has M1; in the later one it is with M3."""
    path = tmp_path / "pins.xlsx"
    write_result_workbook(open_run(run).document, path)
    book = load_workbook(path)
    sheet = book["Assignments"]
    heads = {cell.value: at for at, cell in enumerate(sheet[3], start=1)}
    for row in (4, 5):
        sheet.cell(row, heads["Pin?"]).value = "yes"
    book.save(path)
    moved = Change(change=ChangeKind.MOVE, school="E2", other="M3")
    later = rematch(run, [moved]).write(tmp_path / "later")
    with pytest.raises(InputError) as caught:
        read_request(open_run(later), path)
    (issue,) = caught.value.issues
    assert (issue.code, issue.value) == ("not-of-this-run", "E2")
    assert "pins.xlsx [Assignments!" in str(issue.location)


def test_what_contradicts_the_intake_is_said_of_the_row(run: Path, tmp_path: Path) -> None:
    rivals = rematch(run, [Change(change=ChangeKind.RIVALRY, school="E1", other="E2")]).write(tmp_path / "a")
    changes = tmp_path / "changes.csv"
    changes.write_text("Change,School,Other school\nrivalry,E2,E1\npin,E1,M1\nmove,E2,M1\n", encoding="utf-8")
    pins = changes.with_name("pins.csv")
    pins.write_text("Change,School,Other school\npin,E1,M1\nmove,E2,M1\n", encoding="utf-8")
    opened = open_run(rivals)
    with pytest.raises(InputError) as caught:
        read_request(opened, changes)
    assert [str(issue.location) for issue in caught.value.issues] == ["changes.csv [C2]"]
    with pytest.raises(InputError) as caught:
        rematch(rivals, pins)
    assert [issue.code for issue in caught.value.issues] == [
        "lock-contradiction"
    ]  # no old warnings beside it
    forbidden = rematch(run, [forbid("E1", "M1")]).write(tmp_path / "b")
    with pytest.raises(InputError) as caught:
        rematch(forbidden, pins)
    assert [str(issue.location) for issue in caught.value.issues] == ["pins.csv [A2]"]


def test_what_is_strange_about_the_files_goes_into_the_report_and_on_record(
    run: Path, tmp_path: Path
) -> None:
    changes, new = tmp_path / "changes.csv", tmp_path / "new"
    changes.write_bytes("Change,School,Reason\nmentor-leaves,M1,Élan perdu\n".encode("cp1252"))
    new.mkdir()
    text = "School id,Name,Role,Country,Phone of the head\nE8,New,mentee,IT,012\n"
    (new / "schools.csv").write_text(text, encoding="utf-8")
    out = rematch(run, changes, new_schools=new).write(tmp_path / "out")
    told = [(row.code, row.file) for row in open_run(out).document.warnings]
    assert ("encoding-not-utf8", "changes.csv") in told
    assert [code for code, file in told if file == "schools.csv"] != []
    assert [one for one in open_run(out).record.dropped_columns if "Phone of the head" in one] != []


def test_a_file_of_changes_may_name_schools_as_the_result_does(run: Path, tmp_path: Path) -> None:
    file = tmp_path / "changes.csv"
    file.write_text("Change,School,Other school\nmove,school e2,School M3\n", encoding="utf-8")
    (change,) = read_request(run=open_run(run), changes=file).changes
    assert (change.school, change.other) == ("E2", "M3")


def test_faults_come_row_by_row(run: Path, tmp_path: Path) -> None:
    """The first row is at odds with the plan's schools, the second with the form: found in this order."""
    file = tmp_path / "changes.csv"
    file.write_text(
        "Change,School,Value\nmentor-leaves,Nobody,\nshrink,M1,\ncapacity,M1,many\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_request(run=open_run(run), changes=file)
    assert [issue.location.row for issue in caught.value.issues] == [2, 3, 4]


def test_all_faults_of_all_files_come_at_once(run: Path, tmp_path: Path) -> None:
    changes = tmp_path / "changes.csv"
    changes.write_text("Change,School\nmentor-leaves,M7\nswap,E1\nschool-joins,E9\n", encoding="utf-8")
    new = tmp_path / "new"
    new.mkdir()
    (new / "schools.csv").write_text(
        "School id,Name,Role,Country\nE1,Again,mentee,IT\nE8,New,mentee,Atlantis\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_request(open_run(run), changes, new_schools=new)
    codes = [issue.code for issue in caught.value.issues if issue.is_error]
    assert codes[:2] == ["unknown-school", "unknown-word"]  # row by row
    assert {"unknown-school", "duplicate-id"} <= set(codes)
    places = {issue.value: str(issue.location) for issue in caught.value.issues if issue.is_error}
    assert (places["E1"], places["Atlantis"]) == ("schools.csv [A2]", "schools.csv [D3]")


def test_what_cannot_be_answered_is_said(run: Path) -> None:
    with pytest.raises(UsageError, match="Nothing is to change"):
        rematch(run)
    new = Intake(schools=(school("M4", Role.MENTOR, 15.9, country="HR"),))
    with pytest.raises(InfeasibleError, match="the mentee is in Italy, the mentor in Croatia"):
        rematch(run, [Change(change=ChangeKind.MOVE, school="E1", other="M4")], new_schools=new)


def test_once_stopped_the_plan_with_the_fewest_moves_is_kept(run: Path) -> None:
    opened = open_run(run)
    watch = Watch(should_stop=lambda: True)
    made = rematch_run(opened, read_request(opened, [LEAVES]), Choice(), watch)
    assert made.plan.hosts["E3"] == "M2"
    assert made.line.least.moves == 0


def test_a_line_that_was_cut_short_says_so_in_the_proof(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unproven(*arguments: Any) -> TradeOff:
        return replace(trade_off(*arguments), status=SolveStatus.FEASIBLE)

    monkeypatch.setattr("matcher.routes.rematch.trade_off", unproven)
    opened = open_run(run)
    request = read_request(opened, [LEAVES])
    stopped = rematch_run(opened, request, Choice(), Watch(should_stop=lambda: True))
    assert stopped.plan.document.proof.stopped_by == "interrupt"
    whole = rematch_run(opened, request, Choice(), Watch())
    assert whole.plan.document.proof.stopped_by == "proof"  # the plan itself is proven


def test_a_time_limit_goes_on_record_as_one(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*arguments: Any) -> TradeOff:
        line = trade_off(*arguments)
        points = tuple(replace(point, bound=None) for point in line.points)
        return replace(line, status=SolveStatus.FEASIBLE, points=points, stopped_by=StoppedBy.TIME_LIMIT)

    monkeypatch.setattr("matcher.routes.rematch.trade_off", late)
    made = rematch(run, [LEAVES])
    assert made.plan.document.proof.stopped_by == "time-limit"


def test_a_plan_without_proof_is_rematched_too(tmp_path: Path) -> None:
    made = form_clusters(intake(), policy(), check_intake(IntakeReading(intake())), Origin(), Watch())
    proof = made.plan.document.proof
    loose = proof.model_copy(update={"status": "feasible", "bound_units": proof.objective_units + 1})
    document = made.plan.document.model_copy(update={"proof": loose})
    run = write_run(tmp_path / "run", document, RunInputs(intake(), policy()), {})
    assert after(rematch(run, [LEAVES])) == {"E1": ("forced", "M1", None), "E2": ("forced", "M1", "M3")}
