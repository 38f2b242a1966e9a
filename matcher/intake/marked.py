"""A workbook in which the faulty cells of an intake are coloured, with a list of all issues in front."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.intake.checks.listing import issues_as_rows
from matcher.intake.columns import COPY_NOTE
from matcher.intake.origin import Table, TableOrigin
from matcher.issues import Issue
from matcher.profiles import Intake, LanguageSkill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet
    from pydantic import BaseModel

    from matcher.intake.origin import IntakeReading

ISSUES_SHEET = "Issues"
UNREAD_NOTE = "This column is not read by matcher; its values are not copied here."

_GREY = "FFD9D9D9"
_FILLS = {True: "FFF4B6B6", False: "FFFFE39A"}  # light red, amber: black text stays readable on both
_LINE, _HIGHEST = 15.0, 400.0  # points; a spreadsheet allows 409
_FILLED = 0.9  # share of a line that words fill: fonts differ from machine to machine
_NARROWEST, _WIDEST = 10, 40  # letters
_LIST_HEAD = 2  # row of the headings of the list; the note that this is a copy stands above
_LIST_COLUMNS = (
    ("severity", "Severity", 9),
    ("code", "Kind", 18),
    ("file", "File", 15),
    ("sheet", "Sheet", 12),
    ("cell", "Cell", 8),
    ("header", "Heading", 14),
    ("value", "Value", 16),
    ("problem", "What is wrong", 50),
    ("advice", "What to do", 50),
)


@dataclass(frozen=True, slots=True)
class _Copied:
    """A sheet of the marked workbook: whether addresses are those of the messages, and its headings' row."""

    sheet: Worksheet
    same_addresses: bool
    heading_row: int = 1


def write_marked_workbook(
    reading: IntakeReading, issues: Sequence[Issue], path: Path, source: Path | None = None
) -> None:
    """Write a copy of an intake with its faulty cells coloured and commented.

    Errors are red, warnings amber; a comment on the cell says what is wrong and what to do. The first sheet
    says that this is a copy, lists all issues and can be filtered. Of a column that the reader left out, only
    the heading is copied, greyed and with a comment, so that contact data does not travel.

    Parameters
    ----------
    reading : IntakeReading
        What was read.
    issues : sequence of Issue
        The issues to show: the reader's own and those of ``check_intake``.
    path : Path
        Where to write the workbook (``.xlsx``).
    source : Path, optional
        The file that was read. From an ``.xlsx`` the cells themselves are copied, so that rows which could
        not be read stand in the copy too; otherwise the copy is made from the records, at the row and column
        that the messages name where they name one.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - `import matcher` stays light

    from matcher.workbook import save_workbook  # noqa: PLC0415 - it loads openpyxl

    book = Workbook()
    listing = book.worksheets[0]
    listing.title = ISSUES_SHEET
    copies = _copies(reading, issues, book, source)
    _write_copy_notes(copies.values())
    _widen(copies.values())
    for copy, marks in _by_sheet(issues, copies):
        _mark(copy, marks)
    _write_listing(listing, issues, copies)
    save_workbook(book, path)


def _copies(
    reading: IntakeReading, issues: Sequence[Issue], book: Workbook, source: Path | None
) -> dict[tuple[str, str], _Copied]:
    """Copy each table to a sheet; the key is file and sheet as messages name them."""
    from_cells = source is not None and source.suffix.casefold() == ".xlsx" and source.is_file()
    copies: dict[tuple[str, str], _Copied] = {}
    for table in Table:
        origin = reading.origin.tables.get(table)
        records = _records(reading.intake, table)
        place = reading.origin.locate(table)
        pointed_at = any(
            (one.location.file, one.location.sheet) == (place.file, place.sheet) and one.location.row
            for one in issues
        )
        if not records and not pointed_at:
            continue
        title = place.sheet or table.value.capitalize()
        sheet = book.create_sheet(title if title.casefold() != ISSUES_SHEET.casefold() else f"{title} (copy)")
        if from_cells and source is not None and origin is not None and origin.sheet:
            _copy_cells(source, origin, sheet)
            copies[place.file, place.sheet] = _Copied(
                sheet, same_addresses=True, heading_row=origin.header_row or 1
            )
            _write_unread(sheet, origin.header_row or 1, origin)
        else:
            as_found = origin is not None and _has_addresses(origin)
            _write_records(sheet, records, origin if as_found else None)
            head = (origin.header_row or 1) if origin is not None and as_found else 1
            copies[place.file, place.sheet] = _Copied(sheet, as_found, head)
    return copies


def _copy_cells(source: Path, origin: TableOrigin, sheet: Worksheet) -> None:
    """Copy the columns that the reader understood, at the same addresses, from the headings down.

    What stands above the headings, or in a foot note, may name a person.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415

    from matcher.workbook import put  # noqa: PLC0415 - it loads openpyxl

    allowed = {column_index_from_string(letter) for letter, _ in origin.columns.values() if letter}
    book = load_workbook(source, read_only=True, data_only=True)
    try:
        for cells in book[origin.sheet].iter_rows(min_row=origin.header_row):
            for cell in cells:
                if cell.value is None or cell.column not in allowed or cell.row is None:
                    continue
                if cell.row not in origin.unread_rows:
                    written = put(sheet, cell.row, int(cell.column), cell.value)
                    written.number_format = cell.number_format
    finally:
        book.close()


