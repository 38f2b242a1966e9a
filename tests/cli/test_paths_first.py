"""What is wrong with a path is said before anything is read, and plans are numbered while they are sought."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.cli import run
from matcher.cli.messages import Reporter
from matcher.result import Progress


@pytest.mark.parametrize("command", ["explain", "cover", "plans", "score"])
def test_a_run_that_is_not_there_is_refused_before_it_is_said_to_be_read(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, edit = str(tmp_path / "none"), tmp_path / "edit.csv"
    edit.write_text("mentee_id,mentor_id\n")
    more = {"score": ["--edit", str(edit)], "explain": ["A"]}
    assert run([command, missing, *more.get(command, [])]) == 2
    assert capsys.readouterr().err == f"There is no folder {missing}.\n"


def test_an_intake_that_is_not_there_is_refused_before_it_is_said_to_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none")
    assert run(["match", missing, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == f"There is no file or folder '{missing}'.\n"


def test_lines_about_a_search_say_which_plan_is_sought(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(quiet=False, every_s=0.0, numbered="plan {} of {}")
    reporter.item(2, 3, "seeking the best that differs enough from those before")
    reporter.progress(Progress("branch-and-price", None, None, None, 4.0))
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("  plan 2 of 3: seeking the best")
    assert second.startswith("  plan 2 of 3, branch-and-price, 4 s: no plan yet")
