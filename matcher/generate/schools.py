"""Made-up profiles: everything that the intake form asks of a school."""

from __future__ import annotations

from typing import Any

from matcher.generate.dice import Dice
from matcher.generate.names import STOCKS
from matcher.generate.reach import Reach
from matcher.generate.roster import Place, share_out
from matcher.profiles import (
    Cefr,
    Challenge,
    CoordinateQuality,
    LanguageSkill,
    Role,
    Rurality,
    School,
    Willingness,
    WorkMode,
)

_PUPILS = {Rurality.URBAN: 520, Rurality.INTERMEDIATE: 370, Rurality.RURAL: 170}
_RURAL_ONLY = {Challenge.SMALL_REMOTE, Challenge.MULTI_AGE}
_COMMON = {Challenge.DIGITAL_PEDAGOGY, Challenge.INCLUSION, Challenge.ASSESSMENT, Challenge.PERSONALISED}
_MODES = (WorkMode.FACE_TO_FACE, WorkMode.BLENDED, WorkMode.VIRTUAL)
LISTS_ELIGIBLE_REGIONS = frozenset({"CZ"})
"""Countries whose mentors list the regions they may take mentees from (as the Czech call of 2021 did)."""


def make_schools(places: list[Place], reach: Reach, dice: Dice, *, short: bool) -> list[School]:
    """Make up the profiles of one country's schools.

    Parameters
    ----------
    places : list of Place
        From :func:`matcher.generate.roster.make_roster`.
    reach : Reach
        Travel limits and regions.
    dice : Dice
        Randomness of this table.
    short : bool
        Whether the places fall a tenth short of the mentees instead of exceeding them by a tenth.
    """
    loads = _loads(places, short=short)
    return [_school(place, reach, loads.get(place.school_id), dice) for place in places]


def _loads(places: list[Place], *, short: bool) -> dict[str, int]:
    mentors = [place.school_id for place in places if place.role is Role.MENTOR]
    mentees = len(places) - len(mentors)
    tenth = max(1, round(0.1 * mentees))
    total = max(len(mentors), mentees - tenth if short else mentees + tenth)
    return dict(zip(mentors, share_out(total, len(mentors)), strict=True))


def _school(place: Place, reach: Reach, load: int | None, dice: Dice) -> School:
    mentor = place.role is Role.MENTOR
    town = place.town
    gaps = 0.25 if mentor else 1.0  # mentors were chosen, so their forms are more complete
    stock = STOCKS[town.country]
    fields: dict[str, Any] = _point(place, dice, missing=0.04 * gaps)
    size = _PUPILS[town.degurba] * place.kind.size_factor * (1.0 + 0.5 * (dice.uniform() - 0.5))
    need = min(1.0, max(0.0, dice.normal(0.35 if mentor else 0.5, 0.18)))
    return School(
        school_id=place.school_id,
        name=place.name,
        role=place.role,
        country=town.country,
        region=town.nuts3,
        municipality=town.name,
        phases=place.kind.phases,
        pupils=None if dice.chance(0.06 * gaps) else round(size),
        rurality=None if dice.chance(0.02 * gaps) else town.degurba,
        need_index=None if dice.chance(0.1 * gaps) else round(need, 2),
        authority=None if dice.chance(0.04 * gaps) else dice.pick(stock.authorities).format(town.name),
        languages=_languages(place, dice),
        challenges=() if mentor else _themes(place, dice, dice.whole(2, 4)),
        strengths=_themes(place, dice, dice.whole(3, 5) if mentor else dice.whole(0, 1)),
        work_mode=None if dice.chance(0.05 * gaps) else dice.pick(_MODES, (0.5, 0.45, 0.05)),
        max_travel_km=reach.limits[place.school_id],
        min_load=None if load is None else max(1, load - 2),
        max_load=load,
        eligible_regions=reach.regions[place.school_id]
        if mentor and town.country in LISTS_ELIGIBLE_REGIONS
        else (),
        willingness=dice.pick(
            (Willingness.VOLUNTEER, Willingness.ASKED, Willingness.OBLIGED),
            (0.7, 0.2, 0.0 if mentor else 0.1),
        ),
        **fields,
    )


def _point(place: Place, dice: Dice, *, missing: float) -> dict[str, Any]:
    """Town centre for most, a point a little off it for some, nothing for a few."""
    unknown, quality = dice.chance(missing), dice.pick(list(CoordinateQuality), (0.3, 0.1, 0.6))
    north, east = dice.uniform(-0.02, 0.02), dice.uniform(-0.03, 0.03)
    if unknown:
        return {}
    if quality is CoordinateQuality.MUNICIPALITY:
        north = east = 0.0
    return {
        "latitude": round(place.town.latitude + north, 4),
        "longitude": round(place.town.longitude + east, 4),
        "coordinate_quality": quality,
    }


def _languages(place: Place, dice: Dice) -> tuple[LanguageSkill, ...]:
    """National language first; in a minority's town that language too, often as the one of instruction."""
    national, minority = STOCKS[place.town.country].language, place.town.minority_language
    levels: dict[str, Cefr | None] = {national: Cefr.NATIVE}
    if minority and dice.chance(0.6):
        levels = {minority: Cefr.NATIVE, national: dice.pick((Cefr.B2, Cefr.C1, Cefr.C2))}
    elif minority and dice.chance(0.7):
        levels[minority] = dice.pick((Cefr.B1, Cefr.B2, Cefr.C1))
    mentor = place.role is Role.MENTOR
    if dice.chance(0.9 if mentor else 0.6):
        level = dice.pick((Cefr.B2, Cefr.C1) if mentor else (Cefr.A2, Cefr.B1, Cefr.B2))
        levels["en"] = None if dice.chance(0.08) else level
    return tuple(LanguageSkill(code=code, level=level) for code, level in levels.items())


def _themes(place: Place, dice: Dice, count: int) -> tuple[Challenge, ...]:
    rural = place.town.degurba is Rurality.RURAL
    weights = [
        (3.0 if rural else 0.2) if theme in _RURAL_ONLY else (2.0 if theme in _COMMON else 1.0)
        for theme in Challenge
    ]
    return tuple(dice.sample(list(Challenge), count, weights))
