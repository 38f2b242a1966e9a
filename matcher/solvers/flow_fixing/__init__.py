"""Flow with prices for the rules it cannot express: exact for rivals without cohesion."""

from matcher.solvers.flow_fixing.solver import FlowFixingSolver

__all__ = ["FlowFixingSolver"]
