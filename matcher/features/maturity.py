"""Maturity values of several instruments, brought to one scale from 0 to 1 in eight common areas.

Nothing here ranks schools: the levels feed the pair criteria, and readers are shown bands only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.features.columns import Draft, draft
from matcher.features.instruments import COMMON_AREA_TITLES, COMMON_AREAS, INSTRUMENTS
from matcher.features.maturity_values import SchoolMaturity, UnusedRecord, gather
from matcher.policy.model import MaturityScale, Policy
from matcher.profiles import Intake

BandName = Literal["starting", "developing", "established", "unknown"]

DEVELOPING_FROM = 0.4
ESTABLISHED_FROM = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Harmonised:
    """Maturity of all schools on one scale.

    Attributes
    ----------
    levels : ndarray of float64, shape (n_schools, 8)
        Level in [0, 1] of each common area A–H, rows sorted by school id; NaN where unknown.
    instrument : ndarray of float64, shape (n_schools,)
        Position in ``INSTRUMENTS`` of the instrument that the levels come from; NaN without values.
    weak : ndarray of float64, shape (n_schools,)
        1 where a value rests on few respondents or lacks a respondent group (or, on the quantile scale,
        where no other school used the instrument), 0 where not, NaN without values.
    unused : tuple of UnusedRecord
        Records whose instrument, area or value cannot be read, and why; they count as unknown.
    """

    levels: NDArray[np.float64]
    instrument: NDArray[np.float64]
    weak: NDArray[np.float64]
    unused: tuple[UnusedRecord, ...]


def harmonise(intake: Intake, policy: Policy) -> Harmonised:
    """Bring the maturity values of all schools to one scale.

    1. Of several instruments a school counts with the one used last; without dates, or on the same day,
       with the first in the order of ``INSTRUMENTS``. Values of two instruments are never mixed.
    2. Of several dates, the latest wins in each area and respondent group; an undated value is the oldest.
       Several values of one day (say, two versions of a questionnaire) are averaged.
    3. Respondent groups are averaged with ``policy.maturity.group_weights``; a missing group leaves its
       weight to the others and is flagged. A value for the whole school counts only where no group's
       value is given.
    4. The scale: *table* gives level k of K → (k − ½)/K and a SELFIE mean x → (x − 1)/4; *quantile* gives
       (mid-rank − ½)/n within the instrument and area.
    5. The crosswalk: a common area is the mean of the instrument's areas that inform it.

    A value of None never counts: it neither is 0 nor replaces an older value.

    Parameters
    ----------
    intake : Intake
        ``intake.maturity`` in any order.
    policy : Policy
        ``policy.maturity``.

    Returns
    -------
    Harmonised
        Levels, flags and what could not be used.

    References
    ----------
    MenSI D2.1 §4.2 (SELFIE and learning organisations); Kampylis, Punie, Devine, *DigCompOrg*, JRC 2015.
    """
    ids = sorted(school.school_id for school in intake.schools)
    schools, unused = gather(intake, policy.maturity)
    units = _quantiles(schools) if policy.maturity.scale is MaturityScale.QUANTILE else _table(schools)
    levels = np.full((len(ids), len(COMMON_AREAS)), np.nan)
    instrument = np.full(len(ids), np.nan)
    weak = np.full(len(ids), np.nan)
    alone = _alone(schools) if policy.maturity.scale is MaturityScale.QUANTILE else frozenset[str]()
    for row, school_id in enumerate(ids):
        school = schools.get(school_id)
        if school is None:
            continue
        levels[row] = _crosswalk(school, units[school_id])
        instrument[row] = INSTRUMENTS.index(school.instrument)
        weak[row] = float(school.weak or school_id in alone)
    return Harmonised(levels, instrument, weak, unused)


def maturity_as_features(intake: Intake, policy: Policy) -> list[Draft]:
    """Columns of the feature table that hold maturity.

    Parameters
    ----------
    intake : Intake
    policy : Policy

    Returns
    -------
    list of Draft
        ``maturity_a`` … ``maturity_h``, ``maturity_mean``, ``maturity_instrument``, ``maturity_weak``.
    """
    harmonised = harmonise(intake, policy)
    source = f"Maturity: {policy.maturity.scale} scale"
    columns = [
        draft(f"maturity_{area}", "0-1", f"{source}, area {COMMON_AREA_TITLES[area]}", list(values))
        for area, values in zip(COMMON_AREAS, harmonised.levels.T, strict=True)
    ]
    codes = ", ".join(f"{code} {instrument.key}" for code, instrument in enumerate(INSTRUMENTS))
    return [
        *columns,
        draft(
            "maturity_mean", "0-1", f"{source}, mean over known areas", list(_row_means(harmonised.levels))
        ),
        draft("maturity_instrument", "code", f"Maturity.instrument: {codes}", list(harmonised.instrument)),
        draft("maturity_weak", "flag", "few respondents or a missing group", list(harmonised.weak)),
    ]


def maturity_band_name(mean: float) -> BandName:
    """Band in which a mean maturity may be shown to readers.

    Parameters
    ----------
    mean : float
        ``maturity_mean`` of a school, in [0, 1]; NaN if unknown.

    Returns
    -------
    {"starting", "developing", "established", "unknown"}
        Below 0.4, from 0.4, from 0.7; unknown for NaN.
    """
    if np.isnan(mean):
        return "unknown"
    if mean < DEVELOPING_FROM:
        return "starting"
    return "developing" if mean < ESTABLISHED_FROM else "established"


def _table(schools: dict[str, SchoolMaturity]) -> dict[str, dict[str, float]]:
    return {
        school_id: {area: school.instrument.to_unit(value) for area, value in school.values.items()}
        for school_id, school in schools.items()
    }


def _quantiles(schools: dict[str, SchoolMaturity]) -> dict[str, dict[str, float]]:
    """Mid-rank of each value among the schools with the same instrument, area by area."""
    pools: dict[tuple[str, str], list[float]] = {}
    for school in schools.values():
        for area, value in school.values.items():
            pools.setdefault((school.instrument.key, area), []).append(value)
    pooled = {key: np.sort(np.array(values)) for key, values in pools.items()}

    def quantile(school: SchoolMaturity, area: str, value: float) -> float:
        pool = pooled[school.instrument.key, area]
        below = int(np.searchsorted(pool, value, side="left"))
        upto = int(np.searchsorted(pool, value, side="right"))
        return (below + upto) / 2 / len(pool)

    return {
        school_id: {area: quantile(school, area, value) for area, value in school.values.items()}
        for school_id, school in schools.items()
    }


def _alone(schools: dict[str, SchoolMaturity]) -> frozenset[str]:
    """Schools that nobody can be ranked against, because no other used their instrument."""
    users: dict[str, list[str]] = {}
    for school_id, school in schools.items():
        users.setdefault(school.instrument.key, []).append(school_id)
    return frozenset(ids[0] for ids in users.values() if len(ids) == 1)


def _crosswalk(school: SchoolMaturity, units: dict[str, float]) -> list[float]:
    row = []
    for common in COMMON_AREAS:
        informs = [
            units[area.key] for area in school.instrument.areas if common in area.common and area.key in units
        ]
        row.append(sum(informs) / len(informs) if informs else float("nan"))
    return row


def _row_means(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    known = ~np.isnan(levels)
    count = known.sum(axis=1)
    total = np.where(known, levels, 0.0).sum(axis=1)
    means: NDArray[np.float64] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return means
