"""Generalised assignment, with and without rivals.

Minimise cost: a pair's value is its cost negated, so a plan's objective is minus its cost. Costs are whole
numbers: a plan reaches a best known cost when its objective is exactly minus that or more.

References
----------
D. G. Cattrysse, M. Salomon, L. N. Van Wassenhove, "A set partitioning heuristic for the generalized
assignment problem", EJOR 72 (1994): gap1–12. P. C. Chu, J. E. Beasley, "A genetic algorithm for the
generalised assignment problem", Computers & OR 24 (1997): types a–d. Format: ``m n``, m × n costs, m × n
demands, m capacities.
"""

from __future__ import annotations

import csv
import re
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances.loaded import Instance, Loaded, Reference, folder
from benchmarks.instances.numbers import Numbers, units
from matcher.problem import Problem, make_problem


def read_assignment(path: Path, rivals: float = 0.0) -> Loaded:
    """Read one file; `rivals` is the density of derived conflicts between jobs (see :func:`conflicts`)."""
    numbers = Numbers(path)
    m, n = numbers.whole(), numbers.whole()
    cost = numbers.wholes(m * n).reshape(m, n)
    demand = numbers.wholes(m * n).reshape(m, n)
    links = conflicts(path.name, n, rivals) if rivals else np.empty((0, 2), np.int64)
    return Loaded(_problem(cost, demand, numbers.wholes(m), links))


def _problem(
    cost: NDArray[np.int64], demand: NDArray[np.int64], room: NDArray[np.int64], links: NDArray[np.int64]
) -> Problem:
    return make_problem(units(-cost.T), demand=demand.T, max_load=room, may_stay=False, cannot_link=links)


def conflicts(name: str, jobs: int, density: float) -> NDArray[np.int64]:
    """Rivals of file ``gapK-S``: jobs i < j whose hash is below the density, shape (n_conflicts, 2).

    The hash uses unsigned 32-bit arithmetic only, so that anybody can make the same instances::

        h = (i * 73856093) xor (j * 19349663) xor ((100 K + S) * 83492791)
        h = h * 1664525 + 1013904223;  h ^= h >> 16;  h *= 2246822519;  h ^= h >> 13
        conflict iff h < density * 2**32
    """
    found = re.fullmatch(r"gap(\d+)-(\d+)", name)
    if found is None:
        raise ValueError(f"{name} is not called gapK-S")
    label = np.uint32((100 * int(found[1]) + int(found[2])) * 83492791 % 2**32)
    one, other = np.triu_indices(jobs, 1)
    h = one.astype(np.uint32) * np.uint32(73856093)
    h ^= other.astype(np.uint32) * np.uint32(19349663)
    h ^= label
    h = h * np.uint32(1664525) + np.uint32(1013904223)
    h ^= h >> np.uint32(16)
    h *= np.uint32(2246822519)
    h ^= h >> np.uint32(13)
    chosen = h.astype(np.float64) < density * 2**32
    return np.stack([one[chosen], other[chosen]], axis=1).astype(np.int64)


def small() -> tuple[Instance, ...]:
    """List the 60 small files with their proven optima."""
    return tuple(item for item in _listed() if item.key.startswith("gap"))


def large() -> tuple[Instance, ...]:
    """List the 24 files of types a to d."""
    return tuple(item for item in _listed() if not item.key.startswith("gap"))


def with_rivals(density: float) -> tuple[Instance, ...]:
    """List the 60 small files with derived rivals and the best plans known."""
    root = folder()
    table = root / "gap_conflicts" / "optima.csv" if root else None
    if root is None or table is None or not table.exists():
        return ()
    with table.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if float(line["density"]) == density]
    return tuple(
        Instance(
            line["instance"],
            partial(read_assignment, root / "gap" / "cattrysse1994" / line["instance"], density),
            _reference(line["best"], proven=line["status"] == "Optimal"),
        )
        for line in lines
    )


def _listed() -> tuple[Instance, ...]:
    root = folder()
    table = root / "gap" / "best_known.csv" if root else None
    if root is None or table is None or not table.exists():
        return ()
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(
            Instance(
                Path(line["path"]).name,
                partial(read_assignment, root / "gap" / line["path"]),
                _reference(line["best_known"], proven=line["optimal_proven"] == "1"),
            )
            for line in csv.DictReader(file)
            if (root / "gap" / line["path"]).exists()
        )


def _reference(text: str, *, proven: bool) -> Reference | None:
    try:
        return Reference.of(float(text), sign=-1, terms=0, digits=0, proven=proven)
    except ValueError:
        return None
