"""Small schools and intakes for the tests of features and scores."""

from __future__ import annotations

from datetime import date
from typing import Any

from matcher.features.build import build_features
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.profiles import Intake, Link, MaturityRecord, Preference, School

# Town centres, WGS 84 degrees.
BOLZANO = (46.4983, 11.3548)
TRENTO = (46.0664, 11.1257)


def school(school_id: str, role: str = "mentee", **given: Any) -> School:
    """Return a school of which only what is given is known."""
    values = {"school_id": school_id, "name": f"Name of {school_id}", "role": role, "country": "IT", **given}
    return School.model_validate(values)


def languages(*pairs: tuple[str, str | None]) -> list[dict[str, str | None]]:
    """Return languages with levels, in the form that a school takes."""
    return [{"code": code, "level": level} for code, level in pairs]


def record(
    school_id: str, area: str, value: float | None, instrument: str = "selfie", **given: Any
) -> MaturityRecord:
    """Return one maturity record; a date may be given as year."""
    if isinstance(given.get("taken_on"), int):
        given["taken_on"] = date(given["taken_on"], 1, 1)
    return MaturityRecord(school_id=school_id, instrument=instrument, area=area, value=value, **given)


def intake(
    *schools: School,
    maturity: tuple[MaturityRecord, ...] = (),
    links: tuple[Link, ...] = (),
    preferences: tuple[Preference, ...] = (),
) -> Intake:
    """Return an intake of the given schools."""
    return Intake(schools=schools, maturity=maturity, links=links, preferences=preferences)


def features_of(*schools: School, maturity: tuple[MaturityRecord, ...] = ()) -> FeatureTable:
    """Return the feature table of the given schools under the default policy."""
    return build_features(intake(*schools, maturity=maturity), Policy())


def value(table: FeatureTable, school_id: str, name: str) -> float:
    """Return one cell of a feature table."""
    return float(table.column(name)[table.school_ids.index(school_id)])
