"""Read the canonical JSON form, every fault with the line on which its record begins."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from matcher.intake.columns import PROGRAMME, SHEETS, Sheet
from matcher.intake.faults import Fault, error, warning
from matcher.intake.folder import missing_schools
from matcher.intake.folding import closest
from matcher.intake.json_positions import decode_with_lines
from matcher.intake.model_faults import model_faults
from matcher.intake.origin import IntakeReading, Origin, SourceFile, Table, TableOrigin
from matcher.intake.region_faults import region_faults
from matcher.issues import Issue, Location
from matcher.profiles import Intake

_ROW_TABLES = (Table.SCHOOLS, Table.MATURITY, Table.LINKS, Table.PREFERENCES)
_NOT_READ = "The text cannot be read as an intake in JSON"


def read_json(data: bytes, file: str, *, as_of: date | None = None) -> IntakeReading:
    """Read an intake in JSON.

    Parameters
    ----------
    data : bytes
        UTF-8, with or without a byte order mark.
    file : str
        Name without folder, for the locations.
    as_of : date, optional
        Goes before the intake's own date.

    Returns
    -------
    IntakeReading
        Records with a fault are left out; row numbers are the lines on which records begin.
    """
    sources = (SourceFile(file, hashlib.sha256(data).hexdigest()),)
    try:
        found = decode_with_lines(data.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        return IntakeReading(
            Intake(),
            (_broken(file, data.count(b"\n", 0, failure.start) + 1, "it is not UTF-8"),),
            sources=sources,
        )
    except json.JSONDecodeError as failure:
        return IntakeReading(Intake(), (_broken(file, failure.lineno, failure.msg),), sources=sources)
    except (ValueError, RecursionError) as failure:
        return IntakeReading(Intake(), (_broken(file, None, str(failure)),), sources=sources)
    reader = _Reader(file)
    records = {table: reader.table(table, found.content, found.lines) for table in _ROW_TABLES}
    head = reader.settings(found.content)
    if Table.SCHOOLS.value not in found.content:
        reader.issues.append(missing_schools(file, "the list 'schools'"))
    intake = Intake.model_validate({**head, **{table.value: tuple(rows) for table, rows in records.items()}})
    if as_of is not None:
        intake = intake.model_copy(update={"as_of": as_of})
    return IntakeReading(
        intake,
        tuple(reader.issues),
        Origin(reader.origins),
        sources,
        tuple(reader.dropped),
        frozenset(reader.rejected),
    )


def _broken(file: str, line: int | None, why: str) -> Issue:
    return error("json-broken", f"{_NOT_READ}: {why}.", "Correct the file, or write it anew.").at(
        Location(file, row=line), ""
    )


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []
        self.dropped: list[str] = []
        self.rejected: set[str] = set()
        self.origins: dict[Table, TableOrigin] = {}

    def settings(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return what stands beside the tables, leaving out what is faulty."""
        names = {column.field for column in PROGRAMME.columns}
        for key in sorted(set(content) - names - {table.value for table in _ROW_TABLES}):
            self._add(_unknown_key(key, [*names, *_ROW_TABLES]), "", None, key)
            self.dropped.append(key)
        head = {key: content[key] for key in names if key in content}
        try:
            Intake.model_validate_json(json.dumps(head), strict=True)
        except ValidationError as failure:
            for name, fault in model_faults(failure, PROGRAMME):
                self._add(fault, "", None, name, _shown(head.pop(name, "")))
        return head

    def table(self, table: Table, content: dict[str, Any], lines: dict[str, list[int]]) -> list[BaseModel]:
        """Return the records of one table that have no fault."""
        items = content.get(table.value, [])
        if not isinstance(items, list):
            self._add(
                error("json-broken", f"'{table.value}' must be a list.", "Write it between [ and ]."),
                table.value,
            )
            return []
        sheet = SHEETS[table]
        self._name_dropped(sheet, items)
        records: list[BaseModel] = []
        rows: list[int] = []
        for item, line in zip(items, lines[table.value] if items else [], strict=True):
            record = self._record(sheet, item, line)
            if record is not None:
                records.append(record)
                rows.append(line)
        columns = {column.field: ("", column.field) for column in sheet.columns}
        self.origins[table] = TableOrigin(self.file, table.value, tuple(rows), columns)
        return records

    def _record(self, sheet: Sheet, item: object, line: int) -> BaseModel | None:
        if not isinstance(item, dict):
            self._add(
                error("json-broken", "A record must be an object.", "Write it between { and }."),
                sheet.table,
                line,
            )
            return None
        known = {column.field: item[column.field] for column in sheet.columns if column.field in item}
        record: BaseModel | None = None
        try:
            # Strict JSON mode: true is not 1 pupil and a number is no date, while words become enumerations.
            record = sheet.model.model_validate_json(json.dumps(known), strict=True)
            faults = list(region_faults(record.model_dump()) if sheet.table is Table.SCHOOLS else ())
        except ValidationError as failure:
            faults = list(model_faults(failure, sheet))
        for name, fault in faults:
            self._add(fault, sheet.table, line, name, _shown(known.get(name)))
        if record is not None and not any(fault.is_error for _, fault in faults):
            return record
        first = known.get("school_id")
        if sheet.table is Table.SCHOOLS and isinstance(first, str):
            self.rejected.add(first.strip())
        return None

    def _name_dropped(self, sheet: Sheet, items: list[Any]) -> None:
        names = {column.field for column in sheet.columns}
        keys = sorted({str(key) for item in items if isinstance(item, dict) for key in item} - names)
        for key in keys:
            self._add(_unknown_key(key, sorted(names)), sheet.table, None, key)
            self.dropped.append(f"{sheet.title}: {key}")

    def _add(
        self, fault: Fault, sheet: str, line: int | None = None, name: str = "", value: str = ""
    ) -> None:
        self.issues.append(fault.at(Location(self.file, str(sheet), line, "", name), value))


def _unknown_key(key: str, known: list[str]) -> Fault:
    near = closest(key, [name.replace("_", " ") for name in known])
    advice = f"Did you mean '{near.replace(' ', '_')}'?" if near else "Nothing to do."
    return warning("column-dropped", f"The form has no '{key}'; it was not read.", advice)


def _shown(value: object) -> str:
    return "" if value is None else str(value)[:60]
