"""The empty workbook that schools or staff fill in."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from matcher.intake.columns import EXAMPLE_PREFIX, SHEETS, Column, Sheet
from matcher.intake.grid import column_letters
from matcher.intake.kinds import CellValue
from matcher.intake.origin import Table
from matcher.intake.word_kinds import CodedList
from matcher.intake.workbook_writer import dress, put_value
from matcher.intake.writers import SETTING_HEADINGS
from matcher.workbook import put, save_workbook

_LAST_ROW = 5000
_PAGE_WIDTH = 88  # letters; what a sheet of A4 holds upright
_LINE_LENGTH = 75  # broken here and not by the program, whose fonts may be wider than it reckons
_LINE_HEIGHT, _TITLE_HEIGHT = 15.0, 21.0  # points
_READ_ME_TITLES = ("How to fill in this workbook", "Sheets")
_REQUIRED = PatternFill("solid", fgColor="FFE699")
_OPTIONAL = PatternFill("solid", fgColor="DDEBF7")
_EXAMPLE = Font(italic=True, color="595959")


def write_template(path: Path) -> None:
    """Write an empty intake workbook: drop-downs, a note on each heading, one example row a sheet.

    Parameters
    ----------
    path : Path
        An ``.xlsx`` file, replaced in one step; the same bytes each time.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _read_me(book.create_sheet("Read me"))
    lists = book.create_sheet("Word lists")
    places: dict[tuple[str, ...], str] = {}
    for table, sheet in SHEETS.items():
        page = book.create_sheet(sheet.title)
        if table is Table.PROGRAMME:
            _programme(page, sheet, lists, places)
        else:
            _table(page, sheet, lists, places)
    book.move_sheet(lists, offset=len(book.sheetnames))
    lists.sheet_state = "hidden"
    save_workbook(book, path)


def _table(page: Worksheet, sheet: Sheet, lists: Worksheet, places: dict[tuple[str, ...], str]) -> None:
    headings: list[CellValue] = [column.heading for column in sheet.columns]
    examples: list[CellValue] = [column.example for column in sheet.columns]
    for place, column in enumerate(sheet.columns, start=1):
        _heading(page, 1, place, column)
        put_value(page, 2, place, column.example)
        page.cell(2, place).font = _EXAMPLE
        letters = column_letters(place - 1)
        _drop_down(page, column, f"{letters}2:{letters}{_LAST_ROW}", lists, places)
    dress(page, [headings, examples])


def _programme(page: Worksheet, sheet: Sheet, lists: Worksheet, places: dict[tuple[str, ...], str]) -> None:
    for place, heading in enumerate(SETTING_HEADINGS, start=1):
        put(page, 1, place, heading)
    for row, column in enumerate(sheet.columns, start=2):
        _heading(page, row, 1, column)
        _drop_down(page, column, f"B{row}", lists, places)
    rows: list[list[CellValue]] = [[column.heading, column.example] for column in sheet.columns]
    dress(page, [list(SETTING_HEADINGS), *rows])


def _heading(page: Worksheet, row: int, place: int, column: Column) -> None:
    cell = put(page, row, place, column.heading)
    cell.fill = _REQUIRED if column.must_be_there else _OPTIONAL
    note = Comment(_note(column), "matcher", height=180, width=320)
    cell.comment = note


def _note(column: Column) -> str:
    needed = "Must be filled in. " if column.required else ""
    return f"{column.meaning}\n\n{needed}Write {column.kind.format}.\n\nExample: {column.example}"


def _drop_down(
    page: Worksheet, column: Column, cells: str, lists: Worksheet, places: dict[tuple[str, ...], str]
) -> None:
    """Offer the words of a coded column; they stand on a hidden sheet, as they may be too long for a rule."""
    words = tuple(column.kind.choices)
    if not words:
        return
    if words not in places:
        place = len(places) + 1
        for row, word in enumerate(words, start=1):
            put(lists, row, place, word)
        letters = column_letters(place - 1)
        places[words] = f"'Word lists'!${letters}$1:${letters}${len(words)}"
    rule = DataValidation("list", formula1=places[words], allow_blank=True)
    rule.showErrorMessage = not isinstance(column.kind, CodedList)  # several words may be typed there
    rule.errorTitle = column.heading
    rule.error = f"Choose a word from the list ({len(words)} words), or leave the cell empty."
    rule.add(cells)
    page.add_data_validation(rule)


def _read_me(page: Worksheet) -> None:
    lines = [
        _READ_ME_TITLES[0],
        "",
        "This file stays on your machine: matcher sends nothing anywhere.",
        "Write one row a school on the sheet Schools, mentors and mentees alike. The others are optional.",
        "Point at a heading to see what it means, what to write, and an example. Yellow columns are needed.",
        "Headings may be in English, Dutch, Croatian, Czech, Hungarian, Italian or Portuguese, also mixed.",
        "Not known is an empty cell. Empty is never read as 0.",
        f"The example rows (ids that begin with {EXAMPLE_PREFIX}) are not read; delete or overwrite them.",
        "Several words in one cell are separated by semicolons.",
        "Do not add e-mail addresses, telephone numbers or names of persons: such columns are not read.",
        "Check the workbook with: matcher check WORKBOOK",
        "",
        _READ_ME_TITLES[1],
        *(f"{sheet.title}: {sheet.meaning}" for sheet in SHEETS.values()),
    ]
    for row, line in enumerate(lines, start=1):
        text = fill(line, _LINE_LENGTH)
        cell = put(page, row, 1, text)
        page.row_dimensions[row].height = _LINE_HEIGHT * (text.count("\n") + 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if line in _READ_ME_TITLES:
            page.row_dimensions[row].height = _TITLE_HEIGHT
            cell.font = Font(bold=True, size=14)
    page.column_dimensions["A"].width = _PAGE_WIDTH
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
