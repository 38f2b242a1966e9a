"""The route as a whole: what one stage hands to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

import matcher
from matcher.pipeline import check
from matcher.policy.model import Policy


def test_schools_out_of_reach_under_a_policy_are_located_where_the_file_has_them(tmp_path: Path) -> None:
    # the rows are not in the order of the ids, which is the order of the encoding
    rows = ["id,name,role,country", "z,Zeta,mentee,HR", "m,Mentor,mentor,HR", "a,Alpha,mentee,HU"]
    (tmp_path / "schools.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    policy = Policy.model_validate({"rules": {"language": {"strength": "off"}}})
    _, issues = check(tmp_path, policy)
    (alone,) = [issue for issue in issues if issue.code == "mentee-out-of-reach"]
    assert (alone.value, alone.location.row) == ("a", 4)


def test_a_reading_whose_records_have_faults_is_not_matched_without_them(tmp_path: Path) -> None:
    rows = ["id,name,role,country", "a,Alpha,mentee,HR", "b,Beta,nobody,HR", "m,Mentor,mentor,HR"]
    (tmp_path / "schools.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    reading = matcher.read_intake(str(tmp_path))
    assert [school.school_id for school in reading.intake.mentees] == ["a"]
    with pytest.raises(matcher.InputError) as caught:
        matcher.match(reading)
    assert any(issue.location.row == 3 for issue in caught.value.issues)


def test_a_reading_without_faults_is_matched_and_its_warnings_are_located(tmp_path: Path) -> None:
    head = "id,name,role,country,languages"
    rows = [head, "m,Mentor,mentor,HR,hr", "b,Beta,mentee,HU,hr", "a,Alpha,mentee,HR,hr"]
    (tmp_path / "schools.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    plan = matcher.match(matcher.read_intake(tmp_path))
    assert plan.hosts == {"a": "m", "b": None}
    located = {row.code: (row.file, row.cell) for row in plan.document.warnings}
    assert located["mentee-out-of-reach"] == ("schools.csv", "A3")
