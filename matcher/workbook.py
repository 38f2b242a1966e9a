"""Write spreadsheets that are safe and byte-identical from run to run.

Two habits of spreadsheets are dealt with once, here: a text that begins with ``=`` ``+`` ``-`` ``@``
must stay a text (a school's name must never run as a formula), and a saved file must not carry the
time of day (same input, same bytes).
"""

from __future__ import annotations

import io
import zipfile
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write `value` so that text stays text, whatever it begins with.

    Parameters
    ----------
    sheet : Worksheet
        Where to write.
    row, column : int
        Position, both from 1.
    value : Any
        None leaves the cell empty.

    Returns
    -------
    Cell
        The cell written, for formatting.
    """
    cell = sheet.cell(row=row, column=column)
    if isinstance(cell, MergedCell):
        raise ValueError(f"row {row}, column {column} lies inside a merged range")
    if isinstance(value, str):
        text = value.translate(_ILLEGAL)
        cell.value = text
        cell.data_type = "s"
        if text[:1] in "=+-@\t\r":
            cell.quotePrefix = True
    else:
        cell.value = value
    return cell


def copy_style(pattern: Cell, cell: Cell) -> None:
    """Give `cell` the whole style of `pattern`, a cell of the same workbook.

    Setting font, border, format and alignment on each of thousands of cells takes longer than all the
    rest of a workbook; openpyxl keeps them as one array of indices, which is copied here.
    """
    target: Any = cell
    source: Any = pattern
    target._style = copy(source._style)


def save_workbook(book: Workbook, path: Path) -> None:
    """Save `book` to `path` without any time stamp, so that equal content gives equal bytes.

    Parameters
    ----------
    book : Workbook
        The workbook; its document properties are reset.
    path : Path
        Where to write; the file is replaced in one step once it is complete.
    """
    book.properties.creator = "matcher"
    book.properties.created = _EPOCH
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _without_modified(data)
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), data, zipfile.ZIP_DEFLATED, 6)
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(out.getvalue())
    temporary.replace(path)


def _without_modified(core: bytes) -> bytes:
    start, end = core.find(b"<dcterms:modified"), core.find(b"</dcterms:modified>")
    return core if start < 0 or end < 0 else core[:start] + core[end + len(b"</dcterms:modified>") :]
