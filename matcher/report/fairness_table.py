"""Fairness: the sheet of the workbook on groups, the worst-off, the price of fairness and the lots."""

from __future__ import annotations

from matcher.analysis.document import PlanDocument
from matcher.report.rows import Row
from matcher.report.sheets import Column

FAIRNESS = "Fairness"
FAIRNESS_HINT = (
    "How groups of schools fare; one without a mentor counts 0 in the mean. Below, the rest in words."
)
FAIRNESS_COLUMNS = (
    Column("What", "what"),
    Column("Group", "group"),
    Column("Schools", "schools", "0"),
    Column("With a mentor", "placed", "0"),
    Column("Share with a mentor", "share", "0.0%"),
    Column("Mean score", "mean", "0.00"),
    Column("Lowest score", "worst", "0.00"),
    Column("In words", "words"),
)


def has_fairness(document: PlanDocument) -> bool:
    """Whether there is anything to say of fairness or lots."""
    return any((document.fairness, document.fairness_price, document.lottery))


def fairness_rows(document: PlanDocument) -> list[Row]:
    """Two rows a pair of groups, then the worst-off, the price and the lots; none without fairness."""
    rows: list[Row] = []
    for pair in document.fairness.groups if document.fairness else ():
        for group, words in ((pair.first, pair.sentence), (pair.second, "")):
            rows.append(
                {
                    "what": pair.label,
                    "group": group.words,
                    "schools": group.schools,
                    "placed": group.placed,
                    "share": group.share_placed,
                    "mean": group.mean_score,
                    "worst": group.worst_score,
                    "words": words,
                }
            )
    told = (
        ("The worst-off", document.fairness),
        ("Price of fairness", document.fairness_price),
        ("Lots", document.lottery),
    )
    rows += [{"what": what, "words": part.sentence} for what, part in told if part is not None]
    return rows
