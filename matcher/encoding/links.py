"""Links between schools as terms of the problem: hard ones become rows, soft ones prices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.data import LinkTerm
from matcher.encoding.units import to_units
from matcher.rules.apart import ApartPairs
from matcher.rules.links import BoundPairs


def apart_terms(apart: ApartPairs) -> tuple[LinkTerm, ...]:
    """Pairs of mentees to keep apart, once for each rule that says so.

    Where one rule is hard, the soft terms of the same pair stay in the list; no valid plan breaks them.
    """
    return tuple(
        term
        for part in apart.parts
        for term in _terms(part.key, part.pairs, part.hard, part.price, part.reasons)
    )


def bound_terms(key: str, bound: BoundPairs) -> tuple[LinkTerm, ...]:
    """Must-links or locks as terms."""
    return _terms(key, bound.pairs, bound.hard, bound.price, bound.reasons)


def hard_rows(terms: tuple[LinkTerm, ...]) -> NDArray[np.int64]:
    """Pairs of the hard terms; shape (n, 2), sorted, without repeats."""
    found = sorted({(term.first, term.second) for term in terms if term.price is None})
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def priced_rows(terms: tuple[LinkTerm, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of the soft terms, shape (n, 2), and their prices in objective units, shape (n,)."""
    soft = [(term.first, term.second, term.price) for term in terms if term.price is not None]
    rows = np.array([(first, second) for first, second, _ in soft], dtype=np.int64).reshape(-1, 2)
    return rows, np.array([price for _, _, price in soft], dtype=np.int64)


def _terms(
    key: str,
    pairs: NDArray[np.int64],
    hard: NDArray[np.bool_],
    price: NDArray[np.float64],
    reasons: tuple[str, ...],
) -> tuple[LinkTerm, ...]:
    units = to_units(price).tolist()
    return tuple(
        LinkTerm(key, first, second, None if is_hard else units[at], reasons[at])
        for at, ((first, second), is_hard) in enumerate(zip(pairs.tolist(), hard.tolist(), strict=True))
    )
