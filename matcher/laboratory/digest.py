"""Hashes of what an answer depends on: values, arrays, the code and the libraries that compute it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel

LIBRARIES = ("numba", "numpy", "ortools", "pydantic", "scikit-learn", "scipy")
"""Libraries whose version an answer may depend on."""


def digest_of(*values: object) -> str:
    """Hash values by what they hold: equal values of the same kind have equal hashes on every machine.

    Parameters
    ----------
    *values : object
        Numbers, text, arrays, enumerations, dates, dataclasses, pydantic models, and lists, tuples, sets
        and mappings of these.

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.

    Raises
    ------
    TypeError
        If a value is of any other kind: it would be hashed by its place in memory or not at all.
    """
    return _hash(values)


@cache
def code_version() -> str:
    """Hash of matcher's own source and data, of Python and of the libraries that compute.

    An answer of another version may differ, so it is never mistaken for one of this.
    """
    root = Path(__file__).resolve().parents[1]
    sha = hashlib.sha256()
    for source in sorted(root.rglob("*")):
        if source.is_file() and "__pycache__" not in source.parts:
            _feed(sha, (source.relative_to(root).as_posix(), source.read_bytes()))
    libraries = {name: version(name) for name in LIBRARIES}
    _feed(sha, (platform.python_version(), libraries))
    return sha.hexdigest()


def _hash(value: object) -> str:
    sha = hashlib.sha256()
    _feed(sha, value)
    return sha.hexdigest()


def _feed(sha: Any, value: object) -> None:
    """Add a value with its kind and length, so that no two sequences of values read alike."""
    if isinstance(value, np.ndarray):
        _raw(sha, "array", f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
    elif isinstance(value, BaseModel):
        _raw(sha, type(value).__qualname__, value.model_dump_json().encode())
    elif is_dataclass(value) and not isinstance(value, type):
        stated = {item.name: getattr(value, item.name) for item in fields(value)}
        _raw(sha, type(value).__qualname__, _items(stated))
    elif isinstance(value, Mapping):
        _raw(sha, "mapping", _items(value))
    elif isinstance(value, Set):
        _raw(sha, "set", "".join(sorted(map(_hash, value))).encode())
    elif isinstance(value, list | tuple):
        _raw(sha, "list", "".join(map(_hash, value)).encode())
    elif isinstance(value, bytes):
        _raw(sha, "bytes", value)
    elif isinstance(value, Enum):
        _raw(sha, type(value).__qualname__, repr(value.value).encode())
    elif value is None or isinstance(value, bool | int | float | str | date | np.generic):
        _raw(sha, type(value).__name__, repr(value).encode())
    else:
        raise TypeError(f"{type(value).__qualname__} cannot be hashed by what it holds")


def _items(mapping: Mapping[Any, object]) -> bytes:
    """Hashes of the entries, in an order that does not depend on how the mapping was built."""
    return "".join(sorted(_hash(key) + _hash(value) for key, value in mapping.items())).encode()


def _raw(sha: Any, kind: str, content: bytes) -> None:
    sha.update(f"{kind}:{len(content)}:".encode())
    sha.update(content)
