"""What WCAG 2.2 AA asks for and a parser can see."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from matcher.report.html import render_report
from matcher.report.html.page import STYLES, joined
from tests.report.parsed import Element, Page
from tests.report.sample import sample_document


@cache
def page() -> Page:
    return Page(render_report(sample_document()))


def within(element: Element, tag: str) -> list[Element]:
    return [other for other in page().all(tag) if element in other.ancestors]


def test_the_page_says_its_language_and_has_a_title() -> None:
    assert page().all("html")[0].attributes["lang"] == "en-GB"
    assert page().all("title")[0].text == "MenSI pilot 2022 – mentoring plan"


def test_there_is_one_main_one_navigation_and_a_link_that_skips_to_the_plan() -> None:
    assert len(page().all("main")) == 1
    assert len(page().all("nav")) == 1
    assert page().all("a")[0].attributes["href"] == "#main"


def test_there_is_one_first_heading_and_no_level_is_left_out() -> None:
    levels = [int(e.tag[1]) for e in page().elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_section_has_a_name() -> None:
    for section in page().all("section"):
        assert page().by_id(str(section.attributes["aria-labelledby"])).text


def test_every_table_has_a_caption_and_every_heading_cell_a_scope() -> None:
    for table in page().all("table"):
        assert len([c for c in within(table, "caption") if c.text]) == 1
    for head in page().all("th"):
        assert head.attributes.get("scope") in {"col", "row"}
        assert head.text


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    cells: dict[Element, int] = {}
    for element in page().elements:
        if element.tag in {"td", "th"} and element.parent is not None:
            cells[element.parent] = cells.get(element.parent, 0) + 1
    widths: dict[Element, set[int]] = {}
    for row, count in cells.items():
        table = next(e for e in row.ancestors if e.tag == "table")
        widths.setdefault(table, set()).add(count)
    assert all(len(width) == 1 for width in widths.values())


def test_every_wide_table_scrolls_in_a_named_region_that_the_keyboard_reaches() -> None:
    for table in page().all("table"):
        region = table.parent
        assert region is not None
        assert region.attributes["role"] == "region"
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-label"]


def test_every_control_has_a_label() -> None:
    labelled = {e.attributes.get("for") for e in page().all("label")}
    for element in page().elements:
        if element.tag in {"input", "select"}:
            in_label = any(e.tag == "label" and e.text for e in element.ancestors)
            assert in_label or element.attributes.get("id") in labelled
        if element.tag in {"button", "a", "summary"}:
            assert element.text or element.attributes.get("aria-label")


def test_every_drawing_is_named_or_hidden_from_readers() -> None:
    for drawing in page().all("svg"):
        hidden = drawing.attributes.get("aria-hidden") == "true"
        named = bool(drawing.attributes.get("aria-label") or drawing.attributes.get("aria-labelledby"))
        assert hidden != named


def test_the_map_has_a_title_a_description_and_a_table_that_says_the_same() -> None:
    drawing = page().by_id("atlas-svg")
    assert within(drawing, "title")
    assert "table below the map" in page().by_id("atlas-desc").text
    assert [t for t in within(page().by_id("map"), "caption") if t.text.startswith("The map as a table")]


def test_every_mark_on_the_map_is_a_named_link_and_kinds_differ_in_shape() -> None:
    shapes: dict[str, set[str]] = {}
    for mark in within(page().by_id("atlas-svg"), "a"):
        assert mark.attributes["aria-label"]
        kind = str(mark.attributes["class"]).split()[1]
        drawn = {e.tag for e in page().elements if mark in e.ancestors} - {"g", "title"}
        shapes.setdefault(kind, set()).update(drawn)
    assert shapes == {"mentee": {"circle"}, "host": {"rect"}, "alone": {"path"}}


def test_what_needs_a_script_is_hidden_until_the_script_shows_it() -> None:
    for name in ("find", "atlas-tools", "atlas-keys", "atlas-help", "table-tools"):
        assert "hidden" in page().by_id(name).attributes
    assert not [e for e in page().all("tr") if "hidden" in e.attributes]


def test_a_live_region_waits_for_what_the_script_says() -> None:
    assert page().by_id("said").attributes["role"] == "status"


def test_no_tab_stop_comes_out_of_turn() -> None:
    assert {e.attributes["tabindex"] for e in page().elements if "tabindex" in e.attributes} <= {"0", "-1"}


def test_a_verdict_is_a_word_and_not_a_colour_alone() -> None:
    for item in (e for e in page().all("li") if "data-rule" in e.attributes):
        assert item.text.startswith(("Holds", "Broken"))


def test_the_style_heeds_motion_print_forced_colours_and_the_dark() -> None:
    style = joined("css", STYLES)
    for query in ("prefers-reduced-motion", "prefers-color-scheme: dark", "forced-colors", "@media print"):
        assert query in style
    moves = style.split("@media (prefers-reduced-motion: no-preference)")
    assert "transition" not in moves[0]
    assert len(re.findall(r"transition|animation|scroll-behavior", style)) == 1
