"""Money: what a plan costs by country, and how far that decides."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from matcher.policy.base import CountryCode, Points, PolicyPart, Rule, UnitInterval
from matcher.profiles import Strength

_NEARLY = 1e-6


def _whole_cents(euro: float) -> float:
    if abs(euro * 100 - round(euro * 100)) > _NEARLY:
        raise ValueError("an amount has at most two decimals, whole cents")
    return euro


Euro = Annotated[float, Field(ge=0, le=1_000_000_000), AfterValidator(_whole_cents)]
"""An amount of money in whole cents."""
EuroPerKm = Annotated[float, Field(ge=0, le=100)]
Meetings = Annotated[int, Field(ge=0, le=365)]
Hours = Annotated[float, Field(ge=0, le=10_000)]
Km = Annotated[float, Field(gt=0, le=40_000)]


class Rates(PolicyPart):
    """What things cost in a country for a year; nothing costs anything until it is stated here."""

    euro_per_km: EuroPerKm = 0.0
    """Euro for each km by road of a mentee's way to its mentor and back."""
    meetings: Meetings = 3
    """Meetings of a cluster in a year, about one a term; each mentee travels to its mentor and back."""
    virtual_share: UnitInterval = 0.0
    """Share of the meetings held online where a school meets face to face or did not say how it works."""
    blended_share: UnitInterval = 0.5
    """Share of the meetings held online where both schools work blended; virtual work costs no travel."""
    assumed_km: Km | None = None
    """Distance that stands in where it is not known, flagged and counted in the report; empty: the cost of
    such a pair is not known."""
    hours_per_mentee: Hours = 0.0
    """Hours that a mentor gives in a year for each mentee."""
    hours_per_cluster: Hours = 0.0
    """Hours that a mentor gives in a year for its cluster, whatever its size."""
    euro_per_hour: Euro = 0.0
    """Euro for an hour of the mentor's staff."""
    lump_sum_mentee: Euro = 0.0
    """Lump sum for each mentee that is placed."""
    lump_sum_mentor: Euro = 0.0
    """Lump sum for each mentor that leads a cluster."""
    set_up: Euro = 0.0
    """What it costs once to set a cluster up."""


class CountryRates(PolicyPart):
    """What differs in one country; empty keeps what holds everywhere."""

    euro_per_km: EuroPerKm | None = None
    """Euro for each km of the mentees of this country."""
    meetings: Meetings | None = None
    """Meetings in a year for the mentees of this country."""
    virtual_share: UnitInterval | None = None
    """Share of the meetings held online, for the mentees of this country."""
    blended_share: UnitInterval | None = None
    """Share held online where both schools work blended, for the mentees of this country."""
    assumed_km: Km | None = None
    """Distance that stands in where it is not known, for the mentees of this country."""
    hours_per_mentee: Hours | None = None
    """Hours a mentee of the mentors of this country."""
    hours_per_cluster: Hours | None = None
    """Hours a cluster of the mentors of this country."""
    euro_per_hour: Euro | None = None
    """Euro for an hour of the mentors of this country."""
    lump_sum_mentee: Euro | None = None
    """Lump sum for the mentees of this country."""
    lump_sum_mentor: Euro | None = None
    """Lump sum for the mentors of this country."""
    set_up: Euro | None = None
    """Setting up a cluster led from this country."""


class IncentiveKind(StrEnum):
    """Ways to reward a school for taking part."""

    BANK_TRANSFER = "bank-transfer"
    CERTIFICATE = "certificate"
    PRODUCTS = "products"


class IncentiveFor(StrEnum):
    """Who is given an incentive."""

    MENTORS = "mentors"
    MENTEES = "mentees"
    BOTH = "both"


class Incentive(PolicyPart):
    """One reward for schools that take part, with what it costs the programme."""

    kind: IncentiveKind
    """bank-transfer: only where `bank_transfers` allows it; certificate, products (donated): everywhere."""
    given_to: IncentiveFor = IncentiveFor.BOTH
    """mentors: those that lead a cluster; mentees: those that are placed; both."""
    euro: Euro = 0.0
    """What one school's incentive costs the programme."""
    countries: tuple[CountryCode, ...] = ()
    """Countries whose schools are given it; empty: every country in which this kind is possible."""


class Budget(Rule):
    """What the plan may cost at most."""

    price: Points = 20.0
    """Points for each 100 euro above the budget when it is soft."""
    total: Euro | None = None
    """Euro for the whole programme; empty: no limit over all countries."""
    by_country: dict[CountryCode, Euro] = Field(default_factory=dict)
    """Euro that a country pays for its own schools, by country code; a country not named has no limit."""

    @model_validator(mode="after")
    def _stated(self) -> Budget:
        if self.strength is not Strength.OFF and self.total is None and not self.by_country:
            raise ValueError("a budget needs a total, or an amount by_country")
        return self


class Money(PolicyPart):
    """What the plan costs, by country; off until `enabled`."""

    enabled: bool = False
    """Whether costs are worked out and reported."""
    rates: Rates = Rates()
    by_country: dict[CountryCode, CountryRates] = Field(default_factory=dict)
    """Other rates for the schools of a country, by country code."""
    bank_transfers: tuple[CountryCode, ...] = ("BE", "HR")
    """Countries in which money can be transferred to a school as an incentive."""
    incentives: tuple[Incentive, ...] = ()
    """Rewards for schools that take part."""
    budget: Budget = Budget()
    points_per_100_euro: Points = 0.0
    """Points that each 100 euro take from the plan; 0 leaves costs out of the objective."""

    @property
    def decides(self) -> bool:
        """Whether the plan depends on what it costs."""
        return self.enabled and (self.budget.strength is not Strength.OFF or self.points_per_100_euro > 0)

    def rates_in(self, country: str) -> Rates:
        """Rates that hold for the schools of a country."""
        own = self.by_country.get(country)
        if own is None:
            return self.rates
        stated = {key: value for key, value in own if value is not None}
        return self.rates.model_copy(update=stated)

    @property
    def may_lack_distances(self) -> bool:
        """Whether travel costs something and no distance stands in where it is not known."""
        every = (self.rates, *(self.rates_in(country) for country in self.by_country))
        return any(one.euro_per_km * one.meetings > 0 and one.assumed_km is None for one in every)

    @model_validator(mode="after")
    def _possible(self) -> Money:
        for one in self.incentives:
            barred = sorted(set(one.countries) - set(self.bank_transfers))
            if one.kind is IncentiveKind.BANK_TRANSFER and barred:
                raise ValueError(
                    f"an incentive by bank-transfer is not possible in {', '.join(barred)}, only in "
                    f"{', '.join(self.bank_transfers) or 'no country'} (bank_transfers); a certificate or "
                    "products are possible everywhere"
                )
        if not self.enabled and (self.budget.strength is not Strength.OFF or self.points_per_100_euro > 0):
            raise ValueError("a budget or points_per_100_euro need enabled: true")
        return self
