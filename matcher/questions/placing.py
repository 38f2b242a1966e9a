"""Place some mentees as well as can be, giving up what a drop-out has put out of reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.result import Result, SolveStatus
from matcher.solution import UNASSIGNED
from matcher.solvers.base import SolveSettings
from matcher.solvers.dispatch import solve
from matcher.solvers.priorities import Priority, solve_in_order


def place(small: Problem, settings: SolveSettings) -> tuple[NDArray[np.int64], bool, float]:
    """Solve what is left: with all rules; else as many placed as must be; else without the counts.

    Parameters
    ----------
    small : Problem
        As :func:`matcher.questions.remaining.remaining` cuts it out.
    settings : SolveSettings

    Returns
    -------
    host_of : ndarray of int64, shape (n_mentees,)
        Everybody unassigned where nothing better was found.
    proven : bool
        Whether no placement is better.
    work : float
        Work units used.
    """
    if not small.n_pairs:
        return np.full(small.n_mentees, UNASSIGNED, np.int64), True, 0.0
    result = solve(small, settings)
    work = result.work
    for counted in (True, False):
        if result.status is not SolveStatus.INFEASIBLE:
            break
        result = _most_placed(small if counted else _uncounted(small), settings)
        work += result.work
    if result.host_of is None:
        return np.full(small.n_mentees, UNASSIGNED, np.int64), False, work
    return result.host_of, result.status is SolveStatus.OPTIMAL, work


def _most_placed(small: Problem, settings: SolveSettings) -> Result:
    must = (~small.may_stay).astype(np.int64)
    optional = replace(small, may_stay=np.ones(small.n_mentees, np.bool_))
    if not must.any():
        return solve(optional, settings)
    first = Priority("placed", must[small.pair_mentee], np.zeros(small.n_hosts, np.int64))
    return solve_in_order(optional, (first,), settings).result


def _uncounted(small: Problem) -> Problem:
    """Give up what the drop-out may have put out of reach: hard lower limits of quotas, and hard rows."""
    kept = []
    for quota in small.quotas:
        if quota.price is not None:
            kept.append(quota)
        elif quota.at_most is not None:
            kept.append(replace(quota, at_least=None))
    rows = tuple(row for row in small.rows if row.price is not None)
    return replace(small, quotas=tuple(kept), rows=rows)
