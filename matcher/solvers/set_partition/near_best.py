"""All plans near the bound at once: host by host, merging what leads to the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.problem import Problem
from matcher.solvers.set_partition.columns import Columns, closed_value
from matcher.solvers.set_partition.duals import Bound
from matcher.solvers.set_partition.units import IntArray, Units

FAR = 2**58
"""Slack of what is not done; twenty of them still add up."""


FIRST_COLUMNS = 32
"""The first limit tried is the slack of so many columns; then twice as many."""


@dataclass(frozen=True, slots=True, eq=False)
class NearBest:
    """Least slack of the plans within a limit, by what they contain; ``FAR`` beyond the limit.

    Attributes
    ----------
    limit : int
        Every plan of at most this slack was looked at; one of slack s is worth ``bound - s``.
    least : int
        Slack of the best plan.
    pair : ndarray of int64, shape (n_units, n_hosts)
        Of the best plan with the unit at the host.
    stay : ndarray of int64, shape (n_units,)
        Of the best plan that leaves the unit out.
    picked : ndarray of int64
        Positions of the best plan's columns; empty without one.
    steps : int
        Combinations of a state and a choice that were looked at.
    """

    limit: int
    least: int
    pair: IntArray
    stay: IntArray
    picked: IntArray
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """What each host may do within the limit, and what is left to the units.

    Attributes
    ----------
    at, cost, bits : list of ndarray of int64, one a host, shape (n_choices,)
        Column's position (-1: no cluster), its slack and that of its members, its members as bits.
    staying : ndarray of int64, shape (n_units,)
        Slack of leaving the unit out.
    last : ndarray of int64, shape (n_units,)
        Last host with a choice that holds the unit; -1 without one.
    """

    at: list[IntArray]
    cost: list[IntArray]
    bits: list[IntArray]
    staying: IntArray
    last: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """Steps over one host: from state to state, the choice made, its slack, the units covered then."""

    start: IntArray
    end: IntArray
    choice: IntArray
    cost: IntArray
    covered: IntArray
    least: IntArray
    """Least slack on the way to each state before this host."""


def near_best(
    problem: Problem, units: Units, columns: Columns, found: Bound, *, limit: int, most: int
) -> NearBest | None:
    """Go through the hosts, keeping for each set of units that still matters the least slack so far.

    A unit matters until the last host that could take it; one not taken by then stays, at its slack.

    Parameters
    ----------
    problem : Problem
        Without rows and quotas.
    units : Units
    columns : Columns
    found : Bound
        Of these columns.
    limit : int
        Slack up to which plans are looked at.
    most : int
        Combinations of a state and a choice that are looked at, all hosts together.

    Returns
    -------
    NearBest or None
        None where there are more combinations than `most`.

    References
    ----------
    R. Bellman, "Dynamic programming treatment of the travelling salesman problem", Journal of the ACM 9
    (1962): sets as states.
    """
    choices = _choices(problem, units, columns, found, limit)
    levels = _forward(choices, limit, most)
    if levels is None:
        return None
    steps = sum(len(level.least) * len(at) for level, at in zip(levels, choices.at, strict=True))
    return _backward(choices, levels, limit, steps)


def _choices(problem: Problem, units: Units, columns: Columns, found: Bound, limit: int) -> _Choices:
    gain = -units.stay_cost - found.price  # of staying, against the unit's price
    taken = np.where(units.may_stay, np.maximum(0, gain), 0)
    slack = found.slack + columns.members.astype(np.int64) @ taken
    weight = 1 << np.arange(units.count, dtype=np.int64)
    at, cost, bits = [], [], []
    last = np.full(units.count, -1, np.int64)
    for host in range(problem.n_hosts):
        own = np.flatnonzero((columns.host == host) & (slack <= limit))
        members = columns.members[own]
        last[members.any(axis=0)] = host
        idle = [-1] if closed_value(problem, host) is not None else []
        at.append(np.array([*own, *idle], np.int64))
        cost.append(np.append(slack[own], [found.idle[host]] * len(idle)).astype(np.int64))
        bits.append(np.append(members.astype(np.int64) @ weight, [0] * len(idle)).astype(np.int64))
    return _Choices(at, cost, bits, np.where(units.may_stay, np.maximum(0, -gain), FAR), last)


def _forward(choices: _Choices, limit: int, most: int) -> list[_Level] | None:
    """Find the steps over every host; None once they are too many."""
    state = np.zeros(1, np.int64)
    least = np.array([int(choices.staying[choices.last == -1].sum())], np.int64)
    levels: list[_Level] = []
    for host in range(len(choices.at)):
        most -= len(state) * len(choices.at[host])
        if most < 0:
            return None
        covered = state[:, None] | choices.bits[host][None, :]
        total = least[:, None] + choices.cost[host][None, :]
        for unit in np.flatnonzero(choices.last == host).tolist():
            total = total + np.where(covered >> unit & 1, 0, choices.staying[unit])
        apart = (state[:, None] & choices.bits[host][None, :]) == 0
        start, choice = np.nonzero(apart & (total <= limit))
        reached, covered = total[start, choice], covered[start, choice]
        later = int((1 << np.flatnonzero(choices.last > host)).sum())
        state, end = np.unique(covered & later, return_inverse=True)
        levels.append(_Level(start, end, choice, reached - least[start], covered, least))
        least = np.full(len(state), FAR, np.int64)
        np.minimum.at(least, end, reached)
    return levels


def _backward(choices: _Choices, levels: list[_Level], limit: int, steps: int) -> NearBest:
    """From the end to the start: the least slack of a plan that takes each step."""
    n_units = len(choices.last)
    pair = np.full((n_units, len(levels)), FAR, np.int64)
    stay = np.full(n_units, FAR, np.int64)
    rest = np.zeros(1, np.int64)
    onward: list[IntArray] = []
    for host in reversed(range(len(levels))):
        level = levels[host]
        total = level.cost + rest[level.end]
        onward.append(total)
        whole = total + level.least[level.start]
        whole = np.where(whole <= limit, whole, FAR)  # beyond it, better plans may have been left out
        held = choices.bits[host][level.choice]
        for unit in range(n_units):
            pair[unit, host] = min(FAR, int(whole[held >> unit & 1 == 1].min(initial=FAR)))
            if choices.last[unit] == host:
                stay[unit] = min(FAR, int(whole[level.covered >> unit & 1 == 0].min(initial=FAR)))
        rest = np.full(len(level.least), FAR, np.int64)
        np.minimum.at(rest, level.start, total)
    least = int(rest[0] + (levels[0].least[0] if levels else choices.staying.sum()))
    within = least <= limit
    never_held = choices.last == -1
    stay[never_held] = least if within else FAR
    picked = _trace(choices, levels, onward[::-1]) if within else []
    return NearBest(limit, least if within else FAR, pair, stay, np.array(sorted(picked), np.int64), steps)


def _trace(choices: _Choices, levels: list[_Level], onward: list[IntArray]) -> list[int]:
    """Columns of the best plan; among equals the first step wins."""
    state, picked = 0, []
    for host, level in enumerate(levels):
        steps = np.flatnonzero(level.start == state)
        step = int(steps[onward[host][steps].argmin()])
        at = int(choices.at[host][level.choice[step]])
        picked += [at] if at >= 0 else []
        state = int(level.end[step])
    return picked


def limits(slack: IntArray) -> Iterator[int]:
    """Limits to try one after the other, ascending; the last is the largest slack (0 without columns)."""
    ordered = np.sort(slack)
    at = FIRST_COLUMNS
    while at < len(ordered):
        yield int(ordered[at])
        at *= 2
    yield int(ordered[-1]) if len(ordered) else 0
