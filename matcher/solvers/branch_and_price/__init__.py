"""Branch-and-price: clusters as columns, generated where prices say that they could help."""

from matcher.solvers.branch_and_price.solver import BranchAndPriceSolver

__all__ = ["BranchAndPriceSolver"]
