"""What the rows of a case come to, solver by solver."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.case import Case
from benchmarks.rows import Results, Row


@dataclass(frozen=True, slots=True)
class Line:
    """One solver in one case.

    Attributes
    ----------
    case, solver : str
    rows, proven : int
        Instances, and how many of them the solver claims to have proven.
    points : float or None
        Mean objective, points; None unless every instance has a plan.
    below_best, worst_below : float or None
        Mean and worst distance from the best plan that any solver (or the published value) has for the
        same instance, relative to it.
    gap, worst_gap : float or None
        Mean and worst gap to the solver's own bound, over instances with plan and bound.
    seconds, worst_s : float or None
        Median and worst.
    peak_mb : float
    without_plan : int
        Instances without a plan that keeps all rules.
    note : str
        Why there is nothing, if there is nothing.
    """

    case: str
    solver: str
    rows: int
    proven: int
    points: float | None
    below_best: float | None
    worst_below: float | None
    gap: float | None
    worst_gap: float | None
    seconds: float | None
    worst_s: float | None
    peak_mb: float
    without_plan: int
    note: str


def best_objectives(rows: Sequence[Row]) -> dict[str, int]:
    """Best objective of each instance, whoever found it, the published value included."""
    best: dict[str, int] = {}
    for row in rows:
        for value in (row.objective, row.reference):
            if value is not None:
                best[row.instance] = max(value, best.get(row.instance, value))
    return best


def below(row: Row, best: dict[str, int]) -> float | None:
    """How far a row's plan is below the best for its instance, relative; rounding does not count."""
    if row.objective is None:
        return None
    if row.reaches_reference and best[row.instance] == row.reference:
        return 0.0
    return (best[row.instance] - row.objective) / max(1, abs(best[row.instance]))


def lines(case: Case, results: Results) -> list[Line]:
    """Summaries of a case, in the order of its entries."""
    rows = results.of_case(case.name)
    best = best_objectives(rows)
    order = [entry.solver for entry in case.entries]
    return [
        _line(case.name, solver, [row for row in rows if row.solver == solver], best)
        for solver in order
        if any(row.solver == solver for row in rows)
    ]


def _line(case: str, solver: str, rows: Sequence[Row], best: dict[str, int]) -> Line:
    points = [row.points for row in rows if row.points is not None]
    off = [value for row in rows if (value := below(row, best)) is not None]
    gaps = [row.gap for row in rows if row.gap is not None and row.objective is not None]
    times = [row.seconds for row in rows if row.seconds is not None and row.status != "refused"]
    notes = sorted({row.words for row in rows if row.status in ("refused", "failed", "broken")})
    starved = sum(row.starved for row in rows)
    notes += [f"{starved} cut short by a busy machine"] if starved else []
    return Line(
        case=case,
        solver=solver,
        rows=len(rows),
        proven=sum(row.proven for row in rows),
        points=statistics.mean(points) if len(points) == len(rows) else None,
        below_best=statistics.mean(off) if off else None,
        worst_below=max(off, default=None),
        gap=statistics.mean(gaps) if gaps else None,
        worst_gap=max(gaps, default=None),
        seconds=statistics.median(times) if times else None,
        worst_s=max(times, default=None),
        peak_mb=max(row.peak_mb for row in rows),
        without_plan=len(rows) - len(points),
        note="; ".join(notes),
    )
