"""The columns that come straight from the school's own entry in the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features.table import FeatureColumn
from matcher.profiles import Challenge, CoordinateQuality, Phase, Rurality, School, Willingness, WorkMode

NAN = float("nan")

RURALITY_VALUE = {Rurality.URBAN: 0.0, Rurality.INTERMEDIATE: 0.5, Rurality.RURAL: 1.0}
WORK_MODE_VALUE = {WorkMode.FACE_TO_FACE: 0.0, WorkMode.BLENDED: 0.5, WorkMode.VIRTUAL: 1.0}
WILLINGNESS_VALUE = {Willingness.OBLIGED: 0.0, Willingness.ASKED: 0.5, Willingness.VOLUNTEER: 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One column on its way into the table: what it means, and its values, shape (n_schools,)."""

    column: FeatureColumn
    values: NDArray[np.float64]


def draft(name: str, unit: str, provenance: str, values: Sequence[float | None]) -> Draft:
    """Make a column from plain values; None becomes NaN."""
    numbers = np.array([NAN if value is None else value for value in values], dtype=np.float64)
    return Draft(FeatureColumn(name, unit, provenance), numbers)


def code_name(prefix: str, code: str) -> str:
    """Column name of one code of a list, e.g. ``phase_lower_secondary``."""
    return f"{prefix}_{code.replace('-', '_')}"


def profile_as_features(schools: Sequence[School]) -> list[Draft]:
    """Columns with one value a school: place, size, context, way of working, loads.

    Parameters
    ----------
    schools : sequence of School
        In the order of the rows.

    Returns
    -------
    list of Draft
        Unknown values are NaN; a flag of an unknown thing is unknown, not 0.
    """
    single: list[tuple[str, str, str, Callable[[School], float | None]]] = [
        ("latitude", "degree", "Schools.latitude", lambda s: s.latitude),
        ("longitude", "degree", "Schools.longitude", lambda s: s.longitude),
        ("town_point", "flag", "Schools.coordinate_quality is municipality", _town_point),
        ("pupils", "pupils", "Schools.pupils", lambda s: s.pupils),
        ("rurality", "0-1", "Schools.rurality: urban 0, intermediate 0.5, rural 1", _rurality),
        ("need_index", "0-1", "Schools.need_index", lambda s: s.need_index),
        ("work_mode", "0-1", "Schools.work_mode: face-to-face 0, blended 0.5, virtual 1", _work_mode),
        ("max_travel_km", "km", "Schools.max_travel_km", lambda s: s.max_travel_km),
        ("min_load", "places", "Schools.min_load", lambda s: s.min_load),
        ("max_load", "places", "Schools.max_load", lambda s: s.max_load),
        ("demand", "places", "Schools.demand", lambda s: s.demand),
        ("willingness", "0-1", "Schools.willingness: obliged 0, asked 0.5, volunteer 1", _willingness),
    ]
    return [draft(name, unit, source, [read(s) for s in schools]) for name, unit, source, read in single]


def lists_as_features(schools: Sequence[School]) -> list[Draft]:
    """Columns that unfold the lists: phases, languages, challenges, strengths.

    A school that lists nothing is unknown in the whole block; a school that lists something is known not
    to have the rest (0).

    Parameters
    ----------
    schools : sequence of School
        In the order of the rows.

    Returns
    -------
    list of Draft
        One column a phase, challenge and strength, and one for each language that occurs.
    """
    languages = sorted({skill.code for school in schools for skill in school.languages})
    drafts = [
        draft(
            code_name("phase", phase),
            "flag",
            "Schools.phases",
            [float(phase in s.phases) if s.phases else None for s in schools],
        )
        for phase in Phase
    ]
    drafts += [
        draft(f"language_{code}", "cefr 1-7", "Schools.languages", [_level(s, code) for s in schools])
        for code in languages
    ]
    drafts += [
        draft(code_name("challenge", one), "rank", "Schools.challenges", [_rank(s, one) for s in schools])
        for one in Challenge
    ]
    drafts += [
        draft(
            code_name("strength", one),
            "flag",
            "Schools.strengths",
            [float(one in s.strengths) if s.strengths else None for s in schools],
        )
        for one in Challenge
    ]
    return drafts


def _town_point(school: School) -> float | None:
    unknown = school.latitude is None or school.longitude is None or school.coordinate_quality is None
    return None if unknown else float(school.coordinate_quality is CoordinateQuality.MUNICIPALITY)


def _rurality(school: School) -> float | None:
    return None if school.rurality is None else RURALITY_VALUE[school.rurality]


def _work_mode(school: School) -> float | None:
    return None if school.work_mode is None else WORK_MODE_VALUE[school.work_mode]


def _willingness(school: School) -> float | None:
    return None if school.willingness is None else WILLINGNESS_VALUE[school.willingness]


def _level(school: School, code: str) -> float | None:
    """CEFR order; 0 for a language left out of a list; unknown without a list or without a level."""
    if not school.languages:
        return None
    levels = [skill.level for skill in school.languages if skill.code == code]
    if not levels:
        return 0.0
    stated = [level.order for level in levels if level is not None]
    return float(max(stated)) if stated else None


def _rank(school: School, challenge: Challenge) -> float | None:
    if not school.challenges:
        return None
    return float(school.challenges.index(challenge) + 1) if challenge in school.challenges else 0.0
