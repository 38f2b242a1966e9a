"""Located faults of the input: where, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad an issue is: an error stops the run, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in an input file, as a person would look for it.

    Attributes
    ----------
    file : str
        File name without its folder (run outputs must not name machine paths).
    sheet : str
        Sheet name; empty for a file that has none.
    row : int or None
        Row number as the spreadsheet shows it, from 1; line number for text files.
    column : str
        Column letter(s) as the spreadsheet shows them; the column number for text files; empty when
        the whole row is meant.
    header : str
        Heading of the column as it stands in the file.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    header: str = ""

    @property
    def cell(self) -> str:
        """Address such as ``F12``; ``line 3, column 5`` in a text file; ``row 12`` without a column."""
        if self.row is None:
            return self.column
        if self.column.isdigit():
            return f"line {self.row}, column {self.column}"
        return f"{self.column}{self.row}" if self.column else f"row {self.row}"

    def __str__(self) -> str:
        """``file [Sheet!F12]``, leaving out what is not known."""
        inner = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"{self.file} [{inner}]".strip() if inner else self.file


@dataclass(frozen=True, slots=True)
class Issue:
    """One located fault of the input.

    Attributes
    ----------
    severity : Severity
        Whether it stops the run.
    code : str
        Stable kebab-case name of the kind of fault, e.g. ``duplicate-id``; documented in
        ``docs/issue-codes.md``.
    location : Location
        Where it is.
    value : str
        The value found, as text; empty if there is none.
    problem : str
        What is wrong, one sentence in the words of the form.
    advice : str
        What to do about it, one sentence.
    """

    severity: Severity
    code: str
    location: Location
    value: str
    problem: str
    advice: str

    @property
    def is_error(self) -> bool:
        """True when the issue stops the run."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        """One line: severity, place, value, what is wrong, what to do."""
        shown = f" '{self.value}'" if self.value else ""
        place = str(self.location)
        return f"{self.severity}: {place}{':' if place else ''}{shown} {self.problem} {self.advice}".replace(
            "  ", " "
        ).strip()

    def as_dict(self) -> dict[str, Any]:
        """Flat dict for JSON and tables."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "file": self.location.file,
            "sheet": self.location.sheet,
            "cell": self.location.cell,
            "header": self.location.header,
            "value": self.value,
            "problem": self.problem,
            "advice": self.advice,
        }
