"""Compiled kernels: one typed name for numba's decorator, and a place for the machine code."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import types

Kernel = TypeVar("Kernel", bound=Callable[..., object])
_CONFIG: Any = numba.config
_TYPES: Any = types


def compiled(kernel: Kernel) -> Kernel:
    """Compile a function of arrays and numbers to machine code, once for each machine.

    Kernels let go of Python's lock, so that several hosts can be priced in several threads; integers wrap
    silently, so a kernel may rely on the magnitudes that :func:`matcher.problem.validate` guarantees.
    """
    return cast("Kernel", once_for_each_type(numba.njit(cache=True, nogil=True)(kernel)))


def once_for_each_type(dispatcher: Any) -> Any:
    """Let calls from other kernels forget that an argument was written as a number.

    numba would compile ``weigh(unit, -1)`` and ``weigh(unit, host)`` apart, one for the very number -1, and
    all that they call as well: a third of the time that the first use takes, for code that is no faster.
    """
    choose = dispatcher.get_call_template

    def choose_by_type(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return choose(tuple(map(_forget, args)), {name: _forget(kind) for name, kind in kws.items()})

    dispatcher.get_call_template = choose_by_type
    return dispatcher


def _forget(kind: Any) -> Any:
    """Return the type without numbers, also inside a tuple."""
    if isinstance(kind, _TYPES.BaseTuple) and not isinstance(kind, _TYPES.BaseNamedTuple):
        return _TYPES.BaseTuple.from_types(tuple(map(_forget, kind)))
    return _TYPES.unliteral(kind)


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
