"""What changed against an earlier plan, as a table and as a sheet of the workbook."""

from __future__ import annotations

from matcher.analysis.document import PlanDocument
from matcher.analysis.rematch_document import SchoolDiff
from matcher.report.rows import Row
from matcher.report.sheets import Column

CHANGED = "What changed"
_KINDS = {
    "left": "left the programme",
    "joined": "new",
    "forced": "could not stay",
    "moved": "moved",
    "placed": "placed now",
}

CHANGED_COLUMNS = (
    Column("School id", "school_id"),
    Column("School", "school"),
    Column("What", "what"),
    Column("Mentor before (id)", "before_id"),
    Column("Mentor before", "before"),
    Column("Mentor now (id)", "after_id"),
    Column("Mentor now", "after"),
    Column("Why", "why"),
)


def change_rows(document: PlanDocument) -> list[Row]:
    """One row a school whose mentor is another one than in the earlier plan; none for a plan made anew."""
    if document.rematch is None:
        return []
    return [
        {
            "school_id": diff.school_id,
            "school": diff.name,
            "what": _what(diff),
            "before_id": diff.before,
            "before": diff.before_name,
            "after_id": diff.after,
            "after": diff.after_name,
            "why": diff.why,
        }
        for diff in document.rematch.diffs
    ]


def _what(diff: SchoolDiff) -> str:
    bare = diff.after is None and diff.kind != "left"
    return f"{_KINDS[diff.kind]}, without a mentor now" if bare else _KINDS[diff.kind]
