"""`matcher compare` from the outside: files, exit codes, messages."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.laboratory.job import Job

FILES = {"compare.html", "compare.xlsx", "compare.csv", "compare.json"}


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    path = tmp_path / "intake.json"
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), path)
    return path


def _policy(folder: Path, name: str, text: str = "") -> str:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\n{text}", encoding="utf-8")
    return str(path)


def _compare(intake: Path, *more: str) -> int:
    return run(["compare", str(intake), *more, "--jobs", "1", "--quiet"])


def _answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_comparison_writes_its_files_and_keeps_what_is_done(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, out = _policy(tmp_path, "one"), tmp_path / "out"
    impossible = _policy(tmp_path, "no-way", "rules: {load: {max: 1}, unassigned: {allowed: false}}\n")
    call = (one, impossible, "--vary", "criteria.travel=0,5", "--out", str(out), "--json")
    assert _compare(intake, *call) == 0
    said = _answer(capsys)
    assert {path.name for path in out.iterdir()} == FILES
    assert [row["key"] for row in said["policies"]] == [
        *("one", "one[criteria.travel.weight=0]", "one[criteria.travel.weight=5]"),
        *("no-way", "no-way[criteria.travel.weight=0]", "no-way[criteria.travel.weight=5]"),
    ]
    assert [bool(row["failure"]) for row in said["policies"]] == [False] * 3 + [True] * 3
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert _compare(intake, *call) == 2  # never overwritten unasked
    assert _compare(intake, *call, "--force") == 0
    note = out / "note.txt"
    note.write_text("mine", encoding="utf-8")
    assert _compare(intake, *call, "--force") == 2
    assert "what matcher did not write: note.txt" in capsys.readouterr().err
    assert note.read_text(encoding="utf-8") == "mine"
    note.unlink()
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert (tmp_path / "out.cache" / "matcher-cache.json").is_file()


def test_no_plan_under_any_policy_is_said_by_the_exit_code(intake: Path, tmp_path: Path) -> None:
    impossible = _policy(tmp_path, "no-way", "rules: {load: {max: 1}, unassigned: {allowed: false}}\n")
    assert _compare(intake, impossible, "--out", str(tmp_path / "out")) == 4
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--baseline", "two"), 2),
        (("--vary", "criteria.travel"), 2),
        (("--vary", "criteria.travle=0,1"), 3),
        (("--vary", "criteria.travel=-1,1"), 3),
        (("nowhere.yaml",), 2),
        (("--cluster", "not an address"), 2),
    ],
)
def test_a_wrong_call_ends_before_anything_is_run_or_written(
    intake: Path, tmp_path: Path, more: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Job, "begin")
    out = tmp_path / "out"
    assert _compare(intake, _policy(tmp_path, "one"), *more, "--out", str(out)) == code
    assert not out.exists()


def test_faults_of_all_policies_are_listed_at_once(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (
        _policy(tmp_path, "first", "ruels: {}\n"),
        _policy(tmp_path, "second", "solve: {seed: -1}\n"),
    )
    assert _compare(intake, first, second, "--out", str(tmp_path / "out")) == 3
    said = capsys.readouterr().err
    assert "first.yaml" in said
    assert "second.yaml" in said


def test_a_comparison_that_is_stopped_says_how_to_go_on(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Job.begin

    def stopped(job: Job) -> Any:
        if job.variant.key == "two":
            signal.raise_signal(signal.SIGINT)
        return begin(job)

    monkeypatch.setattr(Job, "begin", stopped)
    out = tmp_path / "out"
    policies = (_policy(tmp_path, "one"), _policy(tmp_path, "two"))
    assert _compare(intake, *policies, "--out", str(out)) == 130
    said = capsys.readouterr().err
    assert "1 of 2 policies and points done" in said
    assert "out.cache; the same command goes on from there" in said
    assert not out.exists()
    monkeypatch.undo()
    assert _compare(intake, *policies, "--out", str(out)) == 0


def test_progress_says_how_far_it_is(
    intake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["compare", str(intake), _policy(tmp_path, "one"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert run(call) == 0
    said = capsys.readouterr().err
    assert "1 of 1 policies and points done" in said
    assert "1 plan compared, 1 of them proven best." in said
    assert "compare.html" in said