def _has_addresses(origin: TableOrigin) -> bool:
    return all(letter for letter, _ in origin.columns.values())


def _write_records(sheet: Worksheet, records: Sequence[BaseModel], origin: TableOrigin | None) -> None:
    """Write records as a table, at the addresses of `origin` if it has any, from A1 otherwise."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - `import matcher` stays light

    from matcher.workbook import put  # noqa: PLC0415 - it loads openpyxl

    if origin is not None:
        columns = {
            field: (column_index_from_string(letter), header)
            for field, (letter, header) in origin.columns.items()
        }
        rows = origin.rows
    else:
        fields = type(records[0]).model_fields if records else {}
        columns = {field: (at, field) for at, field in enumerate(fields, start=1)}
        rows = tuple(range(2, len(records) + 2))
    known = origin.header_row if origin is not None else None
    heading_row = known or max(min(rows, default=2) - 1, 1)
    for column, header in columns.values():
        put(sheet, heading_row, column, header)
    if origin is not None:
        _write_unread(sheet, heading_row, origin)
    for row, record in zip(rows, records, strict=False):
        for field, (column, _) in columns.items():
            put(sheet, row, column, _shown(getattr(record, field, None)))


def _write_unread(sheet: Worksheet, heading_row: int, origin: TableOrigin) -> None:
    """Keep the headings of the columns that were left out, so that nobody takes them for lost."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415

    from matcher.workbook import put  # noqa: PLC0415 - it loads openpyxl

    for letters, heading in origin.dropped:
        cell = put(sheet, heading_row, column_index_from_string(letters), heading)
        cell.fill = PatternFill("solid", fgColor=_GREY)
        cell.font = Font(italic=True, color="FF595959")
        cell.comment = Comment(UNREAD_NOTE, "matcher", height=60, width=320)


def _widen(copies: Iterable[_Copied]) -> None:
    """Make each column as wide as its heading, within reason."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - `import matcher` stays light

    for copy in copies:
        for column in range(1, copy.sheet.max_column + 1):
            heading = copy.sheet.cell(row=copy.heading_row, column=column).value
            width = min(max(len(str(heading or "")) + 2, _NARROWEST), _WIDEST)
            copy.sheet.column_dimensions[get_column_letter(column)].width = width


def _write_copy_notes(copies: Iterable[_Copied]) -> None:
    """Say at the first cell of each sheet that it is a copy: in the cell where it is free."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.styles import Font  # noqa: PLC0415

    from matcher.workbook import put  # noqa: PLC0415 - it loads openpyxl

    for copy in copies:
        first = copy.sheet.cell(row=1, column=1)
        if copy.heading_row > 1 and first.value is None:
            put(copy.sheet, 1, 1, COPY_NOTE).font = Font(bold=True)
        else:
            text = f"{COPY_NOTE}\n{first.comment.text}" if first.comment else COPY_NOTE
            first.comment = Comment(text, "matcher", height=90, width=320)


def _records(intake: Intake, table: Table) -> Sequence[BaseModel]:
    if table is Table.PROGRAMME:
        return ()
    records: Sequence[BaseModel] = getattr(intake, table.value)
    return records


