"""Sheets of compare.xlsx for what was asked beside the plans: sweeps, trade-offs, sensitivity, noise."""

from __future__ import annotations

from matcher.analysis.comparison_document import ComparisonDocument, MetricInfo
from matcher.report.compare.findings import axis_of, written
from matcher.report.rows import Row
from matcher.report.sheets import Column


def sweep_rows(document: ComparisonDocument) -> tuple[list[Column], list[Row]]:
    """One row a point of a sweep, with every metric of the whole plan."""
    wholes = _wholes(document)
    settings = dict.fromkeys(setting.name for sweep in document.sweeps for setting in sweep.settings)
    columns = [
        Column("Policy", "policy"),
        *(Column(name, f"set:{name}") for name in settings),
        Column("Part of all weights", "share", "0.0%"),
        Column("Same mentor as under the policy as it is", "same", "#,##0"),
        Column("Of so many schools", "compared", "#,##0"),
        Column("Proof", "proof"),
        Column("Why there is no plan", "failure"),
        *(Column(axis_of(info).label, info.key, format_of(info)) for info in wholes),
    ]
    rows: list[Row] = []
    for sweep in document.sweeps:
        for point in sweep.points:
            plan = document.plan(point.key)
            rows.append(
                {
                    "policy": sweep.title,
                    **{f"set:{name}": _plain(value) for name, value in point.point.items()},
                    "share": point.share,
                    "same": point.same,
                    "compared": point.compared,
                    "proof": "" if plan.proof is None else str(plan.proof.status),
                    "failure": plan.failure,
                    **{info.key: plan.value(info.key) for info in wholes},
                }
            )
    return columns, rows


def trade_rows(document: ComparisonDocument) -> tuple[list[Column], list[Row]]:
    """One row a plan and trade-off."""
    labels = {info.key: axis_of(info).label for info in document.metrics}
    columns = [
        Column("First figure", "x_label"),
        Column("Second figure", "y_label"),
        Column("Plan", "title"),
        Column("On the curve", "best"),
        Column("First", "x", "0.0###"),
        Column("Second", "y", "0.0###"),
        Column("Beaten by", "by"),
        Column("Proven best", "proven"),
    ]
    rows: list[Row] = [
        {
            "x_label": labels.get(trade.x, trade.x),
            "y_label": labels.get(trade.y, trade.y),
            "title": point.title,
            "best": point.status == "undominated",
            "x": point.x,
            "y": point.y,
            "by": document.plan(point.dominated_by).title if point.dominated_by else "",
            "proven": point.proven,
        }
        for trade in document.trades
        for point in trade.points
    ]
    return columns, rows


def sensitivity_rows(document: ComparisonDocument) -> tuple[list[Column], list[Row]]:
    """One row a change of a policy."""
    columns = [
        Column("Policy", "policy"),
        Column("What", "label"),
        Column("Setting", "setting"),
        Column("Kind", "kind"),
        Column("Change", "words"),
        Column("Schools moved", "moved", "#,##0"),
        Column("Of so many schools", "compared", "#,##0"),
        Column("Share", "share", "0%"),
        Column("Mean fit by the yardstick, change (points)", "fit", "0.00"),
        Column("Placed, change", "placed", "0"),
        Column("Proven best", "proven"),
        Column("Why there is no plan", "failure"),
    ]
    rows: list[Row] = [
        {
            "policy": one.title,
            "label": nudge.label,
            "setting": nudge.setting,
            "kind": nudge.kind,
            "words": nudge.words,
            "moved": None if nudge.failure else nudge.moved,
            "compared": None if nudge.failure else nudge.compared,
            "share": nudge.share,
            "fit": nudge.fit_change,
            "placed": nudge.placed_change,
            "proven": nudge.proven,
            "failure": nudge.failure,
        }
        for one in document.sensitivity
        for nudge in one.nudges
    ]
    return columns, rows


def firm_rows(document: ComparisonDocument) -> tuple[list[Column], list[Row]]:
    """One row a school and policy: whether its pair survives every change, and how often the noise."""
    names = {row.school_id: row.name for row in document.schools}
    told = {one.policy: one for one in document.sensitivity}
    doubted = {one.policy: {school.school_id: school for school in one.schools} for one in document.noise}
    columns = [
        Column("School id", "school_id"),
        Column("School", "name"),
        Column("Policy", "policy"),
        Column("Same under every weight and price", "firm"),
        Column("Also without any one rule", "firm_rules"),
        Column("Same place in draws of the scores", "kept", "0%"),
        Column("Otherwise most often", "other"),
    ]
    rows: list[Row] = []
    for at, plan in enumerate(document.found):
        one, schools = told.get(plan.key), doubted.get(plan.key, {})
        if one is None and not schools:
            continue
        for row in document.schools:
            school = schools.get(row.school_id)
            placed = row.placements[at].status == "placed"
            rows.append(
                {
                    "school_id": row.school_id,
                    "name": names[row.school_id],
                    "policy": plan.title,
                    "firm": None if one is None or not placed else row.school_id in one.firm,
                    "firm_rules": None
                    if one is None or not placed
                    else row.school_id in one.firm_without_rules,
                    "kept": None if school is None else school.kept,
                    "other": "" if school is None else school.other,
                }
            )
    return columns, rows


def format_of(info: MetricInfo) -> str:
    """Return the number format of a metric's cells."""
    decimals = f".{'0' * info.decimals}" if info.decimals else ""
    return f"0{decimals}%" if info.unit == "share" else f"#,##0{decimals}"


def _wholes(document: ComparisonDocument) -> list[MetricInfo]:
    """Metrics that have one value a plan."""
    whole = {one.metric for plan in document.points for one in plan.measures if not one.group}
    return [info for info in document.metrics if info.key in whole]


def _plain(value: bool | float | str | None) -> float | int | str:  # noqa: FBT001 - a setting, not a switch
    """Numbers stay numbers; everything else as in a policy file."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else written(value)
