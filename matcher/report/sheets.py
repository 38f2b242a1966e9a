"""How a sheet of a result workbook looks: heading, hint, table, print set-up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.report.rows import Row
from matcher.workbook import copy_style, put

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

HEAD_ROW = 3
"""Row of the column headings on every sheet that holds one table; the title and a hint stand above."""

_DARK, _PALE, _INPUT, _WARN = "1F3A5F", "EEF2F7", "FFF6CC", "B3261E"
_NARROWEST, _WIDEST = 8.0, 44.0
_LINE_POINTS, _MOST_LINES = 14.5, 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, key of its value, number format, whether a person fills it in, whether it wraps.

    A column that does not wrap shows one line and does not make its rows higher.
    """

    heading: str
    key: str
    number_format: str = "General"
    is_input: bool = False
    wrap: bool = True


def write_title(sheet: Worksheet, title: str, hint: str, *, synthetic: bool) -> None:
    """Write the two lines above a table; synthetic data is announced in red on every sheet."""
    from openpyxl.styles import Font  # noqa: PLC0415 - `import matcher` stays light

    if synthetic:
        title = f"SYNTHETIC DATA – these are not real schools.   {title}"
    put(sheet, 1, 1, title).font = Font(bold=True, size=14, color=_WARN if synthetic else _DARK)
    put(sheet, 2, 1, hint).font = Font(italic=True, color="444444")


def write_table(
    sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row], head_row: int, widths: Sequence[float]
) -> int:
    """Write headings and rows with formats; rows are made high enough for the texts they hold.

    Parameters
    ----------
    sheet : Worksheet
    columns : sequence of Column
    rows : sequence of Row
    head_row : int
        Row of the headings, from 1.
    widths : sequence of float
        Width of each column, in characters; columns beyond `columns` are left aside.

    Returns
    -------
    int
        Number of the last row written.
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 - start light

    line = Border(bottom=Side(style="hair", color="9AA5B1"))
    dark, filled = PatternFill("solid", fgColor=_DARK), PatternFill("solid", fgColor=_INPUT)
    for at, column in enumerate(columns, start=1):
        head = put(sheet, head_row, at, column.heading)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), dark
        side = "left" if column.number_format == "General" else "right"
        head.alignment = Alignment(
            horizontal=side, wrap_text=True, vertical="center", indent=int(side == "left")
        )
    fit_height(sheet, head_row, [column.heading for column in columns], widths)
    patterns: dict[tuple[int, bool], Cell] = {}
    for number, row in enumerate(rows, start=head_row + 1):
        for at, column in enumerate(columns, start=1):
            value = row.get(column.key)
            cell = put(sheet, number, at, _shown(value))
            is_text = isinstance(value, str)
            # A text that must be kept from running has a style of its own.
            if not cell.quotePrefix and (at, is_text) in patterns:
                copy_style(patterns[at, is_text], cell)
                continue
            cell.border, cell.number_format = line, column.number_format
            cell.alignment = Alignment(vertical="top", wrap_text=column.wrap and is_text, indent=int(is_text))
            if column.is_input:
                cell.fill = filled
            if not cell.quotePrefix:
                patterns[at, is_text] = cell
        fit_height(sheet, number, [_as_text(row.get(c.key), c) if c.wrap else "" for c in columns], widths)
    return head_row + len(rows)


def fit_height(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Set a row's height by its longest text; not every program does that by itself."""
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=False))
    sheet.row_dimensions[row].height = _LINE_POINTS * min(lines, _MOST_LINES) + 1.0


def table_widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    """Width of each column: as its longest text asks, within limits, no word of the heading broken."""
    widths = []
    for column in columns:
        longest_word = max(len(word) for word in column.heading.split())
        longest = max((len(_as_text(row.get(column.key), column)) for row in rows), default=0)
        widths.append(min(_WIDEST, max(_NARROWEST, longest_word + 5.0, longest + 3.5)))
    return widths


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the first columns, in characters."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start light

    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def finish_table(
    sheet: Worksheet, columns: int, last_row: int, *, freeze_columns: int = 0, printed: int = 0
) -> None:
    """Freeze the headings, switch the filter on, and make the sheet print on the width of a page.

    `printed` is how many of the first columns go on paper; 0 prints all.
    """
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start light

    sheet.freeze_panes = f"{get_column_letter(freeze_columns + 1)}{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(columns)}{max(last_row, HEAD_ROW)}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(printed or columns)}{max(last_row, HEAD_ROW)}"
    set_page(sheet)


def set_page(sheet: Worksheet, *, landscape: bool = True) -> None:
    """A4, one page wide, page numbers at the foot."""
    from openpyxl.worksheet.header_footer import HeaderFooter  # noqa: PLC0415 - start light
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.HeaderFooter = HeaderFooter(oddFooter=_footer())
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.sheet_view.showGridLines = False


def _footer() -> HeaderFooterItem:
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart  # noqa: PLC0415

    return HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N"))


def write_heading(sheet: Worksheet, row: int, text: str, width: int) -> None:
    """Write a heading inside a sheet, over `width` columns."""
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - start light

    for at in range(1, width + 1):
        sheet.cell(row=row, column=at).fill = PatternFill("solid", fgColor=_PALE)
    put(sheet, row, 1, text).font = Font(bold=True, size=12, color=_DARK)


def _shown(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _as_text(value: object, column: Column) -> str:
    if isinstance(value, float):
        return f"{value:.0%}" if "%" in column.number_format else f"{value:.1f}"
    return "" if value is None else str(_shown(value))


def _lines(text: str, width: float) -> int:
    """Lines that a wrapped text takes, as far as that can be told without the font."""
    return sum(max(1, math.ceil(len(part) / width)) for part in text.split("\n"))
