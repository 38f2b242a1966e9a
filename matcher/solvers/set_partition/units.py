"""Units: what is placed together. Must-link groups merged, so that a cluster is a set of units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Must-link groups (most of one mentee), and what they are worth and need at each host.

    Attributes
    ----------
    group : ndarray of bool, shape (n_units, n_mentees)
    eligible : ndarray of bool, shape (n_units, n_hosts)
        Every member is eligible, no two members are rivals, and no member is locked elsewhere.
    value : ndarray of int64, shape (n_units, n_hosts)
        Pair values and the cohesion inside the unit; 0 where not eligible.
    demand : ndarray of int64, shape (n_units, n_hosts)
        Places; 0 where not eligible.
    apart : ndarray of bool, shape (n_units, n_units)
        Whether two units hold rivals.
    cohesion : ndarray of int64, shape (n_units, n_units)
        Value of two units sharing a host; symmetric, 0 on the diagonal.
    may_stay : ndarray of bool, shape (n_units,)
    stay_cost : ndarray of int64, shape (n_units,)
    """

    group: BoolArray
    eligible: BoolArray
    value: IntArray
    demand: IntArray
    apart: BoolArray
    cohesion: IntArray
    may_stay: BoolArray
    stay_cost: IntArray

    @property
    def count(self) -> int:
        """Number of units."""
        return int(self.group.shape[0])


def build_units(problem: Problem) -> Units:
    """Merge must-link groups and fold locks into eligibility; units ascend by first mentee."""
    group = _groups(problem)
    n, m = problem.n_mentees, problem.n_hosts
    eligible = np.zeros((n, m), np.bool_)
    value, demand = np.zeros((n, m), np.int64), np.zeros((n, m), np.int64)
    eligible[problem.pair_mentee, problem.pair_host] = True
    value[problem.pair_mentee, problem.pair_host] = problem.pair_value
    demand[problem.pair_mentee, problem.pair_host] = problem.pair_demand
    may_stay = problem.may_stay.copy()
    for mentee, host in problem.locked.tolist():
        eligible[mentee, np.arange(m) != host] = False
        may_stay[mentee] = False
    apart, cohesion = np.zeros((n, n), np.bool_), np.zeros((n, n), np.int64)
    apart[problem.cannot_link[:, 0], problem.cannot_link[:, 1]] = True
    cohesion[problem.cohesion_pair[:, 0], problem.cohesion_pair[:, 1]] = problem.cohesion_value
    member = group.astype(np.int64)
    between = member @ (apart | apart.T).astype(np.int64) @ member.T
    inside = np.diag(member @ cohesion @ member.T)
    shared = member @ (cohesion + cohesion.T) @ member.T
    np.fill_diagonal(shared, 0)
    possible = (member @ eligible.astype(np.int64) == member.sum(axis=1)[:, None]) & (np.diag(between) == 0)[
        :, None
    ]
    return Units(
        group=group,
        eligible=possible,
        value=np.where(possible, member @ value + inside[:, None], 0),
        demand=np.where(possible, member @ demand, 0),
        apart=between > 0,
        cohesion=shared,
        may_stay=np.array([bool(may_stay[row].all()) for row in group], np.bool_),
        stay_cost=member @ problem.unassigned_cost,
    )


def _groups(problem: Problem) -> BoolArray:
    label = list(range(problem.n_mentees))
    for i, k in problem.must_link.tolist():
        low, high = sorted((label[i], label[k]))
        label = [low if at == high else at for at in label]
    labels = np.array(label, np.int64)
    group: BoolArray = np.unique(labels)[:, None] == labels[None, :]
    return group
