"""Exit code 4: what a person reads when the hard rules contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake


def _message(folder: Path, policy: str, capsys: pytest.CaptureFixture[str]) -> str:
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), folder / "intake.json")
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    arguments = ["match", str(folder / "intake.json"), "--policy", str(folder / "policy.yaml")]
    assert run([*arguments, "--out", str(folder / "out"), "--quiet"]) == 4
    assert not (folder / "out").exists()
    return capsys.readouterr().err


def test_a_quota_that_nobody_can_fill_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = _message(tmp_path, "rules:\n  quotas: [{label: All of them, at_least: 99}]\n", capsys)
    assert "The quota 'All of them' asks for at least 99" in message


def test_a_reserve_beyond_all_places_is_counted_and_repair_is_not_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = "rules:\n  load: {reserve: {strength: hard, places: 50}}\n"
    message = _message(tmp_path, policy, capsys)
    assert "50 places are to stay free in Croatia, where the mentors have " in message
    assert "this 1 demand cannot be kept" in message
    assert "matcher repair" not in message
    assert "rules.load.reserve" in message
    assert "rules.unassigned.allowed" not in message  # it is true already


def test_a_pin_that_a_rule_bars_is_named_once_with_its_cell_and_no_advice_that_cannot_apply(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programme = generate_intake(mentors=4, mentees=10, countries=("HR", "IT"), seed=2)
    write_intake(programme, tmp_path / "intake.json")
    files = [str(tmp_path / "intake.json"), "--policy", "configs/policies/mensi_pilot.yaml", "--quiet"]
    assert run(["match", *files, "--out", str(tmp_path / "first")]) == 0
    book = load_workbook(tmp_path / "first" / "result.xlsx")
    sheet = book["Assignments"]
    headings = [cell.value for cell in sheet[3]]
    mentee = sheet["A4"].value
    country = next(school.country for school in programme.mentees if school.school_id == mentee)
    abroad = next(school.school_id for school in programme.mentors if school.country != country)
    cell = sheet.cell(4, headings.index("Change to") + 1, abroad)
    book.save(tmp_path / "pins.xlsx")
    capsys.readouterr()
    pins = ["--pins", str(tmp_path / "pins.xlsx")]
    assert run(["match", *files, *pins, "--out", str(tmp_path / "second")]) == 4
    message = capsys.readouterr().err
    assert message.count("locked to") == 1
    assert "Locked:" not in message
    assert "matcher repair" not in message
    assert "rules.unassigned.allowed" not in message
    assert "take out the pin" in message
    assert f"  - {mentee} with {abroad}: pins.xlsx" in message
    assert cell.coordinate in message


def test_findings_stand_one_a_line_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = (
        "rules:\n  unassigned: {allowed: false}\n"
        "  travel: {max_km: 0.001, virtual_exempt: false, unknown: forbid}\n"
    )
    lines = _message(tmp_path, policy, capsys).strip().splitlines()
    assert lines[0] == "No plan can keep all hard rules:"
    assert len([line for line in lines if line.startswith("  - ")]) == 6
    assert lines[-1].startswith("Make one of these rules soft")
