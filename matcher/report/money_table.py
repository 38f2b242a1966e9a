"""What the plan costs: the sheets of the workbook."""

from __future__ import annotations

from matcher.analysis.document import PlanDocument
from matcher.features.countries import country_name
from matcher.report.rows import Row
from matcher.report.sheets import Column

COSTS = "Costs"
COSTS_HINT = "What each pair and each cluster costs in euro a year; countries and the whole programme below."
COSTS_COLUMNS = (
    Column("What", "what"),
    Column("Id", "id"),
    Column("Name", "name"),
    Column("Euro", "euro", "#,##0.00"),
    Column("Supported schools", "supported", "0"),
    Column("A supported school", "per_school", "#,##0.00"),
    Column("Budget", "budget", "#,##0.00"),
    Column("Left", "left", "#,##0.00"),
    Column("In words", "words"),
)


def cost_rows(document: PlanDocument) -> list[Row]:
    """One row a mentee, a cluster beside its mentees, a country, and the programme; none without money."""
    money = document.money
    if money is None:
        return []
    names = {card.school_id: card.name for card in document.schools}
    rows: list[Row] = [
        {
            "what": "Mentee",
            "id": one.mentee_id,
            "name": names[one.mentee_id],
            "euro": one.euro,
            "words": one.words,
        }
        for one in money.pairs
    ]
    rows += [
        {
            "what": "Cluster, beside its mentees",
            "id": one.cluster_id,
            "name": names[one.host_id],
            "euro": one.once,
        }
        for one in money.clusters
    ]
    rows += [
        {
            "what": "Country",
            "id": one.country,
            "name": country_name(one.country),
            "euro": None if one.unknown else one.euro,
            "supported": one.supported,
            "per_school": one.per_school,
            "budget": one.budget,
            "left": one.left,
        }
        for one in money.countries
    ]
    rows.append(
        {
            "what": "Programme",
            "name": document.title,
            "euro": money.total,
            "supported": money.supported,
            "per_school": money.per_school,
            "budget": money.budget,
            "left": money.left,
            "words": " ".join((money.headline, money.budget_words, *money.assumptions)).strip(),
        }
    )
    return rows
