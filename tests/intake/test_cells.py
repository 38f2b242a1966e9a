"""One cell in a column of each kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matcher.intake.columns import LINKS, MATURITY, SCHOOLS
from matcher.intake.faults import Parsed
from matcher.intake.grid import CellKind, RawCell
from matcher.intake.kinds import parse_cell
from matcher.profiles import Cefr, Challenge, LanguageSkill, Phase, Rurality


def parse(field: str, text: str, kind: CellKind = CellKind.TEXT, sheet: Any = SCHOOLS) -> Parsed:
    return parse_cell(sheet.column(field).kind, RawCell(text, kind))


def code(parsed: Parsed) -> str:
    (fault,) = parsed.faults
    return fault.code


@pytest.mark.parametrize(
    "text", ["", "-", ".", "n/a", "N.A.", "Non Disponibile", "NEUVÁDÍ SE", "nan", "not known", "desconhecido"]
)
def test_words_for_not_known_are_unknown_in_every_column(text: str) -> None:
    for column in SCHOOLS.columns:
        assert parse_cell(column.kind, RawCell(text)) == Parsed(None)


@pytest.mark.parametrize("field", ["name", "municipality", "authority", "region"])
def test_na_is_napoli_and_not_a_missing_value(field: str) -> None:
    assert parse(field, "NA") == Parsed("NA")


def test_na_in_a_column_of_numbers_is_unknown_with_a_warning() -> None:
    assert parse("pupils", "NA").value is None
    assert code(parse("pupils", "NA")) == "na-read-as-unknown"


def test_not_applicable_maturity_is_unknown_and_never_zero() -> None:
    assert parse("value", "not applicable", sheet=MATURITY) == Parsed(None)
    assert parse("value", "n.a.", sheet=MATURITY) == Parsed(None)
    assert parse("value", "0", sheet=MATURITY) == Parsed(0.0)


@pytest.mark.parametrize("text", ["-1", "<=3", "<5", "≤ 3", "-999"])
def test_withheld_pupils_are_unknown_with_a_warning(text: str) -> None:
    parsed = parse("pupils", text)
    assert parsed.value is None
    assert code(parsed) == "suppressed-value"


@pytest.mark.parametrize(("text", "value"), [("1.234", 1234), ("1,234", 1234)])
def test_a_separator_in_pupils_is_read_as_thousands_and_said(text: str, value: int) -> None:
    parsed = parse("pupils", text)
    assert parsed.value == value
    assert code(parsed) == "thousands-separator"


def test_pupils_that_the_file_holds_as_a_decimal_are_refused() -> None:
    assert code(parse("pupils", "1.234", CellKind.NUMBER)) == "not-a-whole-number"
    assert parse("pupils", "250.0") == Parsed(250)


def test_a_load_below_zero_and_a_demand_of_zero_are_out_of_range() -> None:
    assert code(parse("max_load", "-1")) == "number-out-of-range"
    assert code(parse("demand", "0")) == "number-out-of-range"


@pytest.mark.parametrize("text", ["9" * 50, "1e999"])
def test_an_endless_number_is_refused(text: str) -> None:
    assert code(parse("pupils", text)) == "number-too-long"


def test_percent_is_understood_in_the_need_index_alone() -> None:
    assert parse("need_index", "35 %") == Parsed(0.35)
    assert code(parse("need_index", "1,5")) == "number-out-of-range"
    assert code(parse("pupils", "35 %")) == "not-a-number"


def test_kilometres_may_carry_their_unit_and_doubtful_thousands_are_said() -> None:
    assert parse("max_travel_km", "60 km") == Parsed(60.0)
    assert parse("max_travel_km", "1.234").value == 1.234
    assert code(parse("max_travel_km", "1.234")) == "ambiguous-number"


def test_a_latitude_of_95_says_to_look_for_exchanged_coordinates() -> None:
    assert parse("latitude", "45,815") == Parsed(45.815)
    assert code(parse("latitude", "95")) == "coordinate-out-of-range"
    assert "exchanged" in parse("latitude", "95").faults[0].advice
    assert code(parse("longitude", "459134")) == "coordinate-in-metres"


def test_a_spreadsheet_date_where_a_number_or_a_text_belongs_is_refused() -> None:
    assert code(parse("value", "2026-04-03", CellKind.DATE, MATURITY)) == "date-in-number-column"
    assert code(parse("school_id", "2026-04-03", CellKind.DATE)) == "date-in-text-column"


def test_formulas_without_a_value_and_formula_errors_are_refused() -> None:
    assert code(parse("name", "=A1", CellKind.UNCALCULATED)) == "formula-not-calculated"
    assert code(parse("name", "#REF!")) == "formula-error"


def test_an_id_keeps_its_zeros_and_a_numeric_id_is_doubted() -> None:
    assert parse("school_id", "007") == Parsed("007")
    assert parse("school_id", "7", CellKind.NUMBER).value == "7"
    assert code(parse("school_id", "7", CellKind.NUMBER)) == "id-is-a-number"
    assert code(parse("school_id", "1,23E+12")) == "id-in-scientific-notation"


@pytest.mark.parametrize("text", ["2026-12-31", "31.12.2026", "31. 12. 2026.", "31/12/2026", "2026.12.31."])
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert parse("expires", text, sheet=LINKS) == Parsed(date(2026, 12, 31))


@pytest.mark.parametrize("text", ["2026-03-15 10:22:00", "2026-03-15T10:22:31.5Z", "15.3.2026. 9:05"])
def test_the_moment_of_a_survey_is_read_as_its_day(text: str) -> None:
    assert parse("taken_on", text, CellKind.DATE, MATURITY) == Parsed(date(2026, 3, 15))


def test_a_date_that_may_be_month_first_is_read_day_first_and_said() -> None:
    parsed = parse("expires", "03/04/2026", sheet=LINKS)
    assert parsed.value == date(2026, 4, 3)
    assert code(parsed) == "ambiguous-date"
    assert parse("expires", "03.04.2026", sheet=LINKS) == Parsed(date(2026, 4, 3))


@pytest.mark.parametrize("text", ["31.2.2026", "12/31/2026", "31.12.26", "46387", "soon"])
def test_what_is_no_day_of_the_calendar_is_refused(text: str) -> None:
    assert code(parse("expires", text, sheet=LINKS)) == "date-invalid"


def test_languages_are_read_by_code_or_name_with_or_without_a_level() -> None:
    italian, english = LanguageSkill(code="it", level=Cefr.NATIVE), LanguageSkill(code="en", level=Cefr.B2)
    expected = (italian, english, LanguageSkill(code="de"))
    for text in (
        "it (native); en B2; de",
        "it=native, en:B2, de",
        "Italiano (madrelingua)\nengleski - B2\nněmčina",
        "ITA native; English (b2); German",
    ):
        assert parse("languages", text) == Parsed(expected)


def test_a_level_that_is_left_out_is_unknown() -> None:
    assert parse("languages", "it").value[0].level is None


def test_slo_is_slovak_to_a_librarian_and_slovene_to_everyone_else_so_it_is_refused() -> None:
    assert code(parse("languages", "slo")) == "unknown-language"


@pytest.mark.parametrize(("text", "meant"), [("SI", "sl"), ("se (native)", "sv"), ("ee", "et")])
def test_a_country_s_sign_is_no_far_away_language(text: str, meant: str) -> None:
    parsed = parse("languages", text)
    assert code(parsed) == "unknown-language"
    assert parsed.faults[0].advice == f"Did you mean '{meant}'?"


def test_na_is_not_nauruan() -> None:
    assert code(parse("languages", "NA")) == "unknown-language"


def test_a_level_half_a_step_down_is_not_rounded_up() -> None:
    assert parse("languages", "en B1+").value == (LanguageSkill(code="en", level=Cefr.B1),)
    assert code(parse("languages", "en (B2-)")) == "unknown-language"


def test_faulty_languages_are_named_with_what_was_meant() -> None:
    czech = parse("languages", "cz (native)")
    assert code(czech) == "unknown-language"
    assert czech.faults[0].advice == "Did you mean 'cs'?"
    assert code(parse("languages", "en (B7)")) == "unknown-word"
    assert code(parse("languages", "en B2; English C1")) == "language-twice"
    assert code(parse("languages", "en B2; English B2")) == "listed-twice"


def test_challenges_are_read_in_order_in_any_language() -> None:
    parsed = parse("challenges", "1. Didattica digitale; 2. Inclusão\nSTEM")
    assert parsed == Parsed((Challenge.DIGITAL_PEDAGOGY, Challenge.INCLUSION, Challenge.STEM))


def test_an_unknown_challenge_gets_did_you_mean_and_a_double_one_counts_once() -> None:
    parsed = parse("challenges", "digital pedagogi; stem; STEM")
    assert [fault.code for fault in parsed.faults] == ["unknown-word", "listed-twice"]
    assert parsed.faults[0].advice == "Did you mean 'digital-pedagogy'?"
    assert parsed.value == (Challenge.STEM,)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("osnovna škola", {Phase.PRIMARY, Phase.LOWER_SECONDARY}),
        ("ZÁKLADNÍ ŠKOLA", {Phase.PRIMARY, Phase.LOWER_SECONDARY}),
        ("általános iskola", {Phase.PRIMARY, Phase.LOWER_SECONDARY}),
        ("escola basica", {Phase.PRIMARY, Phase.LOWER_SECONDARY}),
        ("scuola primaria", {Phase.PRIMARY}),
        ("basisschool", {Phase.PRIMARY}),
        ("primary; vocational", {Phase.PRIMARY, Phase.VOCATIONAL}),
        ("srednja škola", {Phase.UPPER_SECONDARY}),
        ("LICEO SCIENTIFICO", {Phase.UPPER_SECONDARY}),
        ("SCUOLA PRIMO GRADO", {Phase.LOWER_SECONDARY}),
    ],
)
def test_national_school_types_stand_for_the_phases_that_they_teach(text: str, phases: set[Phase]) -> None:
    assert parse("phases", text) == Parsed(frozenset(phases))


def test_a_portuguese_cluster_may_or_may_not_teach_upper_secondary_so_it_is_refused() -> None:
    assert code(parse("phases", "Agrupamento de escolas")) == "unknown-word"


def test_countries_are_read_by_code_or_name_and_namibia_is_not_in_europe() -> None:
    for text in ("HR", "hrvatska", "Croatia", "Croazia", "HRV"):
        assert parse("country", text) == Parsed("HR")
    assert parse("country", "UK") == Parsed("GB")
    assert code(parse("country", "NA")) == "country-unknown"


@pytest.mark.parametrize("text", ["mentorirana škola", "Mentee", "mentorált", "escola mentorada"])
def test_roles_are_understood_in_the_languages(text: str) -> None:
    assert parse("role", text).value == "mentee"


@pytest.mark.parametrize("word", ["grad", "Grad", "Město", "város", "község", "stad", "općina", "cidade"])
def test_the_legal_status_of_a_municipality_is_refused_as_a_degree_of_urbanisation(word: str) -> None:
    (fault,) = parse("rurality", word).faults
    assert fault.code == "unknown-word"
    assert "legal status" in fault.problem
    assert fault.advice.startswith("Write one of: urban, intermediate, rural; or leave the cell empty")


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("cities", "urban"),
        ("Gradovi", "urban"),
        ("gradsko", "urban"),
        ("városi", "urban"),
        ("venkov", "rural"),
    ],
)
def test_words_of_the_degree_of_urbanisation_are_read(word: str, value: str) -> None:
    assert parse("rurality", word) == Parsed(Rurality(value))
