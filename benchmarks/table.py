"""Tables of results, for the terminal and for Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from benchmarks.case import Case
from benchmarks.rows import Results
from benchmarks.summary import Line, lines

HEAD = (
    "case",
    "solver",
    "proven",
    "mean points",
    "below best",
    "worst",
    "own gap",
    "worst",
    "median s",
    "worst s",
    "MB",
    "note",
)
RIGHT = frozenset(range(2, 11))
FIGURES = ("case", "figure", "reached", "measured")
REACHED = {True: "yes", False: "**no**", None: "–"}


def side_by_side(cases: Iterable[Case], results: Results) -> list[tuple[str, ...]]:
    """Rows of the side-by-side table: every solver of every case that has results."""
    return [_cells(line) for case in cases for line in lines(case, results)]


def figures(cases: Iterable[Case], results: Results) -> list[tuple[str, ...]]:
    """Rows of the table of figures: every case that has one."""
    found: list[tuple[str, ...]] = []
    for case in cases:
        if case.figure:
            verdict = case.check(results.of_case(case.name))
            found.append((case.title, case.figure, REACHED[verdict.reached], verdict.words))
    for item in {timing.name: timing for timing in results.timings}.values():
        if item.figure_s is not None:
            words = f"median {seconds(item.seconds)} s of {item.repeats}"
            reached = REACHED[item.seconds <= item.figure_s]
            found.append((item.what, f"≤ {item.figure_s:g} s", reached, words))
    return found


def micro(results: Results) -> list[tuple[str, ...]]:
    """Rows of the table of micro-benchmarks, the latest of each name."""
    latest = {item.name: item for item in results.timings}
    return [
        (item.name, item.what, seconds(item.seconds), seconds(item.worst_s), str(item.repeats))
        for item in latest.values()
    ]


MICRO = ("part", "what", "median s", "worst s", "runs")


def _cells(line: Line) -> tuple[str, ...]:
    note = line.note
    if line.without_plan and not note:
        note = f"{line.without_plan} of {line.rows} without a plan"
    return (
        line.case,
        line.solver,
        f"{line.proven}/{line.rows}",
        "–" if line.points is None else f"{line.points:,.2f}",
        percent(line.below_best),
        percent(line.worst_below),
        percent(line.gap),
        percent(line.worst_gap),
        seconds(line.seconds),
        seconds(line.worst_s),
        f"{line.peak_mb:,.0f}",
        note,
    )


def percent(share: float | None) -> str:
    """Write a share in percent with the digits that it deserves; a dash when unknown."""
    if share is None:
        return "–"
    value = 100 * share
    if value == 0:
        return "0 %"
    return f"{value:,.0f} %" if abs(value) >= 100 else f"{value:.3f} %"


def seconds(value: float | None) -> str:
    """Write seconds to about three digits; a dash when unknown."""
    if value is None:
        return "–"
    return f"{value:.5f}" if value < 0.01 else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def as_text(head: Sequence[str], body: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Set a table in columns."""
    widths = [max(_width(row[at]) for row in (head, *body)) for at in range(len(head))]
    rows = []
    for row in (head, *body):
        cells = []
        for at, cell in enumerate(row):
            space = " " * (widths[at] - _width(cell))
            cells.append(space + cell if at in right else cell + space)
        rows.append("  ".join(cells).rstrip())
    return "\n".join(rows)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def as_markdown(
    head: Sequence[str], body: Sequence[Sequence[str]], right: frozenset[int] = frozenset()
) -> str:
    """Set the same table in Markdown."""
    rule = ["--:" if at in right else "---" for at in range(len(head))]
    rows = [head, rule, *([cell.replace("|", "\\|") for cell in row] for row in body)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
