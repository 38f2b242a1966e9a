"""Dynamic programme over sets of units: the best choice of columns, without any search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.set_partition.columns import Columns, closed_value
from matcher.solvers.set_partition.units import IntArray, Units

MAX_UNITS = 20
"""Mentees whose sets fit a table (2**20 entries, 8 MB a host)."""

MAX_ENTRIES = 2**26
"""Table entries kept at a time, over all hosts; half a gigabyte."""

NOTHING = -(2**60)
"""Value of what cannot be reached; far below any objective, far above overflow."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Best value and the positions of the columns chosen."""

    value: int
    picked: IntArray


def steps(problem: Problem, columns: Columns) -> int:
    """Table entries that the programme touches: those it keeps, and ``2**(n - size)`` a column."""
    free = columns.members.shape[1] - columns.members.sum(axis=1)
    return entries(problem, columns) + int((2.0**free).sum())


def entries(problem: Problem, columns: Columns) -> int:
    """Table entries that the programme keeps: ``2**n`` for each host that changes its table."""
    idle = [host for host in range(problem.n_hosts) if closed_value(problem, host) == 0]
    changing = problem.n_hosts - len(np.setdiff1d(idle, columns.host))
    size: int = columns.members.shape[1]
    return (1 + changing) << size


def best_selection(problem: Problem, units: Units, columns: Columns) -> Selection | None:
    """Choose columns of greatest value, each host at most one, each unit in one or staying.

    ``best_j[S] = max over columns c of host j, c inside S, of best_(j-1)[S without c] + value_c``, where
    S is the set of units that hosts up to j hold. Exact in int64. Among equals the first column by
    position wins, at the last host first, and no cluster before any.

    Parameters
    ----------
    problem : Problem
        Without rows and quotas.
    units : Units
    columns : Columns

    Returns
    -------
    Selection or None
        None when no choice exists.

    References
    ----------
    M. H. Rothkopf, A. Pekeč, R. M. Harstad, "Computationally manageable combinational auctions",
    Management Science 44 (1998): the programme over subsets.
    """
    n = units.count
    bits = columns.members.astype(np.int64) @ (1 << np.arange(n, dtype=np.int64))
    table = np.full(1 << n, NOTHING, np.int64)
    table[0] = 0
    tables = [table]
    for host in range(problem.n_hosts):
        tables.append(_add_host(problem, columns, host, tables[-1]))
    total = tables[-1] + _staying(units)
    end = int(total.argmax())
    if total[end] <= NOTHING // 2:
        return None
    return Selection(int(total[end]), _trace(problem, columns, bits, tables, end))


def _add_host(problem: Problem, columns: Columns, host: int, before: IntArray) -> IntArray:
    closed = closed_value(problem, host)
    own = np.flatnonzero(columns.host == host).tolist()
    if closed == 0 and not own:
        return before
    after = np.full_like(before, NOTHING) if closed is None else before + closed
    # one axis a unit, the last unit first, so that "without c" and "with c" are plain slices
    n = columns.members.shape[1]
    source, target = before.reshape((2,) * n), after.reshape((2,) * n)
    every = slice(None)
    for at in own:
        inside = columns.members[at, ::-1].tolist()
        without = source[tuple(0 if unit else every for unit in inside)]
        within = tuple(1 if unit else every for unit in inside)
        target[within] = np.maximum(target[within], without + columns.value[at])
    return after


def _staying(units: Units) -> IntArray:
    """Value of leaving out what a set does not hold, for each set."""
    value = np.zeros(1, np.int64)
    for unit in range(units.count):
        out = -int(units.stay_cost[unit]) if units.may_stay[unit] else NOTHING
        value = np.concatenate([np.maximum(value + out, NOTHING), value])
    return value


def _trace(
    problem: Problem, columns: Columns, bits: IntArray, tables: list[IntArray], end: int
) -> NDArray[np.int64]:
    """Columns behind an entry of the last table, by walking back through the hosts."""
    picked: list[int] = []
    for host in reversed(range(problem.n_hosts)):
        value = int(tables[host + 1][end])
        closed = closed_value(problem, host)
        if closed is not None and int(tables[host][end]) + closed == value:
            continue
        own = np.flatnonzero((columns.host == host) & (bits & end == bits))
        match = tables[host][end ^ bits[own]] + columns.value[own] == value
        at = int(own[match.argmax()])
        picked.append(at)
        end ^= int(bits[at])
    return np.array(sorted(picked), dtype=np.int64)
