from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from matcher.analysis.document import PlanDocument, SchoolCard
from matcher.report.html import render_report, write_report
from matcher.report.html.anchors import anchor
from matcher.report.html.page import FIRST_SCRIPT, SCRIPTS, SECTIONS, STYLES, digest, joined
from tests.report.parsed import Page
from tests.report.sample import build_document, sample_document

HOSTILE = """</script><script>alert(1)</script>"'><img src=x onerror=alert(2)>{{ 7*7 }}"""


@cache
def text() -> str:
    return render_report(sample_document())


@cache
def page() -> Page:
    return Page(text())


def altered(**changes: object) -> PlanDocument:
    return sample_document().model_copy(update=changes)


def without_points(document: PlanDocument) -> PlanDocument:
    def bare(card: SchoolCard) -> SchoolCard:
        return card.model_copy(update={"latitude": None, "longitude": None, "coordinate_quality": None})

    return document.model_copy(update={"schools": tuple(bare(card) for card in document.schools)})


def test_equal_documents_give_the_same_bytes() -> None:
    assert render_report(build_document()) == text()


def test_the_file_is_the_page_in_utf_8_with_line_feeds(tmp_path: Path) -> None:
    write_report(sample_document(), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == text().encode("utf-8")
    assert "\r" not in text()


def test_nothing_is_fetched_from_anywhere() -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"/\*.*?\*/", "", text()))
    for element in page().elements:
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "audio", "video", "base"}
        assert "src" not in element.attributes
        href = element.attributes.get("href")
        assert href is None or href.startswith("#")


def test_the_content_security_policy_allows_our_scripts_alone() -> None:
    (meta,) = (e for e in page().all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy")
    policy = str(meta.attributes["content"])
    assert policy.startswith("default-src 'none';")
    scripts = [f"'sha256-{digest(script)}'" for script in (FIRST_SCRIPT, joined("js", SCRIPTS))]
    assert re.findall(r"'sha256-[^']+'", policy) == scripts
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";", maxsplit=1)[0]
    assert [script.text for script in page().all("script")] == [
        " ".join(script.split()) for script in (FIRST_SCRIPT, joined("js", SCRIPTS))
    ]


def test_no_element_carries_a_script_of_its_own() -> None:
    for element in page().elements:
        assert not [name for name in element.attributes if name.startswith("on")]


def test_our_scripts_and_styles_cannot_end_their_own_element() -> None:
    assert "</" not in joined("js", SCRIPTS)
    assert "</" not in joined("css", STYLES)


