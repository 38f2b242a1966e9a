"""Read a changes file: a workbook, a CSV file or JSON; every fault of its rows at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from matcher.changes import Change, ChangeKind
from matcher.exceptions import UsageError
from matcher.intake.changes_columns import COLUMNS, FORMULA_SIGNS, KINDS, SHEET, KindRule
from matcher.intake.folding import closest, fold
from matcher.intake.grid import EMPTY, CellKind, Grid, GridRow, RawCell, column_letters
from matcher.intake.json_positions import decode_with_lines
from matcher.intake.origin import SourceFile
from matcher.intake.text_files import read_text_grid
from matcher.issues import Issue, Location, Severity

_BY_HEADING = {name: column.key for column in COLUMNS for name in (fold(column.heading), column.key)}
_BY_HEADING["other"] = "other"
_HEADING = {column.key: column.heading for column in COLUMNS}
_WORDS = {fold(kind.value): kind for kind in ChangeKind}
_MOST_PLACES = 10_000
_Fault = Callable[[str, str, str, str], None]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change and where each of its values stands, so that a fault found later can be pointed at."""

    change: Change
    place: Location
    cells: dict[str, Location] = field(default_factory=dict)

    def at(self, key: str) -> Location:
        """Return the place of one value; that of the row where the value has none."""
        return self.cells.get(key, self.place)


