"""Metrics of who is placed and how well it suits, with what readers are told of each."""

from __future__ import annotations

from matcher.laboratory.metrics import quality, reach
from matcher.laboratory.metrics.metric import Metric, grouped, told, whole, with_fit

QUALITY: tuple[Metric, ...] = (
    whole(
        "reach",
        reach.placed,
        told(
            "Placed",
            "schools",
            None,
            "Schools with a place in a cluster. Under some policies mentor schools are to be placed, too: "
            "the share is what compares.",
            decimals=0,
        ),
    ),
    whole(
        "reach",
        reach.placed_share,
        told(
            "Share placed",
            "share",
            "more",
            "Share of the schools to be placed that have a place.",
            decimals=0,
        ),
    ),
    whole(
        "reach",
        reach.unassigned,
        told(
            "Without a place",
            "schools",
            "less",
            "Schools that the plan leaves out. Means over placed schools leave them out, too: read both.",
            decimals=0,
        ),
    ),
    whole(
        "reach",
        reach.clusters,
        told("Clusters", "clusters", None, "Clusters that the plan forms.", decimals=0),
    ),
    whole(
        "yardstick",
        quality.fit_mean,
        told(
            "Mean fit",
            "points",
            "more",
            "Mean over the placed schools of the fit with their mentor, of 100 points. Of a hub with "
            "several leads it is the mean over these; in a group of equals there is no mentor and no "
            "such fit.",
        ),
        with_fit,
    ),
    whole(
        "yardstick",
        quality.fit_worst,
        told("Worst-off school", "points", "more", "Fit of the placed school that fits its mentor least."),
        with_fit,
    ),
    whole(
        "yardstick",
        quality.fit_total,
        told(
            "Fit in total",
            "points",
            "more",
            "Fit of all placed schools added up, so that placing a school counts, too. Not known "
            "unless it is known for each of them.",
            decimals=0,
        ),
    ),
    whole(
        "yardstick",
        quality.broken_hard,
        told(
            "Breaks what must hold",
            "breaches",
            "less",
            "How often the plan breaks a rule that must hold under the yardstick. The plan keeps every "
            "rule that must hold under its own policy.",
            decimals=0,
        ),
    ),
    whole(
        "yardstick",
        quality.broken_soft,
        told(
            "Breaks wishes",
            "breaches",
            "less",
            "How often the plan breaks a rule that costs points under the yardstick; schools left out "
            "are told under “Without a place”.",
            decimals=0,
        ),
    ),
    grouped(
        "yardstick",
        quality.fit_by_criterion,
        told(
            "Mean fit of each criterion",
            "share",
            "more",
            "Mean over the placed schools for which the criterion is known, with the yardstick's settings.",
            decimals=0,
        ),
    ),
    whole(
        "own",
        quality.own_points,
        told(
            "Points",
            "points",
            None,
            "What the plan is worth under its own policy, everything counted. Not comparable between "
            "policies.",
        ),
    ),
    whole(
        "own",
        quality.own_gap,
        told(
            "Could be better by",
            "share",
            "less",
            "By what share of its points a better plan under the same policy could be better at most. "
            "0 means proven best.",
            decimals=2,
        ),
    ),
    whole(
        "own",
        quality.own_mean,
        told(
            "Mean score",
            "points",
            None,
            "Mean score of a pair under the plan's own policy. Not comparable between policies.",
        ),
    ),
    whole(
        "own",
        quality.own_worst,
        told(
            "Lowest score",
            "points",
            None,
            "Lowest score of a pair under the plan's own policy. Not comparable between policies.",
        ),
    ),
    whole(
        "own",
        quality.own_breaches,
        told(
            "Wishes that gave way",
            "breaches",
            None,
            "How often a rule of its own policy that costs points gave way. Policies have different rules.",
            decimals=0,
        ),
    ),
    grouped(
        "own",
        quality.own_fit_by_criterion,
        told(
            "Mean fit of each criterion",
            "share",
            None,
            "Mean over the placed schools for which the criterion is known, with the policy's own settings.",
            decimals=0,
        ),
    ),
)
