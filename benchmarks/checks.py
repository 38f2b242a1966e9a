"""Verdicts: has a figure been reached, and by how much."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

from benchmarks.case import Verdict
from benchmarks.rows import Row

Check = Callable[[Sequence[Row]], Verdict]


def of(rows: Sequence[Row], solver: str) -> list[Row]:
    """Rows of one solver that applies."""
    return [row for row in rows if row.solver == solver and row.status != "refused"]


def informs(rows: Sequence[Row]) -> Verdict:
    """No figure: the case only informs."""
    return Verdict(None, f"{len({row.instance for row in rows})} instances, for information")


def together(*checks: Check) -> Check:
    """All of them."""

    def check(rows: Sequence[Row]) -> Verdict:
        verdicts = [item(rows) for item in checks]
        known = [item.reached for item in verdicts]
        reached = False if False in known else None if None in known else True
        return Verdict(reached, "; ".join(item.words for item in verdicts))

    return check


def proven(count: int, *, within_s: float = math.inf) -> Check:
    """At least `count` instances, all there are rows of, proven optimal by us within a time each."""

    def check(rows: Sequence[Row]) -> Verdict:
        mine = of(rows, "ours")
        good = [row for row in mine if row.proven and (row.seconds or 0.0) <= within_s]
        limit = "" if math.isinf(within_s) else f" within {within_s:g} s"
        words = f"{len(good)} of {len(mine)} proven optimal{limit}"
        if mine:
            words += f", slowest {max(row.seconds or 0.0 for row in mine):.2f} s"
        if len(mine) < count:
            return Verdict(None if len(good) == len(mine) else False, f"{words} (of {count} asked for)")
        return Verdict(len(good) == len(mine), words)

    return check


def more_proven_than(count: int) -> Check:
    """More than `count` instances proven optimal by us; those of HiGHS in the same file are named."""

    def check(rows: Sequence[Row]) -> Verdict:
        mine, others = of(rows, "ours"), of(rows, "highs")
        good, theirs = sum(row.proven for row in mine), sum(row.proven for row in others)
        words = f"{good} of {len(mine)} proven optimal; HiGHS {theirs} of {len(others)}"
        whole = len(mine) > count
        return Verdict(good > max(count, theirs) if whole else None, words)

    return check


def median_seconds(limit_s: float, count: int) -> Check:
    """Median time of our call."""

    def check(rows: Sequence[Row]) -> Verdict:
        times = [row.seconds for row in of(rows, "ours") if row.seconds is not None]
        if not times:
            return Verdict(None, "no rows")
        median = statistics.median(times)
        words = f"median {median:.2f} s (asked {limit_s:g} s)"
        return Verdict(median <= limit_s if len(times) >= count else None, words)

    return check


def gap_within(share: float, count: int = 1) -> Check:
    """Proven gap of ours, worst and mean."""

    def check(rows: Sequence[Row]) -> Verdict:
        mine = of(rows, "ours")
        gaps = [row.gap for row in mine if row.gap is not None]
        if len(mine) < count:
            return Verdict(None, f"{len(mine)} of {count} rows")
        if len(gaps) < len(mine):
            return Verdict(
                reached=False, words=f"{len(mine) - len(gaps)} of {len(mine)} without plan or bound"
            )
        words = f"gap {100 * max(gaps):.3f} % worst, {100 * statistics.mean(gaps):.3f} % mean of {len(gaps)}"
        return Verdict(max(gaps) <= share, f"{words} (asked {100 * share:g} %)")

    return check


def faster_than(other: str, factor: float = 1.0, *, in_total: bool = False) -> Check:
    """At least `factor` times as fast as another solver on each instance (or all together).

    With one thread, processor seconds are compared: they do not depend on what else the machine does.
    """

    def check(rows: Sequence[Row]) -> Verdict:
        theirs = {row.instance: row for row in of(rows, other) if row.busy_s}
        pairs = [
            (row, theirs[row.instance]) for row in of(rows, "ours") if row.instance in theirs and row.busy_s
        ]
        if not pairs:
            return Verdict(None, f"no rows beside {other}")
        mine_s, others_s = [one.busy_s or 0.0 for one, _ in pairs], [two.busy_s or 0.0 for _, two in pairs]
        ratios = [theirs_s / ours_s for ours_s, theirs_s in zip(mine_s, others_s, strict=True)]
        ratio = sum(others_s) / sum(mine_s) if in_total else min(ratios)
        unfinished = sum(not two.proven for _, two in pairs)
        words = (
            f"{ratio:.1f} × as fast as {other}{' in total' if in_total else ', worst of ' + str(len(pairs))}"
        )
        words += "" if in_total else f", median {statistics.median(ratios):.1f} ×"
        words += f" ({other} left {unfinished} open)" if unfinished else ""
        words += _runs([row for pair in pairs for row in pair])
        return Verdict(ratio >= factor and all(one.proven for one, _ in pairs), words)

    return check


def at_most_times(other: str, part: str, factor: float) -> Check:
    """Our whole call against a part of another's call, e.g. the raw call of a library."""

    def check(rows: Sequence[Row]) -> Verdict:
        theirs = {row.instance: row for row in of(rows, other) if part in row.extra}
        pairs = [(row, theirs[row.instance]) for row in of(rows, "ours") if row.instance in theirs]
        if not pairs:
            return Verdict(None, f"no rows beside {other}")
        ratios = [(one.seconds or math.inf) / two.extra[part] for one, two in pairs]
        median = statistics.median(ratios)
        words = f"{median:.1f} × the raw call (median of {len(pairs)}; asked {factor:g})"
        return Verdict(median <= factor, words + _runs([row for pair in pairs for row in pair]))

    return check


