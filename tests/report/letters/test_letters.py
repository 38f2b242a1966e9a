"""What the letters say, and that they can be read by everybody and printed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from matcher.exceptions import UsageError
from matcher.report.letters import Contacts, letter_texts, letters_of, load_templates
from matcher.report.letters.contacts import read_contacts
from matcher.report.letters.views import Partner
from tests.report.letters.plans import plan
from tests.report.parsed import Page
from tests.report.small import HOSTILE, small_document


def small(*, synthetic: bool = True, contacts: Contacts | None = None) -> dict[str, str]:
    letters = letters_of(small_document(synthetic=synthetic), contacts or Contacts(), "0123456789ab")
    return letter_texts(letters, load_templates())


def said(text: str) -> str:
    return " ".join(Page(text).all("main")[0].text.split())


def test_there_is_a_file_for_each_reader_one_to_print_and_an_index() -> None:
    assert sorted(small()) == [
        "all.html",
        "index.html",
        "mentors/mentor-M1.html",
        "mentors/mentor-M2.html",
        "mentors/mentor-M3.html",
        "ministry.html",
        "schools/school-007.html",
        "schools/school-A.html",
        "schools/school-B.html",
        "schools/school-D.html",
    ]


def test_a_school_reads_its_mentor_the_way_there_and_its_companions() -> None:
    text = said(small()["schools/school-A.html"])
    assert "Your mentor school: Škola Šljivić" in text
    assert "Škola Šljivić in Town M1 leads, about 10 km from you by road." in text
    assert f"These schools work with the same mentor: {HOSTILE[1]}, Town B" in text
    assert "Please quote A and plan 0123456789ab." in text


def test_a_school_without_a_mentor_reads_what_happens_next_and_no_reason() -> None:
    text = said(small()["schools/school-D.html"])
    assert "No mentor school in this round yet" in text
    assert "Your school stays on the programme’s list." in text
    assert "says nothing about the quality of your school" in text
    assert "full" not in text


def test_a_mentor_reads_its_schools_and_one_without_a_cluster_is_thanked() -> None:
    letters = small()
    assert "Your cluster: 2 schools" in said(letters["mentors/mentor-M1.html"])
    assert "Your cluster: 1 school " in said(letters["mentors/mentor-M2.html"])
    assert "thank you for offering to mentor" in said(letters["mentors/mentor-M3.html"])


def test_a_partner_is_described_by_what_counts_in_the_plan() -> None:
    """Of the shared things only those that add points or that a rule asks for are a reason."""
    letters = letters_of(small_document(), Contacts(), "r")
    (locked,) = letters.mentors[1].mentees
    assert locked == Partner(
        name=HOSTILE[2],
        town="Town 007",
        country="Croatia",
        distance_km=None,
        languages=(),  # the small plan counts travel and size alone
        challenges=(),
        phases=("primary",),  # a rule asks for one
        wished=False,
        partners_before=False,
        set_by_programme=True,
    )


def test_the_ministry_reads_the_plan_by_names() -> None:
    text = said(small()["ministry.html"])
    assert "The plan: 3 of 4 schools have a mentor" in text
    assert "No better plan exists." in text
    assert "Phase (may give way): not kept in 1 case." in text
    assert f"{HOSTILE[3]}, Town D (Croatia)" in text


def test_synthetic_data_is_said_in_every_file_and_only_then() -> None:
    assert all("Synthetic data." in text for text in small().values())
    assert not any("Synthetic data." in text for text in small(synthetic=False).values())


def test_the_contact_of_a_country_goes_before_that_of_everybody() -> None:
    contacts = read_contacts(["Desk, desk@example.org", "IT=Ufficio, Roma"], plan("two countries"))
    letters = letters_of(plan("two countries"), contacts, "r")
    told = {(letter.country, letter.programme.contact) for letter in letters.schools}
    told |= {(letter.country, letter.programme.contact) for letter in letters.mentors}
    assert told == {("Croatia", "Desk, desk@example.org"), ("Italy", "Ufficio, Roma")}
    assert letters.ministry.programme.contact == "Desk, desk@example.org"


@pytest.mark.parametrize("text", ["it=Ufficio, Roma", " It = Ufficio, Roma"])
def test_the_code_of_a_country_may_be_in_small_letters(text: str) -> None:
    assert read_contacts([text], plan("two countries")).by_country == {"IT": "Ufficio, Roma"}


def test_without_a_contact_the_letter_names_the_programme_office() -> None:
    assert "The programme office that sent you this letter." in said(small()["schools/school-A.html"])


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["HR="], "says nobody"),
        (["  "], "says nobody"),
        (["FR=Bureau"], "the plan has no school in FR"),
        (["one", "two"], "twice for everybody"),
        (["HR=one", "HR=two"], "twice for schools in HR"),
        (["HR=one", "hr=two"], "twice for schools in HR"),
        (["fr=Bureau"], "the plan has no school in FR"),
        (["HRV=foo"], "HRV is no country code of two letters, such as HR"),
        (["Croatia = foo"], "Croatia is no country code of two letters"),
    ],
)
def test_a_wrong_contact_is_refused(texts: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_contacts(texts, small_document())


def test_hostile_names_are_text_and_run_nothing() -> None:
    document = small_document()
    cards = tuple(
        card.model_copy(update={"name": f"<script>alert('{card.school_id}')</script>{{{{ 7 * 7 }}}}"})
        for card in document.schools
    )
    letters = letters_of(document.model_copy(update={"schools": cards}), Contacts("<b>x</b>"), "r")
    for text in letter_texts(letters, load_templates()).values():
        assert not Page(text).all("script")
        assert not Page(text).all("b")
        assert "{{ 7 * 7 }}" in text or "ministry" not in text


def test_ids_that_differ_in_case_alone_get_files_that_do_not() -> None:
    document = small_document()
    cards = tuple(
        card.model_copy(update={"school_id": "m1"}) if card.school_id == "M3" else card
        for card in document.schools
    )
    letters = letters_of(document.model_copy(update={"schools": cards}), Contacts(), "r")
    files = [name.lower() for name in letter_texts(letters, load_templates())]
    assert len(files) == len(set(files)) == 10


def test_all_letters_stand_on_the_page_for_printing_each_on_a_sheet_of_its_own() -> None:
    text = small()["all.html"]
    assert len(Page(text).all("article")) == 8
    assert "break-before: page" in text
    assert "size: A4" in text


def test_the_index_leads_to_every_file() -> None:
    letters = small()
    links = {str(link.attributes["href"]) for link in Page(letters["index.html"]).all("a")}
    assert links == set(letters) - {"index.html"}


@pytest.mark.parametrize(
    "file", ["schools/school-A.html", "mentors/mentor-M1.html", "ministry.html", "index.html"]
)
def test_a_page_has_language_title_one_main_headings_in_order_and_nothing_from_elsewhere(file: str) -> None:
    text = small()[file]
    page = Page(text)
    assert page.all("html")[0].attributes["lang"] == "en-GB"
    assert page.all("title")[0].text
    assert len(page.all("main")) == 1
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    links = {
        str(e.attributes.get(name)) for e in page.elements for name in ("href", "src") if name in e.attributes
    }
    assert not [link for link in links if ":" in link]
    assert not re.search(r"@import|url\(", page.all("style")[0].text)
    assert "default-src 'none'" in text
    for head in page.all("th"):
        assert head.attributes["scope"] in {"col", "row"}


@pytest.mark.parametrize("colour", ["#14211f", "#0b565b", "#4a5a56", "#a3173c"])
def test_text_has_a_contrast_of_at_least_4_5_on_the_sheet(colour: str) -> None:
    def luminance(text: str) -> float:
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    style = load_templates().sources["letter.css"]
    used = set(re.findall(r"[^-]color: (#[0-9a-f]{6})", style))
    assert used == {"#14211f", "#0b565b", "#4a5a56", "#a3173c"}
    assert (luminance("#ffffff") + 0.05) / (luminance(colour) + 0.05) >= 4.5


def test_an_equal_plan_gives_equal_texts() -> None:
    assert small() == small()
