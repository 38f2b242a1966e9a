"""What is timed never waits for code to be compiled or loaded."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from typing import cast

from numba.core.registry import CPUDispatcher

import matcher.solvers
from benchmarks.answers import Limits
from benchmarks.registry import all_cases
from benchmarks.solvers import ours
from benchmarks.warm_up import warm_up
from benchmarks.worker import Contestant


def kernels_called_from_python() -> dict[str, CPUDispatcher]:
    """Kernels that a function which is not compiled calls; those they call are part of them."""
    found: dict[str, CPUDispatcher] = {}
    for item in pkgutil.walk_packages(matcher.solvers.__path__, "matcher.solvers."):
        module = importlib.import_module(item.name)
        waiting: list[ast.AST] = [ast.parse(inspect.getsource(module))]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef) and is_kernel(module.__name__, node.name):
                continue
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if is_kernel(module.__name__, name):
                found[f"{module.__name__}.{name}"] = getattr(module, name)
            waiting += ast.iter_child_nodes(node)
    return found


def is_kernel(module: str, name: str) -> bool:
    return isinstance(getattr(sys.modules[module], name, None), CPUDispatcher)


def test_the_warm_up_loads_every_kernel_that_our_solver_may_call() -> None:
    kernels = kernels_called_from_python()
    warm_up(cast("Contestant", ours), all_cases()["rivals-100"], Limits(seconds=1.0), ours=True)
    assert len(kernels) > 15
    assert {name for name, kernel in kernels.items() if not kernel.overloads} == set()
