"""Fairness in numbers: pairs below the floor, and bounds on differences between groups as rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.units import price_units
from matcher.exceptions import UsageError
from matcher.features.pairs import PairList
from matcher.policy.fairness import Fairness, Floor, GroupBound, Measure
from matcher.problem import SCALE, Row
from matcher.profiles import Intake, School, Strength
from matcher.rules.fairness import FLOOR
from matcher.rules.members import select, undecided
from matcher.rules.outcome import PairOutcome
from matcher.scores.table import ScoreTable

IntArray = NDArray[np.int64]
_PREFIX = "group:"
HUNDREDTHS = 100
"""Sums over groups are kept in hundredths of a point."""
_EPSILON = 1e-9
_PRICE_ERROR = 0.01
"""Share by which a price may be off once it is put in whole units for each unit of a sum."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPairs:
    """Eligible pairs with the verdicts of the rules and their scores.

    Attributes
    ----------
    outcomes : tuple of PairOutcome
    scores : ScoreTable
    units : ndarray of int64, shape (n_pairs,)
        Scores in objective units.
    floored : PairList
        Pairs that the floor alone bars.
    floored_units : ndarray of int64, shape (n_floored,)
        Their scores.
    """

    outcomes: tuple[PairOutcome, ...]
    scores: ScoreTable
    units: IntArray
    floored: PairList
    floored_units: IntArray

    @property
    def pairs(self) -> PairList:
        """The pairs."""
        return self.scores.pairs


def hold_floor(
    floor: Floor, outcomes: tuple[PairOutcome, ...], scores: ScoreTable, units: IntArray
) -> ScoredPairs:
    """Leave out the pairs below a hard floor; a soft one becomes one more verdict on the pairs.

    Parameters
    ----------
    floor : Floor
    outcomes : tuple of PairOutcome
    scores : ScoreTable
        Of the pairs that all other hard rules let pass.
    units : ndarray of int64, shape (n_pairs,)
        Scores in objective units.

    Returns
    -------
    ScoredPairs
    """
    if floor.strength is Strength.OFF:
        return ScoredPairs(outcomes, scores, units, PairList.every(0, 0), np.empty(0, np.int64))
    low = units < price_units(floor.points)
    if floor.strength is Strength.SOFT:
        none = np.zeros(len(units), np.bool_)
        outcomes = (*outcomes, PairOutcome(FLOOR, low, none, none, np.full(len(units), floor.price)))
    barred = low if floor.strength is Strength.HARD else np.zeros(len(units), np.bool_)
    keep, pairs = ~barred, scores.pairs
    kept = replace(
        scores,
        pairs=pairs.take(keep),
        values=scores.values[:, keep],
        points=scores.points[:, keep],
        known_share=scores.known_share[keep],
    )
    return ScoredPairs(
        tuple(_kept(one, keep) for one in outcomes), kept, units[keep], pairs.take(barred), units[barred]
    )


def _kept(outcome: PairOutcome, keep: NDArray[np.bool_]) -> PairOutcome:
    return PairOutcome(
        outcome.key, outcome.broken[keep], outcome.unknown[keep], outcome.hard[keep], outcome.price[keep]
    )


def two_groups(mentees: tuple[School, ...], bound: GroupBound) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Members of the two groups, shape (n_mentees,) each; who did not say what is asked is in neither."""
    members = select(mentees, bound.members)
    if bound.others is not None:
        return members, select(mentees, bound.others)
    return members, ~members & ~undecided(mentees, bound.members)


def encode_groups(intake: Intake, fairness: Fairness, pairs: PairList, units: IntArray) -> tuple[Row, ...]:
    """Turn bounds on differences between groups into rows; none for a group without schools.

    With n schools in the first group, m in the second and s the score of a placed school, the bound is
    ``|sum of s in the first / n - sum of s in the second / m| <= d``. Multiplied by n * m and divided by
    their greatest divisor g that is ``|(m/g) * first - (n/g) * second| <= d * n * m / g``, in whole numbers:
    scores in hundredths of a point, the right side rounded down, which loses nothing. A school without a
    mentor adds nothing, and so counts 0. For shares of schools placed each placed school adds 100 percent.

    Parameters
    ----------
    intake : Intake
    fairness : Fairness
    pairs : PairList
        Eligible pairs.
    units : ndarray of int64, shape (n_pairs,)
        Their scores in objective units.

    Returns
    -------
    tuple of Row
        Keys as :func:`group_of` reads them.

    Raises
    ------
    UsageError
        If a soft bound is priced so low, for so many schools, that no whole number stands for it.
    """
    return tuple(_rows(intake, fairness, pairs, units))


def _rows(intake: Intake, fairness: Fairness, pairs: PairList, units: IntArray) -> Iterator[Row]:
    for number, bound in enumerate(fairness.groups):
        first, second = two_groups(intake.mentees, bound)
        n, m = int(first.sum()), int(second.sum())
        if bound.strength is Strength.OFF or not n or not m:
            continue
        divisor = math.gcd(n, m)
        worth = score_hundredths(units) if bound.measure is Measure.MEAN_SCORE else np.full(len(pairs), 1)
        step = HUNDREDTHS if bound.measure is Measure.MEAN_SCORE else 1 / 100
        whole = n * m // divisor * step
        limit = math.floor(bound.at_most * whole + _EPSILON)
        weight = np.where(first, m // divisor, 0) - np.where(second, n // divisor, 0)
        yield Row(
            key=f"{_PREFIX}{number}:{bound.label}",
            pair_weight=(weight[pairs.mentee] * worth).astype(np.int64),
            open_weight=np.zeros(len(intake.mentors), np.int64),
            at_least=-limit,
            at_most=limit,
            price=_price(bound, whole) if bound.strength is Strength.SOFT else None,
        )


def score_hundredths(units: IntArray) -> IntArray:
    """Scores in whole hundredths of a point, halves up.

    Examples
    --------
    >>> score_hundredths(np.array([12_345_000, 12_344_999])).tolist()
    [1235, 1234]
    """
    one = SCALE // HUNDREDTHS
    whole: IntArray = (units + one // 2) // one
    return whole


def _price(bound: GroupBound, whole: float) -> int:
    """Objective units for each unit of a sum; `whole` units are a point, or a percent, of difference."""
    asked = price_units(bound.price) / whole
    price = round(asked)
    if abs(price - asked) > _PRICE_ERROR * asked:
        raise UsageError(
            f"The bound “{bound.label}” (fairness.groups) is priced so low for so many schools that rounding "
            "would change it. Give it a higher price, or strength: hard."
        )
    return price


def group_of(key: str) -> int | None:
    """Find the number of the bound in ``fairness.groups`` that a row stands for; None for any other."""
    return int(key.removeprefix(_PREFIX).partition(":")[0]) if key.startswith(_PREFIX) else None


def group_label(key: str) -> str:
    """Name of such a row in reports."""
    return key.removeprefix(_PREFIX).partition(":")[2]
