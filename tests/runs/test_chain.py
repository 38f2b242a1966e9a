"""A run leads back to the runs that it came from, and a change anywhere on the way is found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.runs.record import RunRecord, read_record
from matcher.runs.verify import verify_run


def match(intake: Path, out: Path, *more: str) -> int:
    return run(["match", str(intake), "--out", str(out), "--quiet", *more])


def pin(run_folder: Path, target: Path, *, author: str) -> str:
    """Pin the first pair of a run's workbook; return the mentee's id."""
    book = load_workbook(run_folder / "result.xlsx")
    sheet = book["Assignments"]
    heads = {str(cell.value): at for at, cell in enumerate(sheet[3], start=1)}
    sheet.cell(4, heads["Pin?"]).value = "yes"
    sheet.cell(4, heads["Author of the change"]).value = author
    book.save(target)
    return str(sheet.cell(4, heads["Mentee id"]).value)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three runs: first, then with a pin, then with a school renamed."""
    folder = tmp_path_factory.mktemp("chain")
    intake = folder / "intake.json"
    write_intake(generate_intake(mentors=3, mentees=8, countries=("HR",), seed=3), intake)
    assert match(intake, folder / "one") == 0
    pin(folder / "one", folder / "pins.xlsx", author="A. Novak")
    pins = ("--pins", str(folder / "pins.xlsx"), "--earlier", str(folder / "one"))
    assert match(intake, folder / "two", *pins, "--reason", "Agreed with the schools") == 0
    data = json.loads((folder / "two" / "inputs" / "intake.json").read_text(encoding="utf-8"))
    data["schools"][0]["pupils"] = 7
    (folder / "later.json").write_text(json.dumps(data), encoding="utf-8")
    assert match(folder / "later.json", folder / "three", "--earlier", str(folder / "two")) == 0
    return folder


@pytest.fixture
def copy(three: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three, tmp_path / "runs"))


def forge(run_folder: Path, **changes: Any) -> None:
    record = read_record(run_folder).model_copy(update=changes).sealed()
    (run_folder / "record.json").write_text(record.to_json(), encoding="utf-8", newline="\n")


def day(run_folder: Path) -> str:
    return read_record(run_folder).finished_at[:10]


def test_a_chain_of_three_runs_verifies_to_its_beginning(three: Path) -> None:
    found = verify_run(three / "three")
    assert found.faults == ()
    assert f"Earlier run 'two' ({day(three / 'two')}) is as it was written." in found.passed
    assert f"Earlier run 'one' ({day(three / 'one')}) is as it was written." in found.passed
    assert found.passed[-1] == f"The chain goes 2 runs back to {day(three / 'one')}, where it begins."


def test_the_record_holds_the_pin_with_author_and_reason_and_what_changed(three: Path) -> None:
    two, three_ = read_record(three / "two"), read_record(three / "three")
    one = json.loads((three / "one" / "result.json").read_text(encoding="utf-8"))
    first = one["assignments"][0]
    (edit,) = two.edits
    assert (edit.what, edit.school) == ("mentor", first["mentee_id"])
    assert edit.before == edit.after == first["host_id"]
    assert (edit.author, edit.reason) == ("A. Novak", "Agreed with the schools")
    assert edit.source == "pins.xlsx [Assignments!E4]"
    (lock,) = two.changes
    assert (lock.part, lock.key, lock.before) == (
        "link",
        f"{first['mentee_id']} – {first['host_id']}",
        None,
    )
    (pupils,) = three_.changes
    assert (pupils.part, pupils.field, pupils.after) == ("school", "pupils", "7")
    assert three_.edits == ()


def test_the_record_names_the_earlier_folder_without_its_path(three: Path) -> None:
    earlier = read_record(three / "two").earlier
    assert earlier is not None
    assert earlier.name == "one"
    assert earlier.seal == read_record(three / "one").seal


def test_a_run_that_is_not_here_is_said_and_is_no_fault(copy: Path) -> None:
    shutil.rmtree(copy / "one")
    found = verify_run(copy / "three")
    assert found.ok
    assert found.passed[-1].startswith(f"The chain goes 1 run back to {day(copy / 'two')}; the run before")
    assert "'one'" in found.passed[-1]
    assert "is not here" in found.passed[-1]
    shutil.rmtree(copy / "two")
    assert verify_run(copy / "three").passed[-1].startswith("The run that this one came from, 'two' of")


