"""Headings and sheets by alias."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.intake.columns import SHEETS, table_named
from matcher.intake.folding import fold
from matcher.intake.header_map import field_of, is_contact
from matcher.intake.heading_hints import meant_field
from matcher.intake.headings import words_of
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
    assert only_issue(reading).advice.startswith("'Latitud': did you mean 'Latitude'? If one of these")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Distanza max (km)", "max_travel_km"),
        ("Percorrenza max", "max_travel_km"),
        ("Max. udaljenost (km)", "max_travel_km"),
        ("Maximální dojezd (km)", "max_travel_km"),
        ("Max. távolság (km)", "max_travel_km"),
        ("Max. reisafstand", "max_travel_km"),
        ("Distância máx. (km)", "max_travel_km"),
        ("Max scuole", "max_load"),
        ("Max mentee", "max_load"),
        ("Max. aantal scholen", "max_load"),
        ("Maksimalan broj škola", "max_load"),
        ("Max. počet škol", "max_load"),
        ("Iskolák maximális száma", "max_load"),
        ("N.º máximo de escolas", "max_load"),
        ("Min scuole", "min_load"),
        ("Fasi", "phases"),
        ("Ordine e grado di scuola", "phases"),
    ],
)
def test_what_staff_call_the_limits_and_the_phases_is_read(heading: str, field: str) -> None:
    assert field_of(heading, SHEETS[Table.SCHOOLS]) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ordine", "phases"),
        ("Raggio (km)", "max_travel_km"),
        ("Polumjer", "max_travel_km"),
        ("Capacità", "max_load"),
        ("Broj mjesta", "max_load"),
        ("Max travel by car", "max_travel_km"),
    ],
)
def test_a_heading_that_may_mean_a_column_is_asked_about_and_not_read(heading: str, field: str) -> None:
    sheet = SHEETS[Table.SCHOOLS]
    assert field_of(heading, sheet) is None
    assert meant_field(heading, sheet) == field


@pytest.mark.parametrize(
    "heading",
    ["Number of teachers", "Broj nastavnika", "Počet učitelů", "School building", "Budget", "Comments"],
)
def test_words_that_stand_in_many_headings_give_no_hint(heading: str) -> None:
    assert meant_field(heading, SHEETS[Table.SCHOOLS]) is None


def test_a_doubtful_heading_is_asked_about_with_what_the_column_holds(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,Capacità\n1,A,mentor,IT,600\n")
    issue = only_issue(reading)
    assert "did you mean 'Max load' (mentors: the most mentee places it can carry)?" in issue.advice
    assert reading.intake.schools[0].max_load is None


def test_a_column_that_is_not_known_is_never_said_to_need_nothing(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,Canteen\n1,A,mentee,HR,yes\n")
    assert only_issue(reading).advice.startswith("If one of these should count, give it the heading that")


def test_contact_data_alone_needs_nothing_done(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,E-mail\n1,A,mentee,HR,a@b.hr\n")
    assert only_issue(reading).advice == "Nothing to do; best delete them from the file."


@pytest.mark.parametrize("table", list(SHEETS))
def test_no_doubtful_heading_is_read(table: Table) -> None:
    sheet = SHEETS[table]
    words = [word for entry in sheet.doubtful.values() for word in words_of(entry)]
    assert [word for word in words if field_of(word, sheet)] == []


def test_an_entry_without_a_part_for_each_language_is_refused() -> None:
    with pytest.raises(ValueError, match="2 languages instead of 7"):
        words_of("name / naam")


def test_two_columns_for_one_field_are_an_error(tmp_path: Path) -> None:
    reading = read_schools(tmp_path, "School id,Name,Role,Country,Naziv\n1,A,mentee,HR,B\n")
    issue = next(issue for issue in reading.issues if issue.is_error)
    assert issue.code == "column-twice"
    assert issue.location.cell == "E1"


def test_a_sheet_without_headings_is_an_error(tmp_path: Path) -> None:
    assert codes(read_schools(tmp_path, "1,A,mentee,HR\n"))[0] == "headings-not-found"


def test_folding_makes_accents_spacing_and_croatian_letters_alike() -> None:
    assert fold("  Đurđevac_ŠKOLA\n(1) ") == "durdevac skola 1"
