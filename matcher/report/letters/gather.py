"""From a plan document to the letters' view models: the only place that decides what a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.analysis.document import AssignmentRow, PlanDocument, RuleReport, SchoolCard
from matcher.analysis.proof import ALL_HOLD
from matcher.features.countries import country_name
from matcher.features.languages import language_name
from matcher.features.words import say_challenge
from matcher.profiles import Role, Strength
from matcher.report.html.words import PHASES
from matcher.report.letters.contacts import Contacts
from matcher.report.letters.earlier import Earlier
from matcher.report.letters.views import (
    Cluster,
    MentorLetter,
    MinistryLetter,
    Named,
    Partner,
    PeerLetter,
    Programme,
    RuleKept,
    SchoolLetter,
)

_OPEN = {"country", "region", "language", "travel", "phase", "neighbours", "load", "unassigned"}
"""Rules on what is known of every school. How often another soft rule is broken could hint, in a small plan,
at a rivalry or at a school's maturity."""
_COUNTING = {"quotas", "composition"}
"""Rules that count schools; open too, unless they count them by need."""


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters of a plan, each list sorted by the reader's id."""

    schools: tuple[SchoolLetter, ...]
    mentors: tuple[MentorLetter, ...]
    ministry: MinistryLetter
    changed: frozenset[str] | None = None
    """Ids of the readers whose letter says something else than in the plan before; None without one."""
    left: tuple[str, ...] = ()
    """Schools that take part no more and get no letter, by name and id."""
    peers: tuple[PeerLetter, ...] = ()
    """Instead of schools and mentors, where clusters are groups of equals."""


def letters_of(document: PlanDocument, contacts: Contacts, reference: str) -> Letters:
    """Gather for each reader what it may see.

    Parameters
    ----------
    document : PlanDocument
    contacts : Contacts
    reference : str
        Names the plan in every letter.

    Returns
    -------
    Letters
    """
    return _Desk(document, contacts, reference).letters()


