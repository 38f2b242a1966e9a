"""Delimited text files: encodings, delimiters, quotes, rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.files import codes, only_issue, read_schools, school_row

HEAD = "School id{0}Name{0}Role{0}Country{0}Latitude\n"
ROW = '007{0}"OŠ Gradec"{0}mentee{0}HR{0}"45,815"\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    reading = read_schools(tmp_path, (HEAD + ROW).format(delimiter))
    assert reading.issues == ()
    assert reading.intake.schools[0].school_id == "007"
    assert reading.intake.schools[0].latitude == 45.815


def test_semicolons_between_decimal_commas_are_the_delimiter(tmp_path: Path) -> None:
    text = "School id;Name;Role;Country;Latitude;Longitude\n"
    text += "1;A, B;mentee;HR;45,8;15,9\n2;C, D;mentor;HR;45,9;16,0\n"
    reading = read_schools(tmp_path, text)
    assert [school.longitude for school in reading.intake.schools] == [15.9, 16.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_not_part_of_the_first_heading(tmp_path: Path, encoding: str) -> None:
    reading = read_schools(tmp_path, (HEAD + ROW).format(",").encode(encoding))
    assert reading.issues == ()
    assert reading.intake.schools[0].name == "OŠ Gradec"


def test_a_western_byte_late_in_the_file_is_read_and_said(tmp_path: Path) -> None:
    plain = "".join(f"{number},Scuola {number},mentee,IT\n" for number in range(2000))
    data = ("School id,Name,Role,Country\n" + plain + "x,Scuola Forlì,mentee,IT\n").encode("cp1252")
    reading = read_schools(tmp_path, data)
    assert reading.intake.schools[-1].name == "Scuola Forlì"
    assert only_issue(reading).code == "encoding-not-utf8"
    assert only_issue(reading).value == "ì"


def test_croatian_and_czech_letters_are_read_as_central_european(tmp_path: Path) -> None:
    text = "School id,Name,Role,Country\n1,Osnovna škola Požeška kuća,mentee,HR\n"
    text += "2,Základní škola Přerov,mentee,CZ\n"
    reading = read_schools(tmp_path, text.encode("cp1250"))
    assert [school.name for school in reading.intake.schools] == [
        "Osnovna škola Požeška kuća",
        "Základní škola Přerov",
    ]
    assert "windows-1250" in only_issue(reading).problem


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Osnovna škola Čakovec", "cp1250"),  # č and Č alone could as well be è and È: š decides
        ("OŠ ŽNJAN, SPLIT", "cp1250"),
        ("ZŠ Žďár", "cp1250"),
        ("Escola Básica Luís de Camões, São João", "cp1252"),
        ("Scuola Città di Forlì, già Perché no", "cp1252"),
        ("Sint-Jozefscollege België", "cp1252"),
    ],
)
def test_letters_of_one_region_alone_decide_between_the_two_windows_encodings(
    tmp_path: Path, name: str, encoding: str
) -> None:
    text = f'School id,Name,Role,Country\n1,"{name}",mentee,HR\n'
    assert read_schools(tmp_path, text.encode(encoding)).intake.schools[0].name == name


def test_bytes_that_are_no_letters_are_an_error(tmp_path: Path) -> None:
    data = b"School id,Name,Role,Country\n1,A \x81 \xe0,mentee,IT\n"
    assert "undecodable-bytes" in codes(read_schools(tmp_path, data))


def test_a_line_break_inside_quotes_belongs_to_the_cell_and_rows_keep_their_line_numbers(
    tmp_path: Path,
) -> None:
    text = '"School\nid",Name,Role,Country,Latitude\n1,"Two\nlines",mentee,HR,\n2,B,mentee,HR,95\n'
    reading = read_schools(tmp_path, text)
    assert reading.intake.schools[0].name == "Two\nlines"
    assert only_issue(reading).location.cell == "E5"


def test_broken_quotes_are_located(tmp_path: Path) -> None:
    reading = read_schools(
        tmp_path, 'School id,Name,Role,Country\n1,A,mentee,HR\n2,"B,mentee,HR\n3,C,mentor,HR\n'
    )
    issue = next(issue for issue in reading.issues if issue.code == "csv-broken-quotes")
    assert issue.location.row == 3


def test_an_unquoted_decimal_comma_that_shifts_the_row_is_an_error(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,Latitude\n1,A,mentee,HR,45,8\n")
    assert only_issue(reading).code == "too-many-cells"
    assert only_issue(reading).location.cell == "F2"


def test_a_clean_file_has_no_issue(tmp_path: Path) -> None:
    assert read_schools(tmp_path, school_row(Pupils="312", Authority="NA")).issues == ()
