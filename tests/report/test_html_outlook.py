"""What the report says of prices and of what would help most."""

from __future__ import annotations

from matcher.analysis.outlook_document import Outlook, PairPrice, Relaxation
from matcher.report.html import render_report
from tests.report.parsed import Page
from tests.report.small import small_document


def page(outlook: Outlook | None) -> Page:
    return Page(render_report(small_document().model_copy(update={"outlook": outlook})))


def some() -> Outlook:
    return Outlook(
        tolerance=0.01,
        prices=(
            PairPrice(mentee_id="A", host_id="M2", at_least=3.25, exact=True),
            PairPrice(mentee_id="B", host_id="M2", at_least=1.5, exact=False),
        ),
        relaxations=(
            Relaxation(
                kind="place",
                schools=("M1",),
                words="one more place at Škola Šljivić (M1)",
                worth_at_least=71.25,
                worth_at_most=71.25,
            ),
            Relaxation(
                kind="travel",
                schools=("D",),
                words="20 km more travel for D (D)",
                worth_at_least=4.0,
                worth_at_most=9.5,
            ),
        ),
    )


def test_each_alternative_shows_its_price() -> None:
    text = page(some()).by_id("clusters").text
    assert "Insisting on it: exactly 3.25 points for the whole plan." in text
    assert "Insisting on it: at least 1.5 points for the whole plan." in text


def test_what_would_help_most_is_a_table_that_sorts() -> None:
    shown = page(some())
    section = shown.by_id("helps")
    assert "One more place at Škola Šljivić (M1)" in section.text
    assert "71.2" in section.text
    assert "4.0 to 9.5" in section.text
    cells = [
        e.attributes["data-v"] for e in shown.all("td") if section in e.ancestors and "data-v" in e.attributes
    ]
    assert cells == ["71.25", "4.0"]
    assert "sortable" in str(shown.by_id("helps-table").attributes["class"])
    assert "#helps" in [e.attributes.get("href") for e in shown.all("a")]


def test_where_nothing_helps_that_is_said() -> None:
    section = page(Outlook(tolerance=0.01)).by_id("helps")
    assert "Nothing that was looked at" in section.text


def test_a_plan_without_an_outlook_has_no_such_section() -> None:
    assert "What would help most" not in render_report(small_document().model_copy(update={"outlook": None}))
