"""The canonical JSON form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.exceptions import InputError
from matcher.intake import IntakeReading, intake_from_json, intake_to_json, read_intake
from matcher.intake.origin import Table
from matcher.profiles import Intake, Phase, Role, School

SCHOOL = {"school_id": "007", "name": "A", "role": "mentee", "country": "HR"}


def read_text(folder: Path, text: str) -> IntakeReading:
    (folder / "intake.json").write_text(text, encoding="utf-8")
    return read_intake(folder / "intake.json")


def test_phases_stand_in_alphabetical_order_so_that_equal_intakes_give_equal_text() -> None:
    school = School(
        school_id="1",
        name="A",
        role=Role.MENTEE,
        country="HR",
        phases=frozenset({Phase.VOCATIONAL, Phase.PRIMARY}),
    )
    text = intake_to_json(Intake(schools=(school,)))
    assert json.loads(text)["schools"][0]["phases"] == ["primary", "vocational"]
    assert intake_from_json(text) == Intake(schools=(school,))


def test_faults_name_the_line_and_the_field(tmp_path: Path) -> None:
    schools = [
        SCHOOL,
        {**SCHOOL, "school_id": "8", "latitude": 95, "role": "boss"},
        {**SCHOOL, "region": "NA"},
    ]
    reading = read_text(
        tmp_path, '{"schools": [\n' + ",\n".join(json.dumps(school) for school in schools) + "\n]}"
    )
    assert [(issue.code, issue.location.row, issue.location.header) for issue in reading.issues] == [
        ("value-not-allowed", 3, "role"),
        ("value-not-allowed", 3, "latitude"),
        ("region-country", 4, "region"),
    ]
    assert [school.school_id for school in reading.intake.schools] == ["007"]
    assert reading.rejected_ids == {"8", "007"}
    assert reading.origin.locate(Table.SCHOOLS, 0).row == 2


@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("schools", {**SCHOOL, "pupils": True}),
        ("schools", {**SCHOOL, "pupils": "312"}),
        ("links", {"kind": "rivalry", "school_a": "007", "school_b": "8", "expires": 0}),
    ],
)
def test_a_value_of_another_kind_is_an_error_and_never_turned_into_a_number_or_a_day(
    tmp_path: Path, table: str, record: dict[str, object]
) -> None:
    content = {"schools": [{**SCHOOL, "school_id": "8"}], table: [record]}
    reading = read_text(tmp_path, json.dumps(content))
    assert [issue.code for issue in reading.issues] == ["value-not-allowed"]


def test_unknown_fields_are_left_out_and_said(tmp_path: Path) -> None:
    content = {"schools": [{**SCHOOL, "e_mail": "a@b.hr", "latitud": 45}], "titel": "x"}
    reading = read_text(tmp_path, json.dumps(content))
    assert [issue.code for issue in reading.issues] == ["column-dropped"] * 3
    assert "Did you mean 'latitude'?" in [issue.advice for issue in reading.issues]
    assert reading.dropped_columns == ("Schools: e_mail", "Schools: latitud", "titel")
    assert len(reading.intake.schools) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"schools": [\n{"name": }]}', 2),
        ('{"schools": []\n\n} trailing', 3),
        ("[]", 1),
        ('{"schools": [{"name": "A", "name": "B"}]}', None),
        ('{"schools": [], "schools": []}', None),
        ('{"maturity": [{"value": NaN}], "schools": []}', None),
    ],
)
def test_what_is_not_one_sound_object_is_a_located_error(tmp_path: Path, text: str, line: int | None) -> None:
    (issue,) = read_text(tmp_path, text).issues
    assert (issue.code, issue.location.row) == ("json-broken", line)


def test_bytes_that_are_not_utf_8_are_located(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"title":\n"Forl\xec"}')
    (issue,) = read_intake(tmp_path / "a.json").issues
    assert (issue.code, issue.location.row) == ("json-broken", 2)


def test_records_and_tables_of_the_wrong_shape_are_errors(tmp_path: Path) -> None:
    reading = read_text(tmp_path, '{"schools": [1], "links": {}, "synthetic": "perhaps"}')
    assert [(issue.code, issue.location.sheet) for issue in reading.issues] == [
        ("json-broken", "schools"),
        ("json-broken", "links"),
        ("value-not-allowed", ""),
    ]


def test_a_text_without_schools_is_an_error(tmp_path: Path) -> None:
    (issue,) = read_text(tmp_path, "{}").issues
    assert issue.code == "schools-missing"


def test_from_text_every_fault_is_raised_at_once() -> None:
    with pytest.raises(InputError) as caught:
        intake_from_json('{"schools": [{"name": "A"}]}')
    assert len(caught.value.issues) == 3
