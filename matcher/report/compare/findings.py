"""What the page shows of sweeps and trade-offs: plots, and tables that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from matcher.analysis.comparison_document import ComparedPlan, ComparisonDocument, MetricInfo
from matcher.analysis.findings_document import Setting, Sweep, SweepPoint, Trade, TradePoint
from matcher.report.compare.figures import DIRECTIONS, UNITS, figure
from matcher.report.compare.plots import Axis, Dot, plot
from matcher.report.html import numbers

SWEPT = (
    "placed",
    "fit_mean",
    "fit_worst",
    "km_mean",
    "load_gini",
    "cost_each",
    "blocking_pairs",
    "drop_out_placed",
)
"""Metrics that a sweep is told by, those of them that change along it."""


@dataclass(frozen=True, slots=True)
class SweepLine:
    """One point of a sweep in the table; the policy as it is comes first."""

    name: str
    values: tuple[str, ...]
    share: str | Markup
    figures: tuple[str | Markup, ...]
    same: str | Markup
    proof: str
    failure: str


@dataclass(frozen=True, slots=True)
class SweepView:
    """One sweep: plots of what changes, and a table of every point."""

    sweep: Sweep
    metrics: tuple[MetricInfo, ...]
    plots: tuple[Markup, ...]
    lines: tuple[SweepLine, ...]
    steady: tuple[str, ...]
    relative: bool


@dataclass(frozen=True, slots=True)
class TradeLine:
    """One plan of a trade-off in the table; `number` as in the plot, empty for dominated ones."""

    number: str
    point: TradePoint
    x: str | Markup
    y: str | Markup
    beaten_by: str


@dataclass(frozen=True, slots=True)
class TradeView:
    """One trade-off: its plot and its table."""

    trade: Trade
    x: MetricInfo
    y: MetricInfo
    plot: Markup | None
    lines: tuple[TradeLine, ...]
    heads: tuple[str, str]


def sweep_views(document: ComparisonDocument) -> tuple[SweepView, ...]:
    """Lay out every sweep of a comparison."""
    return tuple(_sweep(document, sweep, at) for at, sweep in enumerate(document.sweeps))


def trade_views(document: ComparisonDocument) -> tuple[TradeView, ...]:
    """Lay out every trade-off; a metric that no plan has a value of has no plot."""
    known = {info.key for info in document.metrics}
    return tuple(
        _trade(document, trade, at) for at, trade in enumerate(document.trades) if {trade.x, trade.y} <= known
    )


def written(value: Setting) -> str:
    """Write a setting as in a policy file."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def axis_of(info: MetricInfo) -> Axis:
    """Axis of a metric, with its unit and the way that is better."""
    unit = "" if info.unit == "share" else UNITS.get(info.unit, info.unit)
    said = ", ".join(part for part in (unit, DIRECTIONS[info.better]) if part)
    label = f"{info.label} ({said})" if said else info.label
    share = info.unit == "share"
    return Axis(label, info.decimals, 100.0 if share else 1.0, "%" if share else "")


def _sweep(document: ComparisonDocument, sweep: Sweep, at: int) -> SweepView:
    base = _base(document, sweep)
    plans = [document.plan(point.key) for point in sweep.points]
    known = {info.key: info for info in document.metrics}
    told = [known[key] for key in SWEPT if key in known]
    moving = [info for info in told if _changes([*plans, *([base] if base else [])], info)]
    lines = [_base_line(sweep, base, moving)] if base is not None else []
    lines += [_line(sweep, point, plan, moving) for point, plan in zip(sweep.points, plans, strict=True)]
    return SweepView(
        sweep=sweep,
        metrics=tuple(moving),
        plots=_sweep_plots(sweep, plans, moving, base, at),
        lines=tuple(lines),
        steady=tuple(info.label for info in told if info not in moving),
        relative=any(setting.relative for setting in sweep.settings),
    )


def _base(document: ComparisonDocument, sweep: Sweep) -> ComparedPlan | None:
    found = (plan for plan in document.found if (plan.variant, plan.layer) == (sweep.policy, sweep.layer))
    return next(found, None)


def _changes(plans: Sequence[ComparedPlan], info: MetricInfo) -> bool:
    """Whether a metric changes as it is shown."""
    places = info.decimals + 2 * (info.unit == "share")
    known = [plan.value(info.key) for plan in plans if plan.has_plan]
    return len({None if value is None else round(value, places) for value in known}) > 1


def _base_line(sweep: Sweep, base: ComparedPlan, metrics: Sequence[MetricInfo]) -> SweepLine:
    return SweepLine(
        name="as it is",
        values=tuple(written(setting.own) for setting in sweep.settings),
        share="" if sweep.own_share is None else numbers.percent(sweep.own_share, 1),
        figures=tuple(figure(base.value(info.key), info) for info in metrics),
        same="",
        proof=_proof(base),
        failure="",
    )


