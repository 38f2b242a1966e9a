"""Metric: what readers are told of a figure, and the function that works it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matcher.analysis.comparison_document import Better, Measure, MetricInfo
from matcher.laboratory.metrics.seen import Seen

Unit = Literal["points", "share", "km", "schools", "clusters", "places", "breaches", "pairs", "money", ""]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what readers are told, and the function that measures a plan."""

    info: MetricInfo
    measure: Callable[[Seen], tuple[Measure, ...]]


def whole(
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


def grouped(theme: str, measure: Callable[[Seen], tuple[Measure, ...]], info: MetricInfo) -> Metric:
    """One value a group, family or criterion; its key is the function's name."""
    return Metric(info.model_copy(update={"key": measure.__name__, "theme": theme}), measure)


def with_fit(seen: Seen) -> int:
    """Count the schools whose fit is known."""
    return len(seen.fit)


def with_distance(seen: Seen) -> int:
    """Count the schools whose distance is known."""
    return len(seen.distance_km)


def told(label: str, unit: Unit, better: Better | None, statement: str, decimals: int = 1) -> MetricInfo:
    """Make what readers are told; key and theme come with the function."""
    return MetricInfo(
        key="", label=label, unit=unit, better=better, statement=statement, theme="", decimals=decimals
    )
