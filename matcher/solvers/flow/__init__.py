"""Minimum-cost flow: exact where only pair values and loads matter."""

from matcher.solvers.flow.solver import FlowSolver

__all__ = ["FlowSolver"]