def test_every_id_is_unique_and_every_link_and_reference_has_its_target() -> None:
    ids = [str(e.attributes["id"]) for e in page().elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in page().elements:
        href = element.attributes.get("href")
        if href is not None:
            assert href[1:] in ids, href
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in (element.attributes.get(name) or "").split():
                assert target in ids, target


@pytest.mark.parametrize("where", ["name", "municipality"])
def test_hostile_text_of_a_school_is_shown_and_not_run(where: str) -> None:
    document = sample_document()
    cards = tuple(card.model_copy(update={where: HOSTILE}) for card in document.schools)
    hostile = Page(render_report(document.model_copy(update={"schools": cards})))
    assert len(hostile.all("script")) == 2
    assert not hostile.all("img")
    assert HOSTILE in hostile.by_id("clusters").text


def test_a_hostile_title_and_hostile_ids_are_harmless() -> None:
    document = sample_document()
    old = document.schools[0].school_id
    bad = PlanDocument.from_json(document.to_json().replace(f'"{old}"', '"a\\"><script>x"'))
    hostile = Page(render_report(bad.model_copy(update={"title": HOSTILE})))
    assert len(hostile.all("script")) == 2
    assert hostile.all("h1")[0].text == HOSTILE
    assert hostile.by_id(anchor("school", 'a"><script>x')).text


def test_every_school_has_exactly_one_entry_and_stands_in_the_index() -> None:
    index = {e.attributes["data-school"] for e in page().all("li") if "data-school" in e.attributes}
    for card in sample_document().schools:
        entry = page().by_id(anchor("school", card.school_id))
        assert card.name in entry.text
        assert card.school_id in index


def test_every_assignment_is_a_row_with_the_share_of_each_criterion() -> None:
    document = sample_document()
    for row in document.assignments:
        line = page().by_id(anchor("row", row.mentee_id)).text
        assert document.school(row.mentee_id).name in line
        assert document.school(row.host_id).name in line
        assert f"{row.score:.1f}" in line
    cells = [e for e in page().all("td") if "crit" in str(e.attributes.get("class")).split()]
    assert len(cells) == len(document.assignments) * len(document.criteria)
    unknown = sum(part.value is None for row in document.assignments for part in row.components)
    assert sum(cell.text == "–not known" for cell in cells) == unknown > 0


def test_every_card_says_why_each_mentee_fits() -> None:
    document = sample_document()
    for cluster in document.clusters:
        card = page().by_id(anchor("cluster", cluster.cluster_id)).text
        assert f"{cluster.load} of {cluster.max_load}" in card
        for row in document.assignments:
            if row.cluster_id == cluster.cluster_id:
                assert all(line in card for line in (*row.why, *row.flags))


def test_every_unassigned_school_is_told_the_reason_and_its_options() -> None:
    document = sample_document()
    for row in document.unassigned:
        entry = page().by_id(anchor("school", row.mentee_id)).text
        assert row.reason in entry
        assert all(document.school(option.host_id).name in entry for option in row.options)


def test_every_rule_stands_with_its_verdict_and_its_breaches() -> None:
    for rule in sample_document().rules:
        (item,) = page().all("li", **{"data-rule": rule.key})
        assert rule.label in item.text
        assert rule.statement in item.text
        assert ("Holds" in item.text) == rule.holds
        assert (f"Broken {len(rule.broken)} time" in item.text) != rule.holds


def test_every_criterion_stands_with_its_weight_and_mean() -> None:
    for report in sample_document().criteria:
        (row,) = page().all("tr", **{"data-criterion": report.key})
        assert report.label in row.text
        assert f"{100 * report.weight:.1f} %" in row.text.replace("\u202f", " ")


def test_proof_warnings_and_run_are_told() -> None:
    document = sample_document()
    assert document.proof.sentence in page().by_id("proof").text
    assert document.policy.sha256 in page().by_id("run").text
    warnings = page().by_id("warnings").text
    assert all(issue.problem in warnings and issue.advice in warnings for issue in document.warnings)
    assert all(line in warnings for card in document.schools for line in card.weak_data)


def test_the_points_add_up_to_the_plan() -> None:
    rows = page().by_id("points").text
    for figure in ("7,139.7", "+81.6", "\u221240.0", "\u2212600.0", "6,581.3"):
        assert figure in rows


def test_synthetic_data_is_said_to_be_so_and_real_data_is_not() -> None:
    assert [e for e in page().all("aside") if "made up" in e.text]
    assert not Page(render_report(altered(synthetic=False))).all("aside")


def test_a_plan_that_is_not_proven_does_not_say_that_it_is() -> None:
    proof = sample_document().proof.model_copy(
        update={"status": "feasible", "bound": 7000.0, "gap": 0.05981, "sentence": "May be improved."}
    )
    changed = Page(render_report(altered(proof=proof)))
    assert "not proven to be the best" in changed.all("header")[0].text
    assert "5.98 %" in changed.by_id("proof").text.replace("\u202f", " ")


def test_an_unknown_bound_is_a_dash() -> None:
    proof = sample_document().proof.model_copy(
        update={"status": "feasible", "bound": None, "gap": None, "bound_units": None}
    )
    assert "not known" in Page(render_report(altered(proof=proof))).by_id("proof").text


def test_a_plan_without_any_coordinates_has_no_map_but_all_its_tables() -> None:
    bare = Page(render_report(without_points(sample_document())))
    assert "No school of this plan has coordinates" in bare.by_id("map").text
    assert len(bare.by_id("assignments-table").text) > 1000


def test_an_empty_plan_still_makes_a_page() -> None:
    document = sample_document()
    totals = document.totals.model_copy(
        update={"assigned": 0, "mean_score": None, "worst_score": None, "mean_distance_km": None}
    )
    empty = document.model_copy(
        update={
            "assignments": (), "clusters": (), "unassigned": (), "warnings": (), "rules": (), "totals": totals
        }
    )  # fmt: skip
    assert "None. Every school has a mentor." in Page(render_report(empty)).by_id("unassigned").text


def test_maturity_is_a_band_and_no_column_sorts_by_it() -> None:
    assert "Digital maturity: developing (a band, not a rank)" in page().by_id("clusters").text
    heads = [e for e in page().all("th") if "data-sort" in e.attributes]
    assert heads
    assert not [e.text for e in heads if "maturity" in e.text.lower()]


def test_every_section_is_linked_from_the_navigation() -> None:
    (nav,) = page().all("nav")
    linked = [e.attributes["href"] for e in page().all("a") if nav in e.ancestors]
    assert linked == [f"#{name}" for name, _ in SECTIONS]
