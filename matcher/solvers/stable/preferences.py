"""Preferences of both sides over the eligible pairs of a problem, as ranks with ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.presolve import Part

IntArray = NDArray[np.int64]


class Side(StrEnum):
    """One of the two sides."""

    MENTEE = "mentee"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True, eq=False)
class Preferences:
    """How each side ranks the other; every eligible pair is acceptable to both.

    Ranks are compared within one school's list only: less is better, equal ranks are ties. Whoever has no
    preferences gives everybody the same rank. Being placed is always preferred to not being placed.

    Attributes
    ----------
    mentee_rank : ndarray of int64, shape (n_pairs,)
        Rank that the mentee of each pair gives the host.
    host_rank : ndarray of int64, shape (n_pairs,)
        Rank that the host of each pair gives the mentee.
    """

    mentee_rank: IntArray
    host_rank: IntArray

    def __post_init__(self) -> None:
        if self.mentee_rank.shape != self.host_rank.shape or self.mentee_rank.ndim != 1:
            raise ValueError(
                "The two sides rank the same pairs; these have the shapes "
                f"{self.mentee_rank.shape} and {self.host_rank.shape}."
            )

    def kept(self, pairs: NDArray[np.bool_] | IntArray) -> Preferences:
        """Return the preferences over some of the pairs, given by mask or by position."""
        return Preferences(self.mentee_rank[pairs], self.host_rank[pairs])

    def of_part(self, problem: Problem, part: Part) -> Preferences:
        """Return the preferences over the pairs of one part of the problem that they belong to."""
        own = part.problem
        keys = problem.pair_mentee * problem.n_hosts + problem.pair_host  # ascending, as pairs are sorted
        wanted = part.mentees[own.pair_mentee] * problem.n_hosts + part.hosts[own.pair_host]
        return self.kept(np.searchsorted(keys, wanted))

    def check(self, problem: Problem) -> None:
        """Raise ValueError unless the ranks are those of the problem's pairs."""
        if self.mentee_rank.shape != (problem.n_pairs,):
            raise ValueError(
                f"Ranks are given for {len(self.mentee_rank)} pairs; the problem has {problem.n_pairs}."
            )


def break_ties(
    problem: Problem,
    preferences: Preferences,
    mentee_keys: Sequence[IntArray] = (),
    host_keys: Sequence[IntArray] = (),
) -> Preferences:
    """Make every list strict: of tied schools the one with the smaller key comes first.

    Parameters
    ----------
    problem : Problem
    preferences : Preferences
    mentee_keys, host_keys : sequence of ndarray, shape (n_pairs,) each
        What decides between tied hosts of a mentee, and between tied mentees of a host; the first array
        in which two differ. What none of them tells apart goes by position.

    Returns
    -------
    Preferences
        Ranks 1, 2, … within each list. A plan without blocking pairs under them has none under
        `preferences` either (it is weakly stable; Manlove 2013, ch. 3).
    """
    preferences.check(problem)
    return Preferences(
        _strict(problem.pair_mentee, preferences.mentee_rank, mentee_keys),
        _strict(problem.pair_host, preferences.host_rank, host_keys),
    )


def _strict(owner: IntArray, rank: IntArray, keys: Sequence[IntArray]) -> IntArray:
    """Positions from 1 within each owner's list, by rank, then by the keys, then by position."""
    order = np.lexsort((*reversed(keys), rank, owner))  # the last key counts first; it is a stable sort
    sorted_owner = owner[order]
    strict = np.empty(len(owner), np.int64)
    strict[order] = np.arange(len(owner)) - np.searchsorted(sorted_owner, sorted_owner) + 1
    return strict
