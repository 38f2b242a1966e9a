"""The exact form by clusters: list every cluster that could be, choose among them."""

from matcher.solvers.set_partition.pair_limits import pair_bounds
from matcher.solvers.set_partition.solver import SetPartitionSolver

__all__ = ["SetPartitionSolver", "pair_bounds"]
