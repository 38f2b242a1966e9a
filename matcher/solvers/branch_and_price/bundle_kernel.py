"""Kernels of the bundle method: the quadratic master, solved by shifting weight from column to column."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import NO_LIMIT, IntArray

FloatArray = NDArray[np.float64]


class Store(NamedTuple):
    """Columns of each kind of host, a fixed number of places for each.

    Attributes
    ----------
    size : ndarray of int64, shape (n_kinds,)
    members : ndarray of int64, shape (n_kinds, places, longest)
        Units, then -1. The first column of a kind that may close is the closed host, without members.
    value : ndarray of int64, shape (n_kinds, places)
    counts : ndarray of int64, shape (n_kinds, places, n_rows)
        What the column counts in the rows across clusters.
    idle : ndarray of int64, shape (n_kinds, places)
        Rounds since the column last had weight.
    weight : ndarray of float64, shape (n_kinds, places)
        Adds up to the number of hosts of the kind.
    """

    size: IntArray
    members: IntArray
    value: IntArray
    counts: IntArray
    idle: IntArray
    weight: FloatArray


class Point(NamedTuple):
    """Prices of units and rows, what the columns' weights add up to in each, and what moves them.

    Attributes
    ----------
    unit, cover, unit_centre, least : ndarray of float64, shape (n_units,)
        ``unit = max(least, unit_centre - step * (1 - cover))``.
    row, total, row_centre, row_step, row_most : ndarray of float64, shape (n_rows,)
        `row_step` is relative to the step of the units; prices of rows stay within ``±row_most``.
    row_low, row_high : ndarray of int64, shape (n_rows,)
    """

    unit: FloatArray
    cover: FloatArray
    unit_centre: FloatArray
    least: FloatArray
    row: FloatArray
    total: FloatArray
    row_centre: FloatArray
    row_step: FloatArray
    row_most: FloatArray
    row_low: IntArray
    row_high: IntArray


@compiled
def set_unit(point: Point, unit: int, step: float) -> None:
    """Price of a unit: up where it is covered more than once, down where less."""
    free = point.unit_centre[unit] - step * (1.0 - point.cover[unit])
    point.unit[unit] = max(point.least[unit], free)


@compiled
def set_row(point: Point, row: int, step: float) -> None:
    """Price of a row: above 0 only where the row is full, below 0 only where it falls short."""
    here, most = step * point.row_step[row], point.row_most[row]
    price = 0.0
    if point.row_high[row] < NO_LIMIT:
        price = max(0.0, point.row_centre[row] + here * (point.total[row] - point.row_high[row]))
    if price <= 0.0 and point.row_low[row] > -NO_LIMIT:
        price = min(0.0, point.row_centre[row] + here * (point.total[row] - point.row_low[row]))
    point.row[row] = min(most, max(-most, price))


@compiled
def shift(store: Store, point: Point, kind: int, column: int, weight: float, step: float) -> None:
    """Add weight to a column and move the prices of all that it touches."""
    store.weight[kind, column] += weight
    for at in range(store.members.shape[2]):
        unit = store.members[kind, column, at]
        if unit < 0:
            break
        point.cover[unit] += weight
        set_unit(point, unit, step)
    for row in range(store.counts.shape[2]):
        if store.counts[kind, column, row] != 0:
            point.total[row] += weight * store.counts[kind, column, row]
            set_row(point, row, step)


@compiled
def curvature(store: Store, point: Point, kind: int, one: int, other: int) -> float:
    """How fast the reduced values of two columns meet as weight is shifted, for a step of 1."""
    apart = 0.0
    for at in range(store.members.shape[2]):
        apart += (store.members[kind, one, at] >= 0) + (store.members[kind, other, at] >= 0)
        for to in range(store.members.shape[2]):
            if store.members[kind, one, at] >= 0:
                apart -= 2.0 * (store.members[kind, one, at] == store.members[kind, other, to])
    for row in range(store.counts.shape[2]):
        gap = float(store.counts[kind, one, row] - store.counts[kind, other, row])
        apart += point.row_step[row] * gap * gap
    return apart


@compiled
def reduced_into(store: Store, point: Point, kind: int, reduced: FloatArray) -> None:
    """Value less prices of the columns of one kind."""
    for column in range(store.size[kind]):
        worth = float(store.value[kind, column])
        for at in range(store.members.shape[2]):
            unit = store.members[kind, column, at]
            if unit < 0:
                break
            worth -= point.unit[unit]
        for row in range(store.counts.shape[2]):
            worth -= point.row[row] * store.counts[kind, column, row]
        reduced[column] = worth


@compiled
def extremes(store: Store, kind: int, reduced: FloatArray) -> tuple[int, int]:
    """Best column of a kind, and the worst one that has weight (-1: none has)."""
    best, worst = 0, -1
    for column in range(store.size[kind]):
        if reduced[column] > reduced[best]:
            best = column
        if store.weight[kind, column] > 0.0 and (worst < 0 or reduced[column] < reduced[worst]):
            worst = column
    return best, worst


@compiled
def balance(store: Store, point: Point, step: float, sweeps: int, tolerance: float) -> int:
    """Shift weight from the worst column in use to the best, kind by kind, until they are worth the same.

    That minimises the model of the bound plus a quadratic term that keeps prices near their centre (its
    dual is maximised exactly along each pair of columns).

    Returns
    -------
    int
        Columns looked at.

    References
    ----------
    J. Platt, "Fast training of support vector machines using sequential minimal optimization", MIT Press
    1999: the same quadratic programme with the same pairwise steps.
    """
    for unit in range(len(point.unit)):
        set_unit(point, unit, step)
    for row in range(len(point.row)):
        set_row(point, row, step)
    reduced = np.empty(store.value.shape[1])
    looked = 0
    for _ in range(sweeps):
        largest = 0.0
        for kind in range(len(store.size)):
            for again in range(6):
                size = store.size[kind]
                if size < 2:
                    break
                reduced_into(store, point, kind, reduced)
                looked += size
                best, worst = extremes(store, kind, reduced)
                if worst < 0 or worst == best:
                    break
                gap, held = reduced[best] - reduced[worst], store.weight[kind, worst]
                if again == 0:
                    largest = max(largest, gap * held)
                if gap <= tolerance:
                    break
                apart = curvature(store, point, kind, best, worst)
                moved = held if apart <= 0.0 else min(held, gap / (step * apart))
                shift(store, point, kind, best, moved, step)
                shift(store, point, kind, worst, -moved, step)
                if store.weight[kind, worst] < 1e-12:
                    store.weight[kind, worst] = 0.0
        if largest <= tolerance:
            break
    return looked


@compiled
def best_known(store: Store, unit: IntArray, row: IntArray, nothing: int) -> IntArray:
    """Worth of each kind's best column at whole prices, shape (n_kinds,); `nothing` where it has none."""
    best = np.empty(len(store.size), np.int64)
    for kind in range(len(store.size)):
        top = nothing
        for column in range(store.size[kind]):
            worth = store.value[kind, column]
            for at in range(store.members.shape[2]):
                if store.members[kind, column, at] < 0:
                    break
                worth -= unit[store.members[kind, column, at]]
            for at in range(store.counts.shape[2]):
                worth -= row[at] * store.counts[kind, column, at]
            top = max(top, worth)
        best[kind] = top
    return best


