"""Compiled kernels: one typed name for numba's decorator, and a place for the machine code."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])
_CONFIG: Any = numba.config


def compiled(kernel: Kernel) -> Kernel:
    """Compile a function of arrays and numbers to machine code, once for each machine.

    Kernels let go of Python's lock, so that several hosts can be priced in several threads; integers wrap
    silently, so a kernel may rely on the magnitudes that :func:`matcher.problem.validate` guarantees.
    """
    return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))


def is_stored(package: str) -> bool:
    """Whether machine code of a package of kernels (its last name, e.g. ``"pricing"``) is stored already.

    Without it, the first call compiles: seconds to a minute. numba keeps the code of each source folder in
    a folder named after it.
    """
    return any(Path(_CONFIG.CACHE_DIR).glob(f"{package}_*/*.nbi"))


def _place() -> Path:
    """Directory for machine code, named after the source of all kernels.

    numba looks only at the file of a kernel itself when it decides whether stored code is still good: a
    change in another file that the kernel calls would go unnoticed. With the directory it starts anew.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(here.rglob("*.py")):
        text = source.read_bytes()
        if b"@compiled" in text or b"@inlined" in text or b"@kernel" in text:
            digest.update(text)
    name = f"kernels-{digest.hexdigest()[:16]}"
    beside = here / "__pycache__"
    if os.access(beside if beside.exists() else here, os.W_OK):
        return beside / name
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if os.access(home, os.W_OK):
        return home / "matcher" / name
    return Path(tempfile.gettempdir()) / f"matcher-{os.getuid()}" / name


if not _CONFIG.CACHE_DIR:
    _CONFIG.CACHE_DIR = str(_place())
