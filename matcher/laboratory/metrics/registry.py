"""Every metric: what it is called, which way is better, what it says, how it is worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matcher.analysis.comparison_document import Better, Measure, MetricInfo, Theme
from matcher.laboratory.metrics import fairness, price, quality, reach, standing
from matcher.laboratory.metrics.seen import Seen

Unit = Literal["points", "share", "km", "schools", "clusters", "places", "breaches", "pairs", "money", ""]

THEMES = (
    Theme(
        key="reach",
        label="Who is placed",
        statement="How many schools have a place in a cluster, and in how many clusters.",
    ),
    Theme(
        key="yardstick",
        label="Quality by the yardstick",
        statement=(
            "Every plan scored by one and the same policy, whatever policy made it. Only these points can be "
            "compared between plans."
        ),
    ),
    Theme(
        key="own",
        label="Quality by its own policy",
        statement=(
            "Each plan scored by the policy that made it. Points of different policies are different things: "
            "compare them along a line, never down a column."
        ),
    ),
    Theme(key="travel", label="Travel", statement="Road distances, estimated alike for every plan."),
    Theme(key="load", label="Work of the mentors", statement="How the schools are shared among the mentors."),
    Theme(
        key="money",
        label="Costs",
        statement=(
            "What each plan would cost in a year by one and the same cost model, whatever its own policy "
            "says of money."
        ),
    ),
    Theme(
        key="wishes",
        label="The schools’ own wishes",
        statement="How well each plan keeps to what the schools themselves asked for.",
    ),
    Theme(
        key="fairness",
        label="Fairness between groups",
        statement=(
            "How far groups of schools are apart: the difference between the best and the worst off. Schools "
            "whose group is not stated are counted apart."
        ),
    ),
    Theme(
        key="standing",
        label="If things change",
        statement=(
            "What is left when a tenth of the mentor schools drop out, the same ones under every policy; and "
            "when maturity scores are drawn anew within their uncertainty."
        ),
    ),
)
"""Themes in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what readers are told, and the function that measures a plan."""

    info: MetricInfo
    measure: Callable[[Seen], tuple[Measure, ...]]


def _whole(
    theme: str,
    measure: Callable[[Seen], float | None],
    info: MetricInfo,
    known: Callable[[Seen], int] | None = None,
) -> Metric:
    """One value for the whole plan; its key is the function's name. `known` counts the schools behind it."""
    key = measure.__name__

    def measured(seen: Seen) -> tuple[Measure, ...]:
        return (Measure(metric=key, value=measure(seen), known=None if known is None else known(seen)),)

    return Metric(info.model_copy(update={"key": key, "theme": theme}), measured)


def _grouped(theme: str, measure: Callable[[Seen], tuple[Measure, ...]], info: MetricInfo) -> Metric:
    """One value a group, family or criterion; its key is the function's name."""
    return Metric(info.model_copy(update={"key": measure.__name__, "theme": theme}), measure)


def _with_fit(seen: Seen) -> int:
    return len(seen.fit)


def _with_distance(seen: Seen) -> int:
    return len(seen.distance_km)


def _told(label: str, unit: Unit, better: Better | None, statement: str, decimals: int = 1) -> MetricInfo:
    """Make what readers are told; key and theme come with the function."""
    return MetricInfo(
        key="", label=label, unit=unit, better=better, statement=statement, theme="", decimals=decimals
    )


