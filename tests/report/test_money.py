"""What the report and the workbook say of costs and of the mentors that were chosen."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from matcher.analysis.choice_document import ChoiceReport, NotChosen
from matcher.analysis.document import PlanDocument
from matcher.analysis.money_document import ClusterCost, CostLine, CountryCost, MoneyReport, PairCost
from matcher.costs import CostKind
from matcher.report.html import render_report
from matcher.report.workbook import write_result_workbook
from tests.report.parsed import Page
from tests.report.small import small_document


def money(*, unknown: int = 0) -> MoneyReport:
    """Three placed mentees: A costs 100.50 euro, B 99.50, 007 is known or not; a cluster 50 once."""
    return MoneyReport(
        total=None if unknown else 300.0,
        known=300.0,
        unknown=unknown,
        supported=3,
        per_school=None if unknown else 100.0,
        budget=250.0,
        left=None if unknown else -50.0,
        budget_words="The budget is 250 euro in all; each 100 euro more take 20 points. It is exceeded.",
        points_per_100_euro=2.0,
        points=6.0,
        kinds=(
            CostLine(key=CostKind.TRAVEL, label="Travel", euro=200.0, how="By road."),
            CostLine(key=CostKind.SET_UP, label="Setting up clusters", euro=100.0, how="Once."),
        ),
        countries=(
            CountryCost(
                country="HR",
                euro=300.0,
                lines={CostKind.TRAVEL: 200.0, CostKind.SET_UP: 100.0},
                supported=3,
                per_school=None if unknown else 100.0,
                unknown=unknown,
                budget=None,
                left=None,
            ),
        ),
        clusters=(
            ClusterCost(cluster_id="C001", host_id="M1", euro=250.0, once=50.0),
            ClusterCost(cluster_id="C002", host_id="M2", euro=None if unknown else 50.0, once=50.0),
        ),
        pairs=(
            PairCost(mentee_id="A", euro=100.5, points=2.01, words="Costs 100.50 euro a year."),
            PairCost(mentee_id="B", euro=99.5, points=1.99, words="Costs 99.50 euro a year."),
            PairCost(mentee_id="007", euro=None if unknown else 0.0, points=0.0, words="It is told."),
        ),
        assumptions=("For 1 mentee the distance is not known; the one that the policy assumes stands in.",),
    )


def document(*, unknown: int = 0) -> PlanDocument:
    choice = ChoiceReport(
        candidates=3,
        chosen=2,
        rule="At most 2 candidates lead a cluster.",
        at_most=2,
        not_chosen=(NotChosen(host_id="M3", in_reach=1, loose_in_reach=1, words="May take 1 mentee."),),
    )
    return small_document().model_copy(update={"money": money(unknown=unknown), "choice": choice})


def test_the_report_says_total_cost_a_school_budget_and_assumptions() -> None:
    text = Page(render_report(document())).by_id("money").text
    assert "The plan costs 300.00 euro a year, 100.00 euro a supported school." in text
    assert "It is exceeded. 50.00 euro too much." in text
    assert "Costs take 6.0 points" in text
    assert "the one that the policy assumes stands in" in text


def test_a_total_that_is_not_known_is_said_to_be_at_least() -> None:
    text = Page(render_report(document(unknown=1))).by_id("money").text
    assert "At least 300.00 euro; the travel of 1 of 3 mentees is not known." in text
    assert "not known" in text
    assert "too much" not in text


def test_the_candidates_left_out_are_named() -> None:
    text = Page(render_report(document())).by_id("chosen").text
    assert "Of 3 candidates, 2 lead a cluster. At most 2 candidates lead a cluster." in text
    assert "May take 1 mentee." in text


def test_a_plan_without_money_has_neither_section_nor_sheet(tmp_path: Path) -> None:
    page = render_report(small_document())
    assert 'id="money"' not in page
    assert 'id="chosen"' not in page
    write_result_workbook(small_document(), tmp_path / "plain.xlsx")
    assert "Costs" not in load_workbook(tmp_path / "plain.xlsx").sheetnames


def test_the_sheet_of_costs_has_pairs_clusters_countries_and_the_programme(tmp_path: Path) -> None:
    write_result_workbook(document(unknown=1), tmp_path / "result.xlsx")
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(tmp_path / "result.xlsx")["Costs"].iter_rows(min_row=4)
    ]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("Mentee", "A", 100.5),
        ("Mentee", "B", 99.5),
        ("Mentee", "007", None),
        ("Cluster, beside its mentees", "C001", 50),
        ("Cluster, beside its mentees", "C002", 50),
        ("Country", "HR", None),
        ("Programme", None, None),
    ]


def test_the_document_reads_back_as_it_was_written() -> None:
    written = document()
    assert PlanDocument.from_json(written.to_json()) == written
