"""Tables of figures: a row a plan, a column a metric, the best of each column marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from matcher.analysis.comparison_document import ComparedPlan, ComparisonDocument, MetricInfo
from matcher.report.html import numbers

HEADLINE = (
    "placed",
    "placed_share",
    "unassigned",
    "fit_mean",
    "fit_worst",
    "broken_hard",
    "km_mean",
    "load_gini",
    "cost_each",
    "blocking_pairs",
    "drop_out_placed",
    "own_gap",
)
"""Metrics of the first table, those of them that are known."""
UNITS = {"money": "euro", "share": "", "breaches": "times"}
"""Units whose name for readers is another than their key."""
DIRECTIONS = {"more": "more is better", "less": "less is better", None: ""}
"""Words for which way is better."""


UNKNOWN_GROUP = ":unknown"
"""End of the key of schools that do not say to which group they belong; no plan is best for them."""


@dataclass(frozen=True, slots=True)
class Head:
    """Heading of a column: its label, its unit and which way is better, in words."""

    label: str
    unit: str
    better: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: as it is shown, as it sorts, whether it is best, and how many schools it rests on."""

    text: str | Markup
    sort: str
    best: bool
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of a table."""

    plan: ComparedPlan
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One table of figures; the hint says unit and direction where all columns have the same."""

    caption: str
    hint: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


def headline(document: ComparisonDocument) -> Figures:
    """Table of the metrics that a reader looks at first."""
    known = {info.key: info for info in document.metrics}
    columns = [(known[key], "", known[key].label) for key in HEADLINE if key in known]
    return table(document, "All policies at a glance", columns)


def theme_table(document: ComparisonDocument, theme: str, label: str) -> Figures:
    """Table of a theme's metrics that have one value a plan."""
    columns = [
        (info, "", info.label)
        for info in document.metrics
        if info.theme == theme and not _groups(document, info.key)
    ]
    return table(document, label, columns)


def group_table(document: ComparisonDocument, metric: str, labels: dict[str, str], caption: str) -> Figures:
    """Table of one metric, a column a group (or criterion) that some plan has a value for."""
    info = document.metric(metric)
    order = {group.key: at for at, group in enumerate(document.groups)}
    keys = sorted(_groups(document, metric), key=lambda key: order.get(key, -1))  # criteria stay in order
    found = table(document, caption, [(info, key, labels.get(key, key)) for key in keys])
    parts = [part for part in (UNITS.get(info.unit, info.unit), DIRECTIONS[info.better]) if part]
    heads = tuple(replace(head, unit="", better="") for head in found.heads)
    return replace(found, hint=", ".join(parts), heads=heads)


def table(
    document: ComparisonDocument, caption: str, columns: Sequence[tuple[MetricInfo, str, str]]
) -> Figures:
    """Lay out a table of metrics of the plans that were found.

    Parameters
    ----------
    document : ComparisonDocument
    caption : str
    columns : sequence of (MetricInfo, str, str)
        Metric, group and heading of each column.
    """
    plans = document.found
    best = [best_of(plans, info, group) for info, group, _ in columns]
    return Figures(
        caption=caption,
        hint="",
        heads=tuple(_head(info, label) for info, _, label in columns),
        lines=tuple(
            Line(
                plan,
                tuple(
                    _cell(plan, info, group, best=plan.key in keys)
                    for (info, group, _), keys in zip(columns, best, strict=True)
                ),
            )
            for plan in plans
        ),
    )


def best_of(plans: Sequence[ComparedPlan], info: MetricInfo, group: str) -> frozenset[str]:
    """Keys of the plans with the best value as shown; of none where all are alike or neither way is better.

    What reads the same is equally good: a mark on one of two equal figures would say what nobody can see.
    """
    places = info.decimals + 2 * (info.unit == "share")
    found = {plan.key: plan.value(info.key, group) for plan in plans}
    known = {key: round(value, places) for key, value in found.items() if value is not None}
    if info.better is None or group.endswith(UNKNOWN_GROUP) or len(set(known.values())) < 2:
        return frozenset()
    top = max(known.values()) if info.better == "more" else min(known.values())
    return frozenset(key for key, value in known.items() if value == top)


def figure(value: float | None, info: MetricInfo) -> str | Markup:
    """Write a value in the metric's unit, or the dash where it is not known."""
    if info.unit == "share":
        return numbers.percent(value, info.decimals)
    return numbers.number(value, info.decimals)


def _head(info: MetricInfo, label: str) -> Head:
    return Head(label, UNITS.get(info.unit, info.unit), DIRECTIONS[info.better])


def _cell(plan: ComparedPlan, info: MetricInfo, group: str, *, best: bool) -> Cell:
    measure = next((one for one in plan.measures if (one.metric, one.group) == (info.key, group)), None)
    value = None if measure is None else measure.value
    placed = plan.value("placed")
    partial = measure is not None and measure.known is not None and placed is not None and not group
    note = (
        f"for {measure.known:,}"
        if measure and partial and value is not None and measure.known != placed
        else ""
    )
    return Cell(figure(value, info), "" if value is None else f"{value:g}", best, note)


def _groups(document: ComparisonDocument, metric: str) -> list[str]:
    """List the groups of a metric as the plans have them; none for one of the whole plan."""
    keys = {one.group: None for plan in document.found for one in plan.measures if one.metric == metric}
    return [key for key in keys if key]
