"""Small intakes in files, for the tests of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from matcher.intake import IntakeReading, read_intake
from matcher.issues import Issue

SCHOOL_HEADINGS: list[Any] = ["School id", "Name", "Role", "Country"]
SCHOOL: list[Any] = ["007", "OŠ Gradec", "mentee", "HR"]


def school_row(**cells: str) -> str:
    """CSV text of one school with further columns."""
    headings = SCHOOL_HEADINGS + [name.replace("_", " ") for name in cells]
    quoted = [f'"{cell}"' for cell in [*SCHOOL, *cells.values()]]
    return ",".join(headings) + "\n" + ",".join(quoted) + "\n"


def read_schools(folder: Path, text: str | bytes, name: str = "schools.csv") -> IntakeReading:
    """Read a folder that holds one file."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / name).write_bytes(data)
    return read_intake(folder)


def read_sheets(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> IntakeReading:
    """Read a workbook with these sheets."""
    return read_intake(save_sheets(folder, sheets))


def save_sheets(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook as a person's spreadsheet program would."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    path = folder / "intake.xlsx"
    book.save(path)
    return path


def codes(reading: IntakeReading) -> list[str]:
    """Codes of all issues, in order."""
    return [issue.code for issue in reading.issues]


def only_issue(reading: IntakeReading) -> Issue:
    """The one issue that there is."""
    (issue,) = reading.issues
    return issue
