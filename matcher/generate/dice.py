"""Seeded randomness that stays the same on every machine and with every numpy version."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")


class Dice:
    """Random draws made from uniform numbers alone.

    Only ``Generator.random`` is used, whose stream numpy keeps; the other methods of a generator may change
    between versions (NEP 19), and then a committed file could no longer be made again.

    Parameters
    ----------
    *key : int
        Seed and whatever tells this stream from the others, e.g. ``Dice(seed, country, table)``.
    """

    def __init__(self, *key: int) -> None:
        self._rng = np.random.default_rng(list(key))

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number in [low, high)."""
        return low + (high - low) * float(self._rng.random())

    def uniforms(self, *shape: int) -> NDArray[np.float64]:
        """Return an array of numbers in [0, 1)."""
        return self._rng.random(shape)

    def chance(self, share: float) -> bool:
        """Return True in `share` of the cases."""
        return self.uniform() < share

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """Return a normal number (Box-Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.uniform()))
        return mean + deviation * radius * math.cos(2.0 * math.pi * self.uniform())

    def pick(self, items: Sequence[Item], weights: Sequence[float] | None = None) -> Item:
        """Return one item; `weights` need not add up to 1."""
        if weights is None:
            return items[int(self.uniform() * len(items))]
        mark = self.uniform() * math.fsum(weights)
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in random order."""
        order = np.argsort(self.uniforms(len(items)), kind="stable")
        return [items[int(at)] for at in order]

    def sample(self, items: Sequence[Item], size: int, weights: Sequence[float] | None = None) -> list[Item]:
        """Return `size` different items, the likelier ones earlier (Efraimidis and Spirakis 2006)."""
        draws = self.uniforms(len(items))
        shares = np.ones(len(items)) if weights is None else np.asarray(weights, dtype=np.float64)
        # log(u) / w, largest first, is a weighted draw without replacement.
        keys = np.log(np.maximum(draws, 1e-300)) / np.maximum(shares, 1e-12)
        order = np.argsort(-keys, kind="stable")[:size]
        return [items[int(at)] for at in order]
