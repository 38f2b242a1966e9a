"""What is measured of a plan: one small pure function a metric, listed in the registry."""

from matcher.laboratory.metrics.registry import METRICS, measures_of
from matcher.laboratory.metrics.seen import Seen
from matcher.laboratory.metrics.themes import THEMES

__all__ = ["METRICS", "THEMES", "Seen", "measures_of"]
