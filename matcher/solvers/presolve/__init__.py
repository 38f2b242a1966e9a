"""What is done to every problem before a solver sees it."""

from matcher.solvers.presolve.components import Part, split
from matcher.solvers.presolve.reduction import Reduced, reduce

__all__ = ["Part", "Reduced", "reduce", "split"]
