"""The linearised pair model: one binary a pair, one an open host, one a pair that shares a host."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from matcher.problem import SCALE, Problem, QuotaKind

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

MANY_ROWS = 50_000
"""Above so many rival rows the rivals of a mentee share one row a host. Measured at 400 × 96: HiGHS proves
the optimum in 21 processor seconds with shared rows ending in d, in 37 s with d open_j, and not within 60 s
with single ones, whether they end in open_j or in 1."""


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """Maximise ``gain @ v`` subject to ``low <= rows @ v <= high`` and 0 .

    Variables are the pairs, then ``open_j`` of the hosts, then the products z.

    Attributes
    ----------
    gain : ndarray of float64, shape (n_variables,)
    integral : ndarray of int64, shape (n_variables,)
        1 for binaries; the products are continuous, because binaries on both sides make them whole.
    rows : csr_array, shape (n_rows, n_variables)
    low, high : ndarray of float64, shape (n_rows,)
    least : ndarray of float64, shape (n_variables,)
        Lower limits of the variables: 1 for hosts that are open anyway.
    constant : int
        Objective units: everything of a plan's objective that ``gain`` leaves out.
    """

    gain: FloatArray
    integral: IntArray
    rows: csr_array
    low: FloatArray
    high: FloatArray
    least: FloatArray
    constant: int


class _Rows:
    """Rows under construction: coordinates and limits."""

    def __init__(self) -> None:
        self.parts: list[tuple[IntArray, IntArray, FloatArray]] = []
        self.low: list[FloatArray] = []
        self.high: list[FloatArray] = []
        self.count = 0

    def add(self, count: int, low: float | FloatArray, high: float | FloatArray) -> int:
        """Open `count` rows and return the first one's number."""
        first, self.count = self.count, self.count + count
        self.low.append(np.broadcast_to(np.asarray(low, np.float64), (count,)))
        self.high.append(np.broadcast_to(np.asarray(high, np.float64), (count,)))
        return first

    def put(self, row: IntArray, column: IntArray, value: float | IntArray) -> None:
        """Add coefficients."""
        spread = np.broadcast_to(np.asarray(value, np.float64), row.shape)
        self.parts.append((row, column, spread))


def obstacle(problem: Problem) -> str | None:
    """Rules that this model leaves out; no benchmark needs them."""
    if len(problem.must_link) or problem.compositions or problem.rows or problem.load_target is not None:
        return "the pair model has no must-links, compositions, weighted rows or load targets"
    if (problem.must_open & (problem.min_load == 0) & (problem.open_cost != 0)).any():
        return "the pair model would charge an empty host that must open"
    if any(quota.kind is not QuotaKind.CLUSTERS or quota.price is not None for quota in problem.quotas):
        return "the pair model has no quotas but hard ones of clusters"
    return None


def build(problem: Problem) -> PairModel:
    """Build the model; see :func:`obstacle` for what it cannot take."""
    n, m, p = problem.n_mentees, problem.n_hosts, problem.n_pairs
    rows, x, opened = _Rows(), np.arange(p), p + np.arange(m)
    first = rows.add(n, np.where(problem.may_stay, 0.0, 1.0), 1.0)
    rows.put(first + problem.pair_mentee, x, 1.0)
    _loads(problem, rows, x, opened)
    at = csr_array((np.arange(1, p + 1), (problem.pair_mentee, problem.pair_host)), shape=(n, m))
    _rivals(problem, rows, at, opened)
    _quotas(problem, rows, opened)
    _locks(problem, rows, at)
    z_gain = _products(problem, rows, at, opened)
    gain = np.concatenate(
        [
            (problem.pair_value + problem.unassigned_cost[problem.pair_mentee]) / SCALE,
            -problem.open_cost / SCALE,
            z_gain / SCALE,
        ]
    )
    integral = np.concatenate([np.ones(p + m, np.int64), np.zeros(len(z_gain), np.int64)])
    row, column, value = (np.concatenate(part) for part in zip(*rows.parts, strict=True))
    matrix = coo_array((value, (row, column)), shape=(rows.count, len(gain))).tocsr()
    least = np.zeros(len(gain))
    least[opened[~_optional(problem)]] = 1.0
    constant = problem.constant - sum(problem.unassigned_cost.tolist())
    return PairModel(
        gain, integral, matrix, np.concatenate(rows.low), np.concatenate(rows.high), least, constant
    )


