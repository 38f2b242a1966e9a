"""A made-up national programme that contradicts itself: 1,000 mentees, 240 mentors, two faults."""

from __future__ import annotations

from itertools import combinations

from matcher.generate import generate_intake
from matcher.policy.loader import load_policy
from matcher.policy.model import Policy
from matcher.profiles import Intake, LanguageSkill, Link, LinkKind, Role, School

REGION = "ITH"
RIVALS, SPEAKERS = 7, 5


def national_policy() -> Policy:
    """The pilot's policy, except that nobody may stay without a mentor."""
    base = load_policy("mensi_pilot")
    unassigned = base.rules.unassigned.model_copy(update={"allowed": False})
    rules = base.rules.model_copy(update={"unassigned": unassigned})
    return base.model_copy(update={"name": "national", "rules": rules})


def national_intake(
    *, mentors: int = 240, mentees: int = 1000, contradictory: bool = True, seed: int = 2021
) -> Intake:
    """Italy, with a place more a mentor than the generator gives, so that everybody could be placed.

    With `contradictory`: seven schools of the north-east speak German alone, which five of its mentors speak,
    and all seven exclude each other; and a school is locked to a mentor of another part of the country.
    """
    made = generate_intake(mentors=mentors, mentees=mentees, countries=("IT",), seed=seed)
    schools = [_roomier(school) for school in made.schools]
    links = list(made.links)
    if contradictory:
        here = [school for school in schools if (school.region or "").startswith(REGION)]
        linked = {end for link in links for end in (link.school_a, link.school_b)}
        free = [school for school in here if school.school_id not in linked]
        rivals = [school.school_id for school in free if school.role is Role.MENTEE][:RIVALS]
        speakers = [school.school_id for school in here if school.role is Role.MENTOR][:SPEAKERS]
        german = (LanguageSkill.model_validate({"code": "de", "level": "native"}),)
        both = (*german, LanguageSkill.model_validate({"code": "it", "level": "native"}))
        languages = dict.fromkeys(rivals, german) | dict.fromkeys(speakers, both)
        schools = [
            _speaking(school, languages[school.school_id])
            if school.school_id in languages
            else _without_german(school)
            for school in schools
        ]
        links += [
            Link(kind=LinkKind.RIVALRY, school_a=one, school_b=other, reason="compete for the same pupils")
            for one, other in combinations(rivals, 2)
        ]
        far = next(s for s in schools if s.role is Role.MENTOR and not (s.region or "").startswith(REGION))
        stray = next(s.school_id for s in free if s.role is Role.MENTEE and s.school_id not in rivals)
        links.append(Link(kind=LinkKind.LOCK, school_a=stray, school_b=far.school_id, reason="promised"))
    return made.model_copy(update={"schools": tuple(schools), "links": tuple(links)})


def _roomier(school: School) -> School:
    if school.role is not Role.MENTOR or school.max_load is None:
        return school
    return school.model_copy(update={"max_load": school.max_load + 1})


def _without_german(school: School) -> School:
    return school.model_copy(update={"languages": tuple(one for one in school.languages if one.code != "de")})


def _speaking(school: School, languages: tuple[LanguageSkill, ...]) -> School:
    return school.model_copy(update={"languages": languages, "max_travel_km": None})
