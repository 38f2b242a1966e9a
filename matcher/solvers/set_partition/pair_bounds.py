"""What a plan with a given pair can be worth at most, for all pairs of a small part at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem
from matcher.solvers.pair_bounds import NEVER, PairBounds
from matcher.solvers.set_partition.columns import Columns, closed_value, enumerate_columns
from matcher.solvers.set_partition.duals import Bound, tighten
from matcher.solvers.set_partition.solver import SetPartitionSolver
from matcher.solvers.set_partition.units import IntArray, Units, build_units

IMPOSSIBLE = 2**60
"""Slack of a choice that does not exist; above any real one."""


def pair_bounds(problem: Problem) -> PairBounds | None:
    """Bound what each pair, and each mentee's staying, leaves; None where clusters cannot be listed.

    A plan's worth is the bound less the slack of the choice that each host and each mentee makes. A plan with
    mentee i at host b makes a choice with i at b and one without i at every other host, so it misses the
    bound by the least slack of these together. Quotas and rows are left out, which can only raise what
    plans are worth.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    PairBounds or None
        None, too, where the problem has no plan.

    References
    ----------
    R. Baldacci, N. Christofides, A. Mingozzi, "An exact algorithm for the vehicle routing problem based
    on the set partitioning formulation", Mathematical Programming 115 (2008): fixing by slack.
    """
    relaxed = replace(problem, quotas=(), rows=()) if problem.quotas or problem.rows else problem
    if SetPartitionSolver().refusal(relaxed) is not None:
        return None
    units = build_units(relaxed)
    columns = enumerate_columns(relaxed, units)
    found = None if columns is None else tighten(relaxed, units, columns)
    if columns is None or found is None:
        return None
    return _spread(relaxed, units, found, *_slacks(relaxed, units, columns, found))


def _slacks(problem: Problem, units: Units, columns: Columns, found: Bound) -> tuple[IntArray, IntArray]:
    """Least slack of each host's choices with each unit, and without it, shape (n_units, n_hosts).

    ``IMPOSSIBLE`` where the host has no such choice.
    """
    held = np.full((units.count, problem.n_hosts), IMPOSSIBLE, np.int64)
    free = np.full_like(held, IMPOSSIBLE)
    for host in range(problem.n_hosts):
        own = columns.host == host
        members, slack = columns.members[own], found.slack[own][:, None]
        held[:, host] = np.where(members, slack, IMPOSSIBLE).min(axis=0, initial=IMPOSSIBLE)
        free[:, host] = np.where(members, IMPOSSIBLE, slack).min(axis=0, initial=IMPOSSIBLE)
        if closed_value(problem, host) is not None:
            free[:, host] = np.minimum(free[:, host], found.idle[host])
    return held, free


def _spread(problem: Problem, units: Units, found: Bound, held: IntArray, free: IntArray) -> PairBounds:
    """Add up the slack of all hosts, and of the unit's own choice, for each pair."""
    stuck = free == IMPOSSIBLE
    least = np.where(stuck, 0, free)
    elsewhere = least.sum(axis=1)[:, None] - least
    stuck_elsewhere = stuck.sum(axis=1)[:, None] > stuck
    gain = -units.stay_cost - found.price  # of staying, against the unit's price
    placed = np.where(units.may_stay, np.maximum(0, gain), 0)[:, None]
    pair = found.bound - np.where(held == IMPOSSIBLE, 0, held) - elsewhere - placed
    pair = np.where((held == IMPOSSIBLE) | stuck_elsewhere, NEVER, pair + problem.constant)
    stay = found.bound - np.maximum(0, -gain) - least.sum(axis=1)
    stay = np.where(units.may_stay & ~stuck.any(axis=1), stay + problem.constant, NEVER)
    unit_of = np.nonzero(units.group.T)[1]
    return PairBounds(
        whole=found.bound + problem.constant,
        pair=pair[unit_of[problem.pair_mentee], problem.pair_host],
        stay=stay[unit_of],
    )
