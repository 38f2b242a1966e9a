"""Headings and sheets by alias."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.intake.columns import SHEETS, table_named
from matcher.intake.folding import fold
from matcher.intake.header_map import field_of, is_contact
from matcher.intake.origin import Table
from tests.intake.files import codes, only_issue, read_schools


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("  SCHOOL_ID ", "school_id"),
        ("Sifra\nškole", "school_id"),
        ("Max travel (km)", "max_travel_km"),
        ("Name *", "name"),
        ("Počet žáků", "pupils"),
        ("Tanulói létszám", "pupils"),
        ("Numero alunni", "pupils"),
        ("Número de alunos", "pupils"),
        ("Aantal leerlingen", "pupils"),
        ("broj_ucenika", "pupils"),
    ],
)
def test_a_heading_is_known_in_the_languages_whatever_its_dress(heading: str, field: str) -> None:
    assert field_of(heading, SHEETS[Table.SCHOOLS]) == field


@pytest.mark.parametrize(
    "heading",
    ["Capacity", "Kapacita", "Kapacitet", "Capienza", "Maximális létszám", "Places", "Broj mjesta", "Posti"],
)
def test_a_register_s_number_of_places_for_pupils_is_no_load_and_no_demand(heading: str) -> None:
    assert field_of(heading, SHEETS[Table.SCHOOLS]) is None


def test_the_legal_kind_of_a_settlement_is_no_degree_of_urbanisation() -> None:
    assert (
        field_of("Településtípus", SHEETS[Table.SCHOOLS]) is None
    )  # a Hungarian város may be of 2,000 people


@pytest.mark.parametrize("table", list(SHEETS))
def test_every_field_of_the_model_has_a_column_and_the_other_way_round(table: Table) -> None:
    sheet = SHEETS[table]
    fields = {column.field for column in sheet.columns}
    assert fields == set(sheet.model.model_fields) - {"schools", "maturity", "links", "preferences"}


@pytest.mark.parametrize(
    ("name", "table"),
    [("Škole", "schools"), ("ISKOLÁK", "schools"), ("Ligações", "links"), ("Voorkeuren", "preferences")],
)
def test_a_sheet_is_known_in_the_languages(name: str, table: str) -> None:
    assert table_named(name) == table


def test_headings_may_stand_below_titles(tmp_path: Path) -> None:
    text = "Popis škola\n\nstanje 1.9.2026\nŠifra;Naziv;Uloga;Država\n007;OŠ Gradec;mentee;Hrvatska\n"
    reading = read_schools(tmp_path, text, "škole.csv")
    assert reading.issues == ()
    assert reading.origin.locate(Table.SCHOOLS, 0, "name").cell == "B5"
    assert reading.origin.locate(Table.SCHOOLS, 0, "name").header == "Naziv"


def test_contact_data_is_left_out_and_said(tmp_path: Path) -> None:
    text = "School id,Name,Role,Country,E-mail,Head teacher,Datum rođenja,Canteen\n"
    text += "1,A,mentee,HR,a@b.hr,X,1970,yes\n"
    reading = read_schools(tmp_path, text)
    assert only_issue(reading).code == "column-dropped"
    assert (
        "contact data, which matching must not hold: E-mail, Head teacher, Datum rođenja"
        in only_issue(reading).problem
    )
    assert "does not know: Canteen;" in only_issue(reading).problem
    assert reading.dropped_columns == (
        "Schools: E-mail",
        "Schools: Head teacher",
        "Schools: Datum rođenja",
        "Schools: Canteen",
    )
    assert "a@b.hr" not in reading.intake.model_dump_json()


@pytest.mark.parametrize("heading", ["Challenges", "Capacity", "Name", "Captaincy", "Telling"])
def test_words_that_only_resemble_contact_data_are_not_called_that(heading: str) -> None:
    assert not is_contact(heading)


def test_a_missing_column_is_one_error_that_names_what_was_probably_meant(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Rolle,Country\n1,A,mentee,HR\n2,B,mentor,HR\n")
    errors = [issue for issue in reading.issues if issue.is_error]
    assert [issue.code for issue in errors] == ["column-missing"]
    assert errors[0].advice == "Is it 'Rolle'? Then name it 'Role'."


def test_a_misspelt_optional_column_gets_did_you_mean(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,Latitud\n1,A,mentee,HR,45\n")
    assert "'Latitud' as 'Latitude'" in only_issue(reading).advice


def test_two_columns_for_one_field_are_an_error(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,Naziv\n1,A,mentee,HR,B\n")
    issue = next(issue for issue in reading.issues if issue.is_error)
    assert issue.code == "column-twice"
    assert issue.location.cell == "E1"


def test_a_sheet_without_headings_is_an_error(tmp_path: Path) -> None:
    assert codes(read_schools(tmp_path, "1,A,mentee,HR\n"))[0] == "headings-not-found"


def test_folding_makes_accents_spacing_and_croatian_letters_alike() -> None:
    assert fold("  Đurđevac_ŠKOLA\n(1) ") == "durdevac skola 1"
