"""A small run to change: two mentors with two places each, three mentees, one of them far from both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading, Origin
from matcher.pipeline import Watch, form_clusters
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.profiles import Intake, Role, School
from matcher.runs.write import RunInputs, write_run

POLICY: dict[str, Any] = {
    "name": "closeness",
    "criteria": {
        "travel": {"weight": 1, "zero_km": 100},
        **{
            key: {"weight": 0}
            for key in ("maturity_band", "challenge_fit", "shared_language", "phase", "size", "context")
        },
    },
    "rules": {
        "load": {"min": 0, "max": 2},
        "travel": {"strength": "off"},
        "language": {"strength": "off"},
        "neighbours": {"strength": "off"},
        "unassigned": {"price": 150},
    },
}


def policy(**rules: object) -> Policy:
    """Closeness alone counts; `rules` are added to those of the policy."""
    return policy_from_mapping(POLICY | {"rules": POLICY["rules"] | rules})


def school(school_id: str, role: Role, longitude: float, **more: object) -> School:
    """Make a school on one parallel; 0.1 degree is about 8 km."""
    place = {"country": "IT", "latitude": 45.0, "longitude": longitude, "coordinate_quality": "site"}
    return School.model_validate(
        {"school_id": school_id, "name": f"School {school_id}", "role": role, **place, **more}
    )


def intake() -> Intake:
    """M1 at 9.0 with E1, E2 beside it; M2 at 9.4 with E3 beside it; M3 at 9.2 with nobody near."""
    return Intake(
        title="Three mentors",
        schools=(
            school("M1", Role.MENTOR, 9.0),
            school("M2", Role.MENTOR, 9.4),
            school("M3", Role.MENTOR, 9.25, max_load=1),
            school("E1", Role.MENTEE, 9.01),
            school("E2", Role.MENTEE, 9.02),
            school("E3", Role.MENTEE, 9.39),
            school("E4", Role.MENTEE, 9.38),
        ),
    )


def write_small_run(folder: Path, used: Policy | None = None) -> Path:
    """Match the intake under a policy, :func:`policy` if none is given, and write its run folder."""
    used = used or policy()
    made = form_clusters(intake(), used, check_intake(IntakeReading(intake())), Origin(), Watch())
    return write_run(folder, made.plan.document, RunInputs(intake(), used), {})
