"""Solvers: from a Problem to a Result."""

from matcher.solvers.base import OnProgress, ShouldStop, Solver, SolveSettings
from matcher.solvers.dispatch import judge, solve
from matcher.solvers.methods import METHODS
from matcher.solvers.priorities import Ordered, Priority, Reached, solve_in_order
from matcher.solvers.stopping import (
    FirstFeasible,
    Gap,
    NoImprovement,
    Runtime,
    SearchState,
    StoppingCriterion,
    Work,
)

__all__ = [
    "METHODS",
    "FirstFeasible",
    "Gap",
    "NoImprovement",
    "OnProgress",
    "Ordered",
    "Priority",
    "Reached",
    "Runtime",
    "SearchState",
    "ShouldStop",
    "SolveSettings",
    "Solver",
    "StoppingCriterion",
    "Work",
    "judge",
    "solve",
    "solve_in_order",
]
