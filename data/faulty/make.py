"""Write the faulty intakes anew: ``python data/faulty/make.py``. Same script, same bytes.

Each case is a sound small intake with one trap put into it. The issues that it must give stand beside it in
``expected_issues.csv``, which is written by hand (checked cell by cell) and not by this script.
"""

from __future__ import annotations

import csv
import io
import sys
from datetime import date
from pathlib import Path

import register_traps  # noqa: F401 - adds its cases
import row_traps  # noqa: F401 - adds its cases
from cases import CASES, Case, Tables
from openpyxl import Workbook

from matcher.workbook import put, save_workbook

HERE = Path(__file__).parent


def main() -> int:
    """Write every case and the table of traps in the README."""
    for case in CASES:
        write_case(case, HERE / case.name)
    lines = [f"| `{case.name}` | {case.trap} |" for case in sorted(CASES, key=lambda one: one.name)]
    readme = HERE / "README.md"
    head = readme.read_text(encoding="utf-8").partition("| Case | Trap |")[0]
    table = "\n".join(["| Case | Trap |", "| --- | --- |", *lines])
    readme.write_text(f"{head}{table}\n", encoding="utf-8")
    return 0


def write_case(case: Case, folder: Path) -> None:
    """Write one case below `folder`, as ``intake/`` (CSV), ``intake.xlsx`` or ``intake.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    if case.text is not None:
        (folder / "intake.json").write_text(case.text, encoding="utf-8")
    elif case.as_workbook:
        write_workbook(case, folder / "intake.xlsx")
    else:
        (folder / "intake").mkdir(exist_ok=True)
        for name, rows in case.tables.items():
            text = "".join(
                [*(f"{line}\n" for line in case.above.get(name, ())), as_csv(rows, case.delimiter)]
            )
            text += "".join(f"{line}\n" for line in case.below.get(name, ()))
            data = text.encode(case.encoding)
            (folder / "intake" / f"{name.lower()}.csv").write_bytes(data)


def as_csv(rows: list[list[object]], delimiter: str) -> str:
    """Return rows as CSV text with the separator given."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write_workbook(case: Case, path: Path) -> None:
    """Write the tables as sheets; numbers and dates keep their kind, `case.merged` is merged afterwards."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _sheets(case.tables):
        sheet = book.create_sheet(name)
        for at, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                cell = put(sheet, at, column, None if value == "" else value)
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
        for area in case.merged.get(name, ()):
            sheet.merge_cells(area)
        for row in case.hidden.get(name, ()):
            sheet.row_dimensions[row].hidden = True
    save_workbook(book, path)


def _sheets(tables: Tables) -> list[tuple[str, list[list[object]]]]:
    return list(tables.items())


if __name__ == "__main__":
    sys.exit(main())