def test_an_earlier_run_is_found_under_another_name_and_in_a_given_folder(copy: Path, tmp_path: Path) -> None:
    (copy / "two").rename(copy / "renamed")
    archive = tmp_path / "archive"
    archive.mkdir()
    (copy / "one").rename(archive / "old")
    for where in (archive, archive / "old"):
        found = verify_run(copy / "three", earlier=[where])
        assert found.ok
        assert found.passed[-1].startswith("The chain goes 2 runs back")


@pytest.mark.parametrize("name", ["report.html", "result.json", "inputs/intake.json", "record.json"])
@pytest.mark.parametrize("where", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("which", ["one", "two"])
def test_one_changed_byte_of_an_earlier_run_is_found_and_its_folder_named(
    copy: Path, which: str, name: str, where: float
) -> None:
    data = bytearray((copy / which / name).read_bytes())
    data[int(len(data) * where)] ^= 1
    (copy / which / name).write_bytes(bytes(data))
    faults = verify_run(copy / "three").faults
    assert any(str(copy / which) in fault for fault in faults)


def test_an_earlier_run_with_forged_hashes_no_longer_has_its_seal(copy: Path) -> None:
    forge(copy / "one", status="feasible")
    (fault,) = verify_run(copy / "two").faults
    assert fault.startswith(f"{copy / 'one'} is not the run that this one came from")


def test_another_day_of_the_earlier_run_is_found(copy: Path) -> None:
    told = read_record(copy / "two").earlier
    assert told is not None
    other = told.model_copy(update={"finished_at": "2001-01-01T00:00:00+00:00"})
    forge(copy / "two", earlier=other)
    found = verify_run(copy / "two")
    (fault,) = found.faults
    assert "was finished at 2001-01-01T00:00:00+00:00; it was at" in fault
    assert not any("as it was written" in one for one in found.passed[-2:])


@pytest.mark.parametrize("when", ["junk", "2026-09-01T08:00:00"])
def test_what_is_no_time_is_a_record_that_was_changed(copy: Path, when: str) -> None:
    record = read_record(copy / "two")
    assert record.earlier is not None
    forge(copy / "two", earlier=record.earlier.model_copy(update={"finished_at": when}))
    assert verify_run(copy / "two").faults == ("record.json was changed: it can no longer be read.",)
    forge(copy / "one", finished_at=when)
    assert verify_run(copy / "one").faults == ("record.json was changed: it can no longer be read.",)


def test_changes_that_do_not_lead_from_the_earlier_intake_are_found(copy: Path) -> None:
    forge(copy / "three", changes=())
    (fault,) = verify_run(copy / "three").faults
    assert "does not say what changed since the intake of earlier run" in fault
    assert verify_run(copy / "three").passed[-1].startswith("The chain goes 2 runs back")


def test_an_edit_that_contradicts_the_plan_or_the_earlier_plan_is_found(copy: Path) -> None:
    (edit,) = read_record(copy / "two").edits
    forge(copy / "two", edits=(edit.model_copy(update={"after": "HR-X"}),))
    (fault,) = verify_run(copy / "two").faults
    assert f"the edit of {edit.school} says mentor HR-X" in fault
    forge(copy / "two", edits=(edit.model_copy(update={"before": None}),))
    (fault,) = verify_run(copy / "two").faults
    assert f"the edit of {edit.school} says it had mentor none" in fault


def test_what_was_explained_from_what_is_in_the_record(three: Path, copy: Path) -> None:
    record = read_record(three / "one")
    plan = record.explanations[0]
    assert (plan.part, plan.seed) == ("plan", record.seed)
    assert plan.intake_sha256 == record.files["inputs/intake.json"]
    assert plan.policy_sha256 == record.files["inputs/policy.yaml"]
    forge(copy / "one", explanations=(plan.model_copy(update={"seed": 99}),))
    assert "record.json does not say from what result.json was explained." in verify_run(copy / "one").faults


def test_a_workbook_of_another_run_is_refused(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(three / "pins.xlsx")
    sheet = book["Assignments"]
    heads = {str(cell.value): at for at, cell in enumerate(sheet[3], start=1)}
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, heads["Pin?"]).value = "yes"
    other = next(
        sheet.cell(row, heads["Mentor id"]).value
        for row in range(4, sheet.max_row + 1)
        if sheet.cell(row, heads["Mentor id"]).value != sheet.cell(4, heads["Mentor id"]).value
    )
    sheet.cell(4, heads["Mentor id"]).value = other
    book.save(tmp_path / "pins.xlsx")
    more = ("--pins", str(tmp_path / "pins.xlsx"), "--earlier", str(three / "one"))
    assert match(three / "intake.json", tmp_path / "out", *more) == 2
    assert "is not of the run" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_run_cannot_replace_the_run_that_it_follows(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (copy / "one" / "record.json").read_bytes()
    assert match(copy / "intake.json", copy / "one", "--force", "--earlier", str(copy / "one")) == 2
    assert "is the run that this one follows" in capsys.readouterr().err
    assert (copy / "one" / "record.json").read_bytes() == before


def test_no_run_is_written_into_a_run(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--pins", str(copy / "pins.xlsx"), "--quiet")
    for out in (copy / "one" / "next", copy / "two" / "deep" / "next"):
        assert run(["rematch", str(copy / "one"), *more, "--out", str(out)]) == 2
        assert match(copy / "intake.json", out) == 2
        assert "lies inside the run folder" in capsys.readouterr().err
    assert verify_run(copy / "two").ok
    assert sorted(path.name for path in (copy / "one").iterdir()) == sorted(
        path.name for path in (copy / "two").iterdir()
    )


def test_replacing_a_run_leaves_a_file_of_somebody_else_alone(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "three" / "notes.txt").write_text("mine", encoding="utf-8")
    assert match(copy / "intake.json", copy / "three", "--force") == 2
    assert "holds what matcher did not write: notes.txt" in capsys.readouterr().err
    (copy / "three" / "notes.txt").unlink()
    assert match(copy / "intake.json", copy / "three", "--force") == 0


def test_a_record_of_an_older_layout_gives_a_clear_message(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads((copy / "one" / "record.json").read_text(encoding="utf-8"))
    content["schema_version"] = "1.0"
    for field in ("earlier", "changes", "edits", "explanations"):
        del content[field]
    (copy / "one" / "record.json").write_text(json.dumps(content), encoding="utf-8")
    assert run(["verify", str(copy / "one")]) == 2
    said = capsys.readouterr().err
    assert "older layout 1.0" in said
    assert "Verify the run with the version that wrote it" in said


def test_the_command_says_how_far_the_chain_goes(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(copy / "three"), "--earlier", str(copy)]) == 0
    assert "ok     The chain goes 2 runs back" in capsys.readouterr().out
    assert run(["verify", str(copy / "three"), "--earlier", str(copy / "nowhere")]) == 2


def test_a_run_without_an_earlier_one_says_nothing_of_a_chain_unless_asked(three: Path) -> None:
    assert not any("chain" in sentence for sentence in verify_run(three / "one").passed)
    assert verify_run(three / "one", earlier=[three]).passed[-1] == "This run follows no earlier run."


def test_a_good_copy_goes_before_a_changed_one(copy: Path, tmp_path: Path) -> None:
    shutil.copytree(copy / "one", tmp_path / "archive" / "one")
    (copy / "one" / "report.html").write_text("changed", encoding="utf-8")
    assert not verify_run(copy / "two").ok
    assert verify_run(copy / "two", earlier=[tmp_path / "archive"]).ok


def test_the_record_reads_back_as_it_was_written(three: Path) -> None:
    text = (three / "three" / "record.json").read_text(encoding="utf-8")
    assert RunRecord.model_validate_json(text).to_json() == text


def test_a_rematch_is_a_link_of_the_chain(copy: Path) -> None:
    school = pin(copy / "one", copy / "again.xlsx", author="B. Horvat")
    more = ("--pins", str(copy / "again.xlsx"), "--out", str(copy / "rematched"), "--quiet")
    assert run(["rematch", str(copy / "one"), *more]) == 0
    found = verify_run(copy / "rematched")
    assert found.faults == ()
    assert found.passed[-1].startswith("The chain goes 1 run back")
    (edit,) = read_record(copy / "rematched").edits
    assert (edit.school, edit.author) == (school, "B. Horvat")