def _runs(rows: Sequence[Row]) -> str:
    return "" if len({row.run for row in rows}) <= 1 else " [rows of different runs]"


def reference_reached(count: int, *, solver: str = "ours") -> Check:
    """Best known value reached or beaten on all instances that have one."""

    def check(rows: Sequence[Row]) -> Verdict:
        mine = [row for row in of(rows, solver) if row.reference is not None]
        good = sum(row.reaches_reference for row in mine)
        words = f"reference reached on {good} of {len(mine)}"
        if len(mine) < count:
            return Verdict(None if good == len(mine) else False, f"{words} (of {count} asked for)")
        return Verdict(good == len(mine), words)

    return check


def mean_to_reference(share: float, count: int) -> Check:
    """Mean distance of our plans from the best known value."""

    def check(rows: Sequence[Row]) -> Verdict:
        off = [row.to_reference for row in of(rows, "ours") if row.to_reference is not None]
        if not off:
            return Verdict(None, "no rows")
        words = f"mean {100 * statistics.mean(off):.3f} % below the reference (asked {100 * share:g} %)"
        return Verdict(statistics.mean(off) <= share if len(off) >= count else None, words)

    return check


def exponent(rows: Sequence[Row]) -> float | None:
    """Slope of log seconds of ours against log mentees, least squares; None with fewer than three sizes."""
    points = [
        (math.log(row.size["mentees"]), math.log(row.seconds))
        for row in of(rows, "ours")
        if row.seconds and row.gap is not None and row.gap <= max(row.limit_gap, 1e-9)
    ]
    if len({x for x, _ in points}) < 3:
        return None
    xs, ys = zip(*points, strict=True)
    slope: float = statistics.linear_regression(xs, ys).slope
    return slope


def exponent_within(limit: float, count: int) -> Check:
    """Cost against size."""

    def check(rows: Sequence[Row]) -> Verdict:
        slope, mine = exponent(rows), of(rows, "ours")
        reached = [row for row in mine if row.gap is not None and row.gap <= row.limit_gap]
        if slope is None:
            return Verdict(
                None if len(mine) < count else False, f"{len(reached)} of {len(mine)} sizes reached the gap"
            )
        words = f"exponent {slope:.2f} over {len(reached)} of {len(mine)} sizes (asked {limit:g})"
        whole = len(mine) >= count
        return Verdict((slope <= limit and len(reached) == len(mine)) if whole else None, words)

    return check


def memory_within(megabytes: float) -> Check:
    """Peak memory of our process."""

    def check(rows: Sequence[Row]) -> Verdict:
        peaks = [row.peak_mb for row in of(rows, "ours") if row.peak_mb]
        if not peaks:
            return Verdict(None, "no rows")
        return Verdict(max(peaks) <= megabytes, f"peak {max(peaks):,.0f} MB")

    return check
