"""What a pair rule says about a list of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class PairOutcome:
    """Verdict of one rule on a list of pairs.

    Attributes
    ----------
    key : str
        Name of the rule as in the policy file (``country``, ``travel``, …).
    broken : ndarray of bool, shape (n_pairs,)
        Pairs that break the rule (unknown data counts as broken only where the policy says *forbid*).
    unknown : ndarray of bool, shape (n_pairs,)
        Pairs whose data is missing, so that the rule could not be judged.
    hard : ndarray of bool, shape (n_pairs,)
        Where the rule is hard (it may differ by country, or by declared link).
    price : ndarray of float64, shape (n_pairs,)
        Points a breach costs where the rule is soft; 0 where it is hard or off.
    """

    key: str
    broken: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    hard: NDArray[np.bool_]
    price: NDArray[np.float64]

    @property
    def forbids(self) -> NDArray[np.bool_]:
        """Pairs that this rule bars; shape (n_pairs,)."""
        barred: NDArray[np.bool_] = self.broken & self.hard
        return barred

    @property
    def penalty(self) -> NDArray[np.float64]:
        """Points that this rule takes from each pair; shape (n_pairs,)."""
        cost: NDArray[np.float64] = np.where(self.broken & ~self.hard, self.price, 0.0)
        return cost
