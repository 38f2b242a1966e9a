"""Read an intake from pandas data frames, with the same headings and the same cells as from files."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from matcher.intake.assemble import assemble
from matcher.intake.grid import EMPTY, CellKind, Grid, GridRow, RawCell, tidy
from matcher.intake.kinds import written_text
from matcher.intake.origin import IntakeReading, Table
from matcher.profiles import LanguageSkill

if TYPE_CHECKING:
    import pandas as pd

_FILE = "data frame"


def intake_from_frames(
    schools: pd.DataFrame,
    maturity: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
    preferences: pd.DataFrame | None = None,
    *,
    title: str = "",
    synthetic: bool = False,
    as_of: date | None = None,
) -> IntakeReading:
    """Read an intake from data frames.

    Parameters
    ----------
    schools : DataFrame
        Columns are found by alias, as in a file. A cell may hold a text, a number, a date, or a list of
        words. NaN, NaT, NA and None are empty; the text ``"NA"`` is a text.
    maturity, links, preferences : DataFrame, optional
    title : str, default ""
    synthetic : bool, default False
    as_of : date, optional

    Returns
    -------
    IntakeReading
        Row numbers in the locations count the frame's rows from 1, whatever its index; 0 is the headings.
    """
    frames = {
        Table.SCHOOLS: schools,
        Table.MATURITY: maturity,
        Table.LINKS: links,
        Table.PREFERENCES: preferences,
    }
    grids: Mapping[Table, Grid] = {
        table: _grid(frame, table) for table, frame in frames.items() if frame is not None
    }
    return assemble(grids, as_of=as_of, title=title, synthetic=synthetic)


def _grid(frame: pd.DataFrame, table: Table) -> Grid:
    head = GridRow(0, tuple(RawCell(tidy(str(name))) for name in frame.columns))
    rows = tuple(
        GridRow(number, tuple(_raw(value) for value in values))
        for number, values in enumerate(frame.itertuples(index=False, name=None), start=1)
    )
    return Grid(_FILE, table.value.capitalize(), (head, *rows))


def _raw(value: Any) -> RawCell:  # noqa: PLR0911 - one line a kind of value reads best
    if isinstance(value, list | tuple | set | frozenset):
        parts = [_part(item) for item in value]
        return RawCell("; ".join(sorted(parts) if isinstance(value, set | frozenset) else parts))
    if isinstance(value, str):
        return RawCell(tidy(str(value)))
    if _is_missing(value):
        return EMPTY
    if isinstance(value, datetime | date):
        return RawCell(value.isoformat()[:10], CellKind.DATE)
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return RawCell("yes" if value else "no")
    if isinstance(value, numbers.Real):
        number = int(value) if isinstance(value, numbers.Integral) else float(value)
        return RawCell(written_text(number), CellKind.NUMBER)
    return RawCell(tidy(str(value)))


def _part(item: Any) -> str:
    if isinstance(item, LanguageSkill):
        return f"{item.code} ({item.level})" if item.level else item.code
    return str(item.value) if isinstance(item, Enum) else str(item)


def _is_missing(value: Any) -> bool:
    """Whether a scalar is None, NaN, NaT or NA: those that are not equal to themselves, or cannot say."""
    if value is None:
        return True
    equal = value == value  # noqa: PLR0124 - NaN and NaT are not equal to themselves
    return not equal if isinstance(equal, bool) or type(equal).__name__ == "bool_" else True
