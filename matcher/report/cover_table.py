"""If a mentor drops out: the sheet of the workbook."""

from __future__ import annotations

from matcher.analysis.document import PlanDocument
from matcher.report.rows import Row
from matcher.report.sheets import Column

COVER = "If a mentor drops out"
COVER_HINT = (
    "Who could take each school if its mentor dropped out, everybody else staying where they are. "
    "Nothing of this is done."
)

COVER_COLUMNS = (
    Column("Mentor id", "mentor_id"),
    Column("Mentor", "mentor"),
    Column("Points the plan loses", "plan_loss", "0.0"),
    Column("Without a mentor", "uncovered", "0"),
    Column("Mentee id", "mentee_id"),
    Column("Mentee", "mentee"),
    Column("Taken by (id)", "cover_id"),
    Column("Taken by", "cover"),
    Column("Points the pair loses", "loss", "0.0"),
    Column("Rules out of reach", "broken"),
)


def cover_rows(document: PlanDocument) -> list[Row]:
    """One row a school and its mentor that drops out; none where the document has no cover."""
    if document.outlook is None:
        return []
    names = {card.school_id: card.name for card in document.schools}
    return [
        {
            "mentor_id": one.host_id,
            "mentor": names[one.host_id],
            "plan_loss": one.loss,
            "uncovered": one.uncovered,
            "mentee_id": move.mentee_id,
            "mentee": names[move.mentee_id],
            "cover_id": move.host_id,
            "cover": "nobody" if move.host_id is None else names[move.host_id],
            "loss": move.loss,
            "broken": " ".join(one.broken),
        }
        for one in document.outlook.cover
        for move in one.moves
    ]
