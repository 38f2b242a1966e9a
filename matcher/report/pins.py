"""Read a corrected result.xlsx back: what staff pinned or moved by hand becomes hard locks."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.exceptions import InfeasibleError, UsageError
from matcher.intake.folding import closest, fold
from matcher.intake.grid import column_letters
from matcher.issues import Issue, Location, Severity
from matcher.profiles import Link, LinkKind, Strength
from matcher.report.workbook import (
    ASSIGNMENTS,
    AUTHOR,
    CHANGE_TO,
    MENTEE_ID,
    MENTOR_ID,
    MENTORS,
    PIN,
    UNASSIGNED,
)
from matcher.report.workbook import REASON as REASON_HEADING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MENTOR_NAME = "Mentor"
REASON = "pinned by hand in result.xlsx"

_YES = {"yes", "y", "x", "ja", "da", "ano", "igen", "si", "sim", "true", "1", "✓", "✔"}
_NO = {"", "no", "n", "nee", "ne", "nem", "nao", "false", "0"}


@dataclass(frozen=True, slots=True)
class PinEdit:
    """One row that a person filled in: the mentor before and after (None: none), and who, why, where."""

    mentee_id: str
    before: str | None
    after: str
    author: str | None
    reason: str | None
    place: str


@contextmanager
def pins_located(edits: Sequence[PinEdit]) -> Iterator[None]:
    """Add to an InfeasibleError the cells of the pins whose schools it names."""
    try:
        yield
    except InfeasibleError as error:
        said = str(error)
        named = [edit for edit in edits if f"({edit.mentee_id})" in said]
        if not named:
            raise
        cells = [f"  - {edit.mentee_id} with {edit.after}: {edit.place}" for edit in named]
        raise InfeasibleError("\n".join([said, "Pins of these schools:", *cells])) from error


@dataclass(frozen=True, slots=True)
class PinReading:
    """What a corrected workbook asks for.

    Attributes
    ----------
    links : tuple of Link
        One hard lock a pinned or moved mentee, in the order of the sheets; use them only when `issues`
        holds no error.
    issues : tuple of Issue
        Every located fault.
    edits : tuple of PinEdit
        For each of `links`, what stood there before, and who changed it and why.
    """

    links: tuple[Link, ...]
    issues: tuple[Issue, ...]
    edits: tuple[PinEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet as text: its rows below the headings, and the column (from 0) of each heading."""

    name: str
    columns: dict[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formulas: frozenset[tuple[int, int]]

    def text(self, cells: tuple[str, ...], heading: str) -> str:
        at = self.columns.get(fold(heading))
        return cells[at] if at is not None and at < len(cells) else ""


def read_pins(path: Path, *, mentee_ids: Collection[str] | None = None) -> PinReading:
    """Read the columns *Pin?* and *Change to* of the sheets Assignments and Unassigned.

    The author and the reason beside them, where they are given, are read too. Headings
    are found by name in whatever row they stand. *Pin?* takes yes, x, ja, da, ano, igen, sì, sim, or
    no and empty. *Change to* takes the id of a mentor of the sheet Mentors, its id and name, or its name if
    no other mentor bears it; case and accents of a name do not count.

    Parameters
    ----------
    path : Path
        A ``result.xlsx`` that was filled in.
    mentee_ids : collection of str, optional
        The mentees of the intake that the pins are meant for; others are then faults.

    Returns
    -------
    PinReading
        Faults: a file or sheet that cannot be read, an answer that is neither yes nor no, both columns
        filled, an unknown mentor or mentee, a name that two mentors bear, a mentee pinned twice, a formula
        instead of a value.

    Raises
    ------
    UsageError
        If the file does not exist.
    """
    if not path.is_file():
        raise UsageError(f"{path} is not a file.")
    sheets = _load(path)
    if sheets is None:
        advice = "Save it as .xlsx and try again."
        return PinReading((), (_error(path, "unreadable-file", "", "It is not an Excel workbook.", advice),))
    missing = [name for name in (ASSIGNMENTS, MENTORS) if fold(name) not in sheets]
    if missing:
        problem = f"The workbook has no sheet '{missing[0]}' with its headings."
        advice = "Use the result.xlsx that matcher wrote, with its sheets and headings unchanged."
        return PinReading((), (_error(path, "missing-sheet", "", problem, advice),))
    reader = _Reader(path, _Mentors.of(sheets[fold(MENTORS)]), mentee_ids)
    for name in (ASSIGNMENTS, UNASSIGNED):
        if fold(name) in sheets:
            reader.read(sheets[fold(name)])
    return PinReading(tuple(reader.links), tuple(reader.issues), tuple(reader.edits))


@dataclass(frozen=True, slots=True)
class _Mentors:
    """The mentors that may be chosen: id → name, and what else may be written → ids."""

    names: dict[str, str]
    written: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, sheet: _Sheet) -> _Mentors:
        """Take the mentors of the sheet; *id name*, *name id* or the name alone may be written."""
        names = {
            key: sheet.text(cells, _MENTOR_NAME)
            for _, cells in sheet.rows
            if (key := sheet.text(cells, MENTOR_ID))
        }
        written: dict[str, tuple[str, ...]] = {}
        for key, name in names.items():
            for text in {fold(name), fold(f"{key} {name}"), fold(f"{name} {key}")} if fold(name) else ():
                written[text] = (*written.get(text, ()), key)
        return cls(names, written)

    def chosen(self, text: str) -> tuple[str, ...]:
        """Ids that `text` may stand for: an id as it is goes before names."""
        return (text,) if text in self.names else self.written.get(fold(text), ())

    def advice(self, text: str) -> str:
        """Name the nearest id or name."""
        by_id = {fold(key): key for key in self.names}
        near = closest(text, by_id)
        if near:
            return f"Did you mean '{by_id[near]}'?"
        near = closest(text, self.written)
        if near:
            return f"Did you mean {self.listed(self.written[near])}?"
        return f"Choose an id of the sheet '{MENTORS}'."

    def listed(self, ids: tuple[str, ...]) -> str:
        """Ids and names, for a message."""
        return " or ".join(f"'{key}' ({self.names[key]})" for key in ids)


