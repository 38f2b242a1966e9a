"""`matcher explain --relaxations` names what it tries, and says so when it was stopped."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from matcher.analysis.outlook_document import Relaxation
from matcher.cli import run
from matcher.cli.messages import Reporter
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.pipeline import Watch
from matcher.result import Progress


def test_each_item_is_named_with_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(quiet=False, every_s=0.0)
    assert reporter.tried == "Stopped: none tried."
    reporter.item(3, 40, "one more place at School (m1)")
    assert "item 3 of at most 40: one more place at School (m1)" in capsys.readouterr().err
    assert reporter.tried == "Stopped: 2 of at most 40 tried."


def test_a_line_about_a_search_says_which_item_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(quiet=False, every_s=0.0)
    reporter.item(3, 40, "one more place")
    reporter.progress(Progress("branch-and-price", None, None, None, 4.0))
    assert "item 3 of at most 40, branch-and-price, 4 s: no plan yet" in capsys.readouterr().err


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stopped")
    write_intake(generate_intake(mentors=3, mentees=9, countries=("HR",), seed=3), path / "intake.json")
    assert run(["match", str(path / "intake.json"), "--out", str(path / "run"), "--quiet"]) == 0
    return path / "run"


def test_a_list_that_was_cut_short_says_how_much_was_tried(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object, *, watch: Watch) -> tuple[Relaxation, ...]:
        assert watch.on_item is not None
        for number in (1, 2, 3):
            watch.on_item(number, 40, "one more place")
        signal.raise_signal(signal.SIGINT)
        return ()

    monkeypatch.setattr("matcher.routes.explain.find_relaxations", stopped)
    assert run(["explain", str(folder), "--relaxations", "--quiet"]) == 130
    assert "Stopped: 2 of at most 40 tried." in capsys.readouterr().out
    assert run(["explain", str(folder), "--relaxations", "--json", "--quiet"]) == 130
    assert json.loads(capsys.readouterr().out)["stopped"] == "Stopped: 2 of at most 40 tried."


def test_what_is_tried_is_announced_in_order_and_a_whole_list_is_not_called_stopped(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[tuple[int, int, str]] = []
    monkeypatch.setattr(Reporter, "item", lambda _, *said: heard.append(said))
    assert run(["explain", str(folder), "--relaxations", "--quiet"]) == 0
    assert "Stopped" not in capsys.readouterr().out
    assert [number for number, _, _ in heard] == list(range(1, len(heard) + 1))
    assert heard
    assert all(of >= len(heard) and words for _, of, words in heard)
