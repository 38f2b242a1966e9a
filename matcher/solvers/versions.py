"""Which libraries computed a result."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


def versions() -> dict[str, str]:
    """Versions of the libraries that an answer depends on, read without importing them.

    A library that is used from a source tree without being installed has the version ``"unknown"``.
    """
    return {name: _version(package) for name, package in _PACKAGES.items()}


_PACKAGES = {"matcher": "mensi-matcher", "numpy": "numpy", "ortools": "ortools"}


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
