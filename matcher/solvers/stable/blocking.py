"""Blocking pairs of a plan: a mentee and a mentor that would both rather have each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import Solution
from matcher.solvers.stable.preferences import Preferences

IntArray = NDArray[np.int64]

NOTHING = np.iinfo(np.int64).max
"""Rank of having no place: worse than any."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a plan gives each school, in its own ranks.

    Attributes
    ----------
    held : ndarray of int64, shape (n_mentees,)
        Rank that each mentee gives its host; :data:`NOTHING` without one.
    clusters : tuple of tuple of (rank, demand, mentee)
        For each host: rank that it gives each of its mentees, places taken, the mentee; by mentee.
    """

    held: IntArray
    clusters: tuple[tuple[tuple[int, int, int], ...], ...]


def standing_of(problem: Problem, preferences: Preferences, plan: Solution) -> Standing:
    """Say what a plan gives each school; a pair that is not eligible counts as none."""
    held = np.full(problem.n_mentees, NOTHING, np.int64)
    clusters: list[list[tuple[int, int, int]]] = [[] for _ in range(problem.n_hosts)]
    for at in np.flatnonzero(plan.host_of[problem.pair_mentee] == problem.pair_host).tolist():
        mentee = int(problem.pair_mentee[at])
        held[mentee] = preferences.mentee_rank[at]
        entry = int(preferences.host_rank[at]), int(problem.pair_demand[at]), mentee
        clusters[int(problem.pair_host[at])].append(entry)
    return Standing(held, tuple(tuple(cluster) for cluster in clusters))


def blocks_at(standing: Standing, mentee_rank: int, host_rank: int, pair: tuple[int, int, int, int]) -> bool:
    """Whether one pair blocks, given its ranks.

    Parameters
    ----------
    standing : Standing
    mentee_rank, host_rank : int
        Ranks that the two give each other.
    pair : tuple of int
        Mentee, host, places that the mentee takes there, places that the host has.
    """
    mentee, host, demand, places = pair
    if mentee_rank >= standing.held[mentee]:
        return False
    kept = sum(size for rank, size, _ in standing.clusters[host] if rank <= host_rank)
    return kept + demand <= places


def blocking_pairs(problem: Problem, preferences: Preferences, plan: Solution) -> IntArray:
    """Find the pairs that block a plan (weak stability: both must be better off).

    The mentee prefers the host to what it has; and the host could take it, in a free place or by letting
    go mentees that it likes strictly less. Ties block nothing. With one place a mentee this is the
    blocking pair of hospitals and residents (Manlove 2013, §1.3); with several it is that of McDermid and
    Manlove (2010).

    Parameters
    ----------
    problem : Problem
        Only eligible pairs, demands and ``max_load`` are looked at: a pair blocks even where other rules
        would forbid the exchange (see :func:`broken_by_exchange`).
    preferences : Preferences
    plan : Solution

    Returns
    -------
    ndarray of int64, shape (n_blocking,)
        Positions in the problem's pairs, ascending.
    """
    preferences.check(problem)
    standing = standing_of(problem, preferences, plan)
    wanting = np.flatnonzero(preferences.mentee_rank < standing.held[problem.pair_mentee])
    found = []
    for at in wanting.tolist():
        host = int(problem.pair_host[at])
        pair = int(problem.pair_mentee[at]), host, int(problem.pair_demand[at]), int(problem.max_load[host])
        if blocks_at(standing, int(preferences.mentee_rank[at]), int(preferences.host_rank[at]), pair):
            found.append(at)
    return np.array(found, dtype=np.int64)
