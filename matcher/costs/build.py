"""Build the table of costs of an intake under a policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from matcher.costs.table import CENTS, KINDS, CostKind, CostTable, IntArray
from matcher.costs.travel import travel_of
from matcher.features.pairs import PairList
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.policy.money import Incentive, IncentiveFor, IncentiveKind, Money, Rates
from matcher.profiles import Intake, School


def cost_table(
    intake: Intake,
    features: FeatureTable,
    policy: Policy,
    pairs: PairList,
    leads: Mapping[str, Sequence[str]] | None = None,
) -> CostTable:
    """Work out what pairs and clusters cost, each amount rounded to whole cents by itself.

    A pair costs the mentee's travel, lump sum and incentives, and the mentor's hours for it; a cluster costs
    the mentor's hours for it, setting it up, and the lump sum and incentives of each school that leads it. A
    group without a mentor has no mentor's hours, lump sum or incentives.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
    policy : Policy
    pairs : PairList
        Positions in ``intake.mentees`` and ``intake.mentors``.
    leads : mapping of str to sequence of str, optional
        By host id: the schools that lead it, where these are not the host itself.

    Returns
    -------
    CostTable
        Aligned with `pairs` and ``intake.mentors``.
    """
    money, leads = policy.money, leads or {}
    mentees, mentors = intake.mentees, intake.mentors
    leading = np.array([len(leads.get(one.school_id, (one.school_id,))) for one in mentors], dtype=np.int64)
    leading = np.zeros_like(leading) if policy.peers.enabled else leading
    led = (leading > 0).astype(np.int64)
    travel = travel_of(mentees, mentors, features, policy, pairs)
    mentee_side, mentor_side = _zeros(len(pairs)), _zeros(len(pairs))
    cluster = _zeros(len(mentors))

    def mentee(figure: Callable[[Rates], float]) -> IntArray:
        return _cents(mentees, money, figure)[pairs.mentee]

    def mentor(figure: Callable[[Rates], float]) -> IntArray:
        return _cents(mentors, money, figure)

    mentee_side[_row(CostKind.TRAVEL)] = travel.cents
    mentee_side[_row(CostKind.LUMP_SUM)] = mentee(lambda one: one.lump_sum_mentee)
    mentee_side[_row(CostKind.INCENTIVES)] = incentive_cents(mentees, money, IncentiveFor.MENTEES)[
        pairs.mentee
    ]
    hours = mentor(lambda one: one.hours_per_mentee * one.euro_per_hour) * led
    mentor_side[_row(CostKind.HOURS)] = hours[pairs.host]
    cluster[_row(CostKind.HOURS)] = mentor(lambda one: one.hours_per_cluster * one.euro_per_hour) * led
    cluster[_row(CostKind.LUMP_SUM)] = mentor(lambda one: one.lump_sum_mentor) * leading
    cluster[_row(CostKind.INCENTIVES)] = incentive_cents(mentors, money, IncentiveFor.MENTORS) * leading
    cluster[_row(CostKind.SET_UP)] = mentor(lambda one: one.set_up)
    return CostTable(mentee_side, mentor_side, cluster, travel.known, travel.assumed_km, travel.assumed_mode)


def incentive_cents(schools: Sequence[School], money: Money, role: IncentiveFor) -> IntArray:
    """Cents of all incentives that each school is given in a role, mentors or mentees; shape (n_schools,)."""
    by_country = {
        country: sum(
            round(one.euro * CENTS)
            for one in money.incentives
            if one.given_to in (role, IncentiveFor.BOTH) and is_given(one, country, money)
        )
        for country in sorted({school.country for school in schools})
    }
    return np.array([by_country[school.country] for school in schools], dtype=np.int64)


def is_given(incentive: Incentive, country: str, money: Money) -> bool:
    """Whether schools of a country are given an incentive: it is meant for them, and possible there."""
    possible = incentive.kind is not IncentiveKind.BANK_TRANSFER or country in money.bank_transfers
    return possible and (not incentive.countries or country in incentive.countries)


def _zeros(columns: int) -> IntArray:
    return np.zeros((len(KINDS), columns), dtype=np.int64)


def _row(kind: CostKind) -> int:
    return KINDS.index(kind)


def _cents(schools: Sequence[School], money: Money, figure: Callable[[Rates], float]) -> IntArray:
    """One figure of each school's country in whole cents; shape (n_schools,)."""
    euro = np.array([figure(money.rates_in(school.country)) for school in schools], dtype=np.float64)
    return np.rint(euro * CENTS).astype(np.int64)
