"""What was asked for by hand goes on record as asked, and whether the plan grants it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.cli import run
from matcher.intake.writers import write_intake
from matcher.policy.loader import dump_policy
from matcher.runs.record import read_record
from matcher.runs.verify import verify_run
from tests.routes.runs import intake, policy


@pytest.fixture(scope="module")
def pinned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run under a policy that lets locks give way for 5 points, and one in which E2 is to go to M2.

    M2 is full, with E3 and E4 beside it.
    """
    folder = tmp_path_factory.mktemp("pinned")
    write_intake(intake(), folder / "intake.json")
    soft = policy(lock={"strength": "soft", "price": 5})
    (folder / "policy.yaml").write_text(dump_policy(soft), encoding="utf-8")
    call = ["match", str(folder / "intake.json"), "--policy", str(folder / "policy.yaml"), "--out"]
    assert run([*call, str(folder / "one"), "--quiet"]) == 0
    book = load_workbook(folder / "one" / "result.xlsx")
    sheet = book["Assignments"]
    heads = {str(cell.value): at for at, cell in enumerate(sheet[3], start=1)}
    at = next(row for row in (4, 5, 6, 7) if sheet.cell(row, heads["Mentee id"]).value == "E2")
    sheet.cell(at, heads["Change to"]).value = "M2"
    book.save(folder / "pins.xlsx")
    pins = ("--pins", str(folder / "pins.xlsx"), "--earlier", str(folder / "one"))
    assert run([*call, str(folder / "two"), *pins]) == 0
    return folder


def test_a_pin_that_the_policy_gave_up_is_on_record_as_not_granted_and_the_run_verifies(pinned: Path) -> None:
    (edit,) = read_record(pinned / "two").edits
    assert (edit.what, edit.school, edit.before, edit.after) == ("mentor, not granted", "E2", "M1", "M2")
    assert verify_run(pinned / "two").faults == ()


@pytest.mark.parametrize(("what", "after"), [("mentor", "M2"), ("mentor, not granted", "M1")])
def test_a_record_that_says_otherwise_than_the_plan_is_found(
    pinned: Path, tmp_path: Path, what: str, after: str
) -> None:
    record = read_record(pinned / "two")
    (edit,) = record.edits
    forged = record.model_copy(update={"edits": (edit.model_copy(update={"what": what, "after": after}),)})
    path = pinned / "two" / "record.json"
    before = path.read_text(encoding="utf-8")
    path.write_text(forged.sealed().to_json(), encoding="utf-8", newline="\n")
    found = verify_run(pinned / "two").faults
    path.write_text(before, encoding="utf-8", newline="\n")
    assert found == (f"record.json: the edit of E2 says {what} {after}, the plan gives M1.",)


def test_the_command_names_who_did_not_get_what_was_pinned(
    pinned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["match", str(pinned / "intake.json"), "--policy", str(pinned / "policy.yaml")]
    assert run([*call, "--pins", str(pinned / "pins.xlsx"), "--out", str(tmp_path / "out")]) == 0
    assert "Not granted of what was pinned, because the policy lets locks give way (rules.lock): E2." in (
        capsys.readouterr().err
    )
