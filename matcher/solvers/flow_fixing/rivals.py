"""Cliques of rivals that a fractional plan puts together at one host."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.flow_fixing.rules import IntArray

EPSILON = 1e-6
"""Less than this is rounding, not a violation."""


class Rivalries:
    """Finds cliques of rivals; at most one of a clique may be at any one host."""

    def __init__(self, problem: Problem) -> None:
        self._rivals: list[set[int]] = [set() for _ in range(problem.n_mentees)]
        for one, other in problem.cannot_link.tolist():
            self._rivals[one].add(other)
            self._rivals[other].add(one)

    def of(self, mentee: int) -> set[int]:
        """Rivals of a mentee."""
        return self._rivals[mentee]

    def violated(
        self, mentee: IntArray, host: IntArray, share: NDArray[np.float64]
    ) -> Iterator[tuple[int, ...]]:
        """Cliques whose shares at one host exceed 1, as ascending positions among the pairs given.

        Each clique is grown greedily from the largest shares and then by every other pair of the host that
        fits, so that it also holds where the search goes next.
        """
        order = np.argsort(host, kind="stable")
        limits = np.flatnonzero(np.diff(host[order])) + 1
        used = share > EPSILON
        for places in np.split(order, limits):
            taken = places[used[places]]
            if len(taken) > 1 and share[taken].sum() > 1 + EPSILON:
                yield from self._at_host(mentee, share, places.tolist(), taken.tolist())

    def _at_host(
        self, mentee: IntArray, share: NDArray[np.float64], places: list[int], taken: list[int]
    ) -> Iterator[tuple[int, ...]]:
        taken.sort(key=lambda at: (-share[at], at))
        found = set()
        for first in taken:
            clique = self._grown(mentee, [first], taken)
            if len(clique) > 1 and share[clique].sum() > 1 + EPSILON:
                found.add(tuple(sorted(self._grown(mentee, clique, places))))
        yield from sorted(found)

    def _grown(self, mentee: IntArray, clique: list[int], candidates: list[int]) -> list[int]:
        common = set.intersection(*(self._rivals[mentee[at]] for at in clique))
        clique = list(clique)
        for at in candidates:
            if int(mentee[at]) in common:
                clique.append(at)
                common &= self._rivals[mentee[at]]
        return clique
