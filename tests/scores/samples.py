"""A varied intake for the contract tests of criteria and cohesion."""

from __future__ import annotations

import random
from typing import Any

from matcher.policy.model import Policy
from matcher.profiles import Challenge, Intake, Link, LinkKind, Phase, Preference, Rurality, School, WorkMode
from matcher.scores.registry import CRITERIA
from tests.features.samples import intake, languages, record, school

LEVELS = ("A1", "B2", "C2", "native", None)


def everything_counts(**criteria: Any) -> Policy:
    """Return a policy in which every criterion and every cohesion attribute has a weight."""
    weights = {key: {"weight": 1.0} for key in CRITERIA}
    keys = ("challenges", "languages", "travel", "phase", "size", "rurality", "need", "maturity", "work_mode")
    cohesion = {"points_per_pair": 10.0, **{key: {"weight": 1.0} for key in keys}}
    return Policy.model_validate({"criteria": {**weights, **criteria}, "cohesion": cohesion})


def varied_intake(seed: int = 7, n_mentees: int = 9, n_mentors: int = 5, known: float = 0.7) -> Intake:
    """Return schools of which each value is known with chance `known`; 0 gives schools that say nothing."""
    dice = random.Random(seed)
    schools = [_school(dice, f"M{at:02}", "mentee", known) for at in range(n_mentees)]
    schools += [_school(dice, f"H{at:02}", "mentor", known) for at in range(n_mentors)]
    records = tuple(
        record(one.school_id, area, dice.uniform(1, 5))
        for one in schools
        for area in "ABCDEFGH"
        if dice.random() < known * known
    )
    wishes = tuple(
        Preference(from_school=one, to_school=other, rank=rank)
        for asker, asked in (("M", "H"), ("H", "M"))
        for one in (s.school_id for s in schools if s.school_id.startswith(asker))
        if dice.random() < known
        for rank, other in enumerate(
            dice.sample([s.school_id for s in schools if s.school_id.startswith(asked)], 2), 1
        )
    )
    links = (Link(kind=LinkKind.PARTNERSHIP, school_a="H00", school_b="M01"),)
    return intake(*schools, maturity=records, preferences=wishes, links=links)


def _school(dice: random.Random, school_id: str, role: str, known: float) -> School:
    values: dict[str, Any] = {
        "latitude": dice.uniform(44, 47),
        "phases": dice.sample(list(Phase), dice.randint(1, 3)),
        "pupils": dice.choice((0, 40, 300, 1200)),
        "rurality": dice.choice(list(Rurality)),
        "need_index": dice.random(),
        "languages": languages(*((code, dice.choice(LEVELS)) for code in dice.sample(["it", "de", "en"], 2))),
        "challenges": dice.sample(list(Challenge), dice.randint(1, 4)),
        "strengths": dice.sample(list(Challenge), dice.randint(1, 6)),
        "work_mode": dice.choice(list(WorkMode)),
        "coordinate_quality": dice.choice(("site", "municipality")),
    }
    given = {key: value for key, value in values.items() if dice.random() < known}
    if "latitude" in given:
        given["longitude"] = dice.uniform(9, 13)
    return school(school_id, role, **given)
