"""Rules of a policy: what must hold, what costs when broken, what is ignored."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from matcher.policy.base import CountryCode, LanguageCode, NutsCode, Points, PolicyPart, Rule, UnitInterval
from matcher.profiles import Cefr, Challenge, Phase, Rurality, Strength, Willingness


class WhenUnknown(StrEnum):
    """What a rule about a pair does where the data it needs is missing."""

    ALLOW = "allow"
    FORBID = "forbid"


class CountryOverride(PolicyPart):
    """A pair rule's strength or price for the mentees of one country."""

    strength: Strength | None = None
    """Strength for the mentees of this country; empty keeps the rule's own."""
    price: Points | None = None
    """Price for the mentees of this country; empty keeps the rule's own."""


class PairRule(Rule):
    """A rule about one mentee and one mentor."""

    unknown: WhenUnknown = WhenUnknown.ALLOW
    """allow: a pair whose data is missing passes and is flagged; forbid: it is treated as broken."""
    by_country: Mapping[CountryCode, CountryOverride] = Field(default_factory=dict)
    """Other strength or price for the mentees of a country, by country code."""


class CountryRule(PairRule):
    """Mentee and mentor are in the same country."""

    strength: Strength = Strength.HARD


class RegionMode(StrEnum):
    """How regions are compared."""

    EQUAL = "equal"
    ELIGIBLE_LIST = "eligible-list"


class RegionOverride(CountryOverride):
    """The region rule for the mentees of one country."""

    mode: RegionMode | None = None
    """How regions are compared for the mentees of this country; empty keeps the rule's own."""
    level: Annotated[int, Field(ge=1, le=3)] | None = None
    """NUTS level for the mentees of this country; empty keeps the rule's own."""


class RegionRule(PairRule):
    """Mentee and mentor are in the same region, or in a region that the schools listed as eligible."""

    mode: RegionMode = RegionMode.EQUAL
    """equal: the NUTS codes agree at `level`; eligible-list: the *eligible regions* columns decide."""
    level: Annotated[int, Field(ge=1, le=3)] = 2
    """NUTS level compared when mode is equal."""
    exceptions: tuple[tuple[str, str], ...] = ()
    """Pairs [mentee id, mentor id] that the rule does not apply to."""
    by_country: dict[CountryCode, RegionOverride] = Field(default_factory=dict)
    """Other strength, price, mode or level for the mentees of a country, by country code."""


class LanguageRule(PairRule):
    """Mentee and mentor share a working language, both at `level` or better."""

    strength: Strength = Strength.HARD
    level: Cefr = Cefr.B2
    """Lowest level that counts, on both sides."""


class MaturityGapRule(PairRule):
    """Mean maturity gap (mentor minus mentee, 0–1 scale) lies within the band."""

    min_gap: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """Smallest gap allowed."""
    max_gap: Annotated[float, Field(ge=-1, le=1)] = 0.9
    """Largest gap allowed."""

    @model_validator(mode="after")
    def _ordered(self) -> MaturityGapRule:
        if self.min_gap > self.max_gap:
            raise ValueError("min_gap must not exceed max_gap")
        return self


class TravelRule(PairRule):
    """Road distance is within `max_km` and within what each side said it can travel."""

    strength: Strength = Strength.HARD
    max_km: Annotated[float, Field(gt=0)] | None = None
    """Cap for every pair, in km; empty leaves only the schools' own caps."""
    use_school_caps: bool = True
    """Whether the schools' own *max travel* column counts."""
    virtual_exempt: bool = True
    """Whether the rule is waived when both sides can work virtually (virtual, or blended with virtual)."""


class PhaseRule(PairRule):
    """Mentee and mentor have a phase of education in common."""


class AuthorityMode(StrEnum):
    """What the rule on school authorities asks for."""

    SAME = "same"
    DIFFERENT = "different"


class AuthorityRule(PairRule):
    """Mentee and mentor belong to the same, or to different, school authorities."""

    mode: AuthorityMode = AuthorityMode.DIFFERENT
    """same or different."""


class KnownCostRule(PairRule):
    """What a pair costs is known; where money decides, a pair of unknown cost is never taken for free."""

    unknown: WhenUnknown = WhenUnknown.FORBID


class ThemeRule(PairRule):
    """Each cluster has one policy challenge as its theme, and every mentee in it named that challenge."""

    unknown: WhenUnknown = WhenUnknown.FORBID
    first: Annotated[int, Field(ge=1)] | None = None
    """How many of a mentee's challenges count, in the order in which it named them; empty: all."""
    mentor_strong: bool = True
    """Whether a mentor leads only themes among its strengths; one that named no strength leads any."""


