"""Rows: located faults, rejected schools, feet of tables, examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher.exceptions import UsageError
from matcher.intake import read_intake
from matcher.intake.origin import Table
from matcher.profiles import Link, LinkKind
from tests.intake.files import codes, only_issue, read_schools, school_row

HEAD = "School id,Name,Role,Country,NUTS region,Latitude\n"


def test_all_faults_are_reported_at_once_with_their_cells(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, HEAD + "1,,boss,HR,,95\n2,B,mentee,XX,,\n")
    assert [(issue.code, issue.location.cell) for issue in reading.issues] == [
        ("required-cell-empty", "B2"),
        ("unknown-word", "C2"),
        ("coordinate-out-of-range", "F2"),
        ("country-unknown", "D3"),
    ]
    assert all(
        issue.advice and issue.problem and issue.location.file == "schools.csv" for issue in reading.issues
    )
    assert reading.issues[2].value == "95"
    assert reading.issues[2].location.header == "Latitude"


def test_a_rejected_school_is_left_out_but_its_id_is_known(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, HEAD + "1,A,mentee,HR,,95\n2,B,mentor,HR,,45\n")
    assert [school.school_id for school in reading.intake.schools] == ["2"]
    assert reading.rejected_ids == {"1"}
    assert reading.origin.locate(Table.SCHOOLS, 0).row == 3


def test_na_as_a_region_is_an_error_that_names_napoli(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, HEAD + "1,A,mentee,IT,NA,\n")
    assert only_issue(reading).is_error
    assert only_issue(reading).value == "NA"
    assert "ITF33" in only_issue(reading).advice


def test_na_as_a_municipality_or_authority_is_kept(tmp_path: Path) -> None:
    school = read_schools(tmp_path, school_row(Municipality="NA", Authority="NA")).intake.schools[0]
    assert (school.municipality, school.authority) == ("NA", "NA")


def test_a_region_that_nuts_2024_renamed_is_a_warning(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, HEAD + "1,A,mentee,PT,PT170,\n")
    assert only_issue(reading).code.startswith("region")
    assert only_issue(reading).location.cell == "E2"


def test_eligible_regions_are_judged_one_by_one(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, school_row(Eligible_regions="HR0; Zagreb ; HU3"))
    assert "'Zagreb'" in only_issue(reading).problem
    assert only_issue(reading).is_error


def test_totals_and_source_notes_at_the_foot_are_ignored_with_a_warning(tmp_path: Path) -> None:
    text = HEAD + "1,A,mentee,HR,,\nUkupno,1,,,,\n,,,,,\nSource: register of schools 2026,,,,,\n"
    reading = read_schools(tmp_path, text)
    assert codes(reading) == ["foot-row-ignored", "foot-row-ignored"]
    assert [issue.location.row for issue in reading.issues] == [3, 5]
    assert [issue.value for issue in reading.issues] == ["Ukupno", "Source"]
    assert len(reading.intake.schools) == 1


def test_a_school_called_total_is_a_school(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, HEAD + "Total,Total School,mentee,HR,,\n")
    assert reading.issues == ()
    assert reading.intake.schools[0].school_id == "Total"


def test_the_example_row_is_ignored_with_a_warning(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, HEAD + "EXAMPLE-1,A,mentee,HR,,\n1,A,mentee,HR,,\n")
    assert codes(reading) == ["example-row-ignored"]
    assert len(reading.intake.schools) == 1


def test_empty_demand_means_one_place_and_empty_strength_means_hard(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("kind,school a,school b\nconcorrenza,1,2\n", encoding="utf-8")
    reading = read_schools(tmp_path, school_row(Demand=""))
    assert reading.intake.schools[0].demand == 1
    assert reading.intake.links == (Link(kind=LinkKind.RIVALRY, school_a="1", school_b="2"),)


def test_the_programme_is_read_by_its_first_column(tmp_path: Path) -> None:
    text = "Setting;Value\nTitle;Round 1\nSynthetic;sì\nAs of;31.12.2026\n"
    (tmp_path / "programme.csv").write_text(text, encoding="utf-8")
    reading = read_schools(tmp_path, school_row())
    assert reading.issues == ()
    assert (reading.intake.title, reading.intake.synthetic) == ("Round 1", True)
    assert reading.intake.as_of == date(2026, 12, 31)
    assert read_intake(tmp_path, as_of=date(2027, 1, 1)).intake.as_of == date(2027, 1, 1)


def test_faults_of_the_programme_are_located(tmp_path: Path) -> None:
    text = "Title,A\nTitel,B\nSintetic,no\nAs of,never\n"
    (tmp_path / "programme.csv").write_text(text, encoding="utf-8")
    reading = read_schools(tmp_path, school_row())
    assert [(issue.code, issue.location.cell) for issue in reading.issues] == [
        ("setting-twice", "A2"),
        ("unknown-setting", "A3"),
        ("date-invalid", "B4"),
    ]
    assert "Did you mean 'Synthetic'?" in reading.issues[1].advice


def test_a_sheet_without_schools_is_a_warning(tmp_path: Path) -> None:
    assert codes(read_schools(tmp_path, HEAD)) == ["no-schools"]


def test_files_that_are_no_table_or_the_same_table_are_said(tmp_path: Path) -> None:
    (tmp_path / "skole.tsv").write_text(school_row(), encoding="utf-8")
    (tmp_path / "preferances.csv").write_text("a,b\n", encoding="utf-8")
    reading = read_schools(tmp_path, school_row())
    assert codes(reading) == ["file-ignored", "table-twice"]
    assert reading.issues[0].advice == "Did you mean 'preferences.csv'?"


def test_a_folder_without_schools_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("kind,school a,school b\nlock,1,2\n", encoding="utf-8")
    assert codes(read_intake(tmp_path)) == ["schools-missing"]


def test_the_sources_carry_the_hash_of_their_bytes(tmp_path: Path) -> None:
    (source,) = read_schools(tmp_path, b"").sources
    assert source.name == "schools.csv"
    assert source.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("nothing.xlsx", None, "no file or folder"),
        ("schools.csv", b"", "name the folder"),
        ("old.xls", b"", "save it as .xlsx"),
        ("intake.pdf", b"", "it must be"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0rest", "password"),
        ("broken.xlsx", b"PK nonsense", "cannot be read as a workbook"),
        ("broken.ods", b"PK nonsense", "cannot be read as a spreadsheet"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(
    tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=words):
        read_intake(tmp_path / name)


def test_what_is_not_there_is_named_with_the_path_that_was_given(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_intake(tmp_path / "data" / "gone")
    assert str(caught.value) == f"There is no file or folder '{tmp_path / 'data' / 'gone'}'."


def test_an_empty_folder_is_no_intake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no schools\.csv"):
        read_intake(tmp_path)
    (tmp_path / "my.xlsx").write_bytes(b"")
    with pytest.raises(UsageError, match=r"name that file instead"):
        read_intake(tmp_path)


def test_a_row_of_units_below_the_headings_is_one_warning_and_no_fault(tmp_path: Path) -> None:
    text = "School id,Name,Role,Country,Max travel,Pupils\n,,,(ISO),(km),[number]\n1,A,mentee,HR,60,300\n"
    reading = read_schools(tmp_path, text)
    issue = only_issue(reading)
    assert (issue.code, issue.is_error, issue.location.row) == ("units-row-ignored", False, 2)
    assert reading.intake.schools[0].max_travel_km == 60


def test_words_in_brackets_further_down_or_beside_a_value_are_no_units(tmp_path: Path) -> None:
    head = "School id,Name,Role,Country,Max travel\n"
    below = read_schools(tmp_path, head + "1,A,mentee,HR,60\n,,,,(km)\n")
    assert "units-row-ignored" not in codes(below)
    assert below.has_errors
    beside = read_schools(tmp_path, head + "1,A,mentee,HR,(km)\n")
    assert codes(beside) == ["not-a-number"]