@dataclass(frozen=True, slots=True)
class ChangesReading:
    """What reading a changes file gave.

    Attributes
    ----------
    rows : tuple of ChangeRow
        Rows without a fault of their own; to be used only when `issues` holds no error.
    issues : tuple of Issue
    sources : tuple of SourceFile
    faulty : tuple of ChangeRow
        Rows with a fault of which kind and school can be read, so that further faults of them are found at
        once; what could not be read of them is None.
    """

    rows: tuple[ChangeRow, ...]
    issues: tuple[Issue, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    faulty: tuple[ChangeRow, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(row.change for row in self.rows)


def read_changes(path: Path | str) -> ChangesReading:
    """Read a changes file (``.xlsx`` with a sheet *Changes*, ``.csv`` or ``.json``).

    Parameters
    ----------
    path : Path or str

    Returns
    -------
    ChangesReading
        With every located fault of the single rows; what contradicts the plan is for
        :func:`matcher.intake.changes_checks.check_changes`.

    Raises
    ------
    UsageError
        If there is no such file, or it is of another kind.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"{path} is not a file.")
    data, suffix = path.read_bytes(), path.suffix.lower()
    if suffix == ".json":
        reading = _read_json(data, path.name)
    elif suffix in (".xlsx", ".xlsm"):
        reading = _read_workbook(data, path.name)
    elif suffix in (".csv", ".tsv", ".txt"):
        grid, issues = read_text_grid(data, path.name, _heading_score)
        found = _read_grid(grid)
        reading = replace(found, issues=(*issues, *found.issues))
    else:
        raise UsageError(f"{path.name} is no changes file: it must be .xlsx, .csv or .json.")
    source = SourceFile(path.name, hashlib.sha256(data).hexdigest())
    return replace(reading, sources=(source,))


def _read_workbook(data: bytes, file: str) -> ChangesReading:
    from matcher.intake.xlsx_grids import read_xlsx_grids  # noqa: PLC0415 - loads openpyxl

    try:
        grids = read_xlsx_grids(data, file)
    except UsageError as failure:
        advice = "Then try again."
        return ChangesReading((), (_error("unreadable-file", Location(file), "", str(failure), advice),))
    for grid in grids:
        if fold(grid.sheet) == fold(SHEET):
            return _read_grid(grid)
    problem = f"The workbook has no sheet '{SHEET}'."
    return ChangesReading((), (_error("missing-sheet", Location(file), "", problem, f"Add it. {_ADVICE}"),))


_ADVICE = "`matcher template --changes FILE` writes an empty one."


def _heading_score(rows: list[list[str]]) -> int:
    return max((sum(fold(cell) in _BY_HEADING for cell in row) for row in rows), default=0)


def _read_grid(grid: Grid) -> ChangesReading:
    rows = [row for row in grid.rows if not row.is_blank]
    head = next((row for row in rows if _heading_score([[cell.text for cell in row.cells]]) >= 2), None)
    if head is None:
        place = Location(grid.file, grid.sheet)
        problem = "No row holds the headings Change and School."
        advice = f"Write both into one row, above the changes. {_ADVICE}"
        return ChangesReading((), (_error("column-missing", place, "", problem, advice),))
    columns: dict[str, int] = {}
    issues: list[Issue] = []
    for at, cell in enumerate(head.cells):
        key = _BY_HEADING.get(fold(cell.text))
        place = Location(grid.file, grid.sheet, head.number, column_letters(at), cell.text)
        if cell.text and key is None:
            near = closest(cell.text, _BY_HEADING)
            known = ", ".join(_HEADING.values())
            advice = f"Did you mean '{_HEADING[_BY_HEADING[near]]}'?" if near else f"Known headings: {known}."
            problem = "There is no such heading, so it is not known what the column means."
            issues.append(_error("unknown-key", place, cell.text, problem, advice))
        elif key in columns:
            problem, advice = "Two columns have this heading.", "Keep one of them."
            issues.append(_error("column-twice", place, cell.text, problem, advice))
        elif key is not None:
            columns[key] = at
    for key in ("change", "school"):
        if key not in columns:
            place = Location(grid.file, grid.sheet, head.number)
            problem = f"There is no column '{_HEADING[key]}'."
            issues.append(_error("column-missing", place, "", problem, "Add it."))
    if any(issue.is_error for issue in issues):
        return ChangesReading((), tuple(issues))
    found: list[ChangeRow] = []
    faulty: list[ChangeRow] = []
    for row in rows:
        if row.number <= head.number:
            continue
        issues.extend(_without_heading(grid, row, head))
        cells = {key: _unguarded(row.cell(at)) for key, at in columns.items()}
        places = {
            key: Location(grid.file, grid.sheet, row.number, column_letters(at), head.cell(at).text)
            for key, at in columns.items()
        }
        change, faults = _change(cells, places)
        issues.extend(faults)
        if change is not None:
            place = Location(grid.file, grid.sheet, row.number)
            (faulty if faults else found).append(ChangeRow(change, place, places))
    return ChangesReading(tuple(found), tuple(issues), faulty=tuple(faulty))


def _without_heading(grid: Grid, row: GridRow, head: GridRow) -> Iterator[Issue]:
    for at, cell in enumerate(row.cells):
        if cell.text and not head.cell(at).text:
            place = Location(grid.file, grid.sheet, row.number, column_letters(at))
            problem = "No heading stands over this cell, so it is not known what it means."
            yield _error("unknown-key", place, cell.text, problem, "Write the heading, or empty the cell.")


def _unguarded(cell: RawCell) -> RawCell:
    """Take away the apostrophe that keeps a text from running as a formula."""
    guarded = cell.text[:1] == "'" and cell.text[1:2] in FORMULA_SIGNS
    return RawCell(cell.text[1:], cell.kind) if guarded else cell


def _read_json(data: bytes, file: str) -> ChangesReading:
    try:
        found = decode_with_lines(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as failure:
        line = failure.lineno if isinstance(failure, json.JSONDecodeError) else None
        problem = f"The text cannot be read as JSON: {failure}."
        advice = 'Write {"changes": [{"change": …, "school": …}]}.'
        return ChangesReading((), (_error("json-broken", Location(file, row=line), "", problem, advice),))
    items = found.content.get("changes")
    if not isinstance(items, list):
        problem, advice = "There is no list 'changes'.", 'Write {"changes": [{"change": …, "school": …}]}.'
        return ChangesReading((), (_error("json-broken", Location(file), "", problem, advice),))
    rows: list[ChangeRow] = []
    faulty: list[ChangeRow] = []
    issues = list(_strange_keys(found.content, {"changes"}, Location(file)))
    for item, line in zip(items, found.lines.get("changes", []), strict=True):
        place = Location(file, "changes", line)
        if not isinstance(item, dict):
            problem, advice = "A change must be an object.", "Write it between { and }."
            issues.append(_error("json-broken", place, str(item)[:60], problem, advice))
            continue
        issues.extend(_strange_keys(item, set(_HEADING), place))
        places = {key: Location(file, "changes", line, "", key) for key in _HEADING}
        given = {key: item[key] for key in _HEADING if item.get(key) is not None}
        strange = {key: value for key, value in given.items() if not _is_plain(value)}
        for key, value in strange.items():
            problem, advice = "This must be a text or a number.", "Write it in quotation marks."
            issues.append(_error("json-broken", places[key], json.dumps(value)[:60], problem, advice))
        if strange:
            continue
        cells = {key: _raw(value) for key, value in given.items()}
        change, faults = _change(cells, places)
        issues.extend(faults)
        if change is not None:
            (faulty if faults else rows).append(ChangeRow(change, place, places))
    return ChangesReading(tuple(rows), tuple(issues), faulty=tuple(faulty))


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _strange_keys(item: dict[str, object], known: set[str], place: Location) -> Iterator[Issue]:
    for key in sorted(set(item) - known):
        near = closest(key, sorted(known))
        advice = f"Did you mean '{near}'?" if near else f"Known keys: {', '.join(sorted(known))}."
        yield _error("unknown-key", place, key, "A change has no such key.", advice)


def _raw(value: object) -> RawCell:
    kind = CellKind.NUMBER if isinstance(value, int | float) else CellKind.TEXT
    return RawCell(str(value).strip(), kind)


def _change(cells: dict[str, RawCell], places: dict[str, Location]) -> tuple[Change | None, list[Issue]]:
    """Make one change of the cells of one row, as far as they can be read, and say all that is wrong."""
    faults: list[Issue] = []

    def fault(key: str, code: str, problem: str, advice: str) -> None:
        place = places.get(key, places["change"])
        faults.append(_error(code, place, cells.get(key, EMPTY).text, problem, advice))

    for key, cell in cells.items():
        if cell.kind is CellKind.UNCALCULATED:
            fault(key, "formula", "The cell holds a formula without a value.", "Type the value itself.")
    kind = _WORDS.get(fold(cells.get("change", EMPTY).text))
    if kind is None:
        near = closest(cells.get("change", EMPTY).text, _WORDS)
        known = ", ".join(one.value for one in ChangeKind)
        advice = f"Did you mean '{_WORDS[near].value}'?" if near else f"Write one of: {known}."
        fault("change", "unknown-word", "This is no kind of change.", advice)
    if not cells.get("school", EMPTY).text:
        fault("school", "id-missing", "The row names no school.", "Write the school's id.")
    places_offered = _places_offered(cells.get("value", EMPTY), fault)
    if kind is not None:
        _check_shape(kind, KINDS[kind], cells, fault)
    if kind is None or not cells.get("school", EMPTY).text:
        return None, faults
    texts = {key: cells.get(key, EMPTY).text or None for key in ("other", "reason", "author")}
    return Change(change=kind, school=cells["school"].text, value=places_offered, **texts), faults


def _places_offered(cell: RawCell, fault: _Fault) -> int | None:
    text = cell.text.removesuffix(".0")
    if not text or cell.kind is CellKind.UNCALCULATED:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > _MOST_PLACES:
        fault("value", "not-a-number", "This is no number of places.", "Write a whole number, such as 4.")
        return None
    return int(text)


def _check_shape(kind: ChangeKind, rule: KindRule, cells: dict[str, RawCell], fault: _Fault) -> None:
    missing = {"other": "the other school", "value": "a number of places"}
    advice = {"other": "Write its id.", "value": "Write a whole number, such as 4."}
    for key, words in missing.items():
        filled = bool(cells.get(key, EMPTY).text)
        if key in rule.needs and not filled:
            fault(key, "value-missing", f"'{kind.value}' needs {words}.", advice[key])
        elif filled and key not in (*rule.needs, *rule.may_have):
            fault(key, "not-needed", f"'{kind.value}' does not take {words}.", "Empty the cell.")


def _error(code: str, place: Location, value: str, problem: str, advice: str) -> Issue:
    return Issue(Severity.ERROR, code, place, value, problem, advice)