class DeclaredRule(PolicyPart):
    """How links declared in the intake are taken."""

    strength: Strength | None = None
    """Empty takes each link as it was declared (hard or soft); otherwise overrides them all."""
    price: Points = 40.0
    """Points that one soft link costs when it is broken."""


class NeighbourRule(Rule):
    """Two mentees nearer than `min_km` to each other do not share a cluster."""

    min_km: Annotated[float, Field(gt=0)] = 3.0
    """Great-circle distance (km) below which two mentees are neighbours."""
    same_phase_only: bool = True
    """Whether only schools with a phase in common count as neighbours (they compete for pupils)."""


class ApartByAuthorityRule(Rule):
    """Two mentees of one school authority do not share a cluster."""


class LoadScope(StrEnum):
    """Whom the minimum load binds."""

    EVERY = "every"
    LEADING = "leading"


class ReserveScope(StrEnum):
    """Of what the reserve is a part."""

    COUNTRY = "country"
    PROGRAMME = "programme"


class Reserve(Rule):
    """Places that stay free, so that others can take over if a mentor drops out."""

    price: Points = 20.0
    """Points per place missing in the reserve when it is soft."""
    per: ReserveScope = ReserveScope.COUNTRY
    """country: so much is kept free in each country; programme: so much over all countries together."""
    share: UnitInterval = 0.1
    """Share of the places (the mentors' maxima) that stays free, rounded up to whole places."""
    places: Annotated[int, Field(ge=0)] | None = None
    """Number of places that stays free, instead of a share; empty takes `share`."""


class LoadRule(PolicyPart):
    """How many places each mentor fills. The workbook's own min/max load columns come first."""

    min_strength: Strength = Strength.HARD
    """How binding the minimum is."""
    max_strength: Strength = Strength.HARD
    """How binding the maximum is."""
    min: Annotated[int, Field(ge=0)] = 1
    """Smallest load of a mentor whose *min load* is empty."""
    max: Annotated[int, Field(ge=1)] = 5
    """Largest load of a mentor whose *max load* is empty."""
    applies_to: LoadScope = LoadScope.LEADING
    """every: each mentor must reach its minimum; leading: only those that lead a cluster."""
    under_price: Points = 20.0
    """Points per place below the minimum when it is soft."""
    over_price: Points = 20.0
    """Points per place above the maximum when it is soft."""
    over_limit: Annotated[int, Field(ge=0)] = 2
    """Places above the maximum that no price can buy."""
    reserve: Reserve = Reserve()

    @model_validator(mode="after")
    def _ordered(self) -> LoadRule:
        if self.min > self.max:
            raise ValueError("min must not exceed max")
        if self.max_strength is Strength.OFF and self.reserve.strength is not Strength.OFF:
            raise ValueError("a reserve is kept of the mentors' maxima: max_strength must not be off")
        return self


class Members(PolicyPart):
    """Which mentees are counted: those that meet every condition given here."""

    country: tuple[CountryCode, ...] = ()
    """Countries; empty means any."""
    region: tuple[NutsCode, ...] = ()
    """NUTS codes, each standing for all regions that begin with it; empty means any."""
    phase: tuple[Phase, ...] = ()
    """Phases, one of which the school covers; empty means any."""
    rurality: tuple[Rurality, ...] = ()
    """Rurality classes; empty means any."""
    challenge: tuple[Challenge, ...] = ()
    """Challenges, one of which the school named; empty means any."""
    language: tuple[LanguageCode, ...] = ()
    """Working languages (ISO codes), one of which the school has; empty means any."""
    willingness: tuple[Willingness, ...] = ()
    """How the school came to the programme; empty means any."""
    authority: tuple[str, ...] = ()
    """School authorities; empty means any."""
    schools: tuple[str, ...] = ()
    """School ids; empty means any."""
    max_pupils: Annotated[int, Field(ge=0)] | None = None
    """Largest number of pupils; empty means any."""
    min_pupils: Annotated[int, Field(ge=0)] | None = None
    """Smallest number of pupils; empty means any."""
    min_need: Annotated[float, Field(ge=0, le=1)] | None = None
    """Smallest need index; empty means any."""


