"""Budgets as limits on cents over the whole plan, and costs as points of the objective."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.costs import CostTable
from matcher.costs.table import CENTS
from matcher.encoding.data import MONEY
from matcher.encoding.units import price_units
from matcher.exceptions import UsageError
from matcher.features.countries import country_name
from matcher.features.pairs import PairList
from matcher.policy.money import Money
from matcher.problem import Row
from matcher.profiles import Intake, Strength
from matcher.rules.outcome import PairOutcome

_PREFIX = "budget:"
PROGRAMME = "programme"
"""Stands for all countries together."""
PRICED_CENTS = 10_000
"""Prices are stated for so many cents, 100 euro."""


def encode_budget(intake: Intake, money: Money, pairs: PairList, costs: CostTable | None) -> tuple[Row, ...]:
    """Turn the budget into one row for the programme and one for each country that has one, in cents.

    Parameters
    ----------
    intake : Intake
    money : Money
    pairs : PairList
        Eligible pairs.
    costs : CostTable or None
        Of these pairs.

    Returns
    -------
    tuple of Row
        The programme first, then by country code; keys as :func:`budget_of` reads them.

    Raises
    ------
    UsageError
        If the cost of an eligible pair is not known: no limit on it could be kept.
    """
    if costs is None or money.budget.strength is Strength.OFF:
        return ()
    _all_known(costs)
    return tuple(_rows(intake, money, pairs, costs))


def _rows(intake: Intake, money: Money, pairs: PairList, costs: CostTable) -> Iterator[Row]:
    budget = money.budget
    price = cent_units(budget.price) if budget.strength is Strength.SOFT else None
    if budget.total is not None:
        limit = round(budget.total * CENTS)
        yield Row(f"{_PREFIX}{PROGRAMME}", costs.pair, costs.host, None, limit, price)
    mentee_in = np.array([school.country for school in intake.mentees], dtype=np.str_)[pairs.mentee]
    mentor_in = np.array([school.country for school in intake.mentors], dtype=np.str_)
    for country, euro in sorted(budget.by_country.items()):
        of_mentee = np.where(mentee_in == country, costs.mentee_side.sum(axis=0), 0)
        of_mentor = np.where(mentor_in[pairs.host] == country, costs.mentor_side.sum(axis=0), 0)
        of_host = np.where(mentor_in == country, costs.host, 0).astype(np.int64)
        weight = (of_mentee + of_mentor).astype(np.int64)
        yield Row(f"{_PREFIX}{country}", weight, of_host, None, round(euro * CENTS), price)


def _all_known(costs: CostTable) -> None:
    if not costs.known.all():
        number = int((~costs.known).sum())
        raise UsageError(
            f"What {number} pairs cost is not known, because a distance is not, and money decides. State "
            "money.rates.assumed_km in the policy, or leave them out with rules.known_cost.strength: hard."
        )


def cent_units(points_per_100_euro: float) -> int:
    """Objective units that one cent takes at a price in points for each 100 euro.

    Examples
    --------
    >>> cent_units(5)  # 5 points are 5,000,000 units, 100 euro are 10,000 cents
    500
    """
    return round(price_units(points_per_100_euro) / PRICED_CENTS)


def money_outcome(money: Money, costs: CostTable | None) -> tuple[tuple[PairOutcome, NDArray[np.int64]], ...]:
    """Say what costs take from each pair's value, as an outcome and in objective units; none if nothing.

    Raises
    ------
    UsageError
        If the cost of an eligible pair is not known.
    """
    units = cluster_cent_units(money, costs)
    if costs is None or not units:
        return ()
    _all_known(costs)
    none = np.zeros(len(costs.known), np.bool_)
    taken = costs.pair * units
    return ((PairOutcome(MONEY, none, none, none, np.zeros(len(none))), taken),)


def cluster_cent_units(money: Money, costs: CostTable | None) -> int:
    """Objective units that a cent takes from a plan; 0 where costs do not count in the objective."""
    return 0 if costs is None else cent_units(money.points_per_100_euro)


def budget_of(key: str) -> str | None:
    """Country code of a row that limits costs, or :data:`PROGRAMME`; None for any other row."""
    return key.removeprefix(_PREFIX) if key.startswith(_PREFIX) else None


def budget_label(key: str) -> str:
    """Name of a budget row in reports."""
    group = budget_of(key)
    return "Budget" if group == PROGRAMME else f"Budget of {country_name(group or '')}"


def budget_words(row: Row) -> str:
    """Say a budget row in one sentence."""
    where = budget_of(row.key)
    whom = "" if where == PROGRAMME else f" what {country_name(where or '')} pays for its own schools"
    verb = "The plan costs" if not whom else f"Of the plan,{whom} is"
    tail = "" if row.price is None else "; the price is that of each 100 euro more"
    return f"{verb} at most {euro_words(row.at_most or 0)} a year{tail}."


def euro_words(cents: int) -> str:
    """Say an amount: whole euro where there are no cents.

    Examples
    --------
    >>> euro_words(123456), euro_words(500000)
    ('1,234.56 euro', '5,000 euro')
    """
    return f"{cents // CENTS:,} euro" if cents % CENTS == 0 else f"{cents / CENTS:,.2f} euro"
