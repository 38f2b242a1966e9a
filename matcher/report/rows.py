"""A table as rows of plain values, and how it becomes a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

Value = str | int | float | bool | None
Row = dict[str, Value]

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Sequence[Row], path: Path) -> None:
    r"""Write rows to `path`; an empty table gives a file with the byte order mark alone.

    The file is UTF-8 with a byte order mark, so that a double click shows accents right, with commas
    between cells, a point as decimal mark and ``\r\n`` at the end of a line (RFC 4180). Semicolons would open
    in columns on a Croatian or Italian desktop, but then 12.5 would silently be read as the 12th of May: for
    a spreadsheet there is ``result.xlsx``.

    A text that begins with ``=`` ``+`` ``-`` ``@``, TAB or a carriage return gets a leading apostrophe, so
    that no spreadsheet runs it; other texts, ids among them, and numbers stay as they are. Unknown is an
    empty cell, true and false are ``yes`` and ``no``. Numbers have four decimals at most.

    Parameters
    ----------
    rows : sequence of Row
        All with the same keys, which become the heading.
    path : Path
        Where to write.
    """
    out = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def joined(parts: Sequence[str]) -> str:
    """Put several words or sentences into one cell."""
    return "; ".join(parts)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") if round(value, 4) else "0"
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA_START) else value
