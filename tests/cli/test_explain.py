"""`matcher explain` from the outside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.analysis.document import PlanDocument
from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.result import Result, SolveStatus, StoppedBy


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain")
    intake = generate_intake(mentors=3, mentees=9, countries=("HR",), seed=3)
    write_intake(intake, path / "intake.json")
    assert run(["match", str(path / "intake.json"), "--out", str(path / "run"), "--quiet"]) == 0
    return path / "run"


@pytest.fixture(scope="module")
def document(folder: Path) -> PlanDocument:
    return PlanDocument.from_json((folder / "result.json").read_text(encoding="utf-8"))


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["explain", *arguments, "--json", "--quiet"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_mentee_is_explained_with_the_price_of_its_other_mentors(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    row = document.assignments[0]
    assert run(["explain", str(folder), row.mentee_id, "--quiet"]) == 0
    out = capsys.readouterr().out
    assert f"({row.host_id})" in out
    assert "Score by criterion" in out
    told = asked(capsys, str(folder), row.mentee_id)["explanation"]["explanation"]
    assert document.outlook is not None
    priced = [one.host_id for one in document.outlook.prices if one.mentee_id == row.mentee_id]
    assert [price["host_id"] for price in told["prices"]] == priced


def test_every_price_of_the_outlook_holds_against_insisting(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    assert document.outlook is not None
    assert document.outlook.prices
    for price in document.outlook.prices[:8]:
        told = asked(capsys, str(folder), price.mentee_id, "--why-not", price.host_id)["why_not"]
        assert told["possible"] is (price.at_least is not None)
        if price.at_least is not None:
            assert told["at_least"] == told["at_most"]
            assert price.at_least == told["at_most"] if price.exact else price.at_least <= told["at_most"]


def test_what_schools_gain_and_lose_adds_up_to_the_price(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    assert document.outlook is not None
    priced = [one for one in document.outlook.prices if one.at_least]
    told = asked(capsys, str(folder), priced[0].mentee_id, "--why-not", priced[0].host_id)["why_not"]
    changes = sum(one["change"] for one in told["schools"]) + told["rest"]
    assert changes == pytest.approx(-told["at_most"], abs=1e-6)
    assert sum(part["change"] for part in told["parts"]) == pytest.approx(-told["at_most"], abs=1e-6)
    assert told["moves"][0]["school_id"] == priced[0].mentee_id
    assert told["moves"][0]["asked"] is True


def test_the_mentor_that_a_school_has_costs_nothing(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    row = document.assignments[0]
    told = asked(capsys, str(folder), row.mentee_id, "--why-not", row.host_id)["why_not"]
    assert (told["at_least"], told["at_most"], told["moves"]) == (0.0, 0.0, [])
    assert told["sentences"] == ["That is how it is in this plan."]


def test_no_mentor_at_all_has_a_price_too(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked(capsys, str(folder), document.assignments[0].mentee_id, "--why-not", "none")["why_not"]
    assert told["at_least"] > 0
    assert told["moves"][0]["after"] is None


def test_a_swap_moves_both(folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]) -> None:
    first = document.assignments[0]
    second = next(row for row in document.assignments if row.host_id != first.host_id)
    told = asked(capsys, str(folder), first.mentee_id, "--swap", second.mentee_id)["swap"]
    if told["possible"]:
        after = {move["school_id"]: move["after"] for move in told["moves"]}
        assert (after[first.mentee_id], after[second.mentee_id]) == (second.host_id, first.host_id)
    else:
        assert told["sentences"]


def test_two_of_one_cluster_have_nothing_to_swap(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = document.clusters[0].mentee_ids[:2]
    assert run(["explain", str(folder), first, "--swap", second]) == 2
    assert "same mentor" in capsys.readouterr().err


def test_a_cluster_is_explained_by_its_id_and_by_its_mentor(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    card = document.clusters[0]
    by_id = asked(capsys, str(folder), card.cluster_id)
    assert by_id == asked(capsys, str(folder), card.host_id)
    story = by_id["explanation"]["cluster"]
    scores = sum(row.score for row in document.assignments if row.cluster_id == card.cluster_id)
    assert sum(one["points"] for one in story["criteria"]) == pytest.approx(scores, abs=1e-4)
    assert sum(one["points"] for one in story["shared"]) == pytest.approx(card.cohesion_points, abs=1e-4)


def test_relaxations_need_no_school(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = asked(capsys, str(folder), "--relaxations")
    worths = [one["worth_at_least"] for one in told["relaxations"]]
    assert worths == sorted(worths, reverse=True)
    assert run(["explain", str(folder), "--relaxations", "--quiet"]) == 0
    assert capsys.readouterr().out


def test_without_a_school_there_is_nothing_to_explain(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", str(folder)]) == 2
    assert "Name a school" in capsys.readouterr().err


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_an_unknown_school_is_answered_with_the_nearest(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str], role: str
) -> None:
    card = next(card for card in document.schools if card.role == role)
    assert run(["explain", str(folder), f"{card.school_id}x"]) == 2
    assert f"Did you mean {card.school_id}?" in capsys.readouterr().err


def test_a_mentor_where_a_mentee_is_asked_for_is_told_apart(
    folder: Path, document: PlanDocument, capsys: pytest.CaptureFixture[str]
) -> None:
    host = document.clusters[0].host_id
    assert run(["explain", str(folder), host, "--why-not", host]) == 2
    assert "is a mentor; a mentee is asked for" in capsys.readouterr().err


def test_a_policy_may_ask_for_no_outlook(tmp_path: Path) -> None:
    write_intake(generate_intake(mentors=2, mentees=4, countries=("HR",), seed=3), tmp_path / "intake.json")
    (tmp_path / "policy.yaml").write_text("outlook: {enabled: false}\n", encoding="utf-8")
    arguments = ["match", str(tmp_path / "intake.json"), "--policy", str(tmp_path / "policy.yaml")]
    assert run([*arguments, "--out", str(tmp_path / "run"), "--quiet"]) == 0
    text = (tmp_path / "run" / "result.json").read_text(encoding="utf-8")
    assert PlanDocument.from_json(text).outlook is None
    assert run(["explain", str(tmp_path / "run"), "C001", "--quiet"]) == 0


def test_a_price_that_a_limit_leaves_open_ends_with_exit_code_5(
    folder: Path, document: PlanDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matcher.questions import Answers  # noqa: PLC0415

    solve = Answers.solve

    def cut_short(*args: Any, **named: Any) -> Result:
        found = solve(*args, **named)
        return replace(found, bound=None, status=SolveStatus.FEASIBLE, stopped_by=StoppedBy.WORK_LIMIT)

    monkeypatch.setattr(Answers, "solve", cut_short)
    assert document.outlook is not None
    price = document.outlook.prices[0]
    assert run(["explain", str(folder), price.mentee_id, "--why-not", price.host_id, "--quiet"]) == 5
    assert run(["explain", str(folder), price.mentee_id, "--quiet"]) == 0


def test_where_a_reserve_is_kept_relaxations_say_what_they_do_not_look_at(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text("rules: {load: {reserve: {strength: hard, places: 1}}}\n", encoding="utf-8")
    kept = tmp_path / "run"
    assert (
        run(["match", str(folder.parent / "intake.json"), "--policy", str(policy), "--out", str(kept)]) == 0
    )
    capsys.readouterr()
    assert run(["explain", str(kept), "--relaxations", "--quiet"]) == 0
    assert "because a limit on a sum (a reserve, a budget," in capsys.readouterr().out
    assert run(["explain", str(folder), "--relaxations", "--quiet"]) == 0
    assert "kept in reserve" not in capsys.readouterr().out
