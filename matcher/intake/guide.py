"""The tables of columns in the intake workbook's guide, written from the one table of columns."""

from __future__ import annotations

from matcher.intake.columns import SHEETS, Column, Sheet
from matcher.intake.headings import LANGUAGES, by_language
from matcher.intake.headings import SHEETS as SHEET_ALIASES


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


def headings_page() -> str:
    """Return the page of the headings that are read, column by column and language by language.

    Returns
    -------
    str
        The whole of ``docs/headings.md``, with a newline at the end; a test compares them.
    """
    parts = [_HEADINGS_INTRO, "## Sheets and files\n", _head("Sheet")]
    parts += [_languages(sheet.title, SHEET_ALIASES[table.value]) for table, sheet in SHEETS.items()]
    for sheet in SHEETS.values():
        word = "Setting" if sheet.title == "Programme" else "Column"
        parts += [f"\n## {sheet.title}\n", _head(word)]
        parts += [_languages(column.heading, sheet.aliases[column.field]) for column in sheet.columns]
    return "\n".join(parts) + "\n"


_HEADINGS_INTRO = """# Headings that are read

This page is written from the tables that the reader uses. Any heading of a line is read as the column in
front, whatever its case, accents, spaces, underscores and line breaks, and with or without a unit in brackets
or a star behind it. The languages may be mixed. A column with another heading is not read, and a warning
names it. What to write into each column stands in [the intake workbook](intake-workbook.md).
"""


def _head(first: str) -> str:
    cells = (first, *LANGUAGES)
    return f"| {' | '.join(cells)} |\n|{'---|' * len(cells)}"


def _languages(heading: str, entry: str) -> str:
    cells = ("; ".join(words) or "–" for words in by_language(entry))
    return f"| **{heading}** | {' | '.join(cells)} |"


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
