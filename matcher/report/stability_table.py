"""Stability: the sheet of the workbook that lists every blocking pair."""

from __future__ import annotations

from matcher.analysis.document import PlanDocument
from matcher.report.rows import Row
from matcher.report.sheets import Column

STABILITY = "Stability"

STABILITY_COLUMNS = (
    Column("Mentee id", "mentee_id"),
    Column("Mentee", "mentee"),
    Column("To the mentee the mentor is", "mentee_words"),
    Column("Mentor id", "mentor_id"),
    Column("Mentor", "mentor"),
    Column("To the mentor the mentee is", "mentor_words"),
    Column("Counted", "counted"),
    Column("Excused by", "excused_by"),
)


def stability_rows(document: PlanDocument) -> list[Row]:
    """One row a blocking pair; none where the policy asks for no stability."""
    if document.stability is None:
        return []
    names = {card.school_id: card.name for card in document.schools}
    return [
        {
            "mentee_id": pair.mentee_id,
            "mentee": names[pair.mentee_id],
            "mentee_words": pair.mentee_words,
            "mentor_id": pair.host_id,
            "mentor": names[pair.host_id],
            "mentor_words": pair.host_words,
            "counted": pair.counted,
            "excused_by": " ".join(pair.excused_by),
        }
        for pair in document.stability.pairs
    ]
