"""`--record` puts a question on record beside the run, and the run stays sealed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.runs.verify import verify_run


@pytest.fixture
def made(tmp_path: Path) -> Path:
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), tmp_path / "intake.json")
    assert run(["match", str(tmp_path / "intake.json"), "--out", str(tmp_path / "run"), "--quiet"]) == 0
    document = json.loads((tmp_path / "run" / "result.json").read_text(encoding="utf-8"))
    mentee = document["assignments"][0]["mentee_id"]
    (tmp_path / "edit.csv").write_text(f"Change,School\npin,{mentee}\n", encoding="utf-8")
    return tmp_path


def test_a_verdict_goes_on_record_with_its_question_and_its_author(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["score", str(made / "run"), "--edit", str(made / "edit.csv")]
    assert run([*call, "--record", "--author", "A. Novak"]) == 0
    assert "On record as question 1" in capsys.readouterr().err
    assert run([*call, "--record", "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    log = json.loads((made / "run.questions.json").read_text(encoding="utf-8"))
    first, second = log["entries"]
    assert (first["command"], first["author"], second["author"]) == ("score", "A. Novak", None)
    assert first["question"]["edits"][0]["change"] == "pin"
    assert first["answer"] == second["answer"] == told
    assert verify_run(made / "run").passed[-1].startswith("run.questions.json: 2 questions on record")


def test_an_explanation_goes_on_record_too(made: Path) -> None:
    school = json.loads((made / "run" / "result.json").read_text(encoding="utf-8"))["assignments"][0]
    assert run(["explain", str(made / "run"), school["mentee_id"], "--record", "--quiet"]) == 0
    (entry,) = json.loads((made / "run.questions.json").read_text(encoding="utf-8"))["entries"]
    assert (entry["command"], entry["question"]["school"]) == ("explain", school["mentee_id"])
    assert "explanation" in entry["answer"]
    assert verify_run(made / "run").ok


def test_an_author_without_a_record_is_a_wrong_call(made: Path) -> None:
    assert run(["score", str(made / "run"), "--edit", str(made / "edit.csv"), "--author", "A. Novak"]) == 2
    assert not (made / "run.questions.json").exists()


def test_without_the_option_nothing_is_written(made: Path) -> None:
    before = sorted(made.iterdir())
    assert run(["score", str(made / "run"), "--edit", str(made / "edit.csv"), "--quiet"]) == 0
    assert sorted(made.iterdir()) == before
