"""A corrected result.xlsx becomes hard locks, and every fault in it is located."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.exceptions import UsageError
from matcher.profiles import Link, LinkKind, Strength
from matcher.report.pins import REASON, PinEdit, PinReading, read_pins
from matcher.report.workbook import write_result_workbook
from tests.report.small import small_document


def lock(mentee: str, mentor: str) -> Link:
    return Link(kind=LinkKind.LOCK, school_a=mentee, school_b=mentor, strength=Strength.HARD, reason=REASON)


def pins_after(tmp_path: Path, *cells: tuple[str, str, str | float | None]) -> PinReading:
    """Write the small plan, fill in cells (sheet, address, value), and read the pins."""
    path = tmp_path / "result.xlsx"
    write_result_workbook(small_document(), path)
    book = load_workbook(path)
    for sheet, address, value in cells:
        book[sheet][address] = value
    book.save(path)
    return read_pins(path)


def places(reading: PinReading) -> list[tuple[str, str]]:
    return [(issue.code, str(issue.location)) for issue in reading.issues]


def test_an_untouched_workbook_pins_nothing(tmp_path: Path) -> None:
    assert pins_after(tmp_path) == PinReading((), (), ())


@pytest.mark.parametrize(
    "answer", ["yes", "YES", " x ", "ja", "da", "ano", "igen", "sì", "si", "sim", 1, True, "✓"]
)
def test_a_pin_keeps_the_pair_in_any_of_the_languages(tmp_path: Path, answer: str | float) -> None:
    assert pins_after(tmp_path, ("Assignments", "E5", answer)).links == (lock("A", "M1"),)


@pytest.mark.parametrize("answer", ["no", "nee", "ne", "nem", "não", "", " ", False])
def test_no_and_empty_pin_nothing(tmp_path: Path, answer: str | float) -> None:
    assert pins_after(tmp_path, ("Assignments", "E5", answer)) == PinReading((), ())


def test_a_change_moves_the_mentee_and_an_unassigned_one_can_be_placed(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "F5", "M2"), ("Unassigned", "E4", "M3"))
    assert reading.links == (lock("A", "M2"), lock("D", "M3"))
    assert reading.issues == ()
    assert reading.edits == (
        PinEdit("A", "M1", "M2", None, None, "result.xlsx [Assignments!F5]"),
        PinEdit("D", None, "M3", None, None, "result.xlsx [Unassigned!E4]"),
    )


def test_the_author_and_the_reason_beside_a_pin_are_read_with_it(tmp_path: Path) -> None:
    reading = pins_after(
        tmp_path,
        ("Assignments", "E5", "yes"),
        ("Assignments", "G5", "A. Novak"),
        ("Assignments", "H5", "The schools asked for it"),
        ("Unassigned", "E4", "M3"),
        ("Unassigned", "G4", "New evidence"),
    )
    assert reading.edits == (
        PinEdit("A", "M1", "M1", "A. Novak", "The schools asked for it", "result.xlsx [Assignments!E5]"),
        PinEdit("D", None, "M3", None, "New evidence", "result.xlsx [Unassigned!E4]"),
    )


def test_headings_are_found_in_any_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "result.xlsx"
    write_result_workbook(small_document(), path)
    book = load_workbook(path)
    sheet = book["Assignments"]
    sheet["E5"] = "yes"
    sheet.insert_rows(1, 4)
    sheet.insert_cols(1, 2)
    book.save(path)
    reading = read_pins(path)
    assert (reading.links, reading.issues) == ((lock("A", "M1"),), ())


def test_a_row_that_is_pinned_and_changed_is_a_fault(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "E5", "yes"), ("Assignments", "F5", "M2"))
    assert places(reading) == [("pin-and-change", "result.xlsx [Assignments!F5]")]
    assert reading.links == ()


def test_an_unknown_mentor_is_a_fault_with_the_nearest_one_named(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "F6", "m 1"), ("Unassigned", "E4", "nobody"))
    assert places(reading) == [
        ("unknown-school", "result.xlsx [Assignments!F6]"),
        ("unknown-school", "result.xlsx [Unassigned!E4]"),
    ]
    assert reading.issues[1].advice == "Choose an id of the sheet 'Mentors'."
    assert reading.issues[0].value == "m 1"


def test_a_misspelt_mentor_gets_did_you_mean(tmp_path: Path) -> None:
    path = tmp_path / "result.xlsx"
    document = small_document()
    write_result_workbook(document, path)
    book = load_workbook(path)
    book["Mentors"]["A4"] = "HR-001"
    book["Assignments"]["F5"] = "HR-01"
    book.save(path)
    (issue,) = read_pins(path).issues
    assert issue.advice == "Did you mean 'HR-001'?"


def test_an_answer_that_is_neither_yes_nor_no_is_a_fault(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "E4", "maybe"))
    assert places(reading) == [("unknown-word", "result.xlsx [Assignments!E4]")]


def test_a_pin_on_a_row_without_a_mentee_is_a_fault(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "E5", "x"), ("Assignments", "A5", None))
    assert places(reading) == [("id-missing", "result.xlsx [Assignments!A5]")]


def test_a_mentee_pinned_twice_is_a_fault(tmp_path: Path) -> None:
    reading = pins_after(
        tmp_path, ("Assignments", "E5", "x"), ("Unassigned", "A4", "A"), ("Unassigned", "E4", "M2")
    )
    assert places(reading) == [("duplicate-id", "result.xlsx [Unassigned!A4]")]
    assert "Assignments, row 5" in reading.issues[0].problem


def test_a_mentee_that_the_intake_does_not_have_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "result.xlsx"
    write_result_workbook(small_document(), path)
    book = load_workbook(path)
    book["Assignments"]["E5"] = "yes"
    book.save(path)
    assert places(read_pins(path, mentee_ids={"B", "007"})) == [
        ("unknown-school", "result.xlsx [Assignments!A5]")
    ]
    assert read_pins(path, mentee_ids={"A"}).issues == ()


def test_a_formula_in_an_input_column_is_a_fault_and_not_an_empty_cell(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "F5", "=G6"))
    assert places(reading) == [("formula", "result.xlsx [Assignments!F5]")]


def test_an_id_that_a_spreadsheet_made_a_number_is_found(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Mentors", "A4", "12"), ("Assignments", "F5", 12.0))
    assert reading.links == (lock("A", "12"),)


@pytest.mark.parametrize(("sheet", "code"), [("Assignments", "missing-sheet"), ("Mentors", "missing-sheet")])
def test_a_missing_sheet_is_said(tmp_path: Path, sheet: str, code: str) -> None:
    path = tmp_path / "result.xlsx"
    write_result_workbook(small_document(), path)
    book = load_workbook(path)
    del book[sheet]
    book.save(path)
    (issue,) = read_pins(path).issues
    assert issue.code == code
    assert sheet in issue.problem


def test_a_missing_column_is_said(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "E3", "something"))
    assert [issue.code for issue in reading.issues] == ["column-missing"]
    assert "'Pin?'" in reading.issues[0].problem


def test_no_workbook_is_a_located_fault_and_no_file_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "result.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    assert [issue.code for issue in read_pins(path).issues] == ["unreadable-file"]
    with pytest.raises(UsageError, match="not a file"):
        read_pins(tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    "written",
    ["M1 Škola Šljivić", "M1 - skola sljivic", "Škola Šljivić (M1)", "ŠKOLA ŠLJIVIĆ", "skola sljivic"],
)
def test_a_mentor_may_be_chosen_by_id_and_name_or_by_name(tmp_path: Path, written: str) -> None:
    reading = pins_after(tmp_path, ("Unassigned", "E4", written))
    assert (reading.links, reading.issues) == ((lock("D", "M1"),), ())


def test_a_name_that_two_mentors_bear_is_a_fault_that_names_both(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Mentors", "B5", "Skola Sljivic"), ("Unassigned", "E4", "Škola Šljivić"))
    assert places(reading) == [("mentor-ambiguous", "result.xlsx [Unassigned!E4]")]
    assert reading.issues[0].advice == "Write the id: 'M1' (Škola Šljivić) or 'M2' (Skola Sljivic)."
    assert reading.links == ()


def test_an_id_goes_before_a_name_that_reads_the_same(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Mentors", "B5", "M1"), ("Unassigned", "E4", "M1"))
    assert reading.links == (lock("D", "M1"),)


def test_an_id_with_another_mentor_s_name_is_a_fault(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Unassigned", "E4", "M1 Mentor Two"))
    assert places(reading) == [("unknown-school", "result.xlsx [Unassigned!E4]")]


def test_a_misspelt_name_gets_did_you_mean_with_the_id(tmp_path: Path) -> None:
    (issue,) = pins_after(tmp_path, ("Unassigned", "E4", "Skola Slivic")).issues
    assert issue.advice == "Did you mean 'M1' (Škola Šljivić)?"


def test_a_mentor_id_that_was_typed_over_by_a_name_in_a_pinned_row_is_a_fault(tmp_path: Path) -> None:
    reading = pins_after(tmp_path, ("Assignments", "E5", "yes"), ("Assignments", "I5", "Mentor Two"))
    assert [issue.code for issue in reading.issues] == ["unknown-school"]
