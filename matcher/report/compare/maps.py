"""A still map of each plan, all on one ground, so that they can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.analysis.comparison_document import ComparedCluster, ComparedPlan, ComparisonDocument
from matcher.analysis.wording import counted
from matcher.profiles import Role
from matcher.report.html.atlas.ground import Ground
from matcher.report.html.atlas.plane import Point

WIDTH = 640.0
"""Width of a map in pixels."""
_DIAMOND = "m-6 0l6 -6 6 6 -6 6z"
_TRIANGLE = "m0 -6l5.6 9.8h-11.2z"
_DOT = "h0"


@dataclass(frozen=True, slots=True)
class PlanMap:
    """What the template draws of one plan: paths in pixels.

    `shared` are lines of pairs that every plan has, `lines` all others.
    """

    plan: ComparedPlan
    scale: float
    height: float
    shared: str
    lines: str
    hosts: str
    mentees: str
    alone: str
    idle: str
    said: str


def draw_maps(document: ComparisonDocument, ground: Ground) -> tuple[PlanMap, ...]:
    """Draw every plan that was found."""
    scale = WIDTH / ground.frame.width
    places = {school: (x * scale, y * scale) for school, (x, y) in ground.places.items()}
    shared = _shared(document.found)
    mentors = {card.school_id for card in document.cards if card.role is Role.MENTOR}
    drawn = []
    for at, plan in enumerate(document.found):
        leads = {lead for cluster in plan.clusters for lead in cluster.leads}
        mentees = {school for cluster in plan.clusters for school in cluster.mentee_ids}
        alone = {row.school_id for row in document.schools if row.placements[at].status == "unassigned"}
        same, own = _lines(plan, places, shared)
        drawn.append(
            PlanMap(
                plan=plan,
                scale=round(scale, 5),
                height=round(ground.frame.height * scale, 1),
                shared=same,
                lines=own,
                hosts=_marks(leads, places, _DIAMOND),
                mentees=_marks(mentees, places, _DOT),
                alone=_marks(alone, places, _TRIANGLE),
                idle=_marks(mentors - leads - mentees - alone, places, _DIAMOND),
                said=f"{counted(len(plan.clusters), 'cluster', 'clusters')}, "
                f"{counted(len(alone), 'school', 'schools')} without a place",
            )
        )
    return tuple(drawn)


def _shared(plans: Sequence[ComparedPlan]) -> set[tuple[str, str]]:
    """Pairs that every policy with mentors has, in one of its layers if it has several."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for plan in plans:
        if any(cluster.leads for cluster in plan.clusters):
            pairs.setdefault(plan.variant, set()).update(_pairs(plan))
    return set.intersection(*pairs.values()) if len(pairs) > 1 else set()


def _pairs(plan: ComparedPlan) -> set[tuple[str, str]]:
    return {
        (lead, school) for cluster in plan.clusters for lead in cluster.leads for school in cluster.mentee_ids
    }


def _lines(plan: ComparedPlan, places: dict[str, Point], shared: set[tuple[str, str]]) -> tuple[str, str]:
    """Lines of a plan: those of pairs that every plan has, and all others."""
    same: list[str] = []
    own: list[str] = []
    for cluster in plan.clusters:
        for start, school, is_shared in _strokes(cluster, places, shared):
            x, y = places[school]
            (same if is_shared else own).append(f"M{start[0]:.1f} {start[1]:.1f}L{x:.1f} {y:.1f}")
    return "".join(same), "".join(own)


def _strokes(
    cluster: ComparedCluster, places: dict[str, Point], shared: set[tuple[str, str]]
) -> Iterable[tuple[Point, str, bool]]:
    """From each lead to each school; in a group of equals from its middle."""
    known = [school for school in cluster.mentee_ids if school in places]
    if not cluster.leads and known:
        middle = _middle([places[school] for school in known])
        yield from ((middle, school, False) for school in known)
    for lead in cluster.leads:
        if lead in places:
            yield from ((places[lead], school, (lead, school) in shared) for school in known)


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _marks(schools: Iterable[str], places: dict[str, Point], shape: str) -> str:
    """One path with a mark at each school that has a place, in the order of the ids."""
    found = (places[school] for school in sorted(schools) if school in places)
    return "".join(f"M{x:.1f} {y:.1f}{shape}" for x, y in found)
