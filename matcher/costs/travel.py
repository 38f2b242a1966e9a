"""What travel costs: kilometres, meetings, and the share of them that is held online.

Hub meetings take place about once a term, face-to-face or virtual by location (Blamire, MenSI D2.1, 2021,
annex 1, Q8); travel is expected to be paid and is no incentive (Q5-Q7).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.costs.table import CENTS, BoolArray, IntArray
from matcher.features.geography import road_km
from matcher.features.pairs import PairList
from matcher.features.rows import row_positions
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.policy.money import Money, Rates
from matcher.profiles import School, WorkMode


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """Travel of a list of pairs; arrays of shape (n_pairs,).

    Attributes
    ----------
    cents : ndarray of int64
        0 where `known` is false.
    known, assumed_km, assumed_mode : ndarray of bool
        As in :class:`matcher.costs.CostTable`.
    """

    cents: IntArray
    known: BoolArray
    assumed_km: BoolArray
    assumed_mode: BoolArray


def travel_of(
    mentees: Sequence[School],
    mentors: Sequence[School],
    features: FeatureTable,
    policy: Policy,
    pairs: PairList,
) -> Travel:
    """Work out the travel of pairs.

    ``cents = round(100 * euro_per_km * 2 * km * meetings * (1 - online))``, halves to even, where `online` is
    1 if one school works virtually and the other virtually or blended, `blended_share` if both work
    blended, else `virtual_share`. Rates are those of the mentee's country, which travels.

    Parameters
    ----------
    mentees, mentors : sequence of School
        What the positions of `pairs` stand for.
    features : FeatureTable
        Has a row for each of them.
    policy : Policy
    pairs : PairList

    Returns
    -------
    Travel
    """
    money = policy.money
    km = _km(mentees, mentors, features, policy, pairs)
    stand_in = _by_mentee(mentees, money, lambda one: np.nan if one.assumed_km is None else one.assumed_km)
    per_km = _by_mentee(mentees, money, lambda one: 2 * one.euro_per_km * one.meetings)
    factor = CENTS * per_km[pairs.mentee] * (1 - _online(mentees, mentors, money, pairs))
    travels = factor > 0
    missing = np.isnan(km) & travels
    counted = np.where(np.isnan(km), stand_in[pairs.mentee], km)
    known = ~missing | ~np.isnan(counted)
    cents = np.where(travels & known, np.rint(factor * np.nan_to_num(counted)), 0.0).astype(np.int64)
    silent = _silent(mentees)[pairs.mentee] | _silent(mentors)[pairs.host]
    return Travel(cents, known, missing & known, silent & travels)


def _km(
    mentees: Sequence[School],
    mentors: Sequence[School],
    features: FeatureTable,
    policy: Policy,
    pairs: PairList,
) -> NDArray[np.float64]:
    rows = row_positions(features, [school.school_id for school in mentees])
    hosts = row_positions(features, [school.school_id for school in mentors])
    return road_km(features, rows[pairs.mentee], hosts[pairs.host], policy.geography)


def _by_mentee(
    mentees: Sequence[School], money: Money, figure: Callable[[Rates], float]
) -> NDArray[np.float64]:
    return np.array([figure(money.rates_in(school.country)) for school in mentees], dtype=np.float64)


def _online(
    mentees: Sequence[School], mentors: Sequence[School], money: Money, pairs: PairList
) -> NDArray[np.float64]:
    """Share of each pair's meetings that is held online."""
    shares = _by_mentee(mentees, money, lambda one: one.virtual_share)[pairs.mentee]
    blended = _by_mentee(mentees, money, lambda one: one.blended_share)[pairs.mentee]
    one, other = _reach(mentees)[pairs.mentee], _reach(mentors)[pairs.host]
    online: NDArray[np.float64] = np.where((one == 1) & (other == 1), blended, shares)
    return np.where(one + other >= 3, 1.0, online)  # virtual with virtual (4) or with blended (3)


def _reach(schools: Sequence[School]) -> IntArray:
    """How virtual a school's work is: 2 virtual, 1 blended, 0 face-to-face or unknown."""
    value = {WorkMode.VIRTUAL: 2, WorkMode.BLENDED: 1, WorkMode.FACE_TO_FACE: 0, None: 0}
    return np.array([value[school.work_mode] for school in schools], dtype=np.int64)


def _silent(schools: Sequence[School]) -> BoolArray:
    """Schools that did not say how they work."""
    return np.array([school.work_mode is None for school in schools], dtype=np.bool_)
