"""The worked example of docs/cover.md is what the commands say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from matcher.analysis.document import PlanDocument
from matcher.cli import run as call

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "cover.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cover-page") / "september"
    order = ["match", str(ROOT / "data" / "pilot"), "--policy", "mensi_pilot", "--out", str(out), "--quiet"]
    assert call(order) == 0
    return out


def block_with(start: str) -> list[str]:
    blocks = (text.splitlines() for text in re.findall(r"```\w*\n(.*?)```", PAGE, re.DOTALL))
    return next(lines for lines in blocks if lines[0].startswith(start))


@pytest.mark.parametrize(
    ("order", "start"),
    [
        (["cover", "HR-001", "--others-move"], "If Srednja"),
        (["cover"], "mentor "),
        (["plans", "--count", "3", "--differ", "3"], "Plan 1"),
    ],
)
def test_the_commands_say_what_the_page_shows(
    september: Path, capsys: pytest.CaptureFixture[str], order: list[str], start: str
) -> None:
    command, *rest = order
    assert call([command, str(september), *rest, "--quiet"]) == 0
    said = capsys.readouterr().out.splitlines()
    shown = block_with(start)
    assert [line for line in said if line in shown] == shown


def test_the_figures_of_the_page_are_those_of_the_run(september: Path) -> None:
    text = (september / "result.json").read_text(encoding="utf-8")
    outlook = PlanDocument.from_json(text).outlook
    assert outlook is not None
    assert outlook.robustness is not None
    quoted = " ".join(line.removeprefix("> ") for line in PAGE.splitlines() if line.startswith("> "))
    assert outlook.robustness.sentence == quoted
    sure = sum(one.holds is True for one in outlook.holding)
    assert f"Of the pilot's {len(outlook.holding)}\nassignments, {sure} are sure." in PAGE
    covered = sum(len(one.moves) - one.uncovered for one in outlook.cover)
    assert f"instead of {covered})" in PAGE
    assert json.loads(text)["outlook"]["robustness"]["samples"] == 30
