"""Intakes for property tests: everything that the form can hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from matcher.intake.nulls import means_unknown
from matcher.profiles import (
    Cefr,
    Challenge,
    CoordinateQuality,
    Intake,
    LanguageSkill,
    Link,
    LinkKind,
    MaturityRecord,
    Phase,
    Preference,
    Role,
    Rurality,
    School,
    Strength,
    Willingness,
    WorkMode,
)

_ODD = st.sampled_from(
    ["007", "NA", "1.234", "=SUM(A1)", "-x", "@home", 'say "no"', "a;b,c\td", "Total", "1e5", "'s-Graven"]
)
_LETTERS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=8
)


def _survives(text: str) -> bool:
    return (
        bool(text.strip()) and not means_unknown(text) and text not in ("TRUE", "FALSE") and "#" not in text
    )


TEXTS = st.one_of(_ODD, _LETTERS.map(str.strip).filter(_survives))
_maybe_text = st.none() | TEXTS
_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_counts = st.integers(0, 10**6)


_challenges = st.lists(st.sampled_from(Challenge), unique=True, max_size=3).map(tuple)


_skills = st.lists(
    st.builds(
        LanguageSkill,
        code=st.sampled_from(["hr", "it", "en", "fur", "rom"]),
        level=st.none() | st.sampled_from(Cefr),
    ),
    unique_by=lambda skill: skill.code,
    max_size=3,
).map(tuple)

SCHOOLS = st.builds(
    School,
    school_id=TEXTS,
    name=TEXTS,
    role=st.sampled_from(Role),
    country=st.just("HR"),
    region=st.none() | st.sampled_from(["HR", "HR0", "HR050"]),
    municipality=_maybe_text,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    coordinate_quality=st.none() | st.sampled_from(CoordinateQuality),
    phases=st.frozensets(st.sampled_from(Phase)),
    pupils=st.none() | _counts,
    rurality=st.none() | st.sampled_from(Rurality),
    need_index=st.none() | st.floats(0, 1),
    authority=_maybe_text,
    languages=_skills,
    challenges=_challenges,
    strengths=_challenges,
    work_mode=st.none() | st.sampled_from(WorkMode),
    max_travel_km=st.none() | st.floats(0, 1e6),
    min_load=st.none() | _counts,
    max_load=st.none() | _counts,
    demand=st.integers(1, 9),
    eligible_regions=st.sampled_from([(), ("HR0",), ("HU3", "ITF33")]),
    willingness=st.none() | st.sampled_from(Willingness),
)
_MATURITY = st.builds(
    MaturityRecord,
    school_id=TEXTS,
    instrument=TEXTS,
    version=_maybe_text,
    taken_on=st.none() | _days,
    group=_maybe_text,
    area=TEXTS,
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    n=st.none() | _counts,
)
_LINKS = st.builds(
    Link,
    kind=st.sampled_from(LinkKind),
    school_a=TEXTS,
    school_b=TEXTS,
    strength=st.sampled_from(Strength),
    reason=_maybe_text,
    declared_by=_maybe_text,
    expires=st.none() | _days,
)
_PREFERENCES = st.builds(Preference, from_school=TEXTS, to_school=TEXTS, rank=st.integers(1, 99))

INTAKES = st.builds(
    Intake,
    title=st.just("") | TEXTS,
    synthetic=st.booleans(),
    as_of=st.none() | _days,
    schools=st.lists(SCHOOLS, min_size=1, max_size=3).map(tuple),
    maturity=st.lists(_MATURITY, max_size=2).map(tuple),
    links=st.lists(_LINKS, max_size=2).map(tuple),
    preferences=st.lists(_PREFERENCES, max_size=2).map(tuple),
)
