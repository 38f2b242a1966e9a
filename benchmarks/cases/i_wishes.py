"""Preferences of both sides: deferred acceptance, the mentees proposing."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.case import Case, Entry, Verdict
from benchmarks.checks import of
from benchmarks.instances.wishes import tiny_wishes, wishes
from benchmarks.rows import Row


def same_plan(rows: Sequence[Row]) -> Verdict:
    """Whether both find plans of the same worth, the mentee-optimal one being unique, and who is faster."""
    theirs = {row.instance: row for row in of(rows, "matching") if row.objective is not None}
    pairs = [(row, theirs[row.instance]) for row in of(rows, "ours") if row.instance in theirs]
    if not pairs:
        return Verdict(None, "no rows beside matching")
    same = sum(one.objective == other.objective for one, other in pairs)
    ratios = [(other.busy_s or 0.0) / (one.busy_s or 1e-9) for one, other in pairs]
    words = f"{same} of {len(pairs)} alike, {min(ratios):.1f} to {max(ratios):.1f} × as fast as matching"
    return Verdict(same == len(pairs), words)


CASES = (
    Case(
        name="wishes",
        title="preferences of both sides, strict and incomplete: deferred acceptance",
        figure="the same plan as the package matching",
        instances=wishes,
        tiny=tiny_wishes,
        entries=(Entry("ours", 60), Entry("matching", 60, first=2)),  # it copies itself too deep for more
        check=same_plan,
        quick=2,
    ),
)
