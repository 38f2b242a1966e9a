"""ScoreTable: the scores of a list of pairs, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList

PERFECT_PAIR_POINTS = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Scores of pairs and what they are made of.

    Attributes
    ----------
    pairs : PairList
        The pairs, n_pairs of them.
    criteria : tuple of str
        Keys of the criteria with a positive weight, in policy order.
    weights : ndarray of float64, shape (n_criteria,)
        Weights, scaled to sum to 1.
    values : ndarray of float64, shape (n_criteria, n_pairs)
        Component of each criterion in [0, 1]; NaN where unknown.
    points : ndarray of float64, shape (n_criteria, n_pairs)
        What each criterion contributes to the pair's score, in points; the column sums are the scores.
    known_share : ndarray of float64, shape (n_pairs,)
        Share of the weights that rests on known data, in [0, 1].
    """

    pairs: PairList
    criteria: tuple[str, ...]
    weights: NDArray[np.float64]
    values: NDArray[np.float64]
    points: NDArray[np.float64]
    known_share: NDArray[np.float64]

    @property
    def score(self) -> NDArray[np.float64]:
        """Score of each pair in points, 0 to 100; shape (n_pairs,)."""
        total: NDArray[np.float64] = self.points.sum(axis=0)
        return total
