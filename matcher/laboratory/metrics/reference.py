"""The metrics as a section of docs/reading-the-comparison.md, so that page and program say the same."""

from __future__ import annotations

from matcher.laboratory.metrics.registry import METRICS
from matcher.laboratory.metrics.themes import THEMES

_DIRECTIONS = {"more": "more", "less": "less", None: "neither"}
_UNITS = {"money": "euro", "share": "per cent", "breaches": "times", "": "none"}


def metrics_reference() -> str:
    """Write every theme with a table of its metrics, in Markdown."""
    parts = []
    for theme in THEMES:
        parts += [f"### {theme.label}", "", theme.statement, ""]
        parts += ["| Figure | In `compare.csv` | Unit | Better | What it says |", "|---|---|---|---|---|"]
        parts += [
            f"| {info.label} | `{info.key}` | {_UNITS.get(info.unit, info.unit)} "
            f"| {_DIRECTIONS[info.better]} | {info.statement} |"
            for info in (metric.info for metric in METRICS)
            if info.theme == theme.key
        ]
        parts.append("")
    return "\n".join([*parts, ""])
