"""Names of a run's files, and those that are made from the plan document alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matcher.analysis.document import PlanDocument
from matcher.report.changes_table import change_rows
from matcher.report.html import write_report
from matcher.report.tables import assignments_rows, clusters_rows, write_csv

Writer = Callable[[Path], object]

INTAKE_NAME = "inputs/intake.json"
POLICY_NAME = "inputs/policy.yaml"
RESULT_NAME = "result.json"
CHANGES_NAME = "changes.csv"


def document_files(document: PlanDocument) -> dict[str, Writer]:
    """Writers of the text files that say again what the document says, by relative name."""
    files: dict[str, Writer] = {
        "report.html": lambda path: write_report(document, path),
        "assignments.csv": lambda path: write_csv(assignments_rows(document), path),
        "clusters.csv": lambda path: write_csv(clusters_rows(document), path),
    }
    if document.rematch is not None:
        files[CHANGES_NAME] = lambda path: write_csv(change_rows(document), path)
    return files


def text_file(content: str) -> Writer:
    """Writer of a text as UTF-8 with plain line feeds."""
    return lambda path: path.write_text(content, encoding="utf-8", newline="\n")
