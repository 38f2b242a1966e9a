"""`matcher cover` and `matcher plans` from the outside, and their library functions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import matcher
from matcher.analysis.document import PlanDocument
from matcher.analysis.outlook_document import Cover, CoverMove
from matcher.cli import run
from matcher.exceptions import UsageError
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.routes.cover import DropOut


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cover")
    write_intake(generate_intake(mentors=3, mentees=9, countries=("HR",), seed=3), path / "intake.json")
    assert run(["match", str(path / "intake.json"), "--out", str(path / "run"), "--quiet"]) == 0
    return path / "run"


@pytest.fixture(scope="module")
def document(folder: Path) -> PlanDocument:
    return PlanDocument.from_json((folder / "result.json").read_text(encoding="utf-8"))


def asked(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert run([*arguments, "--json", "--quiet"]) == code
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_command_says_of_each_mentor_what_the_document_says(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked(capsys, "cover", str(folder))["drop_outs"]
    assert document.outlook is not None
    assert [one["cover"] for one in told] == [one.model_dump(mode="json") for one in document.outlook.cover]
    assert [one["cover"]["host_id"] for one in told] == sorted(card.host_id for card in document.clusters)


def test_the_table_names_each_mentor_and_how_many_schools_each_other_takes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    takers = (("E1", "M2"), ("E2", "M3"), ("E3", "M2"), ("E4", None))
    moves = tuple(CoverMove(mentee_id=mentee, host_id=host, loss=1.0) for mentee, host in takers)
    gone = CoverMove(mentee_id="E5", host_id=None, loss=1.0)
    found = (
        Cover(host_id="M1", loss=1200.0, uncovered=1, moves=moves, proven=False),
        Cover(host_id="M2", loss=3.0, uncovered=1, moves=(gone,), proven=True),
    )
    names = {"M1": "A long name", "M2": "Two", "M3": "Three"}
    told = tuple(DropOut(cover=one, new_plan=None, names=names) for one in found)
    monkeypatch.setattr("matcher.routes.cover.find_cover", lambda *_, **__: told)
    assert run(["cover", str(folder), "--quiet"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "mentor          schools  left over      points lost  who takes over",
        "M1 A long name        4          1  1,200.0 or less  M2 Two (2 of them), M3 Three (1 of them)",
        "M2 Two                1          1              3.0  nobody can",
    ]


def test_one_mentor_is_told_by_school_and_what_a_new_plan_would_lose(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    card = document.clusters[0]
    (told,) = asked(capsys, "cover", str(folder), card.host_id, "--others-move")["drop_outs"]
    assert [move["mentee_id"] for move in told["cover"]["moves"]] == sorted(card.mentee_ids)
    assert told["new_plan"]["loss"] == told["new_plan"]["loss_at_least"] <= told["cover"]["loss"]
    assert {move["mentee_id"] for move in told["new_plan"]["moves"]} >= set(card.mentee_ids)
    assert run(["cover", str(folder), card.cluster_id, "--others-move", "--quiet"]) == 0
    out = capsys.readouterr().out
    assert f"({card.host_id}) drops out and everybody else stays" in out
    assert "If others may move, too" in out


def test_a_mentee_or_an_unknown_mentor_is_refused(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["cover", str(folder), document.assignments[0].mentee_id, "--quiet"]) == 2
    assert "is not a mentor" in capsys.readouterr().err
    assert run(["cover", str(folder), "XX-999", "--quiet"]) == 2


def test_the_plans_differ_as_asked_and_are_written_beside(
    folder: Path, document: PlanDocument, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plans"
    told = asked(capsys, "plans", str(folder), "--count", "3", "--differ", "2", "--out", str(out))
    first, *others = told["plans"]
    placed = {row.mentee_id: row.host_id for row in document.assignments}
    assert {mentee: host for mentee, host in first["mentors"].items() if host} == placed
    assert len(others) == 2
    for plan in others:
        assert plan["proven"]
        assert plan["behind"] >= 0
        assert min(plan["differences"]) >= 2
        elsewhere = sum(plan["mentors"][mentee] != host for mentee, host in first["mentors"].items())
        assert plan["differences"][0] == elsewhere
    assert others[0]["points"] >= others[1]["points"]
    head = (out / "plans.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == "mentee_id,mentee,plan_1,plan_2,plan_3"
    assert json.loads((out / "plans.json").read_text(encoding="utf-8"))["plans"] == told["plans"]
    assert run(["plans", str(folder), "--out", str(out), "--quiet"]) == 2
    assert "already holds several plans" in capsys.readouterr().err


def test_the_plans_are_told_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plans", str(folder), "--count", "2", "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "Plan 1, that of the run" in out
    assert "proven the best that differs so much" in out


def test_that_no_further_plan_differs_enough_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_intake(generate_intake(mentors=1, mentees=2, countries=("HR",), seed=1), tmp_path / "intake.json")
    folder = str(tmp_path / "run")
    assert run(["match", str(tmp_path / "intake.json"), "--out", folder, "--quiet"]) == 0
    capsys.readouterr()
    told = asked(capsys, "plans", folder, "--differ", "3")
    assert told["exhausted"]
    assert len(told["plans"]) == 1
    assert run(["plans", folder, "--differ", "3", "--quiet"]) == 0
    assert "No further plan differs" in capsys.readouterr().out


def test_too_few_plans_are_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="at least 2 plans"):
        matcher.find_plans(folder, count=1)
