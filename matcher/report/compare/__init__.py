"""A comparison of plans as files: a page, a workbook, a tidy table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.report.compare.page import write_comparison
from matcher.report.compare.tidy import tidy_rows
from matcher.report.compare.workbook import write_comparison_workbook
from matcher.report.rows import write_csv

PAGE_NAME = "compare.html"
WORKBOOK_NAME = "compare.xlsx"
TABLE_NAME = "compare.csv"
DOCUMENT_NAME = "compare.json"


def comparison_files(document: ComparisonDocument) -> dict[str, Callable[[Path], object]]:
    """Writers of all files that show a comparison, by relative name; equal documents give equal bytes.

    Parameters
    ----------
    document : ComparisonDocument

    Returns
    -------
    dict of str to callable
        ``compare.html``, ``.xlsx``, ``.csv`` and ``.json``; each takes the path to write.
    """
    return {
        PAGE_NAME: lambda path: write_comparison(document, path),
        WORKBOOK_NAME: lambda path: write_comparison_workbook(document, path),
        TABLE_NAME: lambda path: write_csv(tidy_rows(document), path),
        DOCUMENT_NAME: lambda path: path.write_text(document.to_json(), encoding="utf-8", newline="\n"),
    }
