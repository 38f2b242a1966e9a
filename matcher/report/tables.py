"""Tables of a plan: one row an assignment, a cluster, an unassigned mentee, a mentor."""

from __future__ import annotations

from matcher.analysis.document import Alternative, AssignmentRow, ComponentShare, PlanDocument, SchoolCard
from matcher.profiles import Role
from matcher.report.beside import BesideSummary, HostAgreement, compare_with_decided, summarise_beside
from matcher.report.decided import Decided, read_decided
from matcher.report.rows import Row, joined, write_csv

__all__ = [
    "CLUSTER_COLUMNS",
    "UNASSIGNED_COLUMNS",
    "BesideSummary",
    "Decided",
    "HostAgreement",
    "Row",
    "assignment_columns",
    "assignments_rows",
    "clusters_rows",
    "compare_with_decided",
    "mentors_rows",
    "read_decided",
    "summarise_beside",
    "unassigned_rows",
    "write_csv",
]

POINTS = "points_"
"""Beginning of the columns that hold a criterion's points."""

_PAIR = ("mentee_id", "mentee", "country", "town", "mentor_id", "mentor", "mentor_country", "mentor_town")
_FIT = ("distance_km", "shared_languages", "known_share", "locked", "flags", "why")
_MENTOR = ("cluster_id", "mentor_id", "mentor", "country", "town")
_LOAD = ("load", "min_load", "max_load", "mentee_ids", "mentees")

CLUSTER_COLUMNS = (
    *_MENTOR,
    *_LOAD,
    "points",
    "cohesion_points",
    "mean_distance_km",
    "shared_challenges",
    "why",
)
"""Columns of :func:`clusters_rows`, also where there is no cluster."""

UNASSIGNED_COLUMNS = ("mentee_id", "mentee", "country", "town", "price", "reason", "options")
"""Columns of :func:`unassigned_rows`, also where everybody is placed."""


def assignment_columns(document: PlanDocument) -> tuple[str, ...]:
    """Columns of :func:`assignments_rows`, also where nobody is placed."""
    points = (f"{POINTS}{key}" for key in _criteria(document))
    return (*_PAIR, "cluster_id", "score", "penalty", *points, *_FIT)


def assignments_rows(document: PlanDocument) -> list[Row]:
    """One row an assignment, sorted by mentee id.

    Columns: ids, names, country and towns, cluster, ``score`` (points of 100 before penalties),
    ``penalty``, ``points_<criterion>`` in the policy's order (None when the criterion is unknown),
    ``distance_km`` by road, shared languages, ``known_share`` (share of the weights that rests on known
    data, 0–1), ``locked``, flags, reasons.
    """
    cards = _cards(document)
    criteria = _criteria(document)
    rows = sorted(document.assignments, key=lambda row: row.mentee_id)
    return [_assignment(row, cards[row.mentee_id], cards[row.host_id], criteria) for row in rows]


def clusters_rows(document: PlanDocument) -> list[Row]:
    """One row a cluster: mentor, mentees (ids and names), load and its limits, points, mean distance."""
    cards = _cards(document)
    rows: list[Row] = []
    for cluster in sorted(document.clusters, key=lambda card: card.cluster_id):
        host = cards[cluster.host_id]
        rows.append(
            {
                "cluster_id": cluster.cluster_id,
                "mentor_id": host.school_id,
                "mentor": host.name,
                "country": host.country,
                "town": host.municipality,
                "load": cluster.load,
                "min_load": cluster.min_load,
                "max_load": cluster.max_load,
                "mentee_ids": joined(cluster.mentee_ids),
                "mentees": joined([cards[school_id].name for school_id in cluster.mentee_ids]),
                "points": cluster.points,
                "cohesion_points": cluster.cohesion_points,
                "mean_distance_km": cluster.mean_distance_km,
                "shared_challenges": joined(cluster.shared_challenges),
                "why": " ".join(cluster.why),
            }
        )
    return rows


def unassigned_rows(document: PlanDocument) -> list[Row]:
    """One row an unassigned mentee: price, reason, its best options; sorted by mentee id."""
    cards = _cards(document)
    rows: list[Row] = []
    for item in sorted(document.unassigned, key=lambda row: row.mentee_id):
        mentee = cards[item.mentee_id]
        rows.append(
            {
                "mentee_id": mentee.school_id,
                "mentee": mentee.name,
                "country": mentee.country,
                "town": mentee.municipality,
                "price": item.price,
                "reason": item.reason,
                "options": joined([_option(option, cards) for option in item.options]),
            }
        )
    return rows


def mentors_rows(document: PlanDocument) -> list[Row]:
    """One row a mentor, those without a cluster among them: load, strengths; sorted by id."""
    loads = {cluster.host_id: cluster for cluster in document.clusters}
    rows: list[Row] = []
    for card in sorted(document.schools, key=lambda school: school.school_id):
        if card.role is Role.MENTOR:
            cluster = loads.get(card.school_id)
            rows.append(
                {
                    "mentor_id": card.school_id,
                    "mentor": card.name,
                    "country": card.country,
                    "town": card.municipality,
                    "load": cluster.load if cluster else 0,
                    "max_load": cluster.max_load if cluster else None,
                    "languages": joined(card.languages),
                    "strengths": joined(card.strengths),
                }
            )
    return rows


def _cards(document: PlanDocument) -> dict[str, SchoolCard]:
    return {card.school_id: card for card in document.schools}


def _criteria(document: PlanDocument) -> list[str]:
    """Keys in the policy's order, then any that only the assignments know."""
    keys = dict.fromkeys(criterion.key for criterion in document.criteria)
    keys.update(dict.fromkeys(part.criterion for row in document.assignments for part in row.components))
    return list(keys)


def _assignment(row: AssignmentRow, mentee: SchoolCard, mentor: SchoolCard, criteria: list[str]) -> Row:
    parts = {part.criterion: part for part in row.components}
    return {
        "mentee_id": mentee.school_id,
        "mentee": mentee.name,
        "country": mentee.country,
        "town": mentee.municipality,
        "mentor_id": mentor.school_id,
        "mentor": mentor.name,
        "mentor_country": mentor.country,
        "mentor_town": mentor.municipality,
        "cluster_id": row.cluster_id,
        "score": row.score,
        "penalty": row.penalty,
        **{f"{POINTS}{key}": _points(parts.get(key)) for key in criteria},
        "distance_km": row.distance_km,
        "shared_languages": joined(row.shared_languages),
        "known_share": row.known_share,
        "locked": row.locked,
        "flags": joined(row.flags),
        "why": " ".join(row.why),
    }


def _points(part: ComponentShare | None) -> float | None:
    """Points of a criterion; None when it is unknown and nothing stands in for it."""
    if part is None or (part.value is None and part.points == 0):
        return None
    return part.points


def _option(option: Alternative, cards: dict[str, SchoolCard]) -> str:
    """Such as ``HR-002 Gimnazija Stari hrast (71.3 points; full)``."""
    name = cards[option.host_id].name if option.host_id in cards else ""
    remarks = [f"{option.score:.1f} points", *option.barred_by, *([option.note] if option.note else [])]
    return f"{option.host_id} {name} ({', '.join(remarks)})"
