"""From maturity records to one raw value per school and area of its instrument."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from matcher.features.instruments import INSTRUMENTS, Area, Instrument, find_area, find_instrument, group_key
from matcher.policy.model import Maturity
from matcher.profiles import Intake, MaturityRecord

WHOLE_SCHOOL = ""


@dataclass(frozen=True, slots=True)
class UnusedRecord:
    """A maturity record that cannot be read: its position in ``intake.maturity``, and why."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class SchoolMaturity:
    """What one instrument says about one school.

    Attributes
    ----------
    instrument : Instrument
        The one instrument that the school counts with.
    values : dict of str to float
        Raw value of each area of the instrument that is known, groups averaged.
    weak : bool
        Whether a value rests on few respondents or lacks a group that the instrument asks.
    """

    instrument: Instrument
    values: dict[str, float]
    weak: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    instrument: Instrument
    area: Area
    group: str
    taken_on: date
    value: float
    n: int | None


def gather(intake: Intake, settings: Maturity) -> tuple[dict[str, SchoolMaturity], tuple[UnusedRecord, ...]]:
    """Raw value of each school and area: last instrument, last date, groups averaged.

    Parameters
    ----------
    intake : Intake
    settings : Maturity
        ``policy.maturity``: group weights and the least number of respondents.

    Returns
    -------
    schools : dict of str to SchoolMaturity
        By school id; a school without any usable value is left out.
    unused : tuple of UnusedRecord
        Records that cannot be read, in the order of the intake.
    """
    by_school: dict[str, list[_Reading]] = {}
    unused: list[UnusedRecord] = []
    for position, record in enumerate(intake.maturity):
        if record.value is None:
            continue
        reading = _read(record, record.value)
        if isinstance(reading, str):
            unused.append(UnusedRecord(position, reading))
        else:
            by_school.setdefault(record.school_id, []).append(reading)
    weights = {group_key(name): weight for name, weight in settings.group_weights.items()}
    schools = {
        school_id: summary
        for school_id, readings in sorted(by_school.items())
        if (summary := _summarise(readings, weights, settings.min_respondents)) is not None
    }
    return schools, tuple(unused)


def _read(record: MaturityRecord, value: float) -> _Reading | str:
    """Read one record, or say why it cannot be read."""
    instrument = find_instrument(record.instrument)
    if instrument is None:
        known = ", ".join(one.key for one in INSTRUMENTS)
        return f"The instrument '{record.instrument}' is not known; known are {known}."
    area = find_area(instrument, record.area)
    if area is None:
        keys = ", ".join(one.key for one in instrument.areas)
        return f"{instrument.key} has no area '{record.area}'; its areas are {keys}."
    if not instrument.lowest <= value <= instrument.highest:
        scale = f"{instrument.lowest:g} to {instrument.highest:g}"
        return f"The value {value:g} is outside the scale of {instrument.key}, {scale}."
    group = WHOLE_SCHOOL if record.group is None else group_key(record.group)
    return _Reading(instrument, area, group, record.taken_on or date.min, value, record.n)


def _summarise(
    readings: list[_Reading], weights: dict[str, float], min_respondents: int
) -> SchoolMaturity | None:
    """Take the instrument used last; one whose groups all weigh 0 says nothing and is passed over."""
    newest: dict[str, date] = {}
    for reading in readings:
        key = reading.instrument.key
        newest[key] = max(newest.get(key, date.min), reading.taken_on)
    used = [instrument for instrument in INSTRUMENTS if instrument.key in newest]
    for instrument in sorted(used, key=lambda one: newest[one.key], reverse=True):
        own = [reading for reading in readings if reading.instrument is instrument]
        values, weak = _area_values(instrument, own, weights, min_respondents)
        if values:
            return SchoolMaturity(instrument, values, weak)
    return None


def _area_values(
    instrument: Instrument, readings: list[_Reading], weights: dict[str, float], min_respondents: int
) -> tuple[dict[str, float], bool]:
    values: dict[str, float] = {}
    weak = False
    for area in instrument.areas:
        groups = _latest([one for one in readings if one.area is area])
        value, is_weak = _average_groups(area, groups, weights, min_respondents)
        if not math.isnan(value):
            values[area.key] = value
            weak = weak or is_weak
    return values, weak


def _latest(readings: list[_Reading]) -> dict[str, list[_Reading]]:
    """Keep the readings of the latest date of each respondent group."""
    groups: dict[str, list[_Reading]] = {}
    for reading in readings:
        groups.setdefault(reading.group, []).append(reading)
    latest = {group: max(one.taken_on for one in several) for group, several in groups.items()}
    return {
        group: [one for one in several if one.taken_on == latest[group]]
        for group, several in sorted(groups.items())
    }


def _average_groups(
    area: Area, groups: dict[str, list[_Reading]], weights: dict[str, float], min_respondents: int
) -> tuple[float, bool]:
    """Weighted mean over groups (NaN if none counts) and whether it is weak."""
    named = {group: several for group, several in groups.items() if group != WHOLE_SCHOOL}
    counted = named or groups
    total = value = 0.0
    few = False
    for group, several in counted.items():
        weight = weights.get(group, 1.0) if group != WHOLE_SCHOOL else 1.0
        if weight == 0.0:
            continue
        total += weight
        value += weight * math.fsum(one.value for one in several) / len(several)
        few = few or any(one.n is not None and one.n < min_respondents for one in several)
    if total == 0.0:
        return float("nan"), False
    lacking = bool(named) and any(weights.get(group, 1.0) > 0 and group not in named for group in area.groups)
    return value / total, few or lacking
