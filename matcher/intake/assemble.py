"""From the grids of an intake to the reading of an intake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from matcher.intake.columns import SHEETS
from matcher.intake.grid import Grid
from matcher.intake.origin import IntakeReading, Origin, SourceFile, Table, TableOrigin
from matcher.intake.programme_reader import ProgrammeReading, read_programme
from matcher.intake.table_reader import TableReading, read_table
from matcher.issues import Issue, Location, Severity
from matcher.profiles import Intake, Link, MaturityRecord, Preference, School

_ROW_TABLES = (Table.SCHOOLS, Table.MATURITY, Table.LINKS, Table.PREFERENCES)


def assemble(
    grids: Mapping[Table, Grid],
    *,
    issues: Sequence[Issue] = (),
    sources: Sequence[SourceFile] = (),
    as_of: date | None = None,
    title: str = "",
    synthetic: bool = False,
) -> IntakeReading:
    """Read every grid and put the records together.

    Parameters
    ----------
    grids : mapping of Table to Grid
        The tables that were found.
    issues : sequence of Issue
        What is already known to be wrong; it comes first.
    sources : sequence of SourceFile
    as_of : date, optional
        Goes before the *Programme* sheet's own date.
    title, synthetic
        Used where the *Programme* sheet says nothing.

    Returns
    -------
    IntakeReading
    """
    found = list(issues)
    tables = {table: read_table(grids[table], SHEETS[table]) for table in _ROW_TABLES if table in grids}
    for table in _ROW_TABLES:
        found.extend(tables[table].issues if table in tables else ())
    if Table.SCHOOLS in tables and not _holds_schools(tables[Table.SCHOOLS]):
        found.append(_no_rows(tables[Table.SCHOOLS].origin))
    programme = read_programme(grids[Table.PROGRAMME]) if Table.PROGRAMME in grids else ProgrammeReading()
    found.extend(programme.issues)
    intake = Intake(
        title=programme.values.get("title") or title,
        synthetic=synthetic if programme.values.get("synthetic") is None else programme.values["synthetic"],
        as_of=as_of or programme.values.get("as_of"),
        schools=cast(tuple[School, ...], _records(tables, Table.SCHOOLS)),
        maturity=cast(tuple[MaturityRecord, ...], _records(tables, Table.MATURITY)),
        links=cast(tuple[Link, ...], _records(tables, Table.LINKS)),
        preferences=cast(tuple[Preference, ...], _records(tables, Table.PREFERENCES)),
    )
    origins = {table: reading.origin for table, reading in tables.items()}
    if Table.PROGRAMME in grids:
        origins[Table.PROGRAMME] = programme.origin
    return IntakeReading(
        intake=intake,
        issues=tuple(found),
        origin=Origin(origins),
        sources=tuple(sources),
        dropped_columns=tuple(name for reading in tables.values() for name in reading.dropped),
        rejected_ids=frozenset(tables[Table.SCHOOLS].rejected) if Table.SCHOOLS in tables else frozenset(),
    )


def _records(tables: Mapping[Table, TableReading], table: Table) -> tuple[object, ...]:
    return tuple(tables[table].records) if table in tables else ()


def _holds_schools(reading: TableReading) -> bool:
    return bool(reading.records) or any(issue.is_error for issue in reading.issues)


def _no_rows(origin: TableOrigin) -> Issue:
    return Issue(
        Severity.WARNING,
        "no-schools",
        Location(origin.file, origin.sheet),
        "",
        "There is no school on this sheet.",
        "Write one row a school below the headings.",
    )
