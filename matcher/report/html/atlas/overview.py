"""The overview map: every school, every cluster, the countries around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.analysis.document import PlanDocument, SchoolCard
from matcher.features.countries import country_name
from matcher.profiles import CoordinateQuality
from matcher.report.html.anchors import anchor
from matcher.report.html.atlas.ground import Ground, Land
from matcher.report.html.atlas.plane import fanned, quiet_spot

MARK_STEP = 11.0
"""Distance in pixels between the marks of schools that stand at one place."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One school on the map. `dx` and `dy` are pixels, at every zoom."""

    school: SchoolCard
    kind: str
    x: float
    y: float
    dx: float
    dy: float
    said: str


@dataclass(frozen=True, slots=True)
class MarkGroup:
    """The marks of one cluster and the lines from its mentor; or of the schools without a cluster."""

    cluster_id: str
    key: str
    country: str
    lines: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Name of a country that takes part."""

    text: str
    code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the map's template draws."""

    ground: Ground
    taking_part: tuple[Land, ...]
    around: tuple[Land, ...]
    labels: tuple[Label, ...]
    groups: tuple[MarkGroup, ...]
    crowded: int
    town_level: int
    not_drawn: tuple[SchoolCard, ...]


def draw_overview(document: PlanDocument, schools: dict[str, SchoolCard], ground: Ground) -> Overview:
    """Place every school that has coordinates, cluster by cluster, then those without a cluster."""
    inside = {lead for card in document.clusters for lead in card.lead_ids if lead != card.host_id}
    drawn = [
        card for card in document.schools if card.school_id in ground.places and card.school_id not in inside
    ]  # a hub stands midway between its leads
    offsets = fanned([_town(ground, card) for card in drawn], MARK_STEP)
    shift = {card.school_id: offset for card, offset in zip(drawn, offsets, strict=True)}
    groups = []
    clustered: set[str] = set()
    for cluster in document.clusters:
        members = (*cluster.mentee_ids, cluster.host_id)  # the mentor on top
        clustered.update(members)
        host = schools[cluster.host_id]
        marks = tuple(
            _mark(ground, schools[member], "host" if member == cluster.host_id else "mentee", shift, host)
            for member in members
            if member in ground.places
        )
        groups.append(
            MarkGroup(
                cluster.cluster_id,
                anchor("cluster", cluster.cluster_id),
                host.country,
                _lines(ground, cluster.host_id, cluster.mentee_ids),
                marks,
            )
        )
    for card in drawn:
        if card.school_id not in clustered:
            kind = "idle" if card.role.value == "mentor" else "alone"
            groups.append(MarkGroup("", "", card.country, "", (_mark(ground, card, kind, shift, None),)))
    codes = {card.country for card in document.schools}
    taking_part = tuple(land for land in ground.lands if land.code in codes)
    return Overview(
        ground=ground,
        taking_part=taking_part,
        around=tuple(land for land in ground.lands if land.code not in codes),
        labels=tuple(_labels(taking_part, ground)),
        groups=tuple(groups),
        crowded=sum(offset != (0.0, 0.0) for offset in offsets),
        town_level=sum(card.coordinate_quality is CoordinateQuality.MUNICIPALITY for card in drawn),
        not_drawn=tuple(card for card in document.schools if card.school_id not in ground.places),
    )


def _town(ground: Ground, card: SchoolCard) -> tuple[float, float]:
    """Place to the nearest whole unit (half a kilometre): nearer schools count as being at one place."""
    x, y = ground.places[card.school_id]
    return round(x), round(y)


def _mark(
    ground: Ground,
    card: SchoolCard,
    kind: str,
    shift: dict[str, tuple[float, float]],
    host: SchoolCard | None,
) -> Mark:
    x, y = ground.places[card.school_id]
    dx, dy = shift[card.school_id]
    town = ", ".join(part for part in (card.municipality, country_name(card.country)) if part)
    roles = {
        "host": "mentor",
        "mentee": f"mentee of {host.name}" if host is not None else "mentee",
        "alone": "mentee without a mentor",
        "idle": "mentor without a cluster",
    }
    return Mark(card, kind, x, y, round(dx, 1), round(dy, 1), f"{card.name}, {town}: {roles[kind]}")


def _lines(ground: Ground, host_id: str, mentee_ids: tuple[str, ...]) -> str:
    """One path with a stroke from the mentor to each mentee that has coordinates."""
    if host_id not in ground.places:
        return ""
    x, y = ground.places[host_id]
    ends = [ground.places[mentee_id] for mentee_id in mentee_ids if mentee_id in ground.places]
    return "".join(f"M{x:g} {y:g}L{ex:g} {ey:g}" for ex, ey in ends)


def _labels(lands: tuple[Land, ...], ground: Ground) -> Iterable[Label]:
    """Names of the countries, each where it hides the fewest schools."""
    places = list(ground.places.values())
    for land in lands:
        spot = quiet_spot(land.rings, ground.frame, places)
        if spot is not None:
            yield Label(country_name(land.code), land.code, round(spot[0]), round(spot[1]))