class _Reader:
    """Collect locks and faults over the sheets."""

    def __init__(self, path: Path, mentors: _Mentors, mentees: Collection[str] | None) -> None:
        self._path, self._mentors, self._mentees = path, mentors, mentees
        self._seen: dict[str, str] = {}
        self.links: list[Link] = []
        self.issues: list[Issue] = []
        self.edits: list[PinEdit] = []

    def read(self, sheet: _Sheet) -> None:
        """Read every row of a sheet."""
        wanted = (MENTEE_ID, CHANGE_TO, *((PIN, MENTOR_ID) if sheet.name == ASSIGNMENTS else ()))
        for heading in wanted:
            if fold(heading) not in sheet.columns:
                problem = f"The sheet '{sheet.name}' has no column '{heading}'."
                advice = "Use the result.xlsx that matcher wrote, with its headings unchanged."
                self.issues.append(_error(self._path, "column-missing", "", problem, advice))
                return
        for number, cells in sheet.rows:
            before = len(self.issues)
            host, heading = self._host(sheet, number, cells)
            if host and len(self.issues) == before:
                self._lock(sheet, number, cells, (host, heading))

    def _host(self, sheet: _Sheet, number: int, cells: tuple[str, ...]) -> tuple[str, str]:
        """Mentor that a row asks for and the heading that says so; empty if it asks for none."""
        pin, change = sheet.text(cells, PIN), sheet.text(cells, CHANGE_TO)
        for heading in (PIN, CHANGE_TO):
            if (number, sheet.columns.get(fold(heading), -1)) in sheet.formulas:
                problem, advice = "The cell holds a formula.", "Type the value itself."
                self._fault(sheet, number, heading, "formula", sheet.text(cells, heading), problem, advice)
        if _answer(pin) not in _YES | _NO:
            problem, advice = "This is neither yes nor no.", "Write yes, or leave the cell empty."
            self._fault(sheet, number, PIN, "unknown-word", pin, problem, advice)
        if _answer(pin) in _YES and change:
            problem = "The row is pinned and changed at once."
            advice = f"Keep either '{PIN}' or '{CHANGE_TO}'."
            self._fault(sheet, number, CHANGE_TO, "pin-and-change", change, problem, advice)
        if change:
            return change, CHANGE_TO
        return (sheet.text(cells, MENTOR_ID), MENTOR_ID) if _answer(pin) in _YES else ("", "")

    def _lock(self, sheet: _Sheet, number: int, cells: tuple[str, ...], wish: tuple[str, str]) -> None:
        text, heading = wish
        mentee = sheet.text(cells, MENTEE_ID)
        # A pinned row holds the id itself; only what a person typed may be a name.
        hosts = self._mentors.chosen(text) if heading == CHANGE_TO or text in self._mentors.names else ()
        if not hosts:
            advice = self._mentors.advice(text)
            self._fault(sheet, number, heading, "unknown-school", text, "There is no such mentor.", advice)
        elif len(hosts) > 1:
            problem = f"{len(hosts)} mentors bear this name."
            advice = f"Write the id: {self._mentors.listed(hosts)}."
            self._fault(sheet, number, heading, "mentor-ambiguous", text, problem, advice)
        elif not mentee:
            problem, advice = "The row names no mentee.", "Put the mentee's id back."
            self._fault(sheet, number, MENTEE_ID, "id-missing", "", problem, advice)
        elif self._mentees is not None and mentee not in self._mentees:
            advice = _suggestion(mentee, self._mentees, "Put the mentee's id back.")
            problem = "The intake has no such mentee."
            self._fault(sheet, number, MENTEE_ID, "unknown-school", mentee, problem, advice)
        elif mentee in self._seen:
            problem = f"The mentee was already pinned in {self._seen[mentee]}."
            self._fault(sheet, number, MENTEE_ID, "duplicate-id", mentee, problem, "Keep one of the rows.")
        else:
            self._seen[mentee] = f"{sheet.name}, row {number}"
            self.links.append(
                Link(
                    kind=LinkKind.LOCK,
                    school_a=mentee,
                    school_b=hosts[0],
                    strength=Strength.HARD,
                    reason=REASON,
                )
            )
            wished = CHANGE_TO if heading == CHANGE_TO else PIN
            self.edits.append(
                PinEdit(
                    mentee_id=mentee,
                    before=sheet.text(cells, MENTOR_ID) or None,
                    after=hosts[0],
                    author=sheet.text(cells, AUTHOR) or None,
                    reason=sheet.text(cells, REASON_HEADING) or None,
                    place=str(self._place(sheet, number, wished)),
                )
            )

    def _place(self, sheet: _Sheet, row: int, heading: str) -> Location:
        at = sheet.columns.get(fold(heading))
        letters = column_letters(at) if at is not None else ""
        return Location(self._path.name, sheet.name, row, letters, heading)

    def _fault(  # noqa: PLR0917 - a located fault has this many parts
        self, sheet: _Sheet, row: int, heading: str, code: str, value: str, problem: str, advice: str
    ) -> None:
        place = self._place(sheet, row, heading)
        self.issues.append(Issue(Severity.ERROR, code, place, value, problem, advice))


