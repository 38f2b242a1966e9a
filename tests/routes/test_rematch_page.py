"""The worked example of docs/rematch.md is what the commands say."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from matcher.changes import Change, ChangeKind
from matcher.cli import run as call

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "rematch.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("page") / "september"
    assert (
        call(["match", str(ROOT / "data" / "pilot"), "--policy", "mensi_pilot", "--out", str(out), "--quiet"])
        == 0
    )
    return out


def blocks() -> list[list[str]]:
    return [text.splitlines() for text in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)]


def block_with(start: str) -> list[str]:
    return next(lines for lines in blocks() if lines[0].startswith(start))


def like_it009(new_id: str, name: str) -> str:
    """Rows of a new school that is like IT-009 of the pilot."""
    with (ROOT / "data" / "pilot" / "schools.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    twin = next(row for row in rows if row[0] == "IT-009")
    lines = [rows[0], [new_id, name, *twin[2:]]]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in lines)


def test_november_is_as_the_page_says(
    september: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "november.csv").write_text("\n".join(block_with("Change,School")), encoding="utf-8")
    (tmp_path / "new").mkdir()
    profile = like_it009("IT-030", "Istituto comprensivo Le Querce")
    (tmp_path / "new" / "schools.csv").write_text(profile, encoding="utf-8")
    order = [
        "rematch",
        str(september),
        "--changes",
        str(tmp_path / "november.csv"),
        "--new-schools",
        str(tmp_path / "new"),
    ]
    assert call([*order, "--out", str(tmp_path / "november")]) == 0
    said = capsys.readouterr().err.splitlines()
    told = block_with("Moves against quality")
    assert [line for line in told[: told.index("Nobody else has to move.")] if line not in said] == []


def test_the_hand_edit_is_as_the_page_says(
    september: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "edits.csv").write_text("Change,School,Other school\nmove,HR-005,HR-004\n", encoding="utf-8")
    assert call(["score", str(september), "--edit", str(tmp_path / "edits.csv")]) == 7
    said = capsys.readouterr().out.splitlines()
    told = [line for line in block_with("The edit breaks") if "…" not in line]
    assert [line for line in told if line not in said] == []


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_every_kind_of_change_is_on_the_page(kind: ChangeKind) -> None:
    assert f"| `{kind.value}` |" in PAGE


@pytest.mark.parametrize("field", list(Change.model_fields))
def test_every_field_of_a_change_is_named_on_the_page(field: str) -> None:
    assert field in PAGE.lower()
