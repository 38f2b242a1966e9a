"""The general model: one Boolean a pair, handed to CP-SAT."""

from matcher.solvers.cp_sat.model import CpSatSolver

__all__ = ["CpSatSolver"]
