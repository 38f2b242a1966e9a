"""The tables of columns in the intake workbook's guide, written from the one table of columns."""

from __future__ import annotations

from matcher.intake.columns import SHEETS, Column, Sheet


def columns_as_markdown(sheet: Sheet) -> str:
    """Return the columns of a sheet as a Markdown table: heading, field, meaning, what to write, example.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    str
        Lines without a newline at the end; a test compares them with ``docs/intake-workbook.md``.
    """
    head = ["| Column | Field | Meaning | Write | Example |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(_line(column) for column in sheet.columns)])


def guide_tables() -> dict[str, str]:
    """Return the table of every sheet by the sheet's name."""
    return {sheet.title: columns_as_markdown(sheet) for sheet in SHEETS.values()}


def _line(column: Column) -> str:
    star = " *" if column.required else ""
    cells = (
        f"**{column.heading}**{star}",
        f"`{column.field}`",
        column.meaning,
        column.kind.format,
        f"`{column.example}`",
    )
    return "| " + " | ".join(cells) + " |"
