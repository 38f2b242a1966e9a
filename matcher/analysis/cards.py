"""School cards: what the outputs may say about each school, and what its data lacks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.analysis.document import MaturityBandName, SchoolCard
from matcher.analysis.view import PlanView
from matcher.features.build import build_features
from matcher.features.maturity import maturity_band_name
from matcher.features.rows import row_positions
from matcher.features.table import FeatureTable
from matcher.profiles import Challenge, CoordinateQuality, Intake, LanguageSkill, Phase, Role, School


def cards_of(view: PlanView) -> tuple[SchoolCard, ...]:
    """One card a school, and one a hub or a group that is formed; sorted by id."""
    encoding = view.encoding
    cards = _cards(view.intake.schools, encoding.features, view.intake)
    if view.of_equals or encoding.leads:
        hosts = {encoding.host_ids[host]: view.mentors[host] for host in view.opened}
        for host_id in encoding.host_ids:
            card = cards.pop(host_id)
            if host_id in hosts:
                placed = _placed(view, hosts[host_id])
                where = {"latitude": placed.latitude, "longitude": placed.longitude, "weak_data": ()}
                cards[host_id] = card.model_copy(update=where)
    if encoding.leads:
        features = build_features(encoding.given, encoding.policy)
        cards |= _cards(encoding.given.mentors, features, encoding.given)
    return tuple(card for _, card in sorted(cards.items()))


def _cards(schools: Sequence[School], features: FeatureTable, intake: Intake) -> dict[str, SchoolCard]:
    """Cards of some schools by id."""
    rows = row_positions(features, [school.school_id for school in schools])
    means, weak = features.column("maturity_mean"), features.column("maturity_weak")
    answered = {record.school_id for record in intake.maturity if record.value is not None}
    return {
        school.school_id: _card(
            school,
            MaturityBandName(maturity_band_name(float(means[row]))),
            weak_data_of(
                school,
                maturity_unknown=bool(np.isnan(means[row])),
                maturity_answered=school.school_id in answered,
                maturity_weak=bool(weak[row] == 1.0),
            ),
        )
        for school, row in zip(schools, rows, strict=True)
    }


def _placed(view: PlanView, school: School) -> School:
    """Put a group of equals on the map: in the middle of its schools whose place is known."""
    if not view.of_equals or school.role is Role.MENTEE:
        return school
    members = view.members[view.encoding.host_ids.index(school.school_id)]
    points = [
        (one.latitude, one.longitude)
        for one in (view.mentees[mentee] for mentee in members)
        if one.latitude is not None and one.longitude is not None
    ]
    if not points:
        return school
    middle = np.mean(np.array(points), axis=0).round(4)
    return school.model_copy(update={"latitude": float(middle[0]), "longitude": float(middle[1])})


def said_language(skill: LanguageSkill) -> str:
    """Return a working language with its level, such as ``en (B2)``."""
    return f"{skill.code} ({skill.level if skill.level is not None else 'level not stated'})"


def weak_data_of(
    school: School, *, maturity_unknown: bool, maturity_answered: bool, maturity_weak: bool
) -> tuple[str, ...]:
    """Say in plain sentences what is missing or weak in one school's data.

    Parameters
    ----------
    school : School
    maturity_unknown : bool
        Whether no maturity level could be made of the school's values.
    maturity_answered : bool
        Whether the school gave any value at all.
    maturity_weak : bool
        Whether its values rest on few respondents or lack a group of respondents.

    Returns
    -------
    tuple of str
    """
    said = [sentence for missing, sentence in _missing(school) if missing]
    if any(skill.level is None for skill in school.languages):
        said.append("The level of a working language is not stated.")
    if school.coordinate_quality is CoordinateQuality.MUNICIPALITY and school.latitude is not None:
        said.append("The point on the map is the town's centre, not the school.")
    if maturity_unknown:
        said.append("No maturity value that can be used." if maturity_answered else "No maturity values.")
    if maturity_weak:
        said.append("Maturity values rest on few respondents or lack a group of respondents.")
    return tuple(said)


def _missing(school: School) -> list[tuple[bool, str]]:
    mentor = school.role is Role.MENTOR
    return [
        (school.latitude is None or school.longitude is None, "No coordinates, so distances are unknown."),
        (school.region is None, "No region."),
        (not school.phases, "No phase of education."),
        (school.pupils is None, "No number of pupils."),
        (school.rurality is None, "No rurality."),
        (not school.languages, "No working language."),
        (not mentor and not school.challenges, "No policy challenge named."),
        (mentor and not school.strengths, "No strength named."),
        (school.work_mode is None, "No mode of work."),
    ]


def _card(school: School, band: MaturityBandName, weak_data: tuple[str, ...]) -> SchoolCard:
    return SchoolCard(
        school_id=school.school_id,
        name=school.name,
        role=school.role,
        country=school.country,
        region=school.region,
        municipality=school.municipality,
        latitude=school.latitude,
        longitude=school.longitude,
        coordinate_quality=school.coordinate_quality,
        phases=tuple(phase for phase in Phase if phase in school.phases),
        pupils=school.pupils,
        rurality=school.rurality,
        languages=tuple(said_language(skill) for skill in school.languages),
        challenges=school.challenges,
        strengths=tuple(one for one in Challenge if one in school.strengths),
        work_mode=school.work_mode,
        maturity_band=band,
        weak_data=weak_data,
    )
