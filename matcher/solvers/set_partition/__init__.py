"""The exact form by clusters: list every cluster that could be, choose among them."""

from matcher.solvers.set_partition.pair_limits import pair_bounds
from matcher.solvers.set_partition.relaxed_limits import RelaxedLimits, relaxed_limits
from matcher.solvers.set_partition.solver import SetPartitionSolver

__all__ = ["RelaxedLimits", "SetPartitionSolver", "pair_bounds", "relaxed_limits"]
