"""`matcher letters`, from a run folder to a folder of letters."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from matcher.cli import run
from matcher.exceptions import UsageError, VerificationError
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.routes.letters import write_letters
from matcher.runs.record import read_record, sha256_of_file
from matcher.runs.verify import verify_run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), folder / "intake.json")
    assert run(["match", str(folder / "intake.json"), "--out", str(folder / "run"), "--quiet"]) == 0
    return folder / "run"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_command_writes_every_letter_and_leaves_the_run_alone(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "letters"
    assert run(["letters", str(made), "--out", str(out), "--contact", "Desk", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["schools"] == 6
    assert "Send each reader its own letter only." in told.err
    assert len(list(out.glob("schools/*.html"))) == 6
    assert len(list(out.glob("mentors/*.html"))) == 2
    assert verify_run(made).ok


def test_the_same_run_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_letters(made, tmp_path / name, contacts=["Desk"])
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_the_folder_says_of_which_run_it_is_and_seals_every_letter(made: Path, tmp_path: Path) -> None:
    write_letters(made, tmp_path / "out")
    record = json.loads((tmp_path / "out" / "letters.json").read_text(encoding="utf-8"))
    assert record["run"]["seal"] == read_record(made).seal
    assert set(record["files"]) == set(files(tmp_path / "out")) - {"letters.json"}
    for name, digest in record["files"].items():
        assert sha256_of_file(tmp_path / "out" / name) == digest


def test_letters_are_never_overwritten_unless_asked_and_a_run_never(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert run(["letters", str(made), "--out", out, "--quiet"]) == 0
    assert run(["letters", str(made), "--out", out, "--quiet"]) == 2
    assert "already holds letters" in capsys.readouterr().err
    assert run(["letters", str(made), "--out", out, "--quiet", "--force"]) == 0
    copy = Path(shutil.copytree(made, tmp_path / "run"))
    before = files(copy)
    assert run(["letters", str(made), "--out", str(copy), "--quiet", "--force"]) == 2
    assert run(["letters", str(copy), "--out", str(copy / "letters"), "--quiet"]) == 2
    assert "lies inside the run folder" in capsys.readouterr().err
    assert files(copy) == before


def test_a_run_that_was_changed_gives_no_letters(made: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(made, tmp_path / "run"))
    (copy / "result.json").write_text("{}", encoding="utf-8")
    with pytest.raises(VerificationError):
        write_letters(copy, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_replacing_letters_leaves_a_file_of_somebody_else_alone(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    write_letters(made, out)
    (out / "schools" / "notes.txt").write_text("mine", encoding="utf-8")
    before = files(out)
    assert run(["letters", str(made), "--out", str(out), "--quiet", "--force"]) == 2
    assert "holds what matcher did not write: schools/notes.txt" in capsys.readouterr().err
    assert files(out) == before


def test_letters_are_not_written_into_another_run(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copytree(made, tmp_path / "other"))
    assert run(["letters", str(made), "--out", str(other / "sub" / "letters"), "--quiet"]) == 2
    assert "lies inside the run folder" in capsys.readouterr().err
    assert run(["letters", "--write-templates", str(other / "templates"), "--quiet"]) == 2
    assert verify_run(other).ok


@pytest.mark.parametrize("name", ["report.html", "assignments.csv", "added.txt"])
def test_a_run_of_which_any_file_was_changed_gives_no_letters(made: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(made, tmp_path / "run"))
    (copy / name).write_text("x", encoding="utf-8")
    with pytest.raises(VerificationError, match=name):
        write_letters(copy, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_template_with_a_fault_ends_with_3_and_writes_nothing(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "school.html").write_text("<p>\n{{ letter.score }}", encoding="utf-8")
    more = ("--templates", str(tmp_path / "mine"))
    assert run(["letters", str(made), "--out", str(tmp_path / "out"), *more]) == 3
    said = capsys.readouterr().err
    assert "school.html [line 2, column 4] 'letter.score'" in said
    assert "companions" in said
    assert not (tmp_path / "out").exists()


def test_templates_are_written_to_be_changed_and_used(made: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert run(["letters", "--write-templates", str(mine), "--quiet"]) == 0
    assert sorted(path.name for path in mine.iterdir()) == [
        "letter.css",
        "mentor.html",
        "ministry.html",
        "page.html",
        "peer.html",
        "school.html",
    ]
    page = mine / "page.html"
    page.write_text(page.read_text(encoding="utf-8").replace('lang="en-GB"', 'lang="hr"'), encoding="utf-8")
    write_letters(made, tmp_path / "out", templates=mine)
    assert '<html lang="hr">' in (tmp_path / "out" / "all.html").read_text(encoding="utf-8")


def test_templates_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    assert run(["letters", "--write-templates", str(tmp_path / "mine")]) == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("arguments", [[], ["run"], ["--out", "x"], ["run", "--write-templates", "x"]])
def test_a_call_that_says_too_little_or_too_much_is_wrong(arguments: list[str]) -> None:
    assert run(["letters", *arguments]) == 2


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a run folder"):
        write_letters(tmp_path, tmp_path / "out")