METRICS: tuple[Metric, ...] = (
    _whole(
        "reach",
        reach.placed,
        _told(
            "Placed",
            "schools",
            None,
            "Schools with a place in a cluster. Under some policies mentor schools are to be placed, too: "
            "the share is what compares.",
            decimals=0,
        ),
    ),
    _whole(
        "reach",
        reach.placed_share,
        _told(
            "Share placed",
            "share",
            "more",
            "Share of the schools to be placed that have a place.",
            decimals=0,
        ),
    ),
    _whole(
        "reach",
        reach.unassigned,
        _told(
            "Without a place",
            "schools",
            "less",
            "Schools that the plan leaves out. Means over placed schools leave them out, too: read both.",
            decimals=0,
        ),
    ),
    _whole(
        "reach",
        reach.clusters,
        _told("Clusters", "clusters", None, "Clusters that the plan forms.", decimals=0),
    ),
    _whole(
        "yardstick",
        quality.fit_mean,
        _told(
            "Mean fit",
            "points",
            "more",
            "Mean over the placed schools of the fit with their mentor, of 100 points. Of a hub with "
            "several leads it is the mean over these; in a group of equals there is no mentor and no "
            "such fit.",
        ),
        _with_fit,
    ),
    _whole(
        "yardstick",
        quality.fit_worst,
        _told("Worst-off school", "points", "more", "Fit of the placed school that fits its mentor least."),
        _with_fit,
    ),
    _whole(
        "yardstick",
        quality.fit_total,
        _told(
            "Fit in total",
            "points",
            "more",
            "Fit of all placed schools added up, so that placing a school counts, too. Not known "
            "unless it is known for each of them.",
            decimals=0,
        ),
    ),
    _whole(
        "yardstick",
        quality.broken_hard,
        _told(
            "Breaks what must hold",
            "breaches",
            "less",
            "How often the plan breaks a rule that must hold under the yardstick. The plan keeps every "
            "rule that must hold under its own policy.",
            decimals=0,
        ),
    ),
    _whole(
        "yardstick",
        quality.broken_soft,
        _told(
            "Breaks wishes",
            "breaches",
            "less",
            "How often the plan breaks a rule that costs points under the yardstick; schools left out "
            "are told under “Without a place”.",
            decimals=0,
        ),
    ),
    _grouped(
        "yardstick",
        quality.fit_by_criterion,
        _told(
            "Mean fit of each criterion",
            "share",
            "more",
            "Mean over the placed schools for which the criterion is known, with the yardstick's settings.",
            decimals=0,
        ),
    ),
    _whole(
        "own",
        quality.own_points,
        _told(
            "Points",
            "points",
            None,
            "What the plan is worth under its own policy, everything counted. Not comparable between "
            "policies.",
        ),
    ),
    _whole(
        "own",
        quality.own_gap,
        _told(
            "Could be better by",
            "share",
            "less",
            "By what share of its points a better plan under the same policy could be better at most. "
            "0 means proven best.",
            decimals=2,
        ),
    ),
    _whole(
        "own",
        quality.own_mean,
        _told(
            "Mean score",
            "points",
            None,
            "Mean score of a pair under the plan's own policy. Not comparable between policies.",
        ),
    ),
    _whole(
        "own",
        quality.own_worst,
        _told(
            "Lowest score",
            "points",
            None,
            "Lowest score of a pair under the plan's own policy. Not comparable between policies.",
        ),
    ),
    _whole(
        "own",
        quality.own_breaches,
        _told(
            "Wishes that gave way",
            "breaches",
            None,
            "How often a rule of its own policy that costs points gave way. Policies have different rules.",
            decimals=0,
        ),
    ),
    _grouped(
        "own",
        quality.own_fit_by_criterion,
        _told(
            "Mean fit of each criterion",
            "share",
            None,
            "Mean over the placed schools for which the criterion is known, with the policy's own settings.",
            decimals=0,
        ),
    ),
    _whole(
        "travel",
        reach.km_mean,
        _told(
            "Mean distance",
            "km",
            "less",
            "Mean road distance of the placed schools to their mentor, where known; to the leads of a "
            "hub, their mean.",
        ),
        _with_distance,
    ),
    _whole(
        "travel",
        reach.km_longest,
        _told(
            "Longest distance",
            "km",
            "less",
            "Longest road distance of a placed school to its mentor, where known.",
        ),
        _with_distance,
    ),
    _whole(
        "travel",
        reach.km_total,
        _told(
            "Distance in total",
            "km",
            None,
            "All known distances to the mentors added up. Fewer schools placed means fewer kilometres, so "
            "that neither direction is better in itself.",
            decimals=0,
        ),
        _with_distance,
    ),
    _whole(
        "travel",
        reach.near_share,
        _told(
            f"Within {reach.NEAR_KM:g} km",
            "share",
            "more",
            f"Share of the placed schools, where the distance is known, within {reach.NEAR_KM:g} km by "
            "road of their mentor.",
            decimals=0,
        ),
        _with_distance,
    ),
    _whole(
        "travel",
        reach.km_members,
        _told(
            "Between members",
            "km",
            "less",
            "Mean road distance between every two schools of one cluster, mentors among them: also "
            "known for groups of equals.",
        ),
    ),
    _whole(
        "load",
        reach.load_least,
        _told(
            "Least load",
            "places",
            None,
            "Places that the mentor with the fewest fills, among those that lead a cluster.",
            decimals=0,
        ),
    ),
    _whole(
        "load",
        reach.load_most,
        _told("Greatest load", "places", None, "Places that the mentor with the most fills.", decimals=0),
    ),
    _whole(
        "load",
        reach.load_spread,
        _told(
            "Spread of loads",
            "places",
            "less",
            "Standard deviation of the places filled, over the mentors that lead a cluster; 0 means "
            "all alike.",
            decimals=2,
        ),
    ),
    _whole(
        "load",
        reach.load_gini,
        _told(
            "Uneven filling",
            "",
            "less",
            "Gini coefficient of the share of its places that each leading mentor fills: 0 means all "
            "alike, near 1 that few carry almost everything.",
            decimals=3,
        ),
    ),
    _whole(
        "money",
        price.cost_total,
        _told(
            "Cost in total",
            "money",
            None,
            "Euro a year. Not known where the travel of a placed school is not. Fewer schools placed cost "
            "less, so that neither direction is better in itself: read the cost of a supported school.",
            decimals=0,
        ),
    ),
    _whole(
        "money",
        price.cost_each,
        _told(
            "Cost a supported school",
            "money",
            "less",
            "The total by the number of placed schools.",
            decimals=0,
        ),
    ),
    _whole(
        "money",
        price.cost_known,
        _told(
            "Known of the cost",
            "money",
            None,
            "What is known of the total: without the travel of schools whose distance is not known.",
            decimals=0,
        ),
    ),
    _whole(
        "wishes",
        price.blocking_pairs,
        _told(
            "Blocking pairs",
            "pairs",
            "less",
            "Mentees and mentors that would both rather have each other than what the plan gives them, among "
            "the pairs that the plan's own rules allow. A school that named nobody takes all alike; one that "
            "was not named comes last, or is not accepted, as the first policy compared that asks for "
            "stability has it.",
            decimals=0,
        ),
    ),
    _grouped(
        "fairness",
        fairness.group_fit_gap,
        _told(
            "Difference in mean fit",
            "points",
            "less",
            "Highest less lowest mean fit by the yardstick among the groups of a family.",
        ),
    ),
    _grouped(
        "fairness",
        fairness.group_unassigned_gap,
        _told(
            "Difference in share left out",
            "share",
            "less",
            "Highest less lowest share of schools without a place among the groups of a family.",
            decimals=1,
        ),
    ),
    _grouped(
        "fairness",
        fairness.group_fit,
        _told(
            "Mean fit of the group",
            "points",
            "more",
            "Mean fit by the yardstick of the placed schools of a group.",
        ),
    ),
    _grouped(
        "fairness",
        fairness.group_unassigned,
        _told(
            "Share of the group left out",
            "share",
            "less",
            "Share of a group's schools without a place.",
            decimals=1,
        ),
    ),
    _whole(
        "standing",
        standing.drop_out_kept,
        _told(
            "Pairs untouched",
            "share",
            "more",
            "Share of the pairs whose mentor stays, mean over the draws of drop-outs.",
            decimals=0,
        ),
    ),
    _whole(
        "standing",
        standing.drop_out_placed,
        _told(
            "Placed afterwards",
            "share",
            "more",
            "Share of the placed schools that have a mentor after the drop-outs, everybody else "
            "staying where they are; mean over the draws.",
            decimals=0,
        ),
    ),
    _whole(
        "standing",
        standing.drop_out_worst,
        _told(
            "Placed after the worst draw",
            "share",
            "more",
            "The same for the draw that leaves most schools without a mentor.",
            decimals=0,
        ),
    ),
    _whole(
        "standing",
        standing.drop_out_points,
        _told(
            "Points left",
            "share",
            None,
            "Share of the plan's own points left after the drop-outs, mean over the draws. Points of "
            "different policies weigh a school left out differently.",
            decimals=0,
        ),
    ),
    _whole(
        "standing",
        standing.noise_kept,
        _told(
            "Pairs kept under noise",
            "share",
            "more",
            "Share of the pairs that stay when maturity scores are drawn anew within their uncertainty "
            "and the plan is made again.",
            decimals=0,
        ),
    ),
)
"""Every metric, theme by theme, in the order in which they are read."""


def measures_of(seen: Seen) -> tuple[Measure, ...]:
    """Measure a plan by every metric."""
    return tuple(one for metric in METRICS for one in metric.measure(seen))
