"""Compiled kernels: one typed name for numba's decorator."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(kernel: Kernel) -> Kernel:
    """Compile a function of arrays and numbers to machine code, once for each machine.

    The code is kept beside the module (or in the user's cache where that is not writable). Kernels let
    go of Python's lock, so that several hosts can be priced in several threads; integers wrap silently,
    so a kernel may rely on the magnitudes that :func:`matcher.problem.validate` guarantees.
    """
    return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))
