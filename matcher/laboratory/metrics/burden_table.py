"""Metrics of travel, work, costs, wishes, fairness and firmness, with what readers are told of each."""

from __future__ import annotations

from matcher.laboratory.metrics import fairness, price, reach, standing
from matcher.laboratory.metrics.metric import Metric, grouped, told, whole, with_distance

BURDEN: tuple[Metric, ...] = (
    whole(
        "travel",
        reach.km_mean,
        told(
            "Mean distance",
            "km",
            "less",
            "Mean road distance of the placed schools to their mentor, where known; to the leads of a "
            "hub, their mean.",
        ),
        with_distance,
    ),
    whole(
        "travel",
        reach.km_longest,
        told(
            "Longest distance",
            "km",
            "less",
            "Longest road distance of a placed school to its mentor, where known.",
        ),
        with_distance,
    ),
    whole(
        "travel",
        reach.km_total,
        told(
            "Distance in total",
            "km",
            None,
            "All known distances to the mentors added up. Fewer schools placed means fewer kilometres, so "
            "that neither direction is better in itself.",
            decimals=0,
        ),
        with_distance,
    ),
    whole(
        "travel",
        reach.near_share,
        told(
            f"Within {reach.NEAR_KM:g} km",
            "share",
            "more",
            f"Share of the placed schools, where the distance is known, within {reach.NEAR_KM:g} km by "
            "road of their mentor.",
            decimals=0,
        ),
        with_distance,
    ),
    whole(
        "travel",
        reach.km_members,
        told(
            "Between members",
            "km",
            "less",
            "Mean road distance between every two schools of one cluster, mentors among them: also "
            "known for groups of equals.",
        ),
    ),
    whole(
        "load",
        reach.load_least,
        told(
            "Least load",
            "places",
            None,
            "Places that the mentor with the fewest fills, among those that lead a cluster.",
            decimals=0,
        ),
    ),
    whole(
        "load",
        reach.load_most,
        told("Greatest load", "places", None, "Places that the mentor with the most fills.", decimals=0),
    ),
    whole(
        "load",
        reach.load_spread,
        told(
            "Spread of loads",
            "places",
            "less",
            "Standard deviation of the places filled, over the mentors that lead a cluster; 0 means "
            "all alike.",
            decimals=2,
        ),
    ),
    whole(
        "load",
        reach.load_gini,
        told(
            "Uneven filling",
            "",
            "less",
            "Gini coefficient of the share of its places that each leading mentor fills: 0 means all "
            "alike, near 1 that few carry almost everything.",
            decimals=3,
        ),
    ),
    whole(
        "money",
        price.cost_total,
        told(
            "Cost in total",
            "money",
            None,
            "Euro a year. Not known where the travel of a placed school is not. Fewer schools placed cost "
            "less, so that neither direction is better in itself: read the cost of a supported school.",
            decimals=0,
        ),
    ),
    whole(
        "money",
        price.cost_each,
        told(
            "Cost a supported school",
            "money",
            "less",
            "The total by the number of placed schools.",
            decimals=0,
        ),
    ),
    whole(
        "money",
        price.cost_known,
        told(
            "Known of the cost",
            "money",
            None,
            "What is known of the total: without the travel of schools whose distance is not known.",
            decimals=0,
        ),
    ),
    whole(
        "wishes",
        price.blocking_pairs,
        told(
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
    grouped(
        "fairness",
        fairness.group_fit_gap,
        told(
            "Difference in mean fit",
            "points",
            "less",
            "Highest less lowest mean fit by the yardstick among the groups of a family.",
        ),
    ),
    grouped(
        "fairness",
        fairness.group_unassigned_gap,
        told(
            "Difference in share left out",
            "share",
            "less",
            "Highest less lowest share of schools without a place among the groups of a family.",
            decimals=1,
        ),
    ),
    grouped(
        "fairness",
        fairness.group_fit,
        told(
            "Mean fit of the group",
            "points",
            "more",
            "Mean fit by the yardstick of the placed schools of a group.",
        ),
    ),
    grouped(
        "fairness",
        fairness.group_unassigned,
        told(
            "Share of the group left out",
            "share",
            "less",
            "Share of a group's schools without a place.",
            decimals=1,
        ),
    ),
    whole(
        "standing",
        standing.drop_out_kept,
        told(
            "Pairs untouched",
            "share",
            "more",
            "Share of the pairs whose mentor stays, mean over the draws of drop-outs.",
            decimals=0,
        ),
    ),
    whole(
        "standing",
        standing.drop_out_placed,
        told(
            "Placed afterwards",
            "share",
            "more",
            "Share of the placed schools that have a mentor after the drop-outs, everybody else "
            "staying where they are; mean over the draws.",
            decimals=0,
        ),
    ),
    whole(
        "standing",
        standing.drop_out_worst,
        told(
            "Placed after the worst draw",
            "share",
            "more",
            "The same for the draw that leaves most schools without a mentor.",
            decimals=0,
        ),
    ),
    whole(
        "standing",
        standing.drop_out_points,
        told(
            "Points left",
            "share",
            None,
            "Share of the plan's own points left after the drop-outs, mean over the draws. Points of "
            "different policies weigh a school left out differently.",
            decimals=0,
        ),
    ),
    whole(
        "standing",
        standing.noise_kept,
        told(
            "Pairs kept under noise",
            "share",
            "more",
            "Share of the pairs that stay when maturity scores are drawn anew within their uncertainty "
            "and the plan is made again.",
            decimals=0,
        ),
    ),
)
