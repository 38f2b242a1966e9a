"""A population of plans: anneal some, then cross two and anneal the child, again and again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.local_search.crossing import cross
from matcher.solvers.local_search.search import HOT, Found, Search
from matcher.solvers.prepared import IntArray, Prepared

SIZE = 10
FIRST_MOVES, CHILD_MOVES = 4000, 2000
"""Moves per unit to make a plan of the first population, and to improve a child."""
LEAST_MOVES = 2000
STALE = 20
"""Children in a row without a better plan after which a population is given up."""
CHILD_HOT, CHILD_COLD = 0.15, 0.005
LARGEST = 500
"""Units up to which plans are crossed; larger problems are annealed once, over the whole work."""
SLICES = 50


def evolve(
    prepared: Prepared, moves: int, seed: int, start: IntArray | None = None, *, patience: int = 1
) -> Iterator[tuple[int, Found | None]]:
    """Search with that much work, yielding the moves made so far and the best plan after each step.

    A memetic algorithm (Zhou, Benlic and Wu 2019) with annealing in place of tabu search.

    Parameters
    ----------
    prepared : Prepared
    moves : int
        Random moves to try in total, rounded up to whole steps.
    seed : int
    start : ndarray of int64, shape (n_units,), optional
        A plan to start from, every unit eligible at its host; the best is never worse than a feasible one.
    patience : int, default 1
        How many times as slowly as usual the first population is annealed: many small clusters want more.

    Raises
    ------
    ValueError
        If a unit of `start` is not eligible at its host.
    """
    search = Search(prepared, seed)
    if start is not None:
        search.go_to(start)
    given = search.best
    yield 0, given
    search.fill()
    best = _better(given, search.best)
    yield 0, best
    search.begin()
    steps = (
        _generations(prepared, search, seed, best, patience)
        if prepared.n_units <= LARGEST
        else _once(search, moves)
    )
    used = 0
    while used < moves:
        made, found = next(steps)
        used, best = used + made, _better(best, found)
        yield used, best


def _better(one: Found | None, other: Found | None) -> Found | None:
    if one is None or (other is not None and other.value > one.value):
        return other
    return one


def _once(search: Search, moves: int) -> Iterator[tuple[int, Found | None]]:
    """One annealing over all the work, in slices; then again, for as long as anyone asks."""
    slice_moves = max(LEAST_MOVES, -(-moves // SLICES))
    factor = (CHILD_COLD / HOT) ** (1 / SLICES)
    while True:
        for number in range(SLICES):
            hot = HOT * factor**number
            search.cool(slice_moves, hot, hot * factor)
            yield slice_moves, search.best


def _generations(
    prepared: Prepared, search: Search, seed: int, best: Found | None, patience: int
) -> Iterator[tuple[int, Found | None]]:
    """Raise populations one after the other, each annealed twice as slowly as the one before."""
    rng = np.random.default_rng(abs(seed))
    eligible = _eligible(prepared)
    while True:
        yield from _population(prepared, search, (rng, eligible), [] if best is None else [best], patience)
        best, patience = None, 2 * patience


def _population(
    prepared: Prepared,
    search: Search,
    crossing: tuple[np.random.Generator, NDArray[np.bool_]],
    population: list[Found],
    patience: int,
) -> Iterator[tuple[int, Found | None]]:
    """Plans by annealing, then children until many in a row are no better; no two plans of the same value."""
    rng, eligible = crossing
    first = max(LEAST_MOVES, patience * FIRST_MOVES * prepared.n_units)
    later = max(LEAST_MOVES, patience * CHILD_MOVES * prepared.n_units)
    for _ in range(SIZE):
        search.forget()
        search.cool(first, HOT, CHILD_COLD)
        _admit(population, search.best)
        yield first, search.best
    stale = 0
    while stale < STALE and len(population) > 1:
        one, other = rng.choice(len(population), 2, replace=False)
        parents = population[one].unit_host, population[other].unit_host
        search.go_to(cross(prepared, *parents, eligible, rng))
        search.fill()
        search.forget()
        search.cool(later, CHILD_HOT, CHILD_COLD)
        before = max(found.value for found in population)
        _admit(population, search.best)
        stale = 0 if search.best is not None and search.best.value > before else stale + 1
        yield later, search.best


def _admit(population: list[Found], found: Found | None) -> None:
    """Add a plan of a new value; above the size, the worst goes."""
    if found is None or any(found.value == one.value for one in population):
        return
    population.append(found)
    if len(population) > SIZE:
        population.remove(min(population, key=lambda one: one.value))


def _eligible(prepared: Prepared) -> NDArray[np.bool_]:
    eligible = np.zeros((prepared.n_hosts, prepared.n_units), np.bool_)
    eligible[np.repeat(np.arange(prepared.n_hosts), np.diff(prepared.start)), prepared.unit] = True
    return eligible
