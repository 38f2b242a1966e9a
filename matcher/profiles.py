"""What comes in, as frozen models: schools, maturity records, links, preferences, the intake.

Unknown is ``None`` (or an empty tuple where a list was left empty), never 0. These models hold what
the form said, in the words of the form; nothing here is derived.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Role(StrEnum):
    """Part a school takes in the programme."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Phase(StrEnum):
    """Phase of education; a school may cover several."""

    PRIMARY = "primary"
    LOWER_SECONDARY = "lower-secondary"
    UPPER_SECONDARY = "upper-secondary"
    VOCATIONAL = "vocational"
    SPECIAL = "special"


class Rurality(StrEnum):
    """Degree of urbanisation of the place (Eurostat DEGURBA, three classes)."""

    URBAN = "urban"
    INTERMEDIATE = "intermediate"
    RURAL = "rural"


class CoordinateQuality(StrEnum):
    """How precise a point is."""

    SITE = "site"
    STREET = "street"
    MUNICIPALITY = "municipality"


class WorkMode(StrEnum):
    """How a school can work with its cluster."""

    FACE_TO_FACE = "face-to-face"
    BLENDED = "blended"
    VIRTUAL = "virtual"


class Willingness(StrEnum):
    """How a school came to the programme."""

    VOLUNTEER = "volunteer"
    ASKED = "asked"
    OBLIGED = "obliged"


class Cefr(StrEnum):
    """Language level of the Common European Framework, with ``native`` above C2."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def order(self) -> int:
        """1 for A1 … 6 for C2, 7 for native."""
        return list(Cefr).index(self) + 1


class Challenge(StrEnum):
    """Policy challenges named in MenSI D2.1, used for needs and for strengths."""

    DISADVANTAGED_PUPILS = "disadvantaged-pupils"
    EARLY_LEAVING = "early-school-leaving"
    GIFTED_PUPILS = "gifted-pupils"
    MIGRANTS = "newly-arrived-migrants"
    SMALL_REMOTE = "small-and-remote-schools"
    MULTI_AGE = "multi-age-classes"
    STEM = "stem"
    INCLUSION = "inclusion"
    DISTANCE_LEARNING = "distance-learning"
    CURRICULUM = "curriculum-development"
    LEARNING_SPACES = "learning-spaces"
    ASSESSMENT = "assessment"
    PERSONALISED = "personalised-learning"
    DIGITAL_PEDAGOGY = "digital-pedagogy"
    TEAM_TEACHING = "team-teaching"
    ENVIRONMENT = "environment"


class LinkKind(StrEnum):
    """What a declared link between two schools says."""

    RIVALRY = "rivalry"
    MUST_LINK = "must-link"
    LOCK = "lock"
    FORBID = "forbid"
    PARTNERSHIP = "partnership"


class Strength(StrEnum):
    """How binding a rule or a link is."""

    HARD = "hard"
    SOFT = "soft"
    OFF = "off"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class LanguageSkill(_Frozen):
    """A working language of a school and the level its staff work at.

    ``level`` None means that the level was not stated (unknown, not A1).
    """

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code, lower case")]
    level: Cefr | None = None


class School(_Frozen):
    """One school as the intake form describes it.

    Distances are kilometres, coordinates WGS 84 degrees, ``need_index`` runs from 0 (least) to 1
    (most need), ``demand`` counts places. ``eligible_regions`` are NUTS codes, each standing for all
    regions that begin with it; empty means no restriction was stated.
    """

    school_id: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(min_length=1)]
    role: Role
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code")]
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")] | None = None
    municipality: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    coordinate_quality: CoordinateQuality | None = None
    phases: frozenset[Phase] = frozenset()
    pupils: Annotated[int, Field(ge=0)] | None = None
    rurality: Rurality | None = None
    need_index: Annotated[float, Field(ge=0, le=1)] | None = None
    authority: str | None = None
    languages: tuple[LanguageSkill, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    strengths: tuple[Challenge, ...] = ()
    work_mode: WorkMode | None = None
    max_travel_km: Annotated[float, Field(ge=0)] | None = None
    min_load: Annotated[int, Field(ge=0)] | None = None
    max_load: Annotated[int, Field(ge=0)] | None = None
    demand: Annotated[int, Field(ge=1)] = 1
    eligible_regions: tuple[str, ...] = ()
    willingness: Willingness | None = None


class MaturityRecord(_Frozen):
    """One value of one maturity instrument for one area of one school, as it was reported.

    ``value`` None means not answered or not applicable; it is unknown, never 0. ``n`` is the number
    of respondents behind the value.
    """

    school_id: Annotated[str, Field(min_length=1)]
    instrument: Annotated[str, Field(min_length=1)]
    version: str | None = None
    taken_on: date | None = None
    group: str | None = None
    area: Annotated[str, Field(min_length=1)]
    value: float | None = None
    n: Annotated[int, Field(ge=0)] | None = None


class Link(_Frozen):
    """A declared link between two schools. ``expires`` is the last day on which it holds."""

    kind: LinkKind
    school_a: Annotated[str, Field(min_length=1)]
    school_b: Annotated[str, Field(min_length=1)]
    strength: Strength = Strength.HARD
    reason: str | None = None
    declared_by: str | None = None
    expires: date | None = None

    def in_force(self, as_of: date | None) -> bool:
        """Whether the link holds on `as_of`; without a date every link holds."""
        return self.strength is not Strength.OFF and (
            as_of is None or self.expires is None or as_of <= self.expires
        )


class Preference(_Frozen):
    """One school's wish for another; equal ranks are ties, a school not named is not ranked."""

    from_school: Annotated[str, Field(min_length=1)]
    to_school: Annotated[str, Field(min_length=1)]
    rank: Annotated[int, Field(ge=1)]


class Intake(_Frozen):
    """Everything that came in for one round of matching.

    ``as_of`` is the date on which links are judged to hold or to have expired. ``synthetic`` is true
    for made-up data, and every output then says so.
    """

    title: str = ""
    synthetic: bool = False
    as_of: date | None = None
    schools: tuple[School, ...] = ()
    maturity: tuple[MaturityRecord, ...] = ()
    links: tuple[Link, ...] = ()
    preferences: tuple[Preference, ...] = ()

    @property
    def mentees(self) -> tuple[School, ...]:
        """Schools to be placed, sorted by id."""
        return self._with_role(Role.MENTEE)

    @property
    def mentors(self) -> tuple[School, ...]:
        """Schools that lead, sorted by id."""
        return self._with_role(Role.MENTOR)

    def _with_role(self, role: Role) -> tuple[School, ...]:
        chosen = (school for school in self.schools if school.role is role)
        return tuple(sorted(chosen, key=lambda school: school.school_id))
