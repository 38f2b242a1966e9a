"""compare.csv: every figure of every plan in a row of its own."""

from __future__ import annotations

from matcher.analysis.comparison_document import ComparedPlan, ComparisonDocument
from matcher.report.rows import Row, Value

FOUND, PROVEN = "plan_found", "proven_best"


def tidy_rows(document: ComparisonDocument) -> list[Row]:
    """One row a plan, metric and group.

    Columns: ``policy`` (name of the variant's policy and point), one column for each setting of a sweep,
    ``layer``, ``metric``, ``group`` (criterion, group of schools or family; empty for the whole plan),
    ``value`` (None when unknown) and ``unit``. Each plan begins with ``plan_found`` (1 or 0) and, where there
    is one, ``proven_best`` (1 or 0).
    """
    settings = list(dict.fromkeys(name for plan in document.every for name in plan.point))
    units = {info.key: info.unit for info in document.metrics}
    rows: list[Row] = []
    for plan in document.every:
        rows.append(_row(plan, settings, (FOUND, "", int(plan.has_plan), "")))
        if plan.proof is not None:
            rows.append(_row(plan, settings, (PROVEN, "", int(plan.proof.status == "optimal"), "")))
        rows += [
            _row(plan, settings, (one.metric, one.group, one.value, units[one.metric]))
            for one in plan.measures
        ]
    return rows


def _row(plan: ComparedPlan, settings: list[str], figure: tuple[str, str, Value, str]) -> Row:
    metric, group, value, unit = figure
    return {
        "policy": plan.variant,
        **{name: plan.point.get(name) for name in settings},
        "layer": plan.layer,
        "metric": metric,
        "group": group,
        "value": value,
        "unit": unit,
    }
