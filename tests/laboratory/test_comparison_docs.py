"""The page on comparisons says of every figure what the program says."""

from __future__ import annotations

from pathlib import Path

from matcher.laboratory.metrics.reference import metrics_reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading-the-comparison.md"


def test_every_figure_is_explained_as_in_the_program() -> None:
    assert metrics_reference() in PAGE.read_text(encoding="utf-8")
