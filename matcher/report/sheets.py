"""How a sheet of a result workbook looks: heading, hint, table, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.report.rows import Row
from matcher.workbook import put

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

HEAD_ROW = 3
"""Row of the column headings on every sheet that holds one table; the title and a hint stand above."""

_DARK, _PALE, _INPUT, _WARN = "1F3A5F", "EEF2F7", "FFF6CC", "B3261E"
_NARROWEST, _WIDEST = 8.0, 44.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the key of its value, number format, and whether a person fills it in."""

    heading: str
    key: str
    number_format: str = "General"
    is_input: bool = False


def write_title(sheet: Worksheet, title: str, hint: str, *, synthetic: bool) -> None:
    """Write the two lines above a table; synthetic data is announced in red on every sheet."""
    from openpyxl.styles import Font  # noqa: PLC0415 - `import matcher` stays light

    if synthetic:
        title = f"SYNTHETIC DATA – these are not real schools.   {title}"
    put(sheet, 1, 1, title).font = Font(bold=True, size=14, color=_WARN if synthetic else _DARK)
    put(sheet, 2, 1, hint).font = Font(italic=True, color="444444")


def write_table(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row], head_row: int) -> int:
    """Write headings and rows with widths and formats.

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
        head.alignment = Alignment(wrap_text=True, vertical="center")
    for number, row in enumerate(rows, start=head_row + 1):
        for at, column in enumerate(columns, start=1):
            value = row.get(column.key)
            cell = put(sheet, number, at, _shown(value))
            cell.border, cell.number_format = line, column.number_format
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            if column.is_input:
                cell.fill = filled
    return head_row + len(rows)


def set_widths(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Make each column as wide as its longest word or text asks, within limits."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start light

    for at, column in enumerate(columns, start=1):
        longest_word = max(len(word) for word in column.heading.split())
        texts = [len(_as_text(row.get(column.key), column.number_format)) for row in rows]
        wanted = max([longest_word + 3, *texts]) + 1.5
        sheet.column_dimensions[get_column_letter(at)].width = min(_WIDEST, max(_NARROWEST, wanted))


def finish_table(sheet: Worksheet, columns: int, last_row: int, *, freeze_columns: int = 0) -> None:
    """Freeze the headings, switch the filter on, and make the sheet print on the width of a page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start light

    sheet.freeze_panes = f"{get_column_letter(freeze_columns + 1)}{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(columns)}{max(last_row, HEAD_ROW)}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
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


def _as_text(value: object, number_format: str) -> str:
    if isinstance(value, float):
        return f"{value:.0%}" if "%" in number_format else f"{value:.1f}"
    return "" if value is None else str(_shown(value))
