"""Workbooks: what spreadsheets do to cells."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook, load_workbook

from matcher.exceptions import UsageError
from matcher.intake import read_intake
from tests.intake.files import SCHOOL, SCHOOL_HEADINGS, codes, only_issue, read_sheets, save_sheets


def test_a_numeric_cell_shown_with_zeros_keeps_them(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, {"Schools": [list(SCHOOL_HEADINGS), [7, "A", "mentee", "HR"]]})
    book = load_workbook(path)
    book["Schools"]["A2"].number_format = "000"
    book.save(path)
    reading = read_intake(path)
    assert reading.intake.schools[0].school_id == "007"
    assert reading.issues == ()


def test_numeric_ids_are_doubted_once_a_column(tmp_path: Path) -> None:
    rows = [SCHOOL_HEADINGS, [7.0, "A", "mentee", "HR"], [8, "B", "mentor", "HR"]]
    reading = read_sheets(tmp_path, {"Schools": rows})
    assert [school.school_id for school in reading.intake.schools] == ["7", "8"]
    assert only_issue(reading).code == "id-is-a-number"
    assert only_issue(reading).problem.startswith("2 codes")


def test_real_dates_and_numbers_are_read(tmp_path: Path) -> None:
    maturity = [
        ["School", "Instrument", "Area", "Value", "Date"],
        ["007", "SELFIE", "F", 3.4, date(2026, 3, 15)],
    ]
    links = [["Kind", "School A", "School B", "Expires"], ["rivalry", "007", "8", datetime(2027, 8, 31)]]
    sheets: dict[str, Any] = {
        "Schools": [[*SCHOOL_HEADINGS, "Pupils"], [*SCHOOL, 312]],
        "Zrelost": maturity,
        "Veze": links,
    }
    reading = read_sheets(tmp_path, sheets)
    assert reading.issues == ()
    assert reading.intake.schools[0].pupils == 312
    assert (reading.intake.maturity[0].value, reading.intake.maturity[0].taken_on) == (3.4, date(2026, 3, 15))
    assert reading.intake.links[0].expires == date(2027, 8, 31)


def test_a_formula_that_was_never_calculated_is_an_error(tmp_path: Path) -> None:
    reading = read_sheets(tmp_path, {"Schools": [SCHOOL_HEADINGS, ["1", '="A"&"B"', "mentee", "HR"]]})
    assert only_issue(reading).code == "formula-not-calculated"
    assert only_issue(reading).location.cell == "B2"
    assert only_issue(reading).value == '="A"&"B"'


def test_a_formula_with_an_empty_text_as_its_result_is_an_empty_cell(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, {"Schools": [[*SCHOOL_HEADINGS, "Authority"], [*SCHOOL, "=T(1)"]]})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b'<c r="E2"><f>T(1)</f><v />', b'<c r="E2" t="str"><f>T(1)</f><v></v>'
    )
    assert b't="str"' in parts[sheet]
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    reading = read_intake(path)
    assert reading.issues == ()
    assert reading.intake.schools[0].authority is None


def test_merged_cells_among_the_data_are_an_error_and_above_it_are_not(tmp_path: Path) -> None:
    rows = [["Schools of 2026"], SCHOOL_HEADINGS, SCHOOL, ["8", "B", "mentor"]]
    path = save_sheets(tmp_path, {"Schools": rows})
    book = load_workbook(path)
    book["Schools"].merge_cells("A1:D1")
    book["Schools"].merge_cells("D3:D4")
    book.save(path)
    reading = read_intake(path)
    assert codes(reading) == ["merged-cells", "required-cell-empty"]
    assert reading.issues[0].location.cell == "D3"


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, {"Notes": [["a"]], "Schools": [SCHOOL_HEADINGS, SCHOOL]})
    book = load_workbook(path)
    book["Schools"].row_dimensions[2].hidden = True
    book["Schools"].sheet_state = "hidden"
    book.save(path)
    reading = read_intake(path)
    assert codes(reading) == ["hidden-sheet", "hidden-rows"]
    assert len(reading.intake.schools) == 1


def test_values_under_no_heading_and_unknown_sheets_are_said(tmp_path: Path) -> None:
    sheets = {
        "Schools": [[*SCHOOL_HEADINGS, None], [*SCHOOL, "lost"]],
        "Maturty": [["a", "b"]],
        "Plans": [["x"]],
    }
    reading = read_sheets(tmp_path, sheets)
    assert codes(reading) == ["sheet-ignored", "sheet-ignored", "column-without-heading"]
    assert reading.issues[0].advice == "Did you mean 'Maturity'?"


def test_a_schools_sheet_under_another_name_is_asked_for_not_guessed(tmp_path: Path) -> None:
    reading = read_sheets(tmp_path, {"Foglio1": [SCHOOL_HEADINGS, SCHOOL]})
    issue = next(issue for issue in reading.issues if issue.is_error)
    assert issue.code == "schools-missing"
    assert "'Foglio1'" in issue.problem
    assert reading.intake.schools == ()


def test_a_stray_format_far_below_does_no_harm(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, {"Schools": [SCHOOL_HEADINGS, SCHOOL]})
    book = load_workbook(path)
    book["Schools"].cell(1_048_576, 16_384).number_format = "0.00"
    book.save(path)
    assert read_intake(path).issues == ()


def test_a_yes_of_the_spreadsheet_is_a_yes(tmp_path: Path) -> None:
    sheets: dict[str, Any] = {
        "Schools": [SCHOOL_HEADINGS, SCHOOL],
        "Programme": [["Synthetic", True]],
    }
    assert read_sheets(tmp_path, sheets).intake.synthetic


def _ods(path: Path, rows: list[list[TableCell]], repeats: int = 1, visibility: str = "visible") -> Path:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Scuole")
    for cells in rows:
        row = TableRow(numberrowsrepeated=repeats if not cells else 1, visibility=visibility)
        for cell in cells or [TableCell()]:
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def _text(text: str, **attributes: object) -> TableCell:
    cell = TableCell(valuetype="string", **attributes)
    for line in text.split("\n"):
        cell.addElement(P(text=line))
    return cell


def _number(value: float, shown: str) -> TableCell:
    cell = TableCell(valuetype="float", value=value)
    cell.addElement(P(text=shown))
    return cell


def test_an_open_document_is_read_with_rows_zeros_and_line_breaks(tmp_path: Path) -> None:
    headings = [_text(name) for name in ("School\nid", "Name", "Role", "Country", "Pupils", "Expires")]
    rows = [
        headings[:5],
        [],
        [_number(7, "007"), _text("A"), _text("mentee"), _text("IT"), _number(1234, "1.234")],
    ]
    reading = read_intake(_ods(tmp_path / "a.ods", rows, repeats=3))
    assert reading.issues == ()
    assert reading.intake.schools[0].school_id == "007"
    assert reading.intake.schools[0].pupils == 1234
    assert reading.origin.locate(next(iter(reading.origin.tables)), 0).row == 5


def test_repeated_and_merged_cells_of_an_open_document_keep_their_places(tmp_path: Path) -> None:
    merged = _text("mentee", numberrowsspanned=2, numbercolumnsspanned=1)
    rows = [
        [_text(name) for name in SCHOOL_HEADINGS] + [_text("Authority"), _text("Municipality")],
        [_text("1"), _text("A"), merged, _text("IT"), _text("same", numbercolumnsrepeated=2)],
        [_text("2"), _text("B"), CoveredTableCell(), _text("IT"), TableCell(numbercolumnsrepeated=2)],
    ]
    reading = read_intake(_ods(tmp_path / "a.ods", rows))
    assert [(issue.code, issue.location.cell) for issue in reading.issues] == [
        ("merged-cells", "C2"),
        ("required-cell-empty", "C3"),
    ]
    assert reading.intake.schools[0].municipality == "same"


def test_dates_of_an_open_document_are_refused_where_a_text_belongs(tmp_path: Path) -> None:
    day = TableCell(valuetype="date", datevalue="2026-04-03")
    day.addElement(P(text="3-4"))
    rows = [[_text(name) for name in SCHOOL_HEADINGS], [day, _text("A"), _text("mentee"), _text("IT")]]
    assert only_issue(read_intake(_ods(tmp_path / "a.ods", rows))).code == "date-in-text-column"


def test_a_locked_open_document_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(UsageError, match="password"):
        read_intake(path)


def test_a_hidden_sheet_of_an_open_document_is_said(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    style = Style(name="ta2", family="table")
    style.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(style)
    table = Table(name="Schools", stylename=style)
    for cells in (SCHOOL_HEADINGS, SCHOOL):
        row = TableRow()
        for cell in cells:
            row.addElement(_text(cell))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))
    assert codes(read_intake(tmp_path / "a.ods")) == ["hidden-sheet"]


def test_a_hidden_row_of_an_open_document_is_said(tmp_path: Path) -> None:
    rows = [[_text(name) for name in SCHOOL_HEADINGS], [_text(cell) for cell in SCHOOL]]
    reading = read_intake(_ods(tmp_path / "a.ods", rows, visibility="filter"))
    assert only_issue(reading).code == "hidden-rows"
    assert only_issue(reading).location.row == 2


def test_an_empty_workbook_has_no_schools(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "a.xlsx")
    assert codes(read_intake(tmp_path / "a.xlsx")) == ["schools-missing"]
