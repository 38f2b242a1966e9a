"""What each policy favours and what it costs, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matcher.analysis.comparison_document import Agreement, MetricInfo
from matcher.analysis.document import PlanDocument
from matcher.analysis.wording import listed, said_points
from matcher.profiles import Strength

MOST_CRITERIA = 3
MOST_BEST = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A difference that is told: the metric, and its amount in words."""

    metric: str
    more: str
    less: str


TOLD = (
    Told("unassigned", "{} more left out", "{} fewer left out"),
    Told("fit_mean", "mean fit {} points higher", "mean fit {} points lower"),
    Told(
        "fit_worst", "the worst-off school {} points better off", "the worst-off school {} points worse off"
    ),
    Told("km_mean", "{} km more to the mentor on average", "{} km less to the mentor on average"),
    Told("broken_hard", "breaches of what must hold up by {}", "breaches of what must hold down by {}"),
    Told("cost_each", "a supported school {} euro dearer", "a supported school {} euro cheaper"),
    Told("blocking_pairs", "blocking pairs up by {}", "blocking pairs down by {}"),
)
"""Differences against the plan that the others are told against."""

Values = Mapping[str, float | None]
"""Value of each metric of the whole plan, by key."""


def favours(
    document: PlanDocument, own: Values, others: Sequence[Values], metrics: Sequence[MetricInfo]
) -> tuple[str, ...]:
    """Say what counts most in a policy, what comes before points, and where its plan is best of all.

    Parameters
    ----------
    document : PlanDocument
    own : mapping of str to (float or None)
    others : sequence of mapping
        Values of the other plans.
    metrics : sequence of MetricInfo
        Those with one value a plan.
    """
    said = []
    heaviest = sorted(document.criteria, key=lambda one: -one.weight)[:MOST_CRITERIA]
    if heaviest:
        words = [f"{one.label.lower()} ({100 * one.weight:.0f} %)" for one in heaviest]
        said.append(f"Most weight lies on {listed(words)}.")
    hard = [rule.label for rule in document.rules if rule.strength is Strength.HARD]
    if hard:
        said.append(f"Must hold: {listed(hard, limit=12)}.")
    if document.first:
        said += ["Something comes before points. " + " ".join(one.sentence for one in document.first)]
    best = [one.label.lower() for one in metrics if others and _is_best(one, own, others)]
    if best:
        said.append(f"Alone best of all compared in: {listed(best, limit=MOST_BEST)}.")
    return tuple(said)


def against(own: Values, base: Values, title: str, *, better: bool, metrics: Mapping[str, MetricInfo]) -> str:
    """Say in what a plan is better (or worse) than the one it is told against; empty where in nothing."""
    words = [
        (told.more if difference > 0 else told.less).format(said_points(round(abs(difference), 1)))
        for told in TOLD
        if told.metric in metrics
        for difference in (_difference(own, base, told.metric),)
        if difference is not None and round(abs(difference), 1) > 0
        if ((difference > 0) == (metrics[told.metric].better == "more")) == better
    ]
    return f"Against “{title}”: {listed(words)}." if words else ""


def moved(agreement: Agreement | None, title: str) -> str:
    """Say how many schools have another mentor than in the plan that the others are told against."""
    if agreement is None or not agreement.compared:
        return ""
    number = agreement.compared - agreement.same
    return f"{number} of {agreement.compared} schools have another mentor than under “{title}”, or none."


def _difference(own: Values, base: Values, metric: str) -> float | None:
    one, other = own.get(metric), base.get(metric)
    return None if one is None or other is None else one - other


def _is_best(info: MetricInfo, own: Values, others: Sequence[Values]) -> bool:
    """Whether a plan alone has the best value, all others being known."""
    value = own.get(info.key)
    rest = [other.get(info.key) for other in others]
    known = [other for other in rest if other is not None]
    if info.better is None or value is None or len(known) < len(rest):
        return False
    ahead: Callable[[float], bool] = (
        (lambda other: value > other) if info.better == "more" else (lambda other: value < other)
    )
    return all(ahead(other) for other in known)