class _Desk:
    """Looks things up in one plan."""

    def __init__(self, document: PlanDocument, contacts: Contacts, reference: str) -> None:
        self._document, self._contacts, self._reference = document, contacts, reference
        self._cards = {card.school_id: card for card in document.schools}
        self._rows = {row.mentee_id: row for row in document.assignments}
        self._rules = {rule.key for rule in document.rules if rule.strength is not Strength.OFF}
        self._earlier = Earlier(document)
        self._clusters = {card.host_id: card.mentee_ids for card in document.clusters}
        self._led = {lead: card for card in document.clusters for lead in card.lead_ids or (card.host_id,)}
        self._hubs = {  # no school: led by two, or one theme of a mentor
            card.host_id for card in document.clusters if card.lead_ids and card.host_id not in card.lead_ids
        }

    def letters(self) -> Letters:
        cards = sorted(self._document.schools, key=lambda card: card.school_id)
        if self._document.around == "group":
            peers = tuple(self._peer(card) for card in cards if card.role is Role.MENTEE)
            return Letters((), (), self._ministry(cards), peers=peers)
        return Letters(
            schools=tuple(self._school(card) for card in cards if card.role is Role.MENTEE),
            mentors=tuple(
                self._mentor(card)
                for card in cards
                if card.role is Role.MENTOR and card.school_id not in self._hubs
            ),
            ministry=self._ministry(cards),
            changed=None if self._document.rematch is None else self._earlier.changed,
            left=self._earlier.left,
        )

    def _school(self, card: SchoolCard) -> SchoolLetter:
        row = self._rows.get(card.school_id)
        others = () if row is None else self._clusters[row.host_id]
        return SchoolLetter(
            programme=self._programme(card.country),
            school_id=card.school_id,
            name=card.name,
            town=card.municipality,
            country=country_name(card.country),
            mentor=None if row is None else self._partner(row, reader=card),
            before=self._earlier.mentor_of(card.school_id),
            companions=self._named([self._cards[one] for one in others if one != card.school_id]),
            unknown=card.weak_data,
        )

    def _peer(self, card: SchoolCard) -> PeerLetter:
        row = self._rows.get(card.school_id)
        group = next((one for one in self._document.clusters if card.school_id in one.mentee_ids), None)
        ring = () if group is None else group.reviews
        at = ring.index(card.school_id) if ring else 0
        hub = None if group is None or group.hub is None else self._cards[group.hub.school_id]
        others = () if group is None else tuple(one for one in group.mentee_ids if one != card.school_id)
        return PeerLetter(
            programme=self._programme(card.country),
            school_id=card.school_id,
            name=card.name,
            town=card.municipality,
            country=country_name(card.country),
            group=None if group is None else self._cards[group.host_id].name,
            others=self._named([self._cards[one] for one in others]),
            languages=() if row is None else tuple(language_name(code) for code in row.shared_languages),
            hub=None if hub is None else self._named([hub])[0],
            is_hub=hub is not None and hub.school_id == card.school_id,
            reviews=self._named([self._cards[ring[(at + 1) % len(ring)]]])[0] if ring else None,
            reviewed_by=self._named([self._cards[ring[at - 1]]])[0] if ring else None,
            unknown=card.weak_data,
        )

    def _mentor(self, card: SchoolCard) -> MentorLetter:
        led = self._led.get(card.school_id)
        rows = [] if led is None else [self._rows[mentee] for mentee in led.mentee_ids]
        others = () if led is None else tuple(one for one in led.lead_ids if one != card.school_id)
        partner = self._partner_of_a_lead if others else self._partner
        mentees = [partner(row, reader=card) for row in rows]
        return MentorLetter(
            programme=self._programme(card.country),
            school_id=card.school_id,
            name=card.name,
            town=card.municipality,
            country=country_name(card.country),
            mentees=tuple(sorted(mentees, key=lambda one: (one.name, one.town or ""))),
            leads_with=self._named([self._cards[one] for one in others]),
            before=self._earlier.cluster_of(card.school_id),
            unknown=card.weak_data,
        )

    def _partner(self, row: AssignmentRow, *, reader: SchoolCard) -> Partner:
        mentee, host = self._cards[row.mentee_id], self._cards[row.host_id]
        other = host if reader.school_id == row.mentee_id else mentee
        own_wish = f"{reader.role}_preference"
        adds = {share.criterion for share in row.components if share.points > 0}
        helped = [one for one in mentee.challenges if one in host.strengths]
        common = [phase for phase in mentee.phases if phase in host.phases]
        languages = [language_name(code) for code in row.shared_languages]
        return Partner(
            name=other.name,
            town=other.municipality,
            country=country_name(other.country),
            distance_km=None if row.distance_km is None else round(row.distance_km),
            languages=tuple(languages) if "shared_language" in adds or "language" in self._rules else (),
            challenges=tuple(say_challenge(one) for one in helped) if "challenge_fit" in adds else (),
            phases=tuple(PHASES[one] for one in common) if "phase" in adds | self._rules else (),
            wished=own_wish in adds,
            partners_before="partnership" in adds,
            set_by_programme=row.locked,
        )

    def _partner_of_a_lead(self, row: AssignmentRow, *, reader: SchoolCard) -> Partner:
        """Leave out what is known of the hub alone: it would tell one lead what the other wished and has."""
        partner = self._partner(row, reader=reader)
        strong = {say_challenge(one) for one in reader.strengths}
        own = {PHASES[one] for one in reader.phases}
        return replace(
            partner,
            distance_km=None,  # to the point midway between the leads
            challenges=tuple(one for one in partner.challenges if one in strong),
            phases=tuple(one for one in partner.phases if one in own),
            wished=False,
            partners_before=False,
            set_by_programme=False,
        )

    def _ministry(self, cards: Sequence[SchoolCard]) -> MinistryLetter:
        document = self._document
        hosts = [card for card in cards if card.school_id in self._clusters]
        hosts.sort(key=lambda card: (country_name(card.country), card.name, card.school_id))
        clusters = tuple(
            Cluster(
                country_name(host.country),
                self._named([host])[0],
                self._named([self._cards[mentee] for mentee in self._clusters[host.school_id]]),
            )
            for host in hosts
        )
        mentees = [card for card in cards if card.role is Role.MENTEE]
        idle = [
            card
            for card in cards
            if card.role is Role.MENTOR and card.school_id not in {*self._clusters, *self._led}
        ]
        return MinistryLetter(
            programme=self._programme(None),
            schools=len(mentees),
            placed=len(self._rows),
            clusters=clusters,
            unplaced=self._named([card for card in mentees if card.school_id not in self._rows]),
            idle=self._named(idle),
            proof=document.proof_sentence,
            referee=ALL_HOLD,  # its own sentence adds up breaches, also of rules that count by need
            rules=_rules(document.rules),
            around=document.around,
        )

    def _programme(self, country: str | None) -> Programme:
        contact = self._contacts.everybody if country is None else self._contacts.of(country)
        return Programme(self._document.title, self._document.synthetic, contact, self._reference)

    def _named(self, cards: Sequence[SchoolCard]) -> tuple[Named, ...]:
        """Schools by country, name and town: never in an order that says more."""
        named = [Named(card.name, card.municipality, country_name(card.country)) for card in cards]
        return tuple(sorted(named, key=lambda one: (one.country, one.name, one.town or "")))


def _rules(reports: Sequence[RuleReport]) -> tuple[RuleKept, ...]:
    """Put the row of a rule for whom it is hard and that for whom it is soft together."""
    rows: dict[str, list[RuleReport]] = {}
    for report in reports:
        if report.strength is not Strength.OFF:
            rows.setdefault(report.key.removesuffix(":soft"), []).append(report)
    return tuple(_rule(own) for own in rows.values())


def _rule(rows: Sequence[RuleReport]) -> RuleKept:
    """Say one rule; who it is given up for, and why, is not the ministry's to read."""
    soft = [row for row in rows if row.strength is Strength.SOFT]
    given_up = sum(len(row.given_up) for row in rows)
    return RuleKept(
        label=rows[0].label,
        statement=rows[0].statement,
        must_hold=len(soft) < len(rows),
        may_give_way=bool(soft),
        breaches=len(soft[0].broken) if soft and _may_be_counted(soft[0]) else None if soft else 0,
        given_up=given_up if not given_up or _may_be_counted(rows[0]) else None,
    )


def _may_be_counted(rule: RuleReport) -> bool:
    """Whether numbers of cases of this rule hint at no school's confidential data."""
    kind = rule.key.partition(":")[0].partition("[")[0]
    return kind in _OPEN or (kind in _COUNTING and "need" not in rule.statement)
