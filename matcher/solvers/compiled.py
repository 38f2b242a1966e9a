"""Compiled kernels: one typed name for numba's decorator, and a place for the machine code."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(kernel: Kernel) -> Kernel:
    """Compile a function of arrays and numbers to machine code, once for each machine.

    Kernels let go of Python's lock, so that several hosts can be priced in several threads; integers wrap
    silently, so a kernel may rely on the magnitudes that :func:`matcher.problem.validate` guarantees.
    """
    return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))


def _place() -> Path:
    """Directory for machine code, named after the source of all kernels.

    numba looks only at the file of a kernel itself when it decides whether stored code is still good: a
    change in another file that the kernel calls would go unnoticed. With the directory it starts anew.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(here.rglob("*.py")):
        digest.update(source.read_bytes())
    name = f"kernels-{digest.hexdigest()[:16]}"
    beside = here / "__pycache__"
    if os.access(beside if beside.exists() else here, os.W_OK):
        return beside / name
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if os.access(home, os.W_OK):
        return home / "matcher" / name
    return Path(tempfile.gettempdir()) / f"matcher-{os.getuid()}" / name


if not numba.config.CACHE_DIR:
    numba.config.CACHE_DIR = str(_place())