def _load(path: Path) -> dict[str, _Sheet] | None:
    """Sheets that have the headings, by folded name; None if the file is no workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415 - `import matcher` stays light
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError):
        return None
    names = {fold(name): name for name in (ASSIGNMENTS, UNASSIGNED, MENTORS)}
    found: dict[str, _Sheet] = {}
    for sheet in book.worksheets:
        key = fold(sheet.title)
        if key in names:
            heading = MENTOR_ID if key == fold(MENTORS) else MENTEE_ID
            table = _table(names[key], sheet, heading)
            if table is not None:
                found[key] = table
    return found


def _table(name: str, sheet: Worksheet, key_heading: str) -> _Sheet | None:
    """Find the first row with `key_heading`; everything below it is the table."""
    rows = list(_texts(sheet))
    for at, (_, cells) in enumerate(rows):
        folded = [fold(text) for text in cells]
        if fold(key_heading) in folded:
            columns = {text: place for place, text in reversed(list(enumerate(folded))) if text}
            formulas = frozenset(
                (number, place)
                for number, row in enumerate(sheet.iter_rows(), start=1)
                for place, cell in enumerate(row)
                if cell.data_type == "f"
            )
            return _Sheet(name, columns, tuple(rows[at + 1 :]), formulas)
    return None


def _texts(sheet: Worksheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, tuple(_text(value) for value in row)


def _text(value: object) -> str:
    """Show a cell as a person sees it: 7 and not 7.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _answer(text: str) -> str:
    """Fold an answer; a tick, which is no letter, stays as it is."""
    return fold(text) or text


def _suggestion(word: str, known: Collection[str], otherwise: str) -> str:
    by_fold = {fold(one): one for one in known}
    near = closest(word, by_fold)
    return f"Did you mean '{by_fold[near]}'?" if near else otherwise


def _error(path: Path, code: str, value: str, problem: str, advice: str) -> Issue:
    return Issue(Severity.ERROR, code, Location(path.name), value, problem, advice)
