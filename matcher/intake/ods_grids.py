"""Read the sheets of an OpenDocument spreadsheet as text (ISO/IEC 26300, part 3, chapter 9)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from matcher.exceptions import UsageError
from matcher.intake.grid import EMPTY, CellKind, Grid, GridRow, MergedRange, RawCell, tidy
from matcher.intake.kinds import written_text

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROW_HOLDERS = frozenset(f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_LEADING_ZERO = re.compile(r"0\d+")
_MOST_REPEATS = 10_000


def read_ods_grids(data: bytes, file: str) -> list[Grid]:
    """Return every sheet of an ``.ods`` file as text, in the order of the document.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Name without folder, for the locations.

    Returns
    -------
    list of Grid
        A number shown with leading zeros keeps them.

    Raises
    ------
    UsageError
        If the file is protected by a password or is no spreadsheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise UsageError(f"'{file}' is protected by a password; open it and save it without one.")
            root = ElementTree.fromstring(package.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as failure:
        raise UsageError(
            f"'{file}' cannot be read as a spreadsheet; open it in the spreadsheet program and save it again."
        ) from failure
    hidden = _hiding_styles(root)
    return [
        _grid(table, file, table.get(f"{_TABLE}style-name") in hidden)
        for table in root.iter(f"{_TABLE}table")
    ]


def _hiding_styles(root: ElementTree.Element) -> set[str | None]:
    """Names of the styles whose sheets are hidden: a sheet does not say so itself."""
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for found in style.iter(f"{_STYLE}table-properties")
        if found.get(f"{_TABLE}display") == "false"
    }


def _grid(table: ElementTree.Element, file: str, is_hidden: bool) -> Grid:  # noqa: FBT001 - one caller
    found: list[tuple[int, bool, dict[int, RawCell]]] = []
    merged: list[MergedRange] = []
    number = 1
    for row in _rows(table):
        repeats = _count(row, "number-rows-repeated")
        cells, areas = _row_cells(row, number)
        merged.extend(areas)
        hidden = row.get(f"{_TABLE}visibility", "visible") != "visible"
        for step in range(min(repeats, _MOST_REPEATS) if cells else 0):
            found.append((number + step, hidden, cells))
        number += repeats
    width = 1 + max((column for _, _, cells in found for column in cells), default=-1)
    rows = tuple(
        GridRow(place, tuple(cells.get(column, EMPTY) for column in range(width)), hidden)
        for place, hidden, cells in found
    )
    return Grid(file, table.get(f"{_TABLE}name", ""), rows, tuple(merged), is_hidden)


def _rows(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_HOLDERS:
            yield from _rows(child)


def _row_cells(row: ElementTree.Element, number: int) -> tuple[dict[int, RawCell], list[MergedRange]]:
    cells: dict[int, RawCell] = {}
    merged: list[MergedRange] = []
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeats = _count(cell, "number-columns-repeated")
        raw = _raw(cell) if cell.tag == f"{_TABLE}table-cell" else EMPTY
        tall, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if tall > 1 or wide > 1:
            merged.append(MergedRange(number, number + tall - 1, column, column + wide - 1))
        if raw.text:
            cells.update({column + step: raw for step in range(min(repeats, _MOST_REPEATS))})
        column += repeats
    return cells, merged


def _count(element: ElementTree.Element, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))


def _raw(cell: ElementTree.Element) -> RawCell:
    kind = cell.get(f"{_OFFICE}value-type")
    shown = tidy("\n".join(_paragraph(child) for child in cell if child.tag == f"{_TEXT}p"))
    if kind is None and cell.get(f"{_TABLE}formula"):
        return RawCell(shown or str(cell.get(f"{_TABLE}formula")), CellKind.UNCALCULATED)
    if kind in ("float", "percentage", "currency"):
        return _number(cell.get(f"{_OFFICE}value", ""), shown)
    if kind == "date":
        day, _, moment = cell.get(f"{_OFFICE}date-value", "").partition("T")
        return RawCell(f"{day} {moment}" if moment.strip("0:.") else day, CellKind.DATE)
    if kind == "time":
        return RawCell(shown, CellKind.DATE)
    if kind == "boolean":
        return RawCell("yes" if cell.get(f"{_OFFICE}boolean-value") == "true" else "no")
    return RawCell(shown or tidy(cell.get(f"{_OFFICE}string-value", "")))


def _number(stored: str, shown: str) -> RawCell:
    value = float(stored)
    if _LEADING_ZERO.fullmatch(shown) and float(shown) == value:
        return RawCell(shown)
    return RawCell(written_text(value), CellKind.NUMBER)


def _paragraph(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append("\n" if child.tag.endswith("line-break") else "\t")
        elif child.tag != f"{_OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