@compiled
def put(
    store: Store,
    point: Point,
    kinds: IntArray,
    members: IntArray,
    value: IntArray,
    counts: IntArray,
    copies: IntArray,
) -> None:
    """Store columns, in a full kind over the one longest without weight; the first takes all the weight."""
    places = store.value.shape[1]
    for at in range(len(kinds)):
        kind = kinds[at]
        spot = store.size[kind]
        if spot < places:
            store.size[kind] += 1
        else:
            spot = -1
            for column in range(1, places):
                if store.weight[kind, column] == 0.0 and (
                    spot < 0 or store.idle[kind, column] > store.idle[kind, spot]
                ):
                    spot = column
            if spot < 0:
                continue
        store.members[kind, spot] = members[at]
        store.value[kind, spot], store.idle[kind, spot] = value[at], 0
        store.counts[kind, spot] = counts[at]
        store.weight[kind, spot] = 0.0
        if store.size[kind] == 1:
            shift(store, point, kind, spot, float(copies[kind]), 0.0)


@compiled
def grow_old(store: Store) -> None:
    """Count the rounds since each column had weight."""
    for kind in range(len(store.size)):
        for column in range(store.size[kind]):
            if store.weight[kind, column] > 0.0:
                store.idle[kind, column] = 0
            else:
                store.idle[kind, column] += 1
