"""A plan as a tool author holds it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import matcher
from matcher.pipeline import match
from matcher.plan import Plan
from matcher.profiles import Role
from matcher.report.tables import (
    CLUSTER_COLUMNS,
    UNASSIGNED_COLUMNS,
    assignment_columns,
    assignments_rows,
    clusters_rows,
    unassigned_rows,
)
from tests.encoding.builders import intake, school, wish, wish_policy


def plan_of(places: int) -> Plan:
    """Two mentees, one mentor with some places."""
    schools = (school("a"), school("b"), school("m1", max_load=places))
    return match(intake(*schools, wishes=wish("a", "m1")), wish_policy())


def test_the_frames_have_the_columns_of_the_rows() -> None:
    plan = plan_of(1)
    assert tuple(plan.assignments.columns) == tuple(assignments_rows(plan.document)[0])
    assert tuple(plan.clusters.columns) == tuple(clusters_rows(plan.document)[0])
    assert tuple(plan.unassigned.columns) == tuple(unassigned_rows(plan.document)[0])


def test_a_frame_without_rows_keeps_its_columns() -> None:
    everybody, nobody = plan_of(2), plan_of(0)
    assert everybody.unassigned.empty
    assert tuple(everybody.unassigned.columns) == UNASSIGNED_COLUMNS
    assert nobody.assignments.empty
    assert tuple(nobody.assignments.columns) == assignment_columns(nobody.document)
    assert tuple(nobody.clusters.columns) == CLUSTER_COLUMNS


def test_a_plan_survives_json_and_another_schema_version_is_refused() -> None:
    plan = plan_of(1)
    text = plan.to_json()
    assert Plan.from_json(text).document == plan.document
    with pytest.raises(ValidationError, match="schema_version"):
        Plan.from_json(text.replace('"schema_version": "1.1"', '"schema_version": "9.0"'))


def test_the_types_of_a_frame_do_not_depend_on_what_is_known() -> None:
    plan = matcher.match(matcher.generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3))
    bare = matcher.match(_bare())
    for one, other in ((plan.assignments, bare.assignments), (plan.clusters, bare.clusters)):
        assert one.dtypes.to_dict() == other.dtypes.to_dict()
    assert str(bare.assignments["distance_km"].dtype) == "float64"
    assert bare.assignments["distance_km"].isna().all()


def _bare() -> matcher.Intake:
    """One mentor and one mentee about which next to nothing is known."""
    schools = [matcher.School(school_id=role, name=role, role=role, country="HR") for role in Role]
    return matcher.Intake(schools=tuple(schools))
