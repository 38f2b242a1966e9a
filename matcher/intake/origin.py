"""Where each value of an intake stands in its files, so that a fault can be pointed at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from matcher.issues import Issue, Location
from matcher.profiles import Intake


class Table(StrEnum):
    """Tables of an intake; the value is the sheet's English name in lower case."""

    SCHOOLS = "schools"
    MATURITY = "maturity"
    LINKS = "links"
    PREFERENCES = "preferences"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class TableOrigin:
    """Where one table stands.

    Attributes
    ----------
    file, sheet : str
        File name without folder; sheet name, empty for a CSV file.
    rows : tuple of int
        Spreadsheet row of each record, in the order of the intake's tuple.
    columns : dict of str to (str, str)
        For each field of the model: column letter(s) and heading as they stand in the file.
    header_row : int or None
        Row of the headings; None where they have none, as in JSON.
    unread_rows : frozenset of int
        Rows below the headings that were taken for units, totals, notes or examples.
    dropped : tuple of (str, str)
        Column letter(s) and heading of each column that the allow-list left out.
    """

    file: str = ""
    sheet: str = ""
    rows: tuple[int, ...] = ()
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    header_row: int | None = None
    unread_rows: frozenset[int] = frozenset()
    dropped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where every table of an intake stands; empty for an intake built in code."""

    tables: dict[Table, TableOrigin] = field(default_factory=dict)

    def locate(self, table: Table, index: int | None = None, field_name: str | None = None) -> Location:
        """Return the place of a table, of a record (by its position), or of one field of a record."""
        origin = self.tables.get(table)
        if origin is None:
            return Location(sheet=table.value.capitalize())
        row = origin.rows[index] if index is not None and index < len(origin.rows) else None
        column, header = origin.columns.get(field_name, ("", "")) if field_name else ("", "")
        return Location(origin.file, origin.sheet, row, column, header)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its name without folder and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class IntakeReading:
    """What reading an intake gave.

    Attributes
    ----------
    intake : Intake
        All records that could be read; records with an error are left out, so it is only to be
        matched when `issues` holds no error.
    issues : tuple of Issue
        Every located fault, errors and warnings, in reading order.
    origin : Origin
        Where each record stands.
    sources : tuple of SourceFile
        The files read.
    dropped_columns : tuple of str
        Headings that the allow-list left out (as ``Sheet: heading``), contact data among them.
    rejected_ids : frozenset of str
        Ids of schools that are in the files but not in the intake, because their row has an error. They
        are known, so a link or a preference that names one is not a second fault.
    """

    intake: Intake
    issues: tuple[Issue, ...] = ()
    origin: Origin = field(default_factory=Origin)
    sources: tuple[SourceFile, ...] = ()
    dropped_columns: tuple[str, ...] = ()
    rejected_ids: frozenset[str] = frozenset()

    @property
    def has_errors(self) -> bool:
        """Whether any issue is an error."""
        return any(issue.is_error for issue in self.issues)
