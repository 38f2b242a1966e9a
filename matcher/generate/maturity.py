"""Made-up maturity records, each country with its own instrument.

A school's latent level and each area's deviation from it are normal; the instrument's quantile function
turns them into its own values. Shares of levels follow the Croatian pilot of 151 schools (50 % level 2, 43 %
level 3); nothing of the kind is public elsewhere, so the other shares are invented.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

from matcher.features.instruments import INSTRUMENTS, Area, Instrument
from matcher.generate.dice import Dice
from matcher.profiles import MaturityRecord, Role, School

COUNTRY_INSTRUMENT = {
    "BE": "selfie",
    "CZ": "cz-skola21",
    "HR": "hr-eschools",
    "HU": "hu-dnr",
    "IT": "selfie",
    "PT": "selfie",
}
_VERSION = {"selfie": "2021", "hr-eschools": "1.0", "hu-dnr": "2.0", "cz-skola21": "2013"}
_LEVEL_SHARES: dict[str, dict[Role, tuple[float, ...]]] = {
    "hr-eschools": {Role.MENTEE: (0.02, 0.50, 0.43, 0.05, 0.0), Role.MENTOR: (0.0, 0.0, 0.2, 0.55, 0.25)},
    "hu-dnr": {Role.MENTEE: (0.10, 0.45, 0.35, 0.09, 0.01), Role.MENTOR: (0.0, 0.0, 0.25, 0.5, 0.25)},
    "cz-skola21": {Role.MENTEE: (0.25, 0.5, 0.22, 0.03), Role.MENTOR: (0.0, 0.05, 0.6, 0.35)},
}
_MEANS = {Role.MENTEE: (2.7, 0.5), Role.MENTOR: (3.9, 0.35)}
_GROUP_SHIFT = {"leaders": 0.2, "teachers": 0.0, "pupils": -0.1}
_SCHOOL_WEIGHT = 0.8
_FIRST_DAY = date(2026, 3, 2)


def make_maturity(schools: list[School], dice: Dice) -> list[MaturityRecord]:
    """Make up the records of one country's schools, in long form; a few schools handed in none."""
    records: list[MaturityRecord] = []
    for school in schools:
        mentor = school.role is Role.MENTOR
        handed_in = mentor or not dice.chance(0.03)
        if handed_in:
            records += _records(school, dice)
    return records


def _records(school: School, dice: Dice) -> list[MaturityRecord]:
    instrument = _instrument(COUNTRY_INSTRUMENT[school.country])
    taken_on = _FIRST_DAY + timedelta(days=dice.whole(0, 80))
    level = dice.normal()
    no_pupils = dice.chance(0.1)
    records = []
    for area in instrument.areas:
        latent = _SCHOOL_WEIGHT * level + math.sqrt(1 - _SCHOOL_WEIGHT**2) * dice.normal()
        not_applicable = dice.chance(0.04)
        for group in _groups(area, without_pupils=no_pupils):
            value = _value(instrument, school.role, latent, group, dice)
            records.append(
                MaturityRecord(
                    school_id=school.school_id,
                    instrument=instrument.key,
                    version=_VERSION[instrument.key],
                    taken_on=taken_on,
                    group=group,
                    area=area.key,
                    value=None if not_applicable else value,
                    n=_respondents(school, group, dice),
                )
            )
    return records


def _instrument(key: str) -> Instrument:
    return next(instrument for instrument in INSTRUMENTS if instrument.key == key)


def _groups(area: Area, *, without_pupils: bool) -> list[str | None]:
    if not area.groups:
        return [None]
    return [group for group in area.groups if not (without_pupils and group == "pupils")]


def _value(instrument: Instrument, role: Role, latent: float, group: str | None, dice: Dice) -> float:
    if instrument.is_mean:
        mean, deviation = _MEANS[role]
        raw = mean + deviation * latent + _GROUP_SHIFT[group or "teachers"] + dice.normal(0.0, 0.1)
        return round(min(instrument.highest, max(instrument.lowest, raw)), 1)
    share = 0.5 * (1.0 + math.erf(latent / math.sqrt(2.0)))
    level = instrument.lowest
    for part in _LEVEL_SHARES[instrument.key][role]:
        share -= part
        if share < 0:
            break
        level += 1
    return min(level, instrument.highest)


def _respondents(school: School, group: str | None, dice: Dice) -> int | None:
    """Few leaders, some teachers, many pupils; one self-evaluation team has no number of its own."""
    if group is None:
        return None
    pupils = school.pupils or 250
    if group == "leaders":
        return 2 if dice.chance(0.004) else dice.whole(3, 6)
    return max(5, round((pupils / 14 if group == "teachers" else pupils * 0.4) * dice.uniform(0.5, 0.9)))
