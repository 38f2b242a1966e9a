"""The command line from the outside: files, exit codes, messages."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.cli import run
from matcher.cli.match import METHODS
from matcher.cli.messages import Reporter
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.result import PREPARING, Progress
from matcher.runs.verify import verify_run
from matcher.solvers import METHODS as SOLVER_METHODS


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    path = tmp_path / "intake.json"
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), path)
    return path


def _match(intake: Path, out: Path, *more: str) -> int:
    return run(["match", str(intake), "--out", str(out), "--quiet", *more])


def _policy(folder: Path, text: str) -> Path:
    path = folder / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_match_writes_the_whole_run_folder(intake: Path, tmp_path: Path) -> None:
    assert _match(intake, tmp_path / "out") == 0
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert names == {
        "report.html",
        "result.xlsx",
        "assignments.csv",
        "clusters.csv",
        "result.json",
        "record.json",
        "inputs/intake.json",
        "inputs/policy.yaml",
    }


def test_the_same_input_gives_the_same_bytes_except_in_the_record(intake: Path, tmp_path: Path) -> None:
    assert _match(intake, tmp_path / "a") == 0
    assert _match(intake, tmp_path / "b") == 0
    for path in sorted((tmp_path / "a").rglob("*.*")):
        if path.name != "record.json":
            twin = tmp_path / "b" / path.relative_to(tmp_path / "a")
            assert path.read_bytes() == twin.read_bytes(), path.name


def test_an_output_is_never_overwritten_unless_asked(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _match(intake, tmp_path / "out") == 0
    before = (tmp_path / "out" / "record.json").read_bytes()
    assert _match(intake, tmp_path / "out") == 2
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / "out" / "record.json").read_bytes() == before
    assert _match(intake, tmp_path / "out", "--force") == 0


def test_a_folder_that_is_not_a_run_is_left_alone_even_with_force(intake: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert _match(intake, tmp_path / "mine", "--force") == 2
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_json_goes_to_stdout_and_says_what_was_written(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _match(intake, tmp_path / "out", "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["exit_code"] == 0
    assert summary["proof"]["status"] == "optimal"
    assert summary["totals"]["mentees"] == 6


def test_an_intake_that_is_not_there_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _match(tmp_path / "nowhere.xlsx", tmp_path / "out") == 2
    assert "nowhere.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_command_line_offers_every_method() -> None:
    assert tuple(METHODS) == SOLVER_METHODS


def test_an_unknown_option_is_a_wrong_call(intake: Path, tmp_path: Path) -> None:
    assert _match(intake, tmp_path / "out", "--no-such-option") == 2


def test_a_misspelt_policy_key_ends_with_3_and_the_line(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = _policy(tmp_path, "name: ours\nrules:\n  travell: {strength: hard}\n")
    assert _match(intake, tmp_path / "out", "--policy", str(policy)) == 3
    message = capsys.readouterr().err
    assert "policy.yaml" in message
    assert "3" in message
    assert "travel" in message
    assert not (tmp_path / "out").exists()


def test_contradicting_hard_rules_end_with_4_and_write_nothing(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = _policy(tmp_path, "rules:\n  load: {max: 1}\n  unassigned: {allowed: false}\n")
    data = json.loads(intake.read_text(encoding="utf-8"))
    for school in data["schools"]:
        school["min_load"] = school["max_load"] = None
    intake.write_text(json.dumps(data), encoding="utf-8")
    assert _match(intake, tmp_path / "out", "--policy", str(policy)) == 4
    assert "No plan can keep all hard rules" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def _too_hard_for_the_limit(folder: Path) -> tuple[Path, Path]:
    path = folder / "hard.json"
    write_intake(generate_intake(mentors=12, mentees=48, countries=("HR",), seed=3), path)
    text = "cohesion: {points_per_pair: 10}\nrules: {travel: {strength: off}}\nsolve: {method: cp-sat}\n"
    return path, _policy(folder, text)


def test_a_limit_that_is_reached_ends_with_5_and_the_plan_is_written(tmp_path: Path) -> None:
    intake, policy = _too_hard_for_the_limit(tmp_path)
    assert _match(intake, tmp_path / "out", "--policy", str(policy), "--work-limit", "0.05") == 5
    proof = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["proof"]
    assert (proof["status"], proof["stopped_by"]) == ("feasible", "work-limit")
    assert verify_run(tmp_path / "out").ok


def test_a_limit_that_leaves_no_plan_ends_with_6_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("matcher.solvers.methods.starting_plan", lambda problem, settings: None)
    intake, policy = _too_hard_for_the_limit(tmp_path)
    rules = "rules:\n  travel: {strength: off}\n  quotas: [{label: Few, at_least: 7, at_most: 9}]\n"
    policy.write_text(rules + "solve: {method: cp-sat}\n", encoding="utf-8")
    assert _match(intake, tmp_path / "out", "--policy", str(policy), "--work-limit", "1e-6") == 6
    assert "before any plan was found" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_ctrl_c_ends_with_130_and_the_best_plan_so_far_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    intake, policy = _too_hard_for_the_limit(tmp_path)
    pressed: list[float] = []

    def press_once(_reporter: Reporter, state: Progress) -> None:
        if not pressed:
            pressed.append(state.seconds)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Reporter, "progress", press_once)
    assert _match(intake, tmp_path / "out", "--policy", str(policy)) == 130
    assert "the best plan so far is kept" in capsys.readouterr().err
    proof = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["proof"]
    assert (proof["status"], proof["stopped_by"]) == ("feasible", "interrupt")
    assert verify_run(tmp_path / "out").ok


def test_progress_says_of_which_part_it_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    state = Progress("part 2 of 6, cp-sat", 1_500_000, 2_000_000, 1 / 3, 4.2)
    Reporter(quiet=False, every_s=0).progress(state)
    said = capsys.readouterr().err
    assert said.startswith("  part 2 of 6, cp-sat, 4 s: best plan 1.5 points, no plan can exceed 2.0")


def test_making_machine_code_is_said_at_once_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    state = Progress(f"part 2 of 6, {PREPARING}", None, None, None, 0.0)
    Reporter(quiet=False, every_s=1000).progress(state)
    assert capsys.readouterr().err == "  preparing the solver for this machine, once (about a minute) …\n"
    Reporter(quiet=True).progress(state)
    assert capsys.readouterr().err == ""


def test_pins_written_into_the_result_workbook_are_kept_by_the_next_run(tmp_path: Path) -> None:
    intake = tmp_path / "wide.json"
    write_intake(generate_intake(mentors=6, mentees=20, countries=("HR",), seed=3), intake)
    assert _match(intake, tmp_path / "one") == 0
    before = json.loads((tmp_path / "one" / "result.json").read_text(encoding="utf-8"))["assignments"]
    mentee, host, other = next(
        (row["mentee_id"], row["host_id"], one["host_id"])
        for row in before
        for one in row["alternatives"]
        if not one["barred_by"] and not one["note"].startswith(("rival", "school to be"))
    )
    book = load_workbook(tmp_path / "one" / "result.xlsx")
    sheet = book["Assignments"]
    rows = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row if cell.value == mentee}
    heads = {
        str(cell.value): cell.column
        for row in sheet.iter_rows(max_row=5)
        for cell in row
        if cell.value == "Change to"
    }
    sheet.cell(rows[mentee], heads["Change to"]).value = other
    book.save(tmp_path / "pins.xlsx")
    assert _match(intake, tmp_path / "two", "--pins", str(tmp_path / "pins.xlsx")) == 0
    after = json.loads((tmp_path / "two" / "result.json").read_text(encoding="utf-8"))["assignments"]
    placed = {row["mentee_id"]: row["host_id"] for row in after}
    assert host != other
    assert placed[mentee] == other
    assert verify_run(tmp_path / "two").ok


def test_faults_of_the_intake_end_with_3_and_write_nothing(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(intake.read_text(encoding="utf-8"))
    data["links"].append({"kind": "rivalry", "school_a": "HR-001", "school_b": "HR-999"})
    intake.write_text(json.dumps(data), encoding="utf-8")
    assert _match(intake, tmp_path / "out") == 3
    assert "HR-999" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
