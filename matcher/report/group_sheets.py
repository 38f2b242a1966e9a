"""Sheets of a result workbook about groups of equals: who is together, the hub school, who reviews whom."""

from __future__ import annotations

from matcher.analysis.document import ClusterCard, PlanDocument
from matcher.report.rows import Row, joined
from matcher.report.sheets import Column

MEMBERS = (
    Column("School id", "school_id"),
    Column("School", "school"),
    Column("Country", "country"),
    Column("Town", "town"),
    Column("Group", "group"),
    Column("Hub school?", "is_hub"),
    Column("Reviews", "reviews"),
    Column("Mean road km to the others", "distance_km", "0.0"),
    Column("Languages shared with all", "shared_languages"),
    Column("To look at", "flags"),
    Column("Why", "why", wrap=False),
)
GROUPS = (
    Column("Group", "group"),
    Column("Country", "country"),
    Column("Schools", "size", "0"),
    Column("School ids", "ids"),
    Column("Names", "names"),
    Column("Proposed hub school", "hub"),
    Column("Why this hub school", "hub_reason"),
    Column("Points of what they share", "points", "0.0"),
    Column("Mean road km", "distance_km", "0.0"),
    Column("Shared challenges", "challenges"),
    Column("Why", "why"),
)
ALONE = (
    Column("School id", "mentee_id"),
    Column("School", "mentee"),
    Column("Country", "country"),
    Column("Town", "town"),
    Column("Price", "price", "0.0"),
    Column("Why", "reason"),
)


def member_rows(document: PlanDocument) -> list[Row]:
    """One row a school in a group, sorted by id: its group, whether it is the hub, whom it reviews."""
    cards = {card.school_id: card for card in document.schools}
    groups = {group.host_id: group for group in document.clusters}
    rows: list[Row] = []
    for row in sorted(document.assignments, key=lambda one: one.mentee_id):
        school, group = cards[row.mentee_id], groups[row.host_id]
        hub = group.hub is not None and group.hub.school_id == school.school_id
        reviewed = _next(group, school.school_id)
        rows.append(
            {
                "school_id": school.school_id,
                "school": school.name,
                "country": school.country,
                "town": school.municipality,
                "group": cards[row.host_id].name,
                "is_hub": "yes" if hub else "",
                "reviews": cards[reviewed].name if reviewed else "",
                "distance_km": row.distance_km,
                "shared_languages": joined(row.shared_languages),
                "flags": joined(row.flags),
                "why": " ".join(row.why),
            }
        )
    return rows


def group_rows(document: PlanDocument) -> list[Row]:
    """One row a group, in the order of the plan."""
    cards = {card.school_id: card for card in document.schools}
    return [
        {
            "group": cards[group.host_id].name,
            "country": cards[group.host_id].country,
            "size": len(group.mentee_ids),
            "ids": joined(group.mentee_ids),
            "names": joined([cards[school_id].name for school_id in group.mentee_ids]),
            "hub": cards[group.hub.school_id].name if group.hub else "",
            "hub_reason": group.hub.reason if group.hub else "",
            "points": group.cohesion_points,
            "distance_km": group.mean_distance_km,
            "challenges": joined(group.shared_challenges),
            "why": " ".join(group.why),
        }
        for group in document.clusters
    ]


def _next(group: ClusterCard, school_id: str) -> str:
    """School that a school reviews; empty where no order is proposed."""
    if school_id not in group.reviews:
        return ""
    return group.reviews[(group.reviews.index(school_id) + 1) % len(group.reviews)]
