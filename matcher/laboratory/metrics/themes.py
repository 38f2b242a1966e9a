"""Themes of the metrics, in the order in which they are read."""

from __future__ import annotations

from matcher.analysis.comparison_document import Theme

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
