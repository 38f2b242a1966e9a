"""Plots of results as SVG; the same results give the same files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.case import Case
from benchmarks.checks import exponent, of
from benchmarks.rows import Results, Row
from benchmarks.summary import lines

COLOURS = {
    "ours": "#0b6e4f",
    "highs": "#c8553d",
    "cp_sat": "#3d5a98",
    "annealing": "#d9a441",
    "k_means": "#7a5195",
    "min_cost_flow": "#888888",
    "linear_sum": "#bbbbbb",
}
LEAST_GAP = 1e-5
"""Where proven rows stand on the logarithmic axis of gaps."""


def draw_all(cases: Sequence[Case], results: Results, folder: Path) -> list[Path]:
    """Draw every plot that the results allow; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [
        _sizes(next((case for case in cases if case.name == "sizes"), None), results, folder / "sizes.svg"),
        _bars(cases, results, folder / "gaps.svg", "gap"),
        _bars(cases, results, folder / "below-best.svg", "below_best"),
        _times(cases, results, folder / "seconds.svg"),
    ]
    return [path for path in drawn if path is not None]


def _figure(width: float, height: float) -> tuple[Any, Any]:
    """Open a figure whose file holds no date and no chance."""
    import matplotlib as mpl  # noqa: PLC0415 - only the drawing commands need it

    mpl.use("svg")
    mpl.rcParams.update(
        {"svg.hashsalt": "matcher", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
    )
    from matplotlib import pyplot  # noqa: PLC0415 - after the backend is chosen

    figure, axes = pyplot.subplots(figsize=(width, height), layout="constrained")
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> Path:
    from matplotlib import pyplot  # noqa: PLC0415 - only the drawing commands need it

    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", "utf-8")
    return path


def _sizes(case: Case | None, results: Results, path: Path) -> Path | None:
    rows = [] if case is None else of(results.of_case(case.name), "ours")
    reached, open_ = _split(rows)
    if not reached:
        return None
    figure, axes = _figure(6.0, 4.0)
    axes.scatter(*_points(reached), color=COLOURS["ours"], label="gap of 1 % reached")
    if open_:
        axes.scatter(*_points(open_), color=COLOURS["highs"], marker="x", label="not reached")
    slope = exponent(rows)
    if slope is not None:
        xs, ys = _points(reached)
        least, most = min(xs), max(xs)
        middle = _geometric([y / x**slope for x, y in zip(xs, ys, strict=True)])
        label = f"fitted: time ~ size^{slope:.2f}"
        axes.plot([least, most], [middle * least**slope, middle * most**slope], color="#555555", label=label)
    axes.set(xscale="log", yscale="log", xlabel="mentees", ylabel="seconds to a proven gap of 1 %")
    axes.legend(frameon=False)
    return _save(figure, path)


def _split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    timed = [row for row in rows if row.seconds]
    good = [row for row in timed if row.gap is not None and row.gap <= row.limit_gap]
    return good, [row for row in timed if row not in good]


def _points(rows: Sequence[Row]) -> tuple[list[float], list[float]]:
    return [float(row.size["mentees"]) for row in rows], [row.seconds or 0.0 for row in rows]


def _geometric(values: Sequence[float]) -> float:
    product = 1.0
    for value in values:
        product *= value ** (1.0 / len(values))
    return product


def _bars(cases: Sequence[Case], results: Results, path: Path, what: str) -> Path | None:
    """Mean gap to the own bound, or mean distance below the best plan, by case and solver."""
    table = [(case, line) for case in cases for line in lines(case, results)]
    table = [(case, line) for case, line in table if getattr(line, what) is not None]
    if not table:
        return None
    values = [max(LEAST_GAP, getattr(line, what)) for _, line in table]
    axis = (
        "mean gap to the solver's own bound" if what == "gap" else "mean distance below the best plan known"
    )
    return _horizontal(table, values, f"{axis} (left edge: none)", path)


def _times(cases: Sequence[Case], results: Results, path: Path) -> Path | None:
    table = [(case, line) for case in cases for line in lines(case, results) if line.seconds]
    values = [line.seconds or 0.0 for _, line in table]
    return _horizontal(table, values, "median seconds of the whole call", path) if table else None


def _horizontal(table: Sequence[tuple[Case, Any]], values: Sequence[float], axis: str, path: Path) -> Path:
    figure, axes = _figure(7.0, 0.8 + 0.19 * len(table))
    places = range(len(table))
    axes.barh(places, values, color=[COLOURS.get(line.solver, "#999999") for _, line in table])
    axes.set_yticks(places, [f"{case.name} · {line.solver}" for case, line in table], fontsize=7)
    axes.invert_yaxis()
    axes.set(xscale="log", xlabel=axis)
    axes.margins(y=0.01)
    axes.set_xlim(left=min(values) * 0.8)
    return _save(figure, path)
