"""What a plan with a given pair can be worth at most, for all pairs of a small part at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem
from matcher.solvers.pair_bounds import NEVER, PairBounds
from matcher.solvers.set_partition.columns import Columns, closed_value, enumerate_columns
from matcher.solvers.set_partition.duals import Bound, tighten
from matcher.solvers.set_partition.near_best import FAR, NearBest, limits, near_best
from matcher.solvers.set_partition.subsets import MAX_UNITS
from matcher.solvers.set_partition.units import IntArray, Units, build_units

MOST_STEPS = 200_000
"""Combinations looked at in one try; some milliseconds."""


def pair_bounds(problem: Problem) -> PairBounds | None:
    """Bound what each pair, and each mentee's staying, leaves; None where clusters cannot be listed.

    A plan's worth is the bound less the slack of the choice that each host and each mentee makes. A plan with
    mentee i at host b makes a choice with i at b and one without i at every other host, so it misses the
    bound by the least slack of these together. Plans near the bound are looked at one and all, which gives
    what is exact. Quotas and rows are left out, which can only raise what
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
    if problem.n_mentees > MAX_UNITS:
        return None
    units = build_units(relaxed)
    columns = enumerate_columns(relaxed, units)
    found = None if columns is None else tighten(relaxed, units, columns)
    if columns is None or found is None:
        return None
    pair, stay = _spread(units, found, *_slacks(relaxed, units, columns, found))
    near = widest(relaxed, units, columns, found)
    pair_exact, stay_exact = near.pair < FAR, near.stay < FAR
    pair = np.where(pair_exact, near.pair, np.maximum(pair, near.limit + 1))
    stay = np.where(stay_exact, near.stay, np.maximum(stay, near.limit + 1))
    whole, unit_of = found.bound + problem.constant, np.nonzero(units.group.T)[1]
    asked = unit_of[problem.pair_mentee], problem.pair_host
    attained = relaxed is problem
    return PairBounds(
        whole=whole if near.least == FAR else whole - near.least,
        pair=np.where(pair >= FAR, NEVER, whole - pair)[asked],
        stay=np.where(stay >= FAR, NEVER, whole - stay)[unit_of],
        pair_exact=pair_exact[asked] & attained,
        stay_exact=stay_exact[unit_of] & attained,
    )


def widest(problem: Problem, units: Units, columns: Columns, found: Bound) -> NearBest:
    """Plans within the widest limit that takes little work; the limit is the slack of some column."""
    best = None
    for limit in limits(found.slack):
        tried = near_best(problem, units, columns, found, limit=limit, most=MOST_STEPS)
        if tried is None:
            break
        best = tried
    nothing = np.full((units.count, problem.n_hosts), FAR, np.int64)
    return best or NearBest(-1, FAR, nothing, nothing[:, :0].sum(axis=1) + FAR, np.empty(0, np.int64), 0)


def _slacks(problem: Problem, units: Units, columns: Columns, found: Bound) -> tuple[IntArray, IntArray]:
    """Least slack of each host's choices with each unit, and without it, shape (n_units, n_hosts).

    ``FAR`` where the host has no such choice.
    """
    held = np.full((units.count, problem.n_hosts), FAR, np.int64)
    free = np.full_like(held, FAR)
    for host in range(problem.n_hosts):
        own = columns.host == host
        members, slack = columns.members[own], found.slack[own][:, None]
        held[:, host] = np.where(members, slack, FAR).min(axis=0, initial=FAR)
        free[:, host] = np.where(members, FAR, slack).min(axis=0, initial=FAR)
        if closed_value(problem, host) is not None:
            free[:, host] = np.minimum(free[:, host], found.idle[host])
    return held, free


def _spread(units: Units, found: Bound, held: IntArray, free: IntArray) -> tuple[IntArray, IntArray]:
    """Add up the slack of all hosts, and of the unit's own choice, for each pair and each staying.

    ``FAR`` or more where some host, or the unit, has no such choice.
    """
    stuck = free == FAR
    least = np.where(stuck, 0, free)
    elsewhere = least.sum(axis=1)[:, None] - least
    gain = -units.stay_cost - found.price  # of staying, against the unit's price
    placed = np.where(units.may_stay, np.maximum(0, gain), 0)[:, None]
    pair = held + elsewhere + placed
    stay = np.maximum(0, -gain) + least.sum(axis=1)
    never = stuck.sum(axis=1)[:, None] > stuck
    return np.where(never, FAR, pair), np.where(stuck.any(axis=1) | ~units.may_stay, FAR, stay)
