"""Write the sheets of an intake into a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from matcher.intake.columns import SHEETS
from matcher.intake.kinds import CellValue, written_text
from matcher.intake.origin import Table
from matcher.workbook import put, save_workbook

_NARROWEST, _WIDEST = 10, 48


def write_workbook(rows: Mapping[Table, list[list[CellValue]]], path: Path) -> None:
    """Write one sheet a table, the headings in the first row.

    Parameters
    ----------
    rows : mapping of Table to list of rows
    path : Path
        The file, replaced in one step.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for table, sheet in SHEETS.items():
        page = book.create_sheet(sheet.title)
        for number, cells in enumerate(rows[table], start=1):
            for place, value in enumerate(cells, start=1):
                put_value(page, number, place, value)
        dress(page, rows[table])
    save_workbook(book, path)


def put_value(page: Worksheet, row: int, column: int, value: CellValue) -> None:
    """Write a value; a date gets an ISO format, a number that the file cannot hold exactly becomes a text."""
    if isinstance(value, int | float) and float(f"{value:.16g}") != value:
        value = written_text(value)
    cell = put(page, row, column, value)
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str):
        cell.number_format = "@"


def dress(page: Worksheet, rows: list[list[CellValue]]) -> None:
    """Make the headings bold, keep them in sight and widen the columns to their content."""
    page.freeze_panes = "A2"
    for place, heading in enumerate(rows[0], start=1):
        page.cell(1, place).font = Font(bold=True)
        longest = max(len(written_text(row[place - 1])) for row in rows if len(row) >= place)
        width = min(max(longest, len(str(heading)), _NARROWEST) + 2, _WIDEST)
        page.column_dimensions[get_column_letter(place)].width = width
