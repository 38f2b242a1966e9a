"""What may be given up when the hard rules contradict each other, at what price and within what limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matcher.policy.base import PolicyPart
from matcher.policy.rules import Members

Price = Annotated[float, Field(ge=0.001, le=100_000)]
Times = Annotated[int, Field(ge=1, le=1000)]


class Relaxing(PolicyPart):
    """One way to give way. Prices are compared with each other only; they are no points of the plan."""

    allowed: bool = True
    """Whether a repair may do this at all."""
    price: Price = 20.0
    """What it costs each time."""
    most: Times = 10
    """How often one repair may do it."""


class MorePlaces(Relaxing):
    """A mentor takes more schools than its maximum; the price is for each place."""

    price: Price = 10.0
    most_each: Times = 2
    """Places that one mentor may get at most."""


class PlacesIn(MorePlaces):
    """Places more at any mentors of a region or a country, on terms of their own; the price is for each."""

    mentors: Members
    """Which mentors; the first entry that describes a mentor holds for it, in place of `repair.places`."""


class LowerMinimum(Relaxing):
    """A mentor makes do with fewer schools than its minimum; the price is for each place."""

    price: Price = 15.0
    most_each: Times = 1
    """Places by which the minimum of one mentor may be missed at most."""


class WaivedFor(Relaxing):
    """A rule about pairs is waived for one mentee."""

    allowed: bool = False
    price: Price = 40.0


class LinkWaived(Relaxing):
    """A declared link is waived; also a declared rivalry."""

    price: Price = 30.0


class LockWaived(Relaxing):
    """A lock is waived."""

    price: Price = 35.0


class MayMeet(Relaxing):
    """Two mentees may meet whom a rule derived from data keeps apart."""

    price: Price = 12.0


class ForbidWaived(Relaxing):
    """A forbidden pair may meet."""

    allowed: bool = False
    price: Price = 60.0


class LeftOut(Relaxing):
    """A mentee is left out."""

    price: Price = 100.0


class CountryWaived(WaivedFor):
    """The country rule is waived."""

    price: Price = 80.0


class BasicsWaived(WaivedFor):
    """A rule is waived without which schools can hardly work together."""

    price: Price = 60.0


class AreaWaived(WaivedFor):
    """A rule on regions or authorities is waived."""

    price: Price = 20.0


class WiderTravel(Relaxing):
    """The travel limits are widened for one mentee."""

    price: Price = 15.0
    within: Annotated[float, Field(gt=0)] | None = 20.0
    """Kilometres by which the limits are widened; empty: the rule is waived whole."""


class WiderGap(Relaxing):
    """The band of the maturity gap is widened for one mentee."""

    price: Price = 15.0
    within: Annotated[float, Field(gt=0, le=2)] | None = 0.1
    """By how much, on the scale from 0 to 1; empty: the rule is waived whole."""


class CountMissed(Relaxing):
    """A quota or a composition is missed; the price is for each school or cluster short or over."""

    price: Price = 25.0
    most_each: Times = 2
    """By how much one such rule may be missed at most."""


class FewerKeptFree(Relaxing):
    """Fewer places are kept free than a hard reserve asks for; the price is for each place."""

    price: Price = 8.0


class Repair(PolicyPart):
    """What a repair may give up when no plan keeps all hard rules (`matcher repair`)."""

    places: MorePlaces = MorePlaces()
    places_in: tuple[PlacesIn, ...] = ()
    """Places more at any mentors of a region, a country or the like, at prices and limits of their own."""
    minimum: LowerMinimum = LowerMinimum()
    reserve: FewerKeptFree = FewerKeptFree()
    rivalry: LinkWaived = LinkWaived()
    """A declared rivalry of two mentees is waived."""
    neighbours: MayMeet = MayMeet()
    """Two neighbours may share a cluster."""
    apart_by_authority: MayMeet = MayMeet()
    """Two mentees of one school authority may share a cluster."""
    forbid: ForbidWaived = ForbidWaived()
    """A forbidden pair of mentees may share a cluster."""
    must_link: LinkWaived = LinkWaived()
    """A must-link is given up."""
    lock: LockWaived = LockWaived()
    """A locked pair is given up."""
    country: CountryWaived = CountryWaived()
    """The country rule is waived for a mentee."""
    region: AreaWaived = AreaWaived()
    """The region rule is waived for a mentee."""
    language: BasicsWaived = BasicsWaived()
    """The language rule is waived for a mentee."""
    maturity_gap: WiderGap = WiderGap()
    travel: WiderTravel = WiderTravel()
    phase: BasicsWaived = BasicsWaived()
    """The phase rule is waived for a mentee."""
    authority: AreaWaived = AreaWaived()
    """The rule on school authorities is waived for a mentee."""
    quotas: CountMissed = CountMissed()
    composition: CountMissed = CountMissed()
    unassigned: LeftOut = LeftOut()
    """A mentee is left without a mentor although none may be."""
