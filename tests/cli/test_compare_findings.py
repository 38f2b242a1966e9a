"""`matcher compare` with sweeps, trade-offs, sensitivity and noise, from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake


@pytest.fixture
def call(tmp_path: Path) -> list[str]:
    write_intake(generate_intake(mentors=2, mentees=5, countries=("HR",), seed=3), tmp_path / "intake.json")
    (tmp_path / "one.yaml").write_text(
        "name: one\ncriteria: {travel: {weight: 0}, size: {weight: 0}, context: {weight: 0}}\n"
        "grid: {rules.unassigned.price: [100, 200]}\n"
    )
    return ["compare", str(tmp_path / "intake.json"), str(tmp_path / "one.yaml"), "--jobs", "1", "--quiet"]


def test_all_that_can_be_asked_is_answered_in_one_document(call: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ("--trade", "fit_mean:km_mean", "--sensitivity", "--noise", "2", "--out", str(out))
    assert run([*call, *asked]) == 0
    said = json.loads((out / "compare.json").read_text(encoding="utf-8"))
    assert [one["settings"][0]["name"] for one in said["sweeps"]] == ["rules.unassigned.price"]
    assert len(said["points"]) == 2
    assert [(one["x"], one["y"]) for one in said["trades"]] == [("fit_mean", "km_mean")]
    assert [one["spread"] for one in said["sensitivity"]] == [0.2]
    assert [one["draws"] for one in said["noise"]] == [2]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--trade", "fit:km"), "there is no metric fit"),
        (("--sensitivity", "1.5"), "is not a share above 0 and below 1"),
        (("--noise", "-1"), "--noise"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_written(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], words: str
) -> None:
    out = tmp_path / "out"
    assert run([*call, *asked, "--out", str(out)]) == 2
    assert words in capsys.readouterr().err
    assert not out.exists()
