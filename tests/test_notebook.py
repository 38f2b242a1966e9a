"""The analysts' notebook runs from top to bottom; its cells are plain Python."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from matcher.generate import generate_intake
from matcher.intake.writers import write_intake

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "policy-laboratory.ipynb"


def _cells() -> list[dict[str, Any]]:
    notebook: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell in the names of those before it; what its last expression is worth, as a notebook shows."""
    tree = ast.parse(source)
    shown = ast.Expression(last.value) if isinstance(last := tree.body[-1], ast.Expr) else None
    if shown is not None:
        tree.body.pop()
    exec(compile(tree, NOTEBOOK.name, "exec"), names)
    return None if shown is None else eval(compile(shown, NOTEBOOK.name, "eval"), names)


def test_the_notebook_is_kept_without_outputs_so_that_none_can_be_out_of_date() -> None:
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in _cells())


def _run_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run every cell after those before it, started in a folder; the names that are left."""
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    shown = [_run("".join(cell["source"]), names) for cell in _cells()]
    pictures = [one._repr_html_() for one in shown if type(one).__name__ == "Picture"]
    assert len(pictures) == 2
    assert all(picture.startswith("<svg") and "nan" not in picture for picture in pictures)
    assert list(names["line"].index) == [0, 15, 30, 60]
    return names


def test_every_cell_of_the_notebook_runs_on_a_small_pilot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    small = generate_intake(mentors=2, mentees=8, countries=("BE", "HR"), seed=2)
    write_intake(small, tmp_path / "data" / "pilot")
    names = _run_all(tmp_path, monkeypatch)
    assert len(names["reading"].intake.mentees) == 8
    assert "placed schools keep their mentor" in capsys.readouterr().out


@pytest.mark.slow
def test_every_cell_of_the_notebook_runs_on_the_pilot_as_jupyter_starts_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = _run_all(NOTEBOOK.parent, monkeypatch)
    assert names["table"].loc["mensi_pilot", "placed"] == 98
    assert len(names["sensitivity"].firm) == names["sensitivity"].schools
