"""`matcher rematch`, `matcher score` and `matcher template --changes` from the outside."""

from __future__ import annotations

import importlib
import json
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.cli import run as call
from matcher.questions.moves import TradeOff, trade_off
from matcher.result import StoppedBy
from tests.routes.runs import write_small_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_run(tmp_path_factory.mktemp("cli") / "run")


def changes(folder: Path, text: str) -> Path:
    path = folder / "changes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rematch_says_the_line_the_moves_and_the_reasons(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = changes(tmp_path, "Change,School,Reason\nmentor-leaves,M1,Staff left\n")
    assert call(["rematch", str(run), "--changes", str(file), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert "→ 0 moves cost nothing: the best plan of all that place as many; proven" in said
    assert "E2 School E2: M1 → M3. Its mentor School M1 (M1) left (Staff left)." in said
    assert "3 of 4 schools are placed (before: 4 of 4)" in said
    assert (tmp_path / "out" / "changes.csv").is_file()


def test_a_rematch_answers_in_json(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = changes(tmp_path, "Change,School,Value\ncapacity,M1,1\n")
    out = str(tmp_path / "out")
    assert call(["rematch", str(run), "--changes", str(file), "--out", out, "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["exit_code"], told["rematch"]["least_moves"]) == (0, 1)


def test_the_point_can_be_chosen_in_per_cent(run: Path, tmp_path: Path) -> None:
    file = changes(tmp_path, "Change,School\nmentor-leaves,M1\n")
    base = ["rematch", str(run), "--changes", str(file), "--quiet"]
    assert call([*base, "--out", str(tmp_path / "a"), "--at-most-loss", "0.5 %"]) == 0
    assert call([*base, "--out", str(tmp_path / "b"), "--at-most-loss", "many"]) == 2
    assert call([*base, "--out", str(tmp_path / "b"), "--at-most-loss", "101"]) == 2
    assert call([*base, "--out", str(tmp_path / "b"), "--at-most-loss", "1", "--moves", "1"]) == 2
    assert not (tmp_path / "b").exists()


def test_faulty_changes_end_with_code_3_and_write_nothing(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = changes(tmp_path, "Change,School\nmentor-leaves,M7\nschool-leaves,E9\n")
    assert call(["rematch", str(run), "--changes", str(file), "--out", str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err
    assert "changes.csv [B2] 'M7': There is no such school" in said or "line 2" in said
    assert "E9" in said
    assert not (tmp_path / "out").exists()


def test_a_rematch_never_overwrites_and_needs_something_to_change(run: Path, tmp_path: Path) -> None:
    file = changes(tmp_path, "Change,School\nmentor-leaves,M1\n")
    assert call(["rematch", str(run), "--changes", str(file), "--out", str(run)]) == 2
    assert call(["rematch", str(run), "--out", str(tmp_path / "out")]) == 2
    assert call(["rematch", str(tmp_path), "--changes", str(file), "--out", str(tmp_path / "out")]) == 2


def test_changes_that_no_plan_can_answer_end_with_code_4(run: Path, tmp_path: Path) -> None:
    file = changes(tmp_path, "Change,School,Other school\nmove,E1,M4\n")
    new = tmp_path / "new"
    new.mkdir()
    text = "School id,Name,Role,Country\nM4,Elsewhere,mentor,HR\n"
    (new / "schools.csv").write_text(text, encoding="utf-8")
    base = ["rematch", str(run), "--changes", str(file), "--out", str(tmp_path / "out")]
    assert call([*base, "--new-schools", str(new)]) == 4
    assert not (tmp_path / "out").exists()


def test_an_edit_that_breaks_a_rule_ends_with_code_7(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = changes(tmp_path, "Change,School,Other school\nmove,E2,M3\n")
    assert call(["score", str(run), "--edit", str(good), "--quiet"]) == 0
    bad = changes(tmp_path, "Change,School,Other school\nmove,E2,M2\n")
    assert call(["score", str(run), "--edit", str(bad)]) == 7
    said = capsys.readouterr().out
    assert "Load: School M2 fills 3 places, 1 more than its most." in said
    assert "E4 School E4: M2 → M3. Moved to make room at School M2 (M2) for School E2 (E2)." in said
    assert call(["score", str(run), "--edit", str(bad), "--json", "--quiet"]) == 7
    assert json.loads(capsys.readouterr().out)["allowed"] is False


def interrupt_in(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Press Ctrl-C as a function begins."""
    module, function = name.rsplit(".", 1)
    whole = getattr(importlib.import_module(module), function)

    def stopped(*arguments: Any, **more: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return whole(*arguments, **more)

    monkeypatch.setattr(name, stopped)


def test_a_run_that_is_stopped_in_its_outlook_says_so_and_has_none(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_in(monkeypatch, "matcher.pipeline.build_outlook")
    file = changes(tmp_path, "Change,School\nmentor-leaves,M1\n")
    words = "What could change in the plan, and at what price, was left out: the run was stopped."
    intake, policy = run / "inputs" / "intake.json", run / "inputs" / "policy.yaml"
    for name, call_ in (
        ("a", ["rematch", str(run), "--changes", str(file)]),
        ("b", ["match", str(intake), "--policy", str(policy)]),
    ):
        assert call([*call_, "--out", str(tmp_path / name)]) == 130
        assert words in capsys.readouterr().err
        result = json.loads((tmp_path / name / "result.json").read_text(encoding="utf-8"))
        assert (result["outlook"], result["proof"]["stopped_by"]) == (None, "proof")
        assert call(["verify", str(tmp_path / name)]) == 0


@pytest.mark.parametrize(("end", "code"), [("interrupt", 130), ("time-limit", 5), ("work-limit", 5)])
def test_a_verdict_that_was_cut_short_says_so_and_ends_with_its_code(
    run: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    end: str,
    code: int,
) -> None:
    def cut_short(*arguments: Any, **more: Any) -> TradeOff:
        return replace(trade_off(*arguments, **more), stopped_by=StoppedBy(end))

    monkeypatch.setattr("matcher.routes.score.trade_off", cut_short)
    file = changes(tmp_path, "Change,School,Other school\nmove,E2,M3\n")
    assert call(["score", str(run), "--edit", str(file), "--json", "--quiet"]) == code
    told = json.loads(capsys.readouterr().out)
    assert told["stopped_by"] == end
    assert told["sentences"][-1].startswith("The search was stopped" if code == 130 else "The limit of ")


def test_a_question_on_record_names_the_limits_and_the_seed(run: Path, tmp_path: Path) -> None:
    own = shutil.copytree(run, tmp_path / "own")
    file = changes(tmp_path, "Change,School,Other school\nmove,E2,M3\n")
    assert call(["score", str(own), "--edit", str(file), "--record", "--quiet"]) == 0
    log = json.loads((tmp_path / "own.questions.json").read_text(encoding="utf-8"))
    (entry,) = log["entries"]
    assert {"seed", "work_limit", "time_limit_s", "method"} <= set(entry["question"]["settings"])
    assert entry["answer"]["stopped_by"] == "proof"


def test_warnings_of_a_file_of_changes_are_said(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "changes.csv"
    file.write_bytes("Change,School,Reason\npin,E1,Élan\n".encode("cp1252"))
    assert call(["rematch", str(run), "--changes", str(file), "--out", str(tmp_path / "out")]) == 0
    assert "The file is not in UTF-8" in capsys.readouterr().err
    assert call(["score", str(run), "--edit", str(file)]) == 0
    assert "The file is not in UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_the_template_of_changes_reads_back_empty(run: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"changes{suffix}"
    assert call(["template", str(path), "--changes"]) == 0
    assert call(["template", str(path), "--changes"]) == 2
    assert call(["rematch", str(run), "--changes", str(path), "--out", str(tmp_path / "out")]) == 2