def _line(sweep: Sweep, point: SweepPoint, plan: ComparedPlan, metrics: Sequence[MetricInfo]) -> SweepLine:
    return SweepLine(
        name="",
        values=tuple(written(point.point.get(setting.name)) for setting in sweep.settings),
        share="" if point.share is None else numbers.percent(point.share, 1),
        figures=tuple(figure(plan.value(info.key), info) for info in metrics),
        same=numbers.UNKNOWN if point.same is None else f"{point.same:,} of {point.compared:,}",
        proof=_proof(plan),
        failure=plan.failure.split("\n", maxsplit=1)[0],
    )


def _proof(plan: ComparedPlan) -> str:
    if plan.proof is None:
        return "no plan"
    return "proven best" if plan.proof.status == "optimal" else "not proven"


def _sweep_plots(
    sweep: Sweep,
    plans: Sequence[ComparedPlan],
    metrics: Sequence[MetricInfo],
    base: ComparedPlan | None,
    at: int,
) -> tuple[Markup, ...]:
    """One plot a metric against the one setting; of several settings at once the table has to do."""
    if len(sweep.settings) != 1:
        return ()
    setting = sweep.settings[0]
    numeric = all(isinstance(value, int | float) and not isinstance(value, bool) for value in setting.values)
    values = setting.values if numeric or setting.own in setting.values else (*setting.values, setting.own)
    axis = Axis(setting.label, 2, categories=() if numeric else tuple(written(v) for v in values))
    places: dict[str, float] = {}
    for order, value in enumerate(values):
        along = _place(value, numeric=numeric, places={})
        places[written(value)] = float(order) if along is None else along
    drawn = []
    for info in metrics:
        y_axis = axis_of(info)
        dots = [
            Dot(
                places[written(plan.point[setting.name])],
                value,
                _said(plan, setting.name, y_axis, value),
                hollow=_proof(plan) != "proven best",
            )
            for plan in plans
            if plan.has_plan and (value := plan.value(info.key)) is not None
        ]
        if not dots:
            continue
        line = range(len(dots)) if numeric else ()
        own = None if base is None else base.value(info.key)
        place = _place(setting.own, numeric=numeric, places=places)
        if own is not None and place is not None:
            said = f"as it is ({written(setting.own)}): {y_axis.said(own)}"
            dots.append(Dot(place, own, said, shape="own", hollow=True))
        words = (f"{info.label} by {setting.label.lower()}", "; ".join(dot.said for dot in dots))
        drawn.append(plot(f"sweep-{at}-{info.key}", words, (axis, y_axis), dots, line=line))
    return tuple(drawn)


def _place(value: Setting, *, numeric: bool, places: dict[str, float]) -> float | None:
    """Place of a value along the axis; None where it has none."""
    if numeric:
        return float(value) if isinstance(value, int | float) else None
    return places.get(written(value))


def _said(plan: ComparedPlan, name: str, axis: Axis, value: float) -> str:
    return f"{written(plan.point[name])}: {axis.said(value)}"


def _trade(document: ComparisonDocument, trade: Trade, at: int) -> TradeView:
    x, y = document.metric(trade.x), document.metric(trade.y)
    axes = (axis_of(x), axis_of(y))
    best = [point for point in trade.points if point.status == "undominated"]
    numbers_of = {point.key: str(number) for number, point in enumerate(best, start=1)}
    dots = [_trade_dot(point, axes, numbers_of, best) for point in trade.points]
    finer = [info.model_copy(update={"decimals": info.decimals + 1}) for info in (x, y)]
    words = (f"{y.label} against {x.label.lower()}", "; ".join(dot.said for dot in dots))
    lines = tuple(
        TradeLine(
            number=numbers_of.get(point.key, ""),
            point=point,
            x=figure(point.x, finer[0]),
            y=figure(point.y, finer[1]),
            beaten_by=document.plan(point.dominated_by).title if point.dominated_by else "",
        )
        for point in trade.points
    )
    drawn = plot(f"trade-{at}", words, axes, dots, line=range(len(best))) if dots else None
    return TradeView(trade, x, y, drawn, lines, (axes[0].label, axes[1].label))


def _trade_dot(
    point: TradePoint, axes: tuple[Axis, Axis], numbers_of: dict[str, str], best: Sequence[TradePoint]
) -> Dot:
    """Points in one place share one label, so that no number covers another."""
    alike = [numbers_of[one.key] for one in best if (one.x, one.y) == (point.x, point.y)]
    number = f"{alike[0]}–{alike[-1]}" if len(alike) > 1 else "".join(alike)
    first = bool(alike) and numbers_of.get(point.key) == alike[0]
    return Dot(
        point.x,
        point.y,
        f"{point.title}: {axes[0].said(point.x)}, {axes[1].said(point.y)}",
        shape="best" if point.status == "undominated" else "plain",
        hollow=not point.proven,
        faint=point.status == "dominated",
        number=number if first else "",
    )
