"""Criteria of a policy: what makes a pair good, how much each counts, and its parameters."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from matcher.policy.base import PolicyPart, UnitInterval
from matcher.profiles import Cefr

Weight = Annotated[float, Field(ge=0, le=1000)]


class Criterion(PolicyPart):
    """What every criterion has. Weights are relative: only their proportions matter."""

    weight: Weight = 0.0
    """Weight of the criterion in a pair's score; 0 leaves it out."""


class MaturityBand(Criterion):
    """Mentor ahead of the mentee, area by area, but not too far ahead."""

    weight: Weight = 25.0
    low: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """Gap (mentor minus mentee, 0–1 scale) at or below which an area scores 0."""
    best_from: UnitInterval = 0.15
    """Gap from which an area scores 1."""
    best_to: UnitInterval = 0.4
    """Gap up to which an area scores 1."""
    high: Annotated[float, Field(ge=0, le=2)] = 0.9
    """Gap at or above which an area scores 0."""
    challenge_emphasis: Annotated[float, Field(ge=0, le=10)] = 2.0
    """Extra weight of the areas that the mentee's challenges touch; 0 weighs all areas alike."""

    @model_validator(mode="after")
    def _ordered(self) -> MaturityBand:
        if not self.low < self.best_from <= self.best_to < self.high:
            raise ValueError("the band must satisfy low < best_from <= best_to < high")
        return self


class ChallengeFit(Criterion):
    """Mentor strong where the mentee's challenges lie; earlier challenges count more."""

    weight: Weight = 25.0
    rank_decay: Annotated[float, Field(gt=0, le=1)] = 0.6
    """Weight of each further challenge in the mentee's order, as a share of the one before."""


class SharedLanguage(Criterion):
    """Level of the best language that both sides work in."""

    weight: Weight = 15.0
    enough: Cefr = Cefr.C1
    """Level of the weaker side from which the criterion scores 1."""


class Travel(Criterion):
    """Closeness: 1 at the door, 0 at `zero_km`, linear between."""

    weight: Weight = 15.0
    zero_km: Annotated[float, Field(gt=0)] = 150.0
    """Road distance (km) at and beyond which the criterion scores 0."""


class PhaseFit(Criterion):
    """Share of the mentee's phases that the mentor covers."""

    weight: Weight = 8.0


class SizeFit(Criterion):
    """Similar number of pupils, by ratio."""

    weight: Weight = 4.0
    zero_ratio: Annotated[float, Field(gt=1)] = 5.0
    """Ratio of pupil numbers at and beyond which the criterion scores 0."""


class ContextFit(Criterion):
    """Similar surroundings: rurality and need."""

    weight: Weight = 4.0
    rurality_share: UnitInterval = 0.5
    """Share of rurality in the criterion; the rest is the need index."""


class ModeFit(Criterion):
    """Compatible ways of working (face-to-face, blended, virtual)."""

    weight: Weight = 4.0


class PreferenceOf(Criterion):
    """Wish of one side: 1 for its first choice, falling with rank; not named counts `unranked`."""

    rank_decay: Annotated[float, Field(gt=0, le=1)] = 0.75
    """Value of each further rank, as a share of the one before."""
    unranked: UnitInterval = 0.0
    """Value of a school that was not named by a school that named others."""


class Partnership(Criterion):
    """An earlier partnership of the two schools."""

    weight: Weight = 0.0


class Unknown(StrEnum):
    """What a criterion without data contributes to a pair."""

    REWEIGHT = "reweight"
    AVERAGE = "average"


class Criteria(PolicyPart):
    """All criteria of a policy. A pair's score is the weighted mean of what is known, times 100."""

    maturity_band: MaturityBand = MaturityBand()
    challenge_fit: ChallengeFit = ChallengeFit()
    shared_language: SharedLanguage = SharedLanguage()
    travel: Travel = Travel()
    phase: PhaseFit = PhaseFit()
    size: SizeFit = SizeFit()
    context: ContextFit = ContextFit()
    work_mode: ModeFit = ModeFit()
    mentee_preference: PreferenceOf = PreferenceOf(weight=6.0)
    """Wish of the mentee: 1 for its first choice, falling with rank; not named counts `unranked`."""
    mentor_preference: PreferenceOf = PreferenceOf(weight=3.0)
    """Wish of the mentor: 1 for its first choice, falling with rank; not named counts `unranked`."""
    partnership: Partnership = Partnership()
    unknown: Unknown = Unknown.REWEIGHT
    """reweight: the known criteria share the weight; average: the mean over all known pairs stands in."""


class Mix(StrEnum):
    """Whether the schools of a cluster should resemble each other in an attribute."""

    ALIKE = "alike"
    MIXED = "mixed"


class CohesionAttribute(PolicyPart):
    """One attribute that mentees of a cluster should share or differ in."""

    weight: Weight = 0.0
    """Relative weight of the attribute; 0 leaves it out."""
    want: Mix = Mix.ALIKE
    """alike: similar schools together; mixed: different schools together."""


class Cohesion(PolicyPart):
    """Value of two mentees sharing a cluster."""

    points_per_pair: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Points that a perfect pair of co-mentees adds; 0 switches cohesion off."""
    challenges: CohesionAttribute = CohesionAttribute(weight=2.0)
    """Policy challenges that the schools named."""
    languages: CohesionAttribute = CohesionAttribute(weight=1.0)
    """Working languages, with their levels."""
    travel: CohesionAttribute = CohesionAttribute(weight=1.0)
    """Closeness of the mentees to each other."""
    phase: CohesionAttribute = CohesionAttribute(weight=1.0)
    """Phases of education."""
    size: CohesionAttribute = CohesionAttribute()
    """Numbers of pupils."""
    rurality: CohesionAttribute = CohesionAttribute(weight=0.5)
    """Urban, intermediate or rural surroundings."""
    need: CohesionAttribute = CohesionAttribute()
    """Need indices."""
    maturity: CohesionAttribute = CohesionAttribute(weight=0.5, want=Mix.MIXED)
    """Digital maturity, area by area."""
    work_mode: CohesionAttribute = CohesionAttribute()
    """Ways of working (face-to-face, blended, virtual)."""
