"""The problem as the compiled kernels see it: units and hosts in compressed arrays."""

from matcher.solvers.prepared.build import prepare
from matcher.solvers.prepared.data import NO_LIMIT, IntArray, Prepared

__all__ = ["NO_LIMIT", "IntArray", "Prepared", "prepare"]
