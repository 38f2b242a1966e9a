"""result.xlsx: what stands where, and that names never run."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from matcher.report.workbook import write_result_workbook
from tests.report.sample import sample_document
from tests.report.small import HOSTILE, small_document

SHEETS = ["Summary", "Assignments", "Clusters", "Unassigned", "Mentors", "Issues", "Run"]


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Workbook:
    write_result_workbook(small_document(), tmp_path / "result.xlsx")
    return load_workbook(tmp_path / "result.xlsx")


def head(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[3]]


def test_the_sheets_are_those_of_the_documentation(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.active is book["Summary"]


def test_an_assignment_stands_under_its_headings_and_the_input_columns_are_empty(book: Workbook) -> None:
    sheet = book["Assignments"]
    row = dict(zip(head(sheet), [cell.value for cell in sheet[5]], strict=True))
    assert (row["Mentee id"], row["Mentor id"], row["Score (of 100)"], row["Travel"]) == (
        "A",
        "M1",
        80.25,
        80.25,
    )
    assert (row["Pin?"], row["Change to"], row["Size"]) == (None, None, None)
    assert sheet.max_row == 6


def test_the_note_says_what_rematch_and_match_do_with_pins(book: Workbook) -> None:
    note = str(book["Assignments"]["A2"].value)
    assert "matcher rematch RUN --pins, which moves as few others as possible" in note
    assert "matcher match --pins, which makes the whole plan anew" in note


def test_numbers_stay_numbers_and_codes_stay_text(book: Workbook) -> None:
    sheet = book["Assignments"]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("007", "s")
    assert sheet.cell(4, head(sheet).index("Known data") + 1).number_format == "0%"


def test_no_name_is_a_formula(book: Workbook) -> None:
    found = {
        cell.value: cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    assert not any(cell.data_type == "f" for cell in found.values())
    for name in HOSTILE:
        assert found[name].data_type == "s"
        assert found[name].quotePrefix
    assert found["=2"].quotePrefix


def test_the_drop_downs_offer_yes_and_every_mentor(book: Workbook) -> None:
    rules = {str(rule.sqref): rule.formula1 for rule in book["Assignments"].data_validations.dataValidation}
    assert rules == {"E4:E6": '"yes"', "F4:F6": "Mentors!$A$4:$A$6"}
    assert [book["Mentors"].cell(row, 1).value for row in (4, 5, 6)] == ["M1", "M2", "M3"]
    (rule,) = book["Unassigned"].data_validations.dataValidation
    assert str(rule.sqref) == "E4"


def test_every_sheet_says_that_the_data_is_synthetic_and_only_then(book: Workbook, tmp_path: Path) -> None:
    assert all(str(sheet["A1"].value).startswith("SYNTHETIC DATA") for sheet in book.worksheets)
    write_result_workbook(small_document(synthetic=False), tmp_path / "real.xlsx")
    real = load_workbook(tmp_path / "real.xlsx")
    assert not any("SYNTHETIC" in str(sheet["A1"].value) for sheet in real.worksheets)


@pytest.mark.parametrize("name", ["Assignments", "Clusters", "Unassigned", "Mentors", "Issues"])
def test_headings_are_frozen_filtered_and_repeated_on_paper(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert str(sheet.freeze_panes).endswith("4")
    assert str(sheet.auto_filter.ref).startswith("A3:")
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_summary_holds_figures_proof_rules_and_breaches(book: Workbook) -> None:
    sheet = book["Summary"]
    pairs = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert (pairs["Mentees placed"], pairs["Mentees without a mentor"], pairs["Mean score (of 100)"]) == (
        3,
        1,
        63.4,
    )
    assert pairs["Proof"] == "No better plan exists."
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert "No phase in common. (B, M1)" in values


def test_the_run_says_not_known_where_there_is_no_bound(tmp_path: Path) -> None:
    document = small_document()
    proof = document.proof.model_copy(update={"bound": None, "gap": None})
    write_result_workbook(document.model_copy(update={"proof": proof}), tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")["Run"]
    pairs = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert (pairs["Bound (points)"], pairs["Gap"], pairs["Objective (points)"]) == (
        "not known",
        "not known",
        30.25,
    )


def test_an_equal_plan_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_result_workbook(sample_document(), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_plan_without_assignments_still_gives_a_workbook(tmp_path: Path) -> None:
    document = small_document().model_copy(
        update={"assignments": (), "clusters": (), "unassigned": (), "warnings": ()}
    )
    write_result_workbook(document, tmp_path / "empty.xlsx")
    book = load_workbook(tmp_path / "empty.xlsx")
    assert book["Issues"]["A2"].value == "No warnings."
    assert head(book["Assignments"])[0] == "Mentee id"


def test_languages_are_named_and_not_coded(tmp_path: Path) -> None:
    document = small_document()
    rows = tuple(row.model_copy(update={"shared_languages": ("it", "en")}) for row in document.assignments)
    write_result_workbook(document.model_copy(update={"assignments": rows}), tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    shared = head(book["Assignments"]).index("Shared languages")
    assert [row[shared].value for row in book["Assignments"].iter_rows(min_row=4)] == ["Italian; English"] * 3
    spoken = head(book["Mentors"]).index("Languages")
    assert book["Mentors"].cell(4, spoken + 1).value == "Croatian (native); English (B2)"
