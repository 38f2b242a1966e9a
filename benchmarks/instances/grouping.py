"""Maximally diverse grouping and capacitated clustering: clusters without hosts, all value is cohesion.

Each group is a host with its own limits that must lead a cluster; all pair values are 0. Values are
fixed point, 10^-6 each: rounding moves a plan's objective by at most half a unit for each pair of
members, and the published values are printed to six decimals.

References
----------
MDGPLIB: M. Gallego, M. Laguna, R. Martí, A. Duarte, "Tabu search with strategic oscillation for the
maximally diverse grouping problem", JORS 64 (2013). CCPLIB: Y. Deng, J. F. Bard, "A reactive GRASP with
path relinking for capacitated clustering", Journal of Heuristics 17 (2011). Reference values: Q. Zhou,
U. Benlic, Q. Wu, memetic algorithm, 2019. Format: ``n k ss|ds``, k pairs ``L U``, for CCPLIB ``W`` and n
weights, then lines ``i j value``.
"""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.instances.loaded import Instance, Loaded, Reference, folder
from benchmarks.instances.numbers import Numbers, units
from matcher.problem import Problem, validate


def read_grouping(path: Path) -> Loaded:
    """Read a file of MDGPLIB or CCPLIB."""
    numbers = Numbers(path)
    n, k = numbers.whole(), numbers.whole()
    numbers.word()  # ss or ds: whether all groups have the same limits
    limits = numbers.wholes(2 * k).reshape(k, 2)
    weight = numbers.weights(n)
    rows = numbers.rest().reshape(-1, 3)
    one = np.minimum(rows[:, 0], rows[:, 1]).astype(np.int64)
    other = np.maximum(rows[:, 0], rows[:, 1]).astype(np.int64)
    value = units(rows[:, 2])
    order = np.lexsort((other, one))
    order = order[value[order] != 0]
    problem = Problem(
        n_mentees=n,
        n_hosts=k,
        pair_mentee=np.repeat(np.arange(n), k),
        pair_host=np.tile(np.arange(k), n),
        pair_value=np.zeros(n * k, np.int64),
        pair_demand=np.repeat(weight, k),
        min_load=limits[:, 0].copy(),
        max_load=limits[:, 1].copy(),
        must_open=np.ones(k, np.bool_),
        open_cost=np.zeros(k, np.int64),
        may_stay=np.zeros(n, np.bool_),
        unassigned_cost=np.zeros(n, np.int64),
        cohesion_pair=np.stack([one[order], other[order]], axis=1),
        cohesion_value=value[order],
    )
    validate(problem)
    return Loaded(problem)


def mdgplib(sizes: tuple[int, ...]) -> tuple[Instance, ...]:
    """Files of MDGPLIB with so many members; those without a published value have no reference."""
    root = folder()
    if root is None:
        return ()
    best = _references(root / "mdgp" / "best_known.csv")
    names = [
        f"{family}_n{size:03d}_{kind}_{number:02d}"
        for size in sizes
        for family in ("RanInt", "RanReal", "Geo")
        for kind in ("ss", "ds")
        for number in (1, 2)
    ]
    return _instances(root / "mdgp", names, best)


def ccplib(family: str) -> tuple[Instance, ...]:
    """Files of one family of CCPLIB."""
    root = folder()
    if root is None:
        return ()
    names = sorted(path.stem for path in (root / "ccp" / family).glob("*.txt"))
    return _instances(root / "ccp" / family, names, _references(root / "ccp" / "best_known.csv"))


def _instances(place: Path, names: list[str], best: dict[str, float]) -> tuple[Instance, ...]:
    return tuple(
        Instance(name, partial(read_grouping, place / f"{name}.txt"), _reference(name, best))
        for name in names
        if (place / f"{name}.txt").exists()
    )


def _references(table: Path) -> dict[str, float]:
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        return {line["instance"]: float(line["reference_value"]) for line in csv.DictReader(file)}


def _reference(name: str, best: dict[str, float]) -> Reference | None:
    """Half a unit for each pair inside a group; no group of these files has more than 80 members of 240."""
    if name not in best:
        return None
    terms = 0 if name.startswith("RanInt") else 240 * 25 // 2
    digits = 2 if name.startswith("RanReal_n012") else 6
    return Reference.of(best[name], sign=1, terms=terms, digits=digits, proven=name == "RanReal_n012_ss_01")
