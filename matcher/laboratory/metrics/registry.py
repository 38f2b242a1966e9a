"""Every metric: what it is called, which way is better, what it says, how it is worked out."""

from __future__ import annotations

from matcher.analysis.comparison_document import Measure
from matcher.laboratory.metrics.burden_table import BURDEN
from matcher.laboratory.metrics.metric import Metric
from matcher.laboratory.metrics.quality_table import QUALITY
from matcher.laboratory.metrics.seen import Seen

METRICS: tuple[Metric, ...] = (*QUALITY, *BURDEN)
"""Every metric, theme by theme, in the order in which they are read."""


def measures_of(seen: Seen) -> tuple[Measure, ...]:
    """Measure a plan by every metric."""
    return tuple(one for metric in METRICS for one in metric.measure(seen))
