"""What is written reads back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from matcher.exceptions import UsageError
from matcher.intake import intake_from_json, intake_to_json, read_intake, write_intake
from matcher.profiles import Intake, MaturityRecord, Role, School
from tests.examples import examples
from tests.intake.strategies import INTAKES


def _school(**fields: str) -> School:
    return School.model_validate(
        {"school_id": "1", "name": "A", "role": Role.MENTEE, "country": "HR", **fields}
    )


@given(INTAKES)
@settings(max_examples=examples(60), deadline=None)
def test_an_intake_reads_back_equal_from_every_kind_of_file(intake: Intake) -> None:
    with TemporaryDirectory() as folder:
        for name in ("book.xlsx", "text.json", "tables"):
            path = Path(folder) / name
            write_intake(intake, path)
            reading = read_intake(path)
            assert [issue for issue in reading.issues if issue.is_error] == []
            assert reading.intake == intake


@given(INTAKES)
@settings(max_examples=examples(60), deadline=None)
def test_json_text_reads_back_equal(intake: Intake) -> None:
    assert intake_from_json(intake_to_json(intake)) == intake
    assert intake_from_json(intake.model_dump_json()) == intake


@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_equal_intakes_give_equal_bytes(tmp_path: Path, name: str) -> None:
    intake = Intake(schools=(_school(authority="=1+1"),))
    write_intake(intake, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    write_intake(intake, tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_a_folder_is_written_over_and_holds_every_table(tmp_path: Path) -> None:
    for number in (2, 1):
        schools = tuple(_school(school_id=str(index)) for index in range(number))
        write_intake(Intake(schools=schools), tmp_path / "tables")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == [
        "links.csv",
        "maturity.csv",
        "preferences.csv",
        "programme.csv",
        "schools.csv",
    ]
    assert len(read_intake(tmp_path / "tables").intake.schools) == 1


@pytest.mark.parametrize("authority", ["-", "unknown", "bell\x07", "EXAMPLE-1", "#REF!"])
def test_a_text_that_would_be_read_as_something_else_is_refused_not_changed(
    tmp_path: Path, authority: str
) -> None:
    intake = Intake(schools=(_school(authority=authority),))
    with pytest.raises(UsageError, match="Authority"):
        write_intake(intake, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    assert intake_from_json(intake_to_json(intake)) == intake


def test_an_infinite_value_cannot_be_written(tmp_path: Path) -> None:
    record = MaturityRecord(school_id="1", instrument="S", area="A", value=float("inf"))
    intake = Intake(schools=(_school(),), maturity=(record,))
    for name in ("a.xlsx", "a.json", "tables"):
        with pytest.raises(UsageError):
            write_intake(intake, tmp_path / name)


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.pdf"):
        write_intake(Intake(), tmp_path / "a.pdf")
