"""Read an intake from a folder of delimited text files."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from matcher.exceptions import UsageError
from matcher.intake.assemble import assemble
from matcher.intake.columns import SHEET_NAMES, SHEETS, is_note_sheet, table_named
from matcher.intake.folding import closest
from matcher.intake.grid import Grid
from matcher.intake.header_map import SEARCHED_ROWS, matched_fields
from matcher.intake.origin import IntakeReading, SourceFile, Table
from matcher.intake.text_files import HeadingScore, read_text_grid
from matcher.issues import Issue, Location, Severity

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


def read_folder(folder: Path, *, as_of: date | None = None) -> IntakeReading:
    """Read a folder of text files, one a table.

    Parameters
    ----------
    folder : Path
        Holds ``schools.csv`` and, where there is any, ``maturity.csv``, ``links.csv``, ``preferences.csv``
        and ``programme.csv``; the names may be in any of the languages, the files
        ``.csv``, ``.tsv`` or ``.txt``.
    as_of : date, optional
        Goes before the programme's own date.

    Raises
    ------
    UsageError
        If no file of the folder is a table of an intake.
    """
    files = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in TEXT_SUFFIXES and path.is_file()
    )
    named = {path: table_named(path.stem) for path in files}
    if not any(named.values()):
        raise UsageError(_nothing_found(folder, files))
    issues: list[Issue] = []
    sources: list[SourceFile] = []
    grids: dict[Table, Grid] = {}
    for path, table in named.items():
        if table is None:
            issues.extend(_ignored(path))
        elif table in grids:
            issues.append(_twice(path, grids[table].file, table))
        else:
            data = path.read_bytes()
            sources.append(SourceFile(path.name, hashlib.sha256(data).hexdigest()))
            grids[table], found = read_text_grid(data, path.name, _heading_score(table))
            issues.extend(found)
    if Table.SCHOOLS not in grids:
        issues.append(missing_schools(folder.name, "a file schools.csv"))
    return assemble(grids, issues=issues, sources=sources, as_of=as_of)


def missing_schools(file: str, what: str) -> Issue:
    """Return the issue of an intake without schools."""
    return Issue(
        Severity.ERROR,
        "schools-missing",
        Location(file),
        "",
        f"The intake has no schools: {what} is missing.",
        "Add it; 'matcher template' writes an empty workbook with all sheets.",
    )


def _heading_score(table: Table) -> HeadingScore:
    sheet = SHEETS[table]

    def score(rows: list[list[str]]) -> int:
        if table is Table.PROGRAMME:
            return sum(len(cells) > 1 and matched_fields(cells[:1], sheet) for cells in rows)
        return max((matched_fields(cells, sheet) for cells in rows[:SEARCHED_ROWS]), default=0)

    return score


def _ignored(path: Path) -> list[Issue]:
    if is_note_sheet(path.stem) or path.suffix.lower() == ".txt":
        return []
    near = closest(path.stem, SHEET_NAMES)
    table = table_named(near) if near else None
    advice = f"Did you mean '{table}.csv'?" if table else f"Known names are: {', '.join(Table)}."
    return [
        Issue(
            Severity.WARNING,
            "file-ignored",
            Location(path.name),
            "",
            "The file's name is none of the tables of an intake; it was not read.",
            advice,
        )
    ]


def _twice(path: Path, first: str, table: Table) -> Issue:
    return Issue(
        Severity.ERROR,
        "table-twice",
        Location(path.name),
        "",
        f"This file and '{first}' are both {table.value}.",
        "Put the rows into one file.",
    )


def _nothing_found(folder: Path, files: list[Path]) -> str:
    books = sorted(
        path.name for path in folder.iterdir() if path.suffix.lower() in (".xlsx", ".ods", ".json")
    )
    if books:
        return f"The folder '{folder.name}' holds no schools.csv, but {books[0]}: name that file instead."
    seen = f" It holds {', '.join(path.name for path in files)}." if files else ""
    return f"The folder '{folder.name}' holds no intake: there is no schools.csv in it.{seen}"
