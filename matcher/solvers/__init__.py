"""Solvers: from a Problem to a Result."""

from matcher.solvers.base import OnProgress, ShouldStop, Solver, SolveSettings
from matcher.solvers.dispatch import METHODS, judge, solve

__all__ = ["METHODS", "OnProgress", "ShouldStop", "SolveSettings", "Solver", "judge", "solve"]
