"""Write an intake to files that read back to an equal intake."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from matcher.exceptions import UsageError
from matcher.intake.canonical import intake_to_json
from matcher.intake.columns import EXAMPLE_PREFIX, PROGRAMME, SHEETS, Column, Sheet
from matcher.intake.grid import RawCell, tidy
from matcher.intake.kinds import CellValue, parse_cell, written_text
from matcher.intake.origin import Table
from matcher.profiles import Intake

SETTING_HEADINGS = ("Setting", "Value")
_ESCAPE = re.compile(r"x[0-9A-Fa-f]{4}_")


def write_intake(intake: Intake, path: Path | str) -> None:
    """Write `intake` so that it reads back to an equal intake; equal intakes give equal bytes.

    Parameters
    ----------
    intake : Intake
    path : Path or str
        ``.xlsx`` writes a workbook, ``.json`` the canonical JSON, a name without suffix (or an existing
        folder) a folder of CSV files in UTF-8. What is there is replaced.

    Raises
    ------
    UsageError
        If the kind of file is unknown, or a value cannot stand in a table without changing its meaning, such
        as an authority called ``-``; JSON holds those.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if path.is_dir() or not suffix:
        _write_folder(intake, path)
    elif suffix == ".json":
        path.write_bytes(_json_text(intake).encode("utf-8"))
    elif suffix == ".xlsx":
        from matcher.intake.workbook_writer import write_workbook  # noqa: PLC0415 - loads openpyxl

        write_workbook({table: table_rows(intake, table) for table in SHEETS}, path)
    else:
        raise UsageError(f"An intake is written as .xlsx, .json or a folder, not as '{suffix}'.")


def table_rows(intake: Intake, table: Table) -> list[list[CellValue]]:
    """Return the rows of one sheet, headings first.

    Raises
    ------
    UsageError
        If a value would not read back as itself.
    """
    sheet = SHEETS[table]
    if table is Table.PROGRAMME:
        settings = [[column.heading, _cell(column, intake)] for column in PROGRAMME.columns]
        return [list(SETTING_HEADINGS), *settings]
    records = getattr(intake, table.value)
    return [[column.heading for column in sheet.columns], *_body(records, sheet)]


def _body(records: tuple[BaseModel, ...], sheet: Sheet) -> Iterator[list[CellValue]]:
    for record in records:
        yield [_cell(column, record) for column in sheet.columns]


def _cell(column: Column, record: BaseModel) -> CellValue:
    value = getattr(record, column.field)
    if value is None or value in ((), "", frozenset()):
        return None
    cell = column.kind.write(value)
    text = written_text(cell)
    parsed = parse_cell(column.kind, RawCell(tidy(text)))
    if parsed.value != value or any(fault.is_error for fault in parsed.faults) or not _is_safe(text):
        raise UsageError(
            f"'{text}' cannot stand under '{column.heading}' in a table, as it would be read as something "
            "else. Write the intake as .json, or change the value."
        )
    return cell


def _is_safe(text: str) -> bool:
    """Whether a text survives a spreadsheet: no control character, and not the template's example."""
    printable = all(char in "\n\t" or (ord(char) >= 32 and char not in "\ufffe\uffff") for char in text)
    return printable and not text.startswith(EXAMPLE_PREFIX) and not _ESCAPE.search(text)


def _json_text(intake: Intake) -> str:
    try:
        return intake_to_json(intake)
    except ValueError as failure:
        raise UsageError("An infinite number cannot be written; leave unknown values empty.") from failure


def _write_folder(intake: Intake, folder: Path) -> None:
    texts = {table: _csv_text(table_rows(intake, table)) for table in SHEETS}
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in texts.items():
        (folder / f"{table.value}.csv").write_bytes(text.encode("utf-8"))


def _csv_text(rows: list[list[CellValue]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([written_text(cell) for cell in row] for row in rows)
    return out.getvalue()
