"""Read the numbers of a text file, and turn reals into fixed point."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.problem import SCALE


class Numbers:
    """The words of a file, taken from the front; line breaks mean nothing in these formats."""

    def __init__(self, path: Path) -> None:
        self._words = path.read_text(encoding="utf-8").split()
        self._at = 0
        self._name = path.name

    def word(self) -> str:
        """Take the next word."""
        return self.take(1)[0]

    def whole(self) -> int:
        """Take the next word as a whole number."""
        return int(self.word())

    def take(self, count: int) -> list[str]:
        """Take the next `count` words.

        Raises
        ------
        ValueError
            If the file has fewer.
        """
        words = self._words[self._at : self._at + count]
        if len(words) < count:
            raise ValueError(f"{self._name} ends too early: {count} more numbers were to come")
        self._at += count
        return words

    def reals(self, count: int) -> NDArray[np.float64]:
        """Take the next `count` numbers."""
        return np.array(self.take(count), np.float64)

    def wholes(self, count: int) -> NDArray[np.int64]:
        """Take the next `count` numbers, which must be whole.

        Raises
        ------
        ValueError
            If one is not.
        """
        values = self.reals(count)
        rounded = np.rint(values).astype(np.int64)
        if (values != rounded).any():
            raise ValueError(f"{self._name} has a fraction where whole numbers are expected")
        return rounded

    def weights(self, count: int) -> NDArray[np.int64]:
        """Take `count` weights if ``W`` announces them; ones otherwise."""
        if self._words[self._at : self._at + 1] != ["W"]:
            return np.ones(count, np.int64)
        self._at += 1
        return self.wholes(count)

    def rest(self) -> NDArray[np.float64]:
        """Take all that is left."""
        return self.reals(len(self._words) - self._at)


def units(values: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Points to objective units, to the nearest."""
    return np.rint(np.asarray(values, np.float64) * SCALE).astype(np.int64)
