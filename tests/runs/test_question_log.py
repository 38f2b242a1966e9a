"""Questions go on record beside a run, in a chain that shows every change."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.cli import run
from matcher.exceptions import UsageError, VerificationError
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.runs import question_log
from matcher.runs.folder import log_beside
from matcher.runs.opened import open_run
from matcher.runs.question_log import QuestionLog, put_on_record
from matcher.runs.record import seal_of, sha256_of_text
from matcher.runs.verify import verify_run


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run and two questions about it."""
    folder = tmp_path_factory.mktemp("questions")
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), folder / "intake.json")
    for name in ("run", "other"):
        assert run(["match", str(folder / "intake.json"), "--out", str(folder / name), "--quiet"]) == 0
    opened = open_run(folder / "run")
    put_on_record(opened, "explain", {"school": "HR-003"}, {"text": "so"}, author="A. Novak")
    put_on_record(opened, "score", {"edits": "edits.csv", "tolerance": 0.01}, {"change": -1.5})
    return folder


@pytest.fixture
def copy(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "runs"))


def test_the_run_stays_as_it_was_and_the_log_lies_beside_it(pristine: Path) -> None:
    found = verify_run(pristine / "run")
    assert found.ok
    assert found.passed[-1] == "run.questions.json: 2 questions on record, in an unbroken chain."
    assert log_beside(pristine / "run") == pristine / "run.questions.json"


def test_an_entry_holds_what_was_asked_from_what_and_by_whom(pristine: Path) -> None:
    log = QuestionLog.model_validate_json((pristine / "run.questions.json").read_text(encoding="utf-8"))
    record = open_run(pristine / "run").record
    first, second = log.entries
    assert (first.command, first.question, first.author) == ("explain", {"school": "HR-003"}, "A. Novak")
    assert first.intake_sha256 == record.files["inputs/intake.json"]
    assert first.policy_sha256 == record.policy_sha256
    assert log.run.seal == record.seal
    assert (first.previous, second.previous) == (sha256_of_text(log.run.model_dump_json()), first.seal)


@pytest.mark.parametrize("where", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_one_changed_byte_of_the_log_is_found(copy: Path, where: float) -> None:
    path = copy / "run.questions.json"
    data = bytearray(path.read_bytes())
    data[int(len(data) * where)] ^= 1
    path.write_bytes(bytes(data))
    assert any(fault.startswith("run.questions.json") for fault in verify_run(copy / "run").faults)


def test_a_question_taken_out_is_found(copy: Path) -> None:
    path = copy / "run.questions.json"
    log = QuestionLog.model_validate_json(path.read_text(encoding="utf-8"))
    path.write_text(log.model_copy(update={"entries": log.entries[1:]}).to_json(), encoding="utf-8")
    (fault,) = verify_run(copy / "run").faults
    assert fault == "run.questions.json: question 1 was changed, or one before it was taken out."


def test_an_answer_rewritten_with_its_own_seal_breaks_the_chain_behind_it(copy: Path) -> None:
    path = copy / "run.questions.json"
    log = QuestionLog.model_validate_json(path.read_text(encoding="utf-8"))
    forged = log.entries[0].model_copy(update={"answer": {"text": "otherwise"}})
    forged = forged.model_copy(update={"seal": seal_of(forged)})
    path.write_text(log.model_copy(update={"entries": (forged, log.entries[1])}).to_json(), encoding="utf-8")
    (fault,) = verify_run(copy / "run").faults
    assert "question 2 was changed" in fault


def test_a_changed_log_takes_no_further_question(copy: Path) -> None:
    path = copy / "run.questions.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["entries"][0]["author"] = "Nobody"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(VerificationError, match="question 1 was changed"):
        put_on_record(open_run(copy / "run"), "explain", {}, {})
    assert path.read_bytes() == before


def test_the_log_of_another_run_is_refused_and_found(copy: Path) -> None:
    log = copy / "run.questions.json"
    with pytest.raises(UsageError, match="questions about another run, 'run'"):
        put_on_record(open_run(copy / "other"), "explain", {}, {}, path=log)
    (fault,) = verify_run(copy / "other", questions=log).faults
    assert "questions about another run" in fault
    with pytest.raises(UsageError, match="is not a file"):
        verify_run(copy / "other", questions=copy / "none.json")


def test_a_log_inside_the_run_folder_is_refused(copy: Path) -> None:
    with pytest.raises(UsageError, match="inside the run folder, which is sealed"):
        put_on_record(open_run(copy / "run"), "explain", {}, {}, path=copy / "run" / "log.json")
    assert verify_run(copy / "run").ok


def test_the_command_checks_a_log_that_is_named(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "run.questions.json").rename(copy / "kept.json")
    assert run(["verify", str(copy / "run"), "--questions", str(copy / "kept.json")]) == 0
    assert "kept.json: 2 questions on record" in capsys.readouterr().out


def test_the_name_of_the_run_cannot_be_changed_unseen(copy: Path) -> None:
    path = copy / "run.questions.json"
    log = QuestionLog.model_validate_json(path.read_text(encoding="utf-8"))
    other = log.model_copy(update={"run": log.run.model_copy(update={"name": "autumn"})})
    path.write_text(other.to_json(), encoding="utf-8")
    (fault,) = verify_run(copy / "run").faults
    assert "question 1 was changed" in fault


def test_no_question_is_lost_when_many_are_asked_at_once(copy: Path) -> None:
    opened = open_run(copy / "run")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(put_on_record, opened, "explain", {"school": str(at)}, {}) for at in range(40)]
        numbers = sorted(one.result().number for one in asked)
    assert numbers == list(range(3, 43))
    assert verify_run(copy / "run").passed[-1].startswith("run.questions.json: 42 questions on record")