def _shown(value: Any) -> str | int | float | None:
    """Return a field's value as a cell shows it; lists are separated by semicolons."""
    if isinstance(value, frozenset):
        value = tuple(sorted(value))
    if isinstance(value, tuple):
        return "; ".join(str(_shown(part)) for part in value) or None
    if isinstance(value, LanguageSkill):
        return f"{value.code} {value.level}" if value.level else value.code
    return value if value is None or isinstance(value, (int, float)) else str(value)


def _by_sheet(
    issues: Sequence[Issue], copies: dict[tuple[str, str], _Copied]
) -> list[tuple[_Copied, dict[tuple[int, str], list[Issue]]]]:
    """Group the issues that can be shown at a cell by sheet and cell."""
    found: dict[tuple[str, str], dict[tuple[int, str], list[Issue]]] = {}
    for issue in issues:
        place = issue.location
        copy = copies.get((place.file, place.sheet))
        if copy is not None and copy.same_addresses and place.row is not None:
            cells = found.setdefault((place.file, place.sheet), {})
            cells.setdefault((place.row, place.column or "A"), []).append(issue)
    return [(copies[key], cells) for key, cells in found.items()]


def _mark(copy: _Copied, marks: dict[tuple[int, str], list[Issue]]) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.styles import PatternFill  # noqa: PLC0415
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415

    from matcher.workbook import put  # noqa: PLC0415 - it loads openpyxl

    for (row, letter), here in marks.items():
        number = column_index_from_string(letter)
        cell = copy.sheet.cell(row=row, column=number)
        named = [issue.value for issue in here if issue.value and issue.location.column]
        if cell.value is None and named:
            put(copy.sheet, row, number, named[0])
        is_error = any(issue.is_error for issue in here)
        cell.fill = PatternFill("solid", fgColor=_FILLS[is_error])
        text = "\n".join(f"{issue.severity}: {issue.problem} {issue.advice}" for issue in here)
        text = f"{cell.comment.text}\n{text}" if cell.comment else text
        cell.comment = Comment(text, "matcher", height=160, width=320)


def _write_listing(sheet: Worksheet, issues: Sequence[Issue], copies: dict[tuple[str, str], _Copied]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    from matcher.workbook import put  # noqa: PLC0415 - it loads openpyxl

    put(sheet, 1, 1, COPY_NOTE).font = Font(bold=True, size=12)
    for column, (_, title, width) in enumerate(_LIST_COLUMNS, start=1):
        put(sheet, _LIST_HEAD, column, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    ordered = sorted(issues, key=lambda issue: not issue.is_error)
    numbered = enumerate(zip(ordered, issues_as_rows(issues), strict=True), start=_LIST_HEAD + 1)
    for row, (issue, values) in numbered:
        for column, (key, _, _) in enumerate(_LIST_COLUMNS, start=1):
            put(sheet, row, column, values[key]).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = _height(values)
        sheet.cell(row=row, column=1).fill = PatternFill("solid", fgColor=_FILLS[issue.is_error])
        copy = copies.get((issue.location.file, issue.location.sheet))
        if copy is not None and copy.same_addresses and issue.location.row is not None:
            target = f"{issue.location.column or 'A'}{issue.location.row}"
            link = sheet.cell(row=row, column=5)
            link.hyperlink = f"#'{copy.sheet.title}'!{target}"
            link.font = Font(underline="single", color="FF1F4E79")
    sheet.freeze_panes = f"A{_LIST_HEAD + 1}"
    last = get_column_letter(len(_LIST_COLUMNS))
    sheet.auto_filter.ref = f"A{_LIST_HEAD}:{last}{_LIST_HEAD + len(issues)}"
    _fit_to_width(sheet)


def _height(values: dict[str, Any]) -> float:
    """Return the height, in points, at which every wrapped text shows; not every program finds it itself."""
    lines = max(math.ceil(len(str(values[key] or "")) / (_FILLED * width)) for key, _, width in _LIST_COLUMNS)
    return min(_LINE * max(lines, 1), _HIGHEST)


def _fit_to_width(sheet: Worksheet) -> None:
    """Print the list one page wide, on its side, the headings on each page."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - `import matcher` stays light

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{_LIST_HEAD}:{_LIST_HEAD}"
