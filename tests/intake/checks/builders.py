"""Small intakes for the checks: schools that are sound unless a test makes them otherwise."""

from __future__ import annotations

from typing import Any

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading
from matcher.issues import Issue
from matcher.profiles import Intake, Link, LinkKind, MaturityRecord, Preference, Role, School


def mentor(school_id: str, **fields: Any) -> School:
    return _school(school_id, Role.MENTOR, fields)


def mentee(school_id: str, **fields: Any) -> School:
    return _school(school_id, Role.MENTEE, fields)


def link(kind: str, school_a: str, school_b: str, **fields: Any) -> Link:
    return Link(kind=LinkKind(kind), school_a=school_a, school_b=school_b, **fields)


def wish(from_school: str, to_school: str, rank: int) -> Preference:
    return Preference(from_school=from_school, to_school=to_school, rank=rank)


def record(school_id: str, value: float | None = 3.0, **fields: Any) -> MaturityRecord:
    defaults: dict[str, Any] = {"instrument": "selfie", "area": "A"}
    return MaturityRecord(school_id=school_id, value=value, **{**defaults, **fields})


def intake(*schools: School, **parts: Any) -> Intake:
    """An intake in which every school has a maturity value, unless `maturity` is given."""
    known = tuple(record(school_id) for school_id in sorted({school.school_id for school in schools}))
    return Intake(schools=schools, **{"maturity": known, **parts})


def check(*schools: School, **parts: Any) -> tuple[Issue, ...]:
    return check_intake(IntakeReading(intake(*schools, **parts)))


def codes(issues: tuple[Issue, ...]) -> list[str]:
    return [issue.code for issue in issues]


def only(issues: tuple[Issue, ...], code: str) -> Issue:
    """The one issue of this code; fails if there is none or more than one."""
    (found,) = (issue for issue in issues if issue.code == code)
    return found


def _school(school_id: str, role: Role, fields: dict[str, Any]) -> School:
    defaults = {"school_id": school_id, "name": f"School {school_id}", "role": role, "country": "HR"}
    return School(**{**defaults, **fields})
