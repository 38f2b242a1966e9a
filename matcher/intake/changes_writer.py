"""Write changes, or an empty form for them; what is written here reads back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.changes import Change, ChangeKind
from matcher.exceptions import UsageError
from matcher.intake.changes_columns import COLUMNS, FORMULA_SIGNS, KINDS, SHEET

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW = 500
_WIDTHS = (18, 14, 14, 8, 48, 24)


def write_changes(changes: Sequence[Change], path: Path) -> None:
    """Write changes as ``.xlsx``, ``.csv`` or ``.json``; without any, an empty form.

    Parameters
    ----------
    changes : sequence of Change
    path : Path
        The ending decides; the file is replaced, with the same bytes for the same changes.

    Raises
    ------
    UsageError
        If the ending is another.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        _write_workbook(changes, path)
    elif suffix == ".csv":
        path.write_bytes(_as_csv(changes).encode("utf-8-sig"))
    elif suffix == ".json":
        records = [change.model_dump(mode="json", exclude_none=True) for change in changes]
        text = json.dumps({"changes": records}, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
    else:
        raise UsageError(f"{path.name} is no changes file: it must be .xlsx, .csv or .json.")


def _values(change: Change) -> list[str | int | None]:
    record = change.model_dump(mode="json")
    return [record[column.key] for column in COLUMNS]


def _as_csv(changes: Sequence[Change]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([[_cell(value) for value in _values(one)] for one in changes])
    return out.getvalue()


def _cell(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _write_workbook(changes: Sequence[Change], path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    from matcher.workbook import put, save_workbook  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for at, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), start=1):
        head = put(sheet, 1, at, column.heading)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="FFE699")
        head.comment = Comment(column.meaning, "matcher", height=80, width=280)
        sheet.column_dimensions[head.column_letter].width = width
    for row, change in enumerate(changes, start=2):
        for at, value in enumerate(_values(change), start=1):
            put(sheet, row, at, value)
    words = ",".join(kind.value for kind in ChangeKind)
    rule = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = "Change", "Choose a word of the list."
    rule.add(f"A2:A{_LAST_ROW}")
    sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    _write_guide(book.create_sheet("Read me"))
    save_workbook(book, path)


def _write_guide(sheet: Worksheet) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - `import matcher` stays light

    from matcher.workbook import put  # noqa: PLC0415

    put(sheet, 1, 1, "One row a change, on the sheet Changes.").font = Font(bold=True)
    for row, (kind, rule) in enumerate(KINDS.items(), start=2):
        put(sheet, row, 1, kind.value)
        named = {column.key: column.heading for column in COLUMNS}
        needs = ["School", *(named[key] for key in rule.needs)]
        needs += [f"{named[key]} (if it is not the present one)" for key in rule.may_have]
        put(sheet, row, 2, rule.meaning)
        put(sheet, row, 3, f"Fill in: {', '.join(needs)}.")
    for letter, width in (("A", 16), ("B", 80), ("C", 60)):
        sheet.column_dimensions[letter].width = width