def test_a_log_that_another_command_holds_is_left_alone(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_log, "LONGEST_WAIT", 0.0)
    lock = copy / ".run.questions.json.lock"
    lock.touch()
    before = (copy / "run.questions.json").read_bytes()
    with pytest.raises(UsageError, match=r"Another command is writing .* delete that file"):
        put_on_record(open_run(copy / "run"), "explain", {}, {})
    assert (copy / "run.questions.json").read_bytes() == before
    assert lock.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_a_log_may_be_read_by_whom_other_files_may_and_keeps_its_mode(copy: Path) -> None:
    path = copy / "run.questions.json"
    path.unlink()
    (copy / "usual").touch()
    put_on_record(open_run(copy / "run"), "explain", {}, {})
    assert path.stat().st_mode == (copy / "usual").stat().st_mode
    path.chmod(0o600)
    put_on_record(open_run(copy / "run"), "explain", {}, {})
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_read_is_not_called_changed(copy: Path) -> None:
    (copy / "run.questions.json").unlink()
    (copy / "run.questions.json").mkdir()
    (fault,) = verify_run(copy / "run").faults
    assert "cannot be read" in fault
    assert "changed" not in fault


def test_a_run_that_has_questions_is_not_replaced(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = ["match", str(copy / "intake.json"), "--out", str(copy / "run"), "--quiet", "--force"]
    assert run(again) == 2
    assert "holds questions about the run that is or was there" in capsys.readouterr().err
    assert verify_run(copy / "run").ok
    (copy / "run.questions.json").unlink()
    assert run(again) == 0


def test_a_changed_log_is_refused_before_the_question_is_answered(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the edit was judged")

    monkeypatch.setattr("matcher.routes.score.score_run", never)
    monkeypatch.setattr("matcher.routes.changes.read_request", never)
    (copy / "run.questions.json").write_text("{}", encoding="utf-8")
    assert run(["score", str(copy / "run"), "--edit", "edits.csv", "--record", "--quiet"]) == 1
    assert "run.questions.json is no log of questions, or was changed" in capsys.readouterr().err
