"""Read the sheets of an Excel workbook as text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from matcher.exceptions import UsageError
from matcher.intake.grid import EMPTY, CellKind, Grid, GridRow, MergedRange, RawCell, tidy
from matcher.intake.kinds import written_text

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ZEROS = re.compile(r'(?:"(?P<head>[^"]*)")?(?P<zeros>0{2,})(?:;.*)?')


def read_xlsx_grids(data: bytes, file: str) -> list[Grid]:
    """Return every sheet of an ``.xlsx`` file as text, in the order of the workbook.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Name without folder, for the locations.

    Returns
    -------
    list of Grid
        A number whose format is all zeros is padded as shown, so that ``007`` stays ``007``; a formula that
        was never calculated is marked as such.

    Raises
    ------
    UsageError
        If the file is protected by a password, is in the old format, or is no workbook.
    """
    if data.startswith(_OLE_MAGIC):
        raise UsageError(
            f"'{file}' is protected by a password, or is in the old Excel format; open it and save it as "
            ".xlsx without a password."
        )
    shown = _load(data, file, data_only=True)
    formulas = _load(data, file, data_only=False) if _has_formulas(data) else None
    return [_grid(sheet, file, _uncalculated(sheet, formulas)) for sheet in shown.worksheets]


def _load(data: bytes, file: str, *, data_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl warns of features that it leaves out
            return load_workbook(io.BytesIO(data), data_only=data_only)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
        OSError,
    ) as failure:
        raise UsageError(
            f"'{file}' cannot be read as a workbook; open it in the spreadsheet program and save it as .xlsx."
        ) from failure


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[\s>/]", package.read(name)) for name in sheets)


def _uncalculated(sheet: Worksheet, formulas: Workbook | None) -> dict[tuple[int, int], str]:
    """Formulas without a stored result by position; one whose result is an empty text has one."""
    if formulas is None:
        return {}
    return {
        place: str(cell.value)
        for place, cell in formulas[sheet.title]._cells.items()
        if cell.data_type == "f"
        and sheet.cell(*place).value is None
        and sheet.cell(*place).data_type != "str"
    }


def _grid(sheet: Worksheet, file: str, formulas: dict[tuple[int, int], str]) -> Grid:
    # The sparse dictionary of cells is used as iter_rows would create a million cells for one stray format.
    texts: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sheet._cells.items():
        raw = (
            RawCell(formulas[row, column], CellKind.UNCALCULATED)
            if (row, column) in formulas
            else _raw(cell)
            if isinstance(cell, Cell)
            else EMPTY
        )
        if raw.text:
            texts.setdefault(row, {})[column] = raw
    width = max((column for cells in texts.values() for column in cells), default=0)
    rows = tuple(
        GridRow(
            number,
            tuple(texts[number].get(column, EMPTY) for column in range(1, width + 1)),
            bool(sheet.row_dimensions[number].hidden) if number in sheet.row_dimensions else False,
        )
        for number in sorted(texts)
    )
    merged = tuple(
        MergedRange(area.min_row, area.max_row, area.min_col - 1, area.max_col - 1)
        for area in sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
    )
    return Grid(file, sheet.title, rows, merged, sheet.sheet_state != "visible")


def _raw(cell: Cell) -> RawCell:
    value = cell.value
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return RawCell("yes" if value else "no")
    if isinstance(value, datetime | date):
        return RawCell(str(value)[:10] if _is_midnight(value) else str(value), CellKind.DATE)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return RawCell(tidy(str(value)), CellKind.DATE if isinstance(value, time) else CellKind.TEXT)


def _number(value: float, number_format: str) -> RawCell:
    whole = int(value) if float(value).is_integer() else None
    found = _ZEROS.fullmatch(number_format)
    if found and whole is not None:
        return RawCell((found["head"] or "") + str(whole).zfill(len(found["zeros"])))
    return RawCell(written_text(value), CellKind.NUMBER)


def _is_midnight(value: datetime | date) -> bool:
    return not isinstance(value, datetime) or value.time() == time()