class CountRule(Rule):
    """A rule that counts schools: at least / at most so many."""

    label: Annotated[str, Field(min_length=1)]
    """Name of the rule as it stands in the report."""
    at_least: Annotated[int, Field(ge=0)] | None = None
    """Smallest number; empty means no lower limit."""
    at_most: Annotated[int, Field(ge=0)] | None = None
    """Largest number; empty means no upper limit."""

    @model_validator(mode="after")
    def _ordered(self) -> CountRule:
        if self.at_least is None and self.at_most is None:
            raise ValueError("give at_least, at_most or both")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least must not exceed at_most")
        return self


class CompositionRule(CountRule):
    """In each cluster, at least / at most so many mentees with a property."""

    strength: Strength = Strength.HARD
    members: Members
    """Which mentees are counted."""
    mentors: Members = Members()
    """Whose clusters the rule is about; empty means all."""


class QuotaCounts(StrEnum):
    """What a quota counts."""

    MENTEES = "mentees"
    CLUSTERS = "clusters"


class QuotaRule(CountRule):
    """Over the whole plan, at least / at most so many placed mentees, or clusters that are formed."""

    strength: Strength = Strength.HARD
    counts: QuotaCounts = QuotaCounts.MENTEES
    """mentees: placed mentees are counted; clusters: mentors that lead a cluster are counted."""
    members: Members = Members()
    """Which mentees (or, for clusters, which mentors) are counted; empty means all."""
    mentors: Members = Members()
    """With `counts: mentees`: only placements with these mentors are counted; empty means all."""


class Unassigned(PolicyPart):
    """Leaving a mentee without a mentor."""

    allowed: bool = True
    """Whether a mentee may stay unassigned at all."""
    price: Points = 150.0
    """Points that each unassigned mentee costs."""
    by_willingness: dict[Willingness, Annotated[float, Field(ge=0, le=10)]] = Field(default_factory=dict)
    """Factor on the price by willingness, e.g. obliged: 0.8 places volunteers first."""
    never: tuple[Willingness, ...] = ()
    """Schools that came to the programme so may not stay unassigned, e.g. [obliged] if it is compulsory."""


class OpeningPrice(PolicyPart):
    """Another price of forming a cluster, for some mentors."""

    mentors: Members
    """Which mentors."""
    price: Points
    """Points that a cluster of such a mentor costs."""


class Opening(PolicyPart):
    """Price of forming a cluster, and how many of the candidates are chosen."""

    price: Points = 0.0
    """Points that each cluster that is formed costs; 0 leaves the number of clusters free."""
    by_mentor: tuple[OpeningPrice, ...] = ()
    """Other prices for some mentors; the first entry that fits a mentor holds, else `price`."""
    at_least: Annotated[int, Field(ge=0)] | None = None
    """Smallest number of mentors that lead a cluster; empty means no lower limit."""
    at_most: Annotated[int, Field(ge=0)] | None = None
    """Largest number of mentors that lead a cluster, the best of the candidates; empty: no upper limit."""

    @property
    def is_limited(self) -> bool:
        """Whether only so many of the candidates are chosen."""
        return self.at_least is not None or self.at_most is not None

    @model_validator(mode="after")
    def _ordered(self) -> Opening:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least must not exceed at_most")
        return self


class Rules(PolicyPart):
    """All rules of a policy."""

    country: CountryRule = CountryRule()
    region: RegionRule = RegionRule()
    language: LanguageRule = LanguageRule()
    maturity_gap: MaturityGapRule = MaturityGapRule()
    travel: TravelRule = TravelRule()
    phase: PhaseRule = PhaseRule()
    authority: AuthorityRule = AuthorityRule()
    known_cost: KnownCostRule = KnownCostRule()
    theme: ThemeRule = ThemeRule()
    rivalry: DeclaredRule = DeclaredRule()
    """Declared rivals (*Links* sheet) do not share a cluster, as co-mentees or as mentee and mentor."""
    neighbours: NeighbourRule = NeighbourRule()
    apart_by_authority: ApartByAuthorityRule = ApartByAuthorityRule()
    must_link: DeclaredRule = DeclaredRule()
    """Mentees declared as a must-link (*Links* sheet) share a cluster, or both stay unassigned."""
    lock: DeclaredRule = DeclaredRule()
    """Pairs of mentee and mentor declared as locked (*Links* sheet) are in the plan."""
    forbid: DeclaredRule = DeclaredRule()
    """Pairs declared as forbidden (*Links* sheet) are not in the plan."""
    load: LoadRule = LoadRule()
    composition: tuple[CompositionRule, ...] = ()
    """Rules on who is in each cluster."""
    quotas: tuple[QuotaRule, ...] = ()
    """Rules on the whole plan."""
    unassigned: Unassigned = Unassigned()
    opening: Opening = Opening()
