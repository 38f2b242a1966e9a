"""What the templates show, gathered from the plan document once, each look-up in constant time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from matcher.analysis.document import (
    AssignmentRow,
    ClusterCard,
    ComponentShare,
    PlanDocument,
    SchoolCard,
    UnassignedRow,
)
from matcher.features.countries import country_name
from matcher.profiles import Role
from matcher.report.html import words
from matcher.report.html.atlas.ground import Ground
from matcher.report.html.atlas.sketch import Sketch, draw_sketch
from matcher.report.html.charts import stacked_bar


@dataclass(frozen=True, slots=True)
class PairView:
    """One assignment with both schools and its share of each criterion, in the policy's order."""

    row: AssignmentRow
    number: int
    mentee: SchoolCard
    host: SchoolCard
    bar: Markup
    shares: tuple[ComponentShare | None, ...]


@dataclass(frozen=True, slots=True)
class ClusterView:
    """One cluster with its schools and its sketch."""

    card: ClusterCard
    host: SchoolCard
    pairs: tuple[PairView, ...]
    sketch: Sketch | None


@dataclass(frozen=True, slots=True)
class CountryView:
    """One country: its clusters (by the mentor's country) and the figures of its schools."""

    code: str
    name: str
    clusters: tuple[ClusterView, ...]
    mentors: int
    mentees: int
    placed: int
    mean_distance_km: float | None
    without_point: int


@dataclass(frozen=True, slots=True)
class LooseView:
    """A mentee without a mentor."""

    row: UnassignedRow
    school: SchoolCard


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan, ready to be shown."""

    schools: dict[str, SchoolCard]
    cluster_of: dict[str, str]
    formed: frozenset[str]
    """Hosts that are no schools."""
    pairs: tuple[PairView, ...]
    countries: tuple[CountryView, ...]
    loose: tuple[LooseView, ...]
    idle_mentors: tuple[SchoolCard, ...]
    weak: tuple[tuple[str, tuple[SchoolCard, ...]], ...]
    prices: dict[tuple[str, str], str]
    """What insisting on another mentor would cost, in words, by mentee and mentor."""
    no_price: str
    """What is said where there is none of these."""
    sure: dict[str, str]
    """Whether each assignment is in all plans that are nearly as good, in words, by mentee."""


def gather(document: PlanDocument, ground: Ground | None) -> PlanView:
    """Gather what the templates show.

    Raises
    ------
    KeyError
        If the document names a school of which it holds no card, or a cluster's mentee without a row.
    """
    schools = {card.school_id: card for card in document.schools}
    numbers = {m: k + 1 for cluster in document.clusters for k, m in enumerate(cluster.mentee_ids)}
    order = {report.key: k for k, report in enumerate(document.criteria)}
    pairs = {
        row.mentee_id: _pair(row, numbers.get(row.mentee_id, 0), schools, order)
        for row in document.assignments
    }
    clusters = [
        ClusterView(
            card,
            schools[card.host_id],
            tuple(pairs[mentee_id] for mentee_id in card.mentee_ids),
            draw_sketch(card, ground),
        )
        for card in document.clusters
    ]
    leading = {card.host_id for card in document.clusters}
    leading |= {lead for card in document.clusters for lead in card.lead_ids}
    return PlanView(
        schools=schools,
        cluster_of={row.mentee_id: row.cluster_id for row in document.assignments}
        | {
            school: card.cluster_id for card in document.clusters for school in (card.host_id, *card.lead_ids)
        },
        formed=hubs_of(document),
        pairs=tuple(pairs.values()),
        countries=tuple(_countries(document, clusters, pairs)),
        loose=tuple(LooseView(row, schools[row.mentee_id]) for row in document.unassigned),
        idle_mentors=tuple(
            card for card in document.schools if card.role is Role.MENTOR and card.school_id not in leading
        ),
        weak=_weak(document.schools),
        prices={}
        if document.outlook is None
        else {(price.mentee_id, price.host_id): price.words for price in document.outlook.prices},
        no_price="not calculated" if document.outlook and document.outlook.not_calculated else "",
        sure={}
        if document.outlook is None
        else {row.mentee_id: row.words for row in document.outlook.holding},
    )


def _pair(row: AssignmentRow, number: int, schools: dict[str, SchoolCard], order: dict[str, int]) -> PairView:
    shares: list[ComponentShare | None] = [None] * len(order)
    for share in row.components:
        if share.criterion in order:
            shares[order[share.criterion]] = share
    bar = stacked_bar([(k, share.points) for k, share in enumerate(shares) if share is not None])
    return PairView(row, number, schools[row.mentee_id], schools[row.host_id], bar, tuple(shares))


def _countries(
    document: PlanDocument, clusters: list[ClusterView], pairs: dict[str, PairView]
) -> Iterable[CountryView]:
    hubs = hubs_of(document)
    for code in sorted(
        {card.country for card in document.schools}, key=lambda code: (country_name(code), code)
    ):
        cards = [card for card in document.schools if card.country == code and card.school_id not in hubs]
        mentees = [card for card in cards if card.role is Role.MENTEE]
        placed = [pairs[card.school_id].row for card in mentees if card.school_id in pairs]
        known = [row.distance_km for row in placed if row.distance_km is not None]
        yield CountryView(
            code=code,
            name=country_name(code),
            clusters=tuple(view for view in clusters if view.host.country == code),
            mentors=len(cards) - len(mentees),
            mentees=len(mentees),
            placed=len(placed),
            mean_distance_km=sum(known) / len(known) if known else None,
            without_point=sum(card.latitude is None or card.longitude is None for card in cards),
        )


def hubs_of(document: PlanDocument) -> frozenset[str]:
    """Ids of hosts that are no schools: hubs of two leads, groups of equals."""
    if document.around == "mentor":
        return frozenset()
    return frozenset(card.host_id for card in document.clusters if card.host_id not in card.lead_ids)


def _weak(schools: Iterable[SchoolCard]) -> tuple[tuple[str, tuple[SchoolCard, ...]], ...]:
    """Group what is weak by its sentence, the most frequent first."""
    groups: dict[str, list[SchoolCard]] = {}
    for card in schools:
        for sentence in card.weak_data:
            groups.setdefault(sentence, []).append(card)
    return tuple(
        (sentence, tuple(cards))
        for sentence, cards in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def facts(card: SchoolCard) -> tuple[str, ...]:
    """Phrases about a school for its card: phases, size, surroundings, languages, way of working."""
    phases = " and ".join(words.PHASES[phase] for phase in card.phases)
    languages = ", ".join(words.language(text) for text in card.languages)
    found = (
        words.capital(phases),
        "" if card.pupils is None else f"{card.pupils:,} pupils",
        "" if card.rurality is None else words.capital(words.RURALITY[card.rurality]),
        languages,
        "" if card.work_mode is None else words.capital(words.WORK_MODES[card.work_mode]),
    )
    return tuple(phrase for phrase in found if phrase)
