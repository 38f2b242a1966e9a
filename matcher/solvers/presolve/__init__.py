"""What is done to every problem before a solver sees it."""

from matcher.solvers.presolve.components import Part, split

__all__ = ["Part", "split"]
