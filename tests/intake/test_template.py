"""The template."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from matcher.intake import read_intake
from matcher.intake.columns import SHEETS
from matcher.intake.origin import Table
from matcher.intake.template import write_template


def _template(folder: Path) -> Path:
    path = folder / "template.xlsx"
    write_template(path)
    return path


def test_the_template_reads_back_without_errors_and_without_its_examples(tmp_path: Path) -> None:
    reading = read_intake(_template(tmp_path))
    assert not reading.has_errors
    assert {issue.code for issue in reading.issues} == {"example-row-ignored", "no-schools"}
    assert reading.dropped_columns == ()


def test_the_example_rows_are_valid_once_they_have_other_ids(tmp_path: Path) -> None:
    path = _template(tmp_path)
    book = load_workbook(path)
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("EXAMPLE-"):
                    cell.value = cell.value.replace("EXAMPLE-", "X")
    book.save(path)
    reading = read_intake(path)
    assert reading.issues == ()
    intake = reading.intake
    assert [len(rows) for rows in (intake.schools, intake.maturity, intake.links, intake.preferences)] == [
        1,
        1,
        1,
        1,
    ]
    assert all(value not in (None, (), frozenset()) for value in dict(intake.schools[0]).values())


def test_the_template_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    assert _template(tmp_path).read_bytes() == _template(tmp_path).read_bytes()


def test_every_heading_has_a_note_and_every_coded_column_a_drop_down(tmp_path: Path) -> None:
    book = load_workbook(_template(tmp_path))
    for table, sheet in SHEETS.items():
        page = book[sheet.title]
        ruled = {
            str(area).split(":")[0]
            for rule in page.data_validations.dataValidation
            for area in rule.sqref.ranges
        }
        for place, column in enumerate(sheet.columns, start=1):
            cell = page.cell(place + 1, 1) if table is Table.PROGRAMME else page.cell(1, place)
            assert cell.value == column.heading
            assert cell.comment is not None
            assert column.meaning in cell.comment.text
            first = f"B{place + 1}" if table is Table.PROGRAMME else page.cell(2, place).coordinate
            assert (first in ruled) == bool(column.kind.choices)
        assert page.freeze_panes == "A2"


def test_a_word_offered_by_a_drop_down_is_understood(tmp_path: Path) -> None:
    book = load_workbook(_template(tmp_path))
    offered = {
        str(cell.value) for row in book["Word lists"].iter_rows() for cell in row if cell.value is not None
    }
    known = {word for sheet in SHEETS.values() for column in sheet.columns for word in column.kind.choices}
    assert offered == known


def test_the_first_sheet_says_what_newcomers_ask_and_prints_one_page_wide(tmp_path: Path) -> None:
    page = load_workbook(_template(tmp_path)).worksheets[0]
    texts = [str(cell.value) for cell in page["A"] if cell.value]
    lines = [text.replace("\n", " ") for text in texts]
    assert max(len(part) for text in texts for part in text.split("\n")) <= 75
    for said in ("stays on your machine", "Hungarian, Italian or Portuguese", "Not known is an empty cell"):
        assert any(said in line for line in lines)
    assert all(cell.alignment.wrap_text for cell in page["A"] if cell.value)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
