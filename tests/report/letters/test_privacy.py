"""No letter lets its reader see, or work out, what is confidential about another school."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache

import pytest

from matcher.analysis.document import MaturityBandName, PlanDocument
from matcher.generate import generate_intake
from matcher.pipeline import match
from matcher.policy.loader import policy_from_mapping
from matcher.profiles import LinkKind
from matcher.report.letters import Contacts, letter_texts, letters_of, load_templates
from matcher.report.letters.render import ALL, INDEX
from matcher.report.letters.views import (
    ClusterBefore,
    MentorBefore,
    MentorLetter,
    MinistryLetter,
    Named,
    Partner,
    PeerLetter,
    SchoolLetter,
)
from tests.report.letters.plans import NAMES, intake, plan, scrambled
from tests.report.parsed import Page

REFERENCE = "abcdefabcdef"
CONTACT = "Mentoring desk"


def texts_of(document: PlanDocument) -> dict[str, str]:
    return letter_texts(letters_of(document, Contacts(CONTACT), REFERENCE), load_templates())


@cache
def bodies(name: str) -> dict[str, str]:
    """What a reader reads of each letter, by file."""
    pages = {file: text for file, text in texts_of(plan(name)).items() if file not in {ALL, INDEX}}
    return {file: " ".join(Page(text).all("main")[0].text.split()) for file, text in pages.items()}


def readers(name: str) -> dict[str, str]:
    """Files of the schools' and mentors' letters → id of the reader."""
    ids = [card.school_id for card in plan(name).schools]
    return {file: school for file in bodies(name) for school in ids if file.endswith(f"-{school}.html")}


def own_cluster(name: str, school: str) -> set[str]:
    cards = [card for card in plan(name).clusters if school in (card.host_id, *card.mentee_ids)]
    return {school, *(one for card in cards for one in (card.host_id, *card.mentee_ids))}


def without(text: str, name: str, schools: set[str]) -> str:
    """The text without names, towns and ids of the schools that its reader may know of."""
    known = [plan(name).title, REFERENCE, CONTACT]
    for card in plan(name).schools:
        if card.school_id in schools:
            known += [card.name, card.school_id, card.municipality or ""]
    for word in sorted(filter(None, known), key=len, reverse=True):
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(3))
def test_no_letter_depends_on_anything_confidential(name: str, seed: int) -> None:
    other = scrambled(plan(name), seed)
    assert other.to_json() != plan(name).to_json()
    assert texts_of(other) == texts_of(plan(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_school_and_every_mentor_has_a_letter(name: str) -> None:
    assert set(readers(name).values()) == {card.school_id for card in plan(name).schools}
    assert len(readers(name)) == len(bodies(name)) - 1  # and the ministry's


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_names_no_school_but_those_of_its_own_cluster(name: str) -> None:
    for file, school in readers(name).items():
        known = own_cluster(name, school)
        text = without(bodies(name)[file], name, known)
        strangers = [card for card in plan(name).schools if card.school_id not in known]
        known_names = {card.name for card in plan(name).schools if card.school_id in known}
        assert not [one.name for one in strangers if one.name in text and one.name not in known_names]
        assert not [one.school_id for one in strangers if one.school_id in text]


@pytest.mark.parametrize("name", NAMES)
def test_no_rival_reason_or_word_of_rivalry_is_in_the_letter_of_a_school(name: str) -> None:
    links = [link for link in intake(name).links if link.kind is LinkKind.RIVALRY]
    assert links
    for file, school in readers(name).items():
        text = without(bodies(name)[file], name, own_cluster(name, school))
        assert not [link.reason for link in links if link.reason and link.reason in text]
        assert not re.search(r"rival|apart|compet|barred|forbid|excluded", text, re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_the_only_numbers_in_the_letter_of_a_school_are_its_own_distance(name: str) -> None:
    rows = {row.mentee_id: row for row in plan(name).assignments}
    for file, school in readers(name).items():
        numbers = set(
            re.findall(r"\d+(?:[.,]\d+)?", without(bodies(name)[file], name, own_cluster(name, school)))
        )
        clusters = [card for card in plan(name).clusters if card.host_id == school]
        pairs = [rows[one] for card in clusters for one in card.mentee_ids] or [
            rows[one] for one in (school,) if one in rows
        ]
        allowed = {str(round(row.distance_km)) for row in pairs if row.distance_km is not None}
        allowed |= {str(card.load) for card in clusters} | {"1"}  # «less than 1 km», «1 school»
        assert numbers <= allowed, file


@pytest.mark.parametrize("name", NAMES)
def test_maturity_is_spoken_of_only_where_the_readers_own_values_are_missing(name: str) -> None:
    own = {card.school_id: card.weak_data for card in plan(name).schools}
    bands = "|".join(band for band in MaturityBandName if band is not MaturityBandName.UNKNOWN)
    for file, school in readers(name).items():
        text = without(bodies(name)[file], name, own_cluster(name, school))
        for sentence in own[school]:
            assert sentence in text
            text = text.replace(sentence, "", 1)
        assert not re.search(rf"maturity|ahead|score|points|rank|\b({bands})\b", text, re.IGNORECASE), file


def test_the_view_of_a_partner_holds_nothing_else() -> None:
    assert {one.name for one in fields(Partner)} == {
        "name", "town", "country", "distance_km", "languages", "challenges", "phases", "wished",
        "partners_before", "set_by_programme",
    }  # fmt: skip
    assert {one.name for one in fields(Named)} == {"name", "town", "country"}
    own = {"programme", "school_id", "name", "town", "country", "unknown"}
    assert {one.name for one in fields(SchoolLetter)} == own | {"mentor", "companions", "before"}
    assert {one.name for one in fields(MentorLetter)} == own | {"mentees", "before", "leads_with"}
    assert {one.name for one in fields(PeerLetter)} == own | {
        "group", "others", "languages", "hub", "is_hub", "reviews", "reviewed_by",
    }  # fmt: skip
    assert {one.name for one in fields(MentorBefore)} == {"stays", "name", "left"}
    assert {one.name for one in fields(ClusterBefore)} == {"joined", "gone"}
    assert {one.name for one in fields(MinistryLetter)} == {
        "programme", "schools", "placed", "clusters", "unplaced", "idle", "proof", "referee", "rules",
        "around",
    }  # fmt: skip


def test_a_wish_of_the_other_side_is_in_no_letter() -> None:
    document = plan("pilot")
    letters = letters_of(document, Contacts(), REFERENCE)
    rows = {row.mentee_id: row for row in document.assignments}
    for letter in letters.schools:
        if letter.mentor is not None:
            points = {one.criterion: one.points for one in rows[letter.school_id].components}
            assert letter.mentor.wished == (points.get("mentee_preference", 0) > 0)
    assert any(letter.mentor is not None and letter.mentor.wished for letter in letters.schools)
    assert any(one.wished for letter in letters.mentors for one in letter.mentees)


def test_the_ministry_reads_no_number_of_a_rule_on_confidential_data() -> None:
    letters = letters_of(plan("pilot"), Contacts(), REFERENCE)
    told = {rule.label: rule.breaches for rule in letters.ministry.rules}
    assert len(told) == len(letters.ministry.rules)  # each rule once, be it hard for some and soft for others
    assert told["Neighbours"] == 0
    assert told["Rivalry"] is None
    assert told["Phase"] == 4
    assert "rests on confidential data" in bodies("pilot")["ministry.html"]


def test_the_ministry_reads_neither_for_whom_nor_why_a_rule_was_given_up() -> None:
    schools = generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3)
    first, second, third = (school.school_id for school in schools.mentees[:3])
    conceded = [
        {"rule": "rivalry", "school": first, "other": second, "reason": "both heads ended their quarrel"},
        {"rule": "travel", "school": third, "amount": 20, "reason": "no school is nearer"},
    ]
    document = match(schools, policy_from_mapping({"name": "p", "concessions": conceded})).document
    told = {rule.key: rule.given_up for rule in document.rules if rule.given_up}
    assert told["rivalry"] == (f"{first} and {second} (both heads ended their quarrel)",)
    letter = " ".join(Page(texts_of(document)["ministry.html"]).all("main")[0].text.split())
    for secret in (first, second, third, "quarrel", "nearer", "20 km"):
        assert secret not in letter
    assert "Schools declared as rivals do not share a cluster. Given up where the programme decided" in letter
    assert "Given up in 1 case, as the programme decided" in letter  # travel rests on nothing confidential


def test_the_ministry_cannot_work_out_how_often_a_rule_on_need_is_missed() -> None:
    """A total beside the number of every other rule would give the number that is left out."""
    needy = {"label": "Needy schools", "members": {"min_need": 0.9}, "at_least": 50, "strength": "soft"}
    policy = policy_from_mapping({"name": "p", "rules": {"quotas": [needy | {"price": 5}]}})
    document = match(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), policy).document
    assert "It counted 1 breach" in document.proof.referee
    letter = letters_of(document, Contacts(), REFERENCE).ministry
    assert {rule.label: rule.breaches for rule in letter.rules}["Needy schools"] is None
    assert "counted" not in letter.referee
    assert "all hard rules hold" in letter.referee
