"""Quality, by the plan's own policy and by the yardstick."""

from __future__ import annotations

import math

from matcher.analysis.comparison_document import Measure
from matcher.analysis.wording import mean_or_none, rounded
from matcher.laboratory.metrics.seen import Seen


def own_points(seen: Seen) -> float | None:
    """Points of the plan under its own policy."""
    return seen.document.proof.objective


def own_mean(seen: Seen) -> float | None:
    """Mean score of a pair under its own policy."""
    return seen.document.totals.mean_score


def own_worst(seen: Seen) -> float | None:
    """Lowest score of a pair under its own policy."""
    return seen.document.totals.worst_score


def own_gap(seen: Seen) -> float | None:
    """By what share of its points a better plan could be better at most."""
    return seen.document.proof.gap


def own_breaches(seen: Seen) -> float | None:
    """How often a soft rule of its own policy gave way; leaving a school out is told apart."""
    return float(sum(len(rule.broken) for rule in seen.document.rules if rule.key != "unassigned"))


def fit_total(seen: Seen) -> float | None:
    """Sum of the fit of all placed schools by the yardstick; None where it is not known for all."""
    if not seen.placed:
        return 0.0
    return rounded(math.fsum(seen.fit.values())) if len(seen.fit) == len(seen.placed) else None


def fit_mean(seen: Seen) -> float | None:
    """Mean fit of the placed schools by the yardstick, where known."""
    return mean_or_none(list(seen.fit.values()))


def fit_worst(seen: Seen) -> float | None:
    """Lowest fit of a placed school by the yardstick, where known."""
    return min(seen.fit.values(), default=None)


def broken_hard(seen: Seen) -> float | None:
    """How often the plan breaks what must hold under the yardstick."""
    return float(sum(rule.breaches for rule in seen.rules if rule.must_hold))


def broken_soft(seen: Seen) -> float | None:
    """How often the plan breaks what costs points under the yardstick."""
    return float(sum(rule.breaches for rule in seen.rules if not rule.must_hold))


def fit_by_criterion(seen: Seen) -> tuple[Measure, ...]:
    """Mean fit of each criterion of the yardstick over the placed schools where it is known."""
    return tuple(
        Measure(
            metric="fit_by_criterion",
            group=key,
            value=mean_or_none(list(values.values())),
            known=len(values),
        )
        for key, values in seen.values.items()
    )


def own_fit_by_criterion(seen: Seen) -> tuple[Measure, ...]:
    """Mean fit of each criterion of its own policy over the placed schools where it is known."""
    return tuple(
        Measure(metric="own_fit_by_criterion", group=report.key, value=report.mean, known=report.known)
        for report in seen.document.criteria
    )
