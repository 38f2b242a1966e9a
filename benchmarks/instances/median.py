"""Capacitated p-median: choose exactly p hosts among the points and give each point to one of them.

Minimise the sum of distances: a pair's value is the distance negated; exactly p hosts is a quota of
clusters. In pmedcap1 distances are rounded down to whole numbers, so a plan reaches the best known when its
objective is exactly minus that or more; in SJC they are real, 10^-6 each, and the best known is printed to
two decimals.

References
----------
I. H. Osman, N. Christofides, "Capacitated clustering problems by hybrid simulated annealing and tabu
search", International Transactions in Operational Research 1 (1994): pmedcap1, from the OR-Library.
L. A. N. Lorena, E. L. F. Senne, "A column generation approach to capacitated p-median problems",
Computers & OR 31 (2004): SJC. Formats: ``id best``, ``n p Q``, then ``i x y demand``; and ``n p``, then
``x y capacity demand``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances.loaded import Instance, Loaded, Reference, folder
from benchmarks.instances.numbers import Numbers, units
from matcher.problem import Quota, QuotaKind, make_problem

SJC = {"SJC1": 17288.99, "SJC2": 33270.94, "SJC3a": 45335.16, "SJC3b": 40635.90}
"""Best known values (Lorena and Senne 2004 and later work)."""


def read_pmedcap(path: Path) -> Loaded:
    """Read a file of pmedcap1."""
    numbers = Numbers(path)
    numbers.take(2)  # number of the file and its best known value
    n, p, room = (numbers.whole() for _ in range(3))
    table = numbers.wholes(4 * n).reshape(n, 4)
    return _median(table[:, 1:3], table[:, 3], np.full(n, room), p, whole=True)


def read_sjc(path: Path) -> Loaded:
    """Read a file of SJC."""
    numbers = Numbers(path)
    n, p = numbers.whole(), numbers.whole()
    table = numbers.wholes(4 * n).reshape(n, 4)
    return _median(table[:, :2], table[:, 3], table[:, 2], p, whole=False)


def _median(
    place: NDArray[np.int64],
    demand: NDArray[np.int64],
    room: NDArray[np.int64],
    p: int,
    *,
    whole: bool,
) -> Loaded:
    n = len(place)
    apart = np.sqrt(((place[:, None, :] - place[None, :, :]) ** 2).sum(axis=2).astype(np.float64))
    if whole:
        apart = np.floor(apart)
    everyone = np.ones(n, np.bool_)
    chosen = Quota("medians", QuotaKind.CLUSTERS, everyone, everyone, at_least=p, at_most=p)
    problem = make_problem(
        units(-apart), demand=demand, max_load=room.astype(np.int64), may_stay=False, quotas=[chosen]
    )
    return Loaded(problem, place.astype(np.float64))


def pmedcap() -> tuple[Instance, ...]:
    """List the 20 files of pmedcap1; best known values stand in the files."""
    root = folder()
    found: list[Instance] = []
    for number in range(1, 21):
        path = root / "cpmp" / "pmedcap1" / f"pmedcap1_{number}.txt" if root else None
        if path is not None and path.exists():
            best = float(Numbers(path).take(2)[1])
            reference = Reference.of(best, sign=-1, terms=0, digits=0, proven=True)
            found.append(Instance(f"no{number:02d}", partial(read_pmedcap, path), reference))
    return tuple(found)


def sjc() -> tuple[Instance, ...]:
    """List the four files of SJC."""
    root = folder()
    found: list[Instance] = []
    for name, best in SJC.items():
        path = root / "cpmp" / "SJC" / f"{name}.dat" if root else None
        if path is not None and path.exists():
            reference = Reference.of(best, sign=-1, terms=402, digits=2, proven=False)
            found.append(Instance(name, partial(read_sjc, path), reference))
    return tuple(found)