def _loads(problem: Problem, rows: _Rows, x: IntArray, opened: IntArray) -> None:
    """Limits of the load of an open host, at least one member of it, and ``x_ij <= open_j``.

    The last only where opening has a price or is counted: elsewhere it makes the model larger, not tighter.
    """
    m, host = problem.n_hosts, problem.pair_host
    first = rows.add(m, -np.inf, 0.0)
    rows.put(first + host, x, problem.pair_demand)
    rows.put(first + np.arange(m), opened, -problem.max_load)
    optional = np.flatnonzero(_optional(problem))
    row_of = np.full(m, -1, np.int64)
    row_of[optional] = rows.add(len(optional), 0.0, np.inf) + np.arange(len(optional))
    inside = x[row_of[host] >= 0]
    rows.put(row_of[host[inside]], inside, problem.pair_demand[inside])
    rows.put(row_of[optional], opened[optional], -np.maximum(problem.min_load, 1)[optional])
    must = np.flatnonzero(problem.must_open)
    first, row = rows.add(len(must), problem.min_load[must].astype(np.float64), np.inf), np.arange(len(must))
    row_of[must] = first + row
    inside = x[problem.must_open[host]]
    rows.put(row_of[host[inside]], inside, problem.pair_demand[inside])
    inside = x[_counted(problem)[host]]
    first, row = rows.add(len(inside), -np.inf, 0.0), np.arange(len(inside))
    rows.put(first + row, inside, 1.0)
    rows.put(first + row, opened[host[inside]], -1.0)


def _counted(problem: Problem) -> NDArray[np.bool_]:
    """Hosts whose opening has a price or is counted."""
    counted: NDArray[np.bool_] = problem.open_cost != 0
    for quota in problem.quotas:
        counted = counted | quota.hosts
    return counted & ~problem.must_open


def _optional(problem: Problem) -> NDArray[np.bool_]:
    """Hosts for which it matters whether they are open; ``open_j`` is fixed at 1 for the others."""
    return (_counted(problem) | (problem.min_load > 0)) & ~problem.must_open


def _shared(at: csr_array, one: IntArray, other: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """For each (pair of mentees, common host): number of the pair, host, and the two x variables."""
    left, right = at[one], at[other]
    common = left.astype(bool).multiply(right.astype(bool)).tocoo()
    number, host = common.row.astype(np.int64), common.col.astype(np.int64)
    return number, host, _look_up(at, one[number], host), _look_up(at, other[number], host)


def _look_up(at: csr_array, mentee: IntArray, host: IntArray) -> IntArray:
    """Variable of each eligible (mentee, host): pairs are sorted, so their keys are too."""
    m = at.shape[1]
    keys = np.repeat(np.arange(at.shape[0]), np.diff(at.indptr)) * m + at.indices
    found: IntArray = np.searchsorted(keys, mentee * m + host).astype(np.int64)
    return found


def _rivals(problem: Problem, rows: _Rows, at: csr_array, opened: IntArray) -> None:
    """``x_ij + x_kj <= open_j``; where that is too many, ``sum_k x_kj + d x_ij <= d`` by mentee."""
    one, other = problem.cannot_link[:, 0], problem.cannot_link[:, 1]
    if not len(one):
        return
    number, host, x_one, x_other = _shared(at, one, other)
    if len(number) <= MANY_ROWS:
        first, row = rows.add(len(number), -np.inf, 0.0), np.arange(len(number))
        rows.put(first + row, x_other, 1.0)
        rows.put(first + row, x_one, 1.0)
        rows.put(first + row, opened[host], -1.0)
        return
    key, row = np.unique(x_one, return_inverse=True)
    d = np.minimum(np.bincount(row), problem.max_load[problem.pair_host[key]])
    first = rows.add(len(key), -np.inf, d.astype(np.float64))
    rows.put(first + row, x_other, 1.0)
    rows.put(first + np.arange(len(key)), key, d)


def _products(problem: Problem, rows: _Rows, at: csr_array, opened: IntArray) -> IntArray:
    """``z <= x_ij``, ``z <= x_kj`` where sharing is good, ``z >= x_ij + x_kj - open_j`` where it is bad."""
    if not problem.cohesion_value.any():
        return np.empty(0, np.int64)
    number, host, x_one, x_other = _shared(at, problem.cohesion_pair[:, 0], problem.cohesion_pair[:, 1])
    worth = problem.cohesion_value[number]
    z = problem.n_pairs + problem.n_hosts + np.arange(len(number))
    good, bad = np.flatnonzero(worth > 0), np.flatnonzero(worth < 0)
    for x in (x_one, x_other):
        first, row = rows.add(len(good), -np.inf, 0.0), np.arange(len(good))
        rows.put(first + row, z[good], 1.0)
        rows.put(first + row, x[good], -1.0)
    first, row = rows.add(len(bad), -np.inf, 0.0), np.arange(len(bad))
    for column, value in ((x_one[bad], 1.0), (x_other[bad], 1.0), (opened[host[bad]], -1.0), (z[bad], -1.0)):
        rows.put(first + row, column, value)
    return worth


def _quotas(problem: Problem, rows: _Rows, opened: IntArray) -> None:
    for quota in problem.quotas:
        low = -np.inf if quota.at_least is None else float(quota.at_least)
        high = np.inf if quota.at_most is None else float(quota.at_most)
        first = rows.add(1, low, high)
        chosen = opened[quota.hosts]
        rows.put(np.full(len(chosen), first), chosen, 1.0)


def _locks(problem: Problem, rows: _Rows, at: csr_array) -> None:
    if len(problem.locked):
        column = _look_up(at, problem.locked[:, 0], problem.locked[:, 1])
        first = rows.add(len(column), 1.0, 1.0)
        rows.put(first + np.arange(len(column)), column, 1.0)
