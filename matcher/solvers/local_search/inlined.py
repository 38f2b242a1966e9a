"""How the search is compiled: all helpers into one kernel, without counting references.

Tables and State hold some fifty arrays. Handing them to a function, or counting references to them,
would cost ten times the work of a move. So helpers are merged into the kernel that calls them, and kernels
are compiled without numba's reference counts; they must not create arrays (numba then refuses to compile).
"""

from __future__ import annotations

from typing import cast

import numba

from matcher.solvers.compiled import Kernel, once_for_each_type


def inlined(helper: Kernel) -> Kernel:
    """Compile a helper that is merged into each kernel that calls it."""
    return cast("Kernel", numba.njit(inline="always")(helper))


def kernel(function: Kernel) -> Kernel:
    """Compile a kernel as :func:`matcher.solvers.compiled.compiled` does, without reference counts."""
    return cast(
        "Kernel",
        once_for_each_type(numba.njit(cache=True, nogil=True, _nrt=False)(function)),  # type: ignore[call-overload]
    )
