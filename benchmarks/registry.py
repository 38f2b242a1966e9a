"""All cases: each module of :mod:`benchmarks.cases` declares one or more in ``CASES``."""

from __future__ import annotations

import importlib
import pkgutil

from benchmarks import cases
from benchmarks.case import Case


def all_cases() -> dict[str, Case]:
    """Return the cases by name, in the order of their figures in the issue (the modules' order)."""
    found: dict[str, Case] = {}
    for module in sorted(item.name for item in pkgutil.iter_modules(cases.__path__)):
        for case in importlib.import_module(f"benchmarks.cases.{module}").CASES:
            if case.name in found:
                raise ValueError(f"two cases are called {case.name!r}")
            found[case.name] = case
    return found
