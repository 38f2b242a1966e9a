"""Tiny intakes whose scores can be worked out by hand: the mentees' wishes alone make the points."""

from __future__ import annotations

from typing import Any

from matcher.policy.model import Policy
from matcher.profiles import Intake, Link, Preference, School

CRITERIA = (
    "maturity_band",
    "challenge_fit",
    "shared_language",
    "travel",
    "phase",
    "size",
    "context",
    "work_mode",
    "mentor_preference",
    "partnership",
)


def school(school_id: str, **fields: Any) -> School:
    """A school; ids that begin with ``m`` are mentors, all others mentees."""
    role = "mentor" if school_id.startswith("m") else "mentee"
    values = {"school_id": school_id, "name": f"School {school_id}", "role": role, "country": "HR"} | fields
    return School.model_validate(values)


def link(kind: str, one: str, other: str, strength: str = "hard", **fields: Any) -> Link:
    values = {"kind": kind, "school_a": one, "school_b": other, "strength": strength} | fields
    return Link.model_validate(values)


def wish(mentee: str, *mentors: str) -> tuple[Preference, ...]:
    """A mentee's wishes, first choice first."""
    return tuple(
        Preference(from_school=mentee, to_school=mentor, rank=rank)
        for rank, mentor in enumerate(mentors, start=1)
    )


def intake(*schools: School, links: tuple[Link, ...] = (), wishes: tuple[Preference, ...] = ()) -> Intake:
    return Intake(title="Tiny", synthetic=True, schools=schools, links=links, preferences=wishes)


def wish_policy(*, rules: dict[str, Any] | None = None, **parts: Any) -> Policy:
    """Only the mentee's wish counts: 100 points for the first choice, 75 for the second, 0 if not named.

    Country, language and travel are off unless `rules` says otherwise.
    """
    criteria: dict[str, Any] = {key: {"weight": 0} for key in CRITERIA}
    criteria["mentee_preference"] = {"weight": 1}
    off = {"country": {"strength": "off"}, "language": {"strength": "off"}, "travel": {"strength": "off"}}
    return Policy.model_validate({"criteria": criteria, "rules": off | (rules or {}), **parts})
