"""Trade-offs: of all plans that were tried, those that no other beats in both of two metrics."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from matcher.analysis.comparison_document import ComparisonDocument, MetricInfo
from matcher.analysis.findings_document import Trade, TradePoint
from matcher.exceptions import UsageError
from matcher.laboratory.metrics import METRICS

GROUPED = (
    "fit_by_criterion",
    "own_fit_by_criterion",
    "group_fit_gap",
    "group_unassigned_gap",
    "group_fit",
    "group_unassigned",
)
"""Metrics with a value a group or criterion, so that a plan is no single point of them."""
Axes = tuple[str, str]


def read_trades(texts: Sequence[str]) -> tuple[Axes, ...]:
    """Read ``metric:metric``, one text a curve.

    Raises
    ------
    UsageError
        If a text is not written so, a metric does not exist, or neither of its directions is better; every
        fault is listed.
    """
    found: dict[Axes, None] = {}
    faults: list[str] = []
    for text in texts:
        x, colon, y = (part.strip() for part in text.partition(":"))
        if not x or not colon or not y or x == y:
            faults.append(f"--trade {text}: write two metrics, such as fit_mean:km_mean.")
        else:
            faults += [fault for key in (x, y) if (fault := _fault_of(text, key))]
        found[x, y] = None
    if faults:
        raise UsageError("\n".join(faults))
    return tuple(found)


def trades_of(document: ComparisonDocument, asked: Sequence[Axes]) -> tuple[Trade, ...]:
    """Lay every policy and every point of a sweep on the plane of two metrics.

    Parameters
    ----------
    document : ComparisonDocument
    asked : sequence of (str, str)
        Keys of metrics, as :func:`read_trades` gives them.

    Returns
    -------
    tuple of Trade
    """
    infos = {metric.info.key: metric.info for metric in METRICS}
    return tuple(_trade(document, infos[x], infos[y]) for x, y in asked)


def dominates(one: tuple[float, float], other: tuple[float, float], signs: tuple[int, int]) -> bool:
    """Whether one point is at least as good in both and better in one; sign 1: more is better, -1: less."""
    ahead = [sign * (a - b) for a, b, sign in zip(one, other, signs, strict=True)]
    return min(ahead) >= 0 and max(ahead) > 0


def _fault_of(text: str, key: str) -> str:
    """Say what is wrong with a metric, and what to do; empty if nothing is."""
    known = {metric.info.key: metric.info for metric in METRICS if metric.info.key not in GROUPED}
    usable = [name for name, info in known.items() if info.better is not None]
    if key in GROUPED:
        return f"--trade {text}: {key} has a value for each group, so a plan is no single point of it."
    if key not in known:
        near = get_close_matches(key, usable, n=3, cutoff=0.5) or usable[:6]
        return f"--trade {text}: there is no metric {key}. Did you mean {' or '.join(near)}?"
    if known[key].better is None:
        return (
            f"--trade {text}: of {key} neither more nor less is better in itself, so nothing can be traded. "
            f"Metrics with a direction: {', '.join(usable)}."
        )
    return ""


def _trade(document: ComparisonDocument, x: MetricInfo, y: MetricInfo) -> Trade:
    signs = tuple(1 if info.better == "more" else -1 for info in (x, y))
    plans = [plan for plan in document.every if plan.has_plan]
    at = {
        plan.key: (a, b)
        for plan in plans
        if (a := plan.value(x.key)) is not None and (b := plan.value(y.key)) is not None
    }
    curve = {
        key: own
        for key, own in at.items()
        if not any(dominates(other, own, (signs[0], signs[1])) for other in at.values())
    }
    order = sorted(
        curve, key=lambda key: curve[key]
    )  # along x, then y; a stable sort keeps equal plans in order
    points = []
    for key in (*order, *(key for key in at if key not in curve)):
        plan = document.plan(key)
        by = next((one for one in order if dominates(curve[one], at[key], (signs[0], signs[1]))), "")
        points.append(
            TradePoint(
                key=key,
                title=plan.title,
                x=at[key][0],
                y=at[key][1],
                proven=plan.proof is not None and plan.proof.status == "optimal",
                status="dominated" if by else "undominated",
                dominated_by=by,
            )
        )
    unknown = tuple(plan.title for plan in plans if plan.key not in at)
    return Trade(x=x.key, y=y.key, points=tuple(points), unknown=unknown)
