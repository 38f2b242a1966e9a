"""The page of a comparison: safe, self-contained, readable without colour, script or mouse."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from matcher.report.compare.figures import best_of
from matcher.report.compare.maps import draw_maps
from matcher.report.compare.page import render_comparison
from matcher.report.html.atlas.ground import lay_ground
from tests.report.compared import comparison
from tests.report.parsed import Element, Page


@cache
def text() -> str:
    return render_comparison(comparison())


@cache
def page() -> Page:
    return Page(text())


def cells(row: Element) -> list[Element]:
    return [e for e in page().elements if e.parent is row and e.tag in {"td", "th"}]


def rows_of(caption: str) -> list[list[str]]:
    (found,) = [e for e in page().all("caption") if e.text.startswith(caption)]
    return [[cell.text for cell in cells(row)] for row in page().all("tr") if found.parent in row.ancestors]


def test_names_and_titles_never_run() -> None:
    assert "<script>alert" not in text()
    assert "&lt;script&gt;alert(1)" in text()
    assert "<i>." not in text()
    assert "<none>" not in text()


def test_the_page_refers_to_nothing_outside_itself() -> None:
    assert not re.findall(r"(?:src|href)=\"(?!#)", text())
    assert "url(" not in text()
    policy = next(e for e in page().all("meta") if e.attributes.get("http-equiv"))
    assert str(policy.attributes["content"]).startswith("default-src 'none'")


def test_the_same_document_gives_the_same_page() -> None:
    assert render_comparison(comparison()) == text()


def test_made_up_data_is_announced_and_real_data_is_not() -> None:
    assert "Synthetic data." in text()
    assert "Synthetic data." not in render_comparison(comparison(synthetic=False))


def test_a_policy_without_a_plan_says_why_and_is_in_no_table() -> None:
    assert "No plan can keep all hard rules:" in page().by_id("policy-r").text
    assert not [row for row in rows_of("All policies at a glance") if row[0].startswith("R")]


def test_the_best_of_a_column_is_marked_by_a_sign_and_by_words_not_by_colour_alone() -> None:
    head, first, second = rows_of("All policies at a glance")
    assert head == ["Policy", "Placedschools, more is better", "Mean fitpoints, more is better", "Proof"]
    assert first[1] == "1"
    assert second[1] == "★best: 2"
    assert first[2] == "80.3"  # known for one plan alone: nothing to be best of
    assert second[2] == "–not known"


def test_no_plan_is_best_where_points_cannot_be_compared_or_a_group_is_not_stated() -> None:
    document = comparison()
    infos = {info.key: info for info in document.metrics}
    assert best_of(document.found, infos["own_points"], "") == frozenset()
    assert best_of(document.found, infos["group_fit"], "size:unknown") == frozenset()
    assert best_of(document.found, infos["placed"], "") == {"q"}


def test_figures_that_read_the_same_are_equally_good() -> None:
    document = comparison()
    infos = {info.key: info for info in document.metrics}
    p, q = document.found
    near = p.measures[1].model_copy(update={"value": 80.29})  # shown as 80.3, like 80.26
    alike = q.model_copy(update={"measures": (q.measures[0], near)})
    assert best_of((p, alike), infos["fit_mean"], "") == frozenset()


def test_every_school_stands_under_every_plan_with_what_differs_from_the_one_told_against() -> None:
    _, a, d = rows_of("Each school to be placed")
    assert a[2:] == ["Cannot be compared", "+M112.5 km · fit 80.3", "≠ differs: +G1no mentor leads"]
    assert d[2:] == ["Differs", "without a place", "≠ differs: +G1no mentor leads"]


def test_the_filter_finds_the_rows_that_differ() -> None:
    rows = [row for row in page().all("tr") if "data-verdict" in row.attributes]
    assert [row.attributes["data-verdict"] for row in rows] == ["open", "differs"]
    assert "hidden" in page().by_id("school-tools").attributes


def test_there_is_a_named_map_for_each_plan() -> None:
    maps = [e for e in page().all("svg") if e.attributes.get("class") == "plan-map"]
    assert [str(e.attributes["aria-label"]).split(":")[0] for e in maps] == [
        "Map of =1+1 <script>alert(1)</script>",
        "Map of @Q",
    ]


def test_a_comparison_without_any_plan_still_says_why() -> None:
    document = comparison()
    none = document.model_copy(
        update={"plans": document.plans[2:], "schools": (), "agreement": (), "cards": (), "baseline": ""}
    )
    assert "No plan can keep all hard rules:" in Page(render_comparison(none)).by_id("policy-r").text


def test_ids_are_unique_and_every_link_has_a_target() -> None:
    ids = [str(e.attributes["id"]) for e in page().elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    targets = {str(e.attributes["href"])[1:] for e in page().all("a") + page().all("use")}
    assert targets <= set(ids)


def test_headings_leave_no_level_out_and_sections_have_names() -> None:
    levels = [int(e.tag[1]) for e in page().elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for section in page().all("section") + page().all("article"):
        assert page().by_id(str(section.attributes["aria-labelledby"])).text


def test_every_table_has_a_caption_scopes_even_rows_and_a_region_that_the_keyboard_reaches() -> None:
    for table in page().all("table"):
        captions = [e for e in page().all("caption") if table in e.ancestors]
        assert len(captions) == 1
        assert captions[0].text
        region = table.parent
        assert region is not None
        assert (region.attributes["role"], region.attributes["tabindex"]) == ("region", "0")
        rows = [row for row in page().all("tr") if table in row.ancestors]
        assert len({len(cells(row)) for row in rows}) == 1
    for head in page().all("th"):
        assert head.attributes["scope"] in {"col", "row"}
        assert head.text


def test_every_control_has_a_label_and_every_drawing_is_named_or_hidden() -> None:
    for element in page().elements:
        if element.tag in {"input", "select"}:
            assert any(e.tag == "label" and e.text for e in element.ancestors)
        if element.tag == "svg":
            hidden = element.attributes.get("aria-hidden") == "true"
            assert hidden != bool(element.attributes.get("aria-label"))


def test_lines_of_pairs_that_every_policy_with_mentors_has_are_drawn_apart() -> None:
    document = comparison()
    p, q, _ = document.plans
    twin = p.model_copy(update={"key": "p2", "variant": "p2"})
    rows = tuple(
        row.model_copy(update={"placements": (row.placements[0], *row.placements)})
        for row in document.schools
    )
    ground = lay_ground(document.cards)
    assert ground is not None
    first, _, equals = draw_maps(document.model_copy(update={"plans": (p, twin, q), "schools": rows}), ground)
    assert (first.shared.count("M"), first.lines) == (1, "")  # M1 to A, as under both policies with mentors
    assert (equals.shared, equals.lines.count("M")) == ("", 2)  # A and D from their middle
    (alone, _) = draw_maps(document, ground)
    assert (alone.shared, alone.lines.count("M")) == ("", 1)
