"""What the report says of prices and of what would help most."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from matcher.analysis.outlook_document import (
    Cover,
    CoverMove,
    Holding,
    Outlook,
    PairPrice,
    Relaxation,
    Robustness,
)
from matcher.report.html import render_report
from matcher.report.workbook import write_result_workbook
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


def test_where_nothing_was_looked_into_nobody_is_told_that_nothing_helps() -> None:
    text = page(Outlook(tolerance=0.01, left_aside=60)).by_id("helps").text
    assert "Nothing that was looked at" not in text
    assert "Not looked into: what would help in groups of many schools that depend on each other" in text
    assert "60 schools in all" in text
    assert "Not looked into" not in page(some()).by_id("helps").text


def test_what_was_found_in_small_groups_does_not_hide_that_a_large_one_was_left_aside() -> None:
    text = page(some().model_copy(update={"left_aside": 21})).by_id("helps").text
    assert "One more place at" in text
    assert "21 schools in all" in text


def test_a_plan_without_an_outlook_has_no_such_section() -> None:
    assert "What would help most" not in render_report(small_document().model_copy(update={"outlook": None}))


def with_cover(*, proven: bool = True) -> Outlook:
    return Outlook(
        tolerance=0.01,
        cover=(
            Cover(
                host_id="M1",
                loss=171.5,
                uncovered=1,
                moves=(
                    CoverMove(mentee_id="A", host_id="M2", loss=12.25),
                    CoverMove(mentee_id="B", host_id=None, loss=70.0),
                ),
                proven=proven,
            ),
        ),
        robustness=Robustness(
            samples=30,
            share=0.1,
            dropped=2,
            seed=7,
            kept_mean=0.9,
            kept_worst=0.8,
            placed_mean=0.95,
            placed_worst=0.9,
            quality_mean=0.75,
            quality_worst=0.5,
            proven=proven,
        ),
        holding=(
            Holding(mentee_id="A", host_id="M1", loss_at_least=90.0, holds=True),
            Holding(mentee_id="B", host_id="M1", loss_at_least=0.0, holds=None),
            Holding(mentee_id="007", host_id="M2", loss_at_least=1.0, holds=False),
        ),
    )


def test_each_mentor_that_may_drop_out_has_a_row_that_names_who_covers() -> None:
    shown = page(with_cover())
    section = shown.by_id("cover")
    cells = [
        e.attributes["data-v"] for e in shown.all("td") if section in e.ancestors and "data-v" in e.attributes
    ]
    assert cells == ["2", "1", "171.5"]
    assert "Mentor Two (12.2 points less)" in section.text
    assert ": nobody can" in section.text
    assert "or less" not in section.text
    assert "sortable" in str(shown.by_id("cover-table").attributes["class"])
    assert "or less" in page(with_cover(proven=False)).by_id("cover").text


def test_robustness_is_said_in_a_sentence() -> None:
    text = page(with_cover()).by_id("robust").text
    assert (
        "When 2 mentors drop out at random, 90% of the pairs stay as they are (80% at worst), and 95% of the "
        "schools that have a mentor still have one afterwards (90% at worst); the plan keeps 75% of its "
        "points (50% at worst)."
    ) in text
    assert "30 drop-outs were drawn (seed 7)" in text
    assert "still better" in page(with_cover(proven=False)).by_id("robust").text


def test_each_assignment_says_whether_it_is_sure() -> None:
    shown = page(with_cover())
    rows = [shown.by_id(f"row-{mentee}").text for mentee in ("A", "B", "007")]
    for row, words in zip(rows, ("sure", "not known", "could be otherwise"), strict=True):
        assert words in row
    assert "Sure?" in shown.by_id("assignments-table").text


def test_without_such_findings_there_are_no_such_sections() -> None:
    text = render_report(small_document().model_copy(update={"outlook": Outlook(tolerance=0.01)}))
    assert "If a mentor drops out" not in text
    assert "How robust the plan is" not in text
    assert "Sure?" not in text


def test_the_workbook_has_the_cover_and_says_what_is_sure(tmp_path: Path) -> None:
    document = small_document().model_copy(update={"outlook": with_cover()})
    write_result_workbook(document, tmp_path / "result.xlsx")
    book = load_workbook(tmp_path / "result.xlsx")
    rows = list(book["If a mentor drops out"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[2], row[4], row[6], row[8]) for row in rows] == [
        ("M1", 171.5, "A", "M2", 12.25),
        ("M1", 171.5, "B", None, 70.0),
    ]
    head, *body = book["Assignments"].iter_rows(min_row=3, values_only=True)
    at = head.index("Sure?")
    assert {row[0]: row[at] for row in body} == {"007": "could be otherwise", "A": "sure", "B": "not known"}


def test_where_a_reserve_is_kept_it_is_said_that_rules_about_pairs_were_not_looked_at() -> None:
    kept = page(some().model_copy(update={"pair_rules": False})).by_id("helps").text
    assert "because a limit on a sum (a reserve, a budget," in kept
    assert "a limit on a sum" not in page(some()).by_id("helps").text
    nothing = page(Outlook(tolerance=0.01, pair_rules=False)).by_id("helps").text
    assert "20 km more travel" not in nothing


def test_what_the_work_limit_left_out_is_called_not_calculated_and_never_a_figure(tmp_path: Path) -> None:
    cut = Outlook(
        tolerance=0.01,
        not_calculated=("what else would help",),
        holding=(Holding(mentee_id="A", host_id="M1", loss_at_least=2.0, holds=True),),
    )
    read = page(cut)
    assert "outlook.work_limit in the policy) was reached: what else would help." in read.by_id("helps").text
    assert "Insisting on it: not calculated." in read.by_id("clusters").text
    assert "Nothing that was looked at" not in read.by_id("helps").text
    document = small_document().model_copy(update={"outlook": cut})
    write_result_workbook(document, tmp_path / "result.xlsx")
    sheet = load_workbook(tmp_path / "result.xlsx")["Assignments"]
    at = [cell.value for cell in sheet[3]].index("Sure?")
    said = {row[0]: row[at] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert said["A"] == "sure"
    assert set(said.values()) == {"sure", "not calculated"}
