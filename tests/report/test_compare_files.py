"""The files of a comparison: which there are, how they are laid out, and that nothing in them runs."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import load_workbook

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.report.compare import comparison_files
from matcher.report.compare.tidy import tidy_rows
from tests.report.compared import HOSTILE_TITLE, comparison
from tests.report.small import HOSTILE


def written(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    for name, write in comparison_files(comparison()).items():
        write(folder / name)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_equal_documents_give_equal_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "a")
    assert set(first) == {"compare.html", "compare.xlsx", "compare.csv", "compare.json"}
    assert written(tmp_path / "b") == first


def test_the_document_reads_back(tmp_path: Path) -> None:
    assert ComparisonDocument.from_json(written(tmp_path / "a")["compare.json"].decode()) == comparison()


def test_the_tidy_table_has_a_row_a_policy_metric_and_group(tmp_path: Path) -> None:
    text = written(tmp_path / "a")["compare.csv"].decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == ["policy", "criteria.travel.weight", "layer", "metric", "group", "value", "unit"]
    assert rows[1:5] == [
        ["p", "", "", "plan_found", "", "1", ""],
        ["p", "", "", "proven_best", "", "1", ""],
        ["p", "", "", "placed", "", "1", "schools"],
        ["p", "", "", "fit_mean", "", "80.26", "points"],
    ]
    assert ["q", "0.5", "", "fit_mean", "", "", "points"] in rows  # unknown, not 0
    assert rows[-1] == ["r", "", "", "plan_found", "", "0", ""]


def test_a_comparison_without_sweeps_has_no_column_of_settings() -> None:
    document = comparison()
    plain = document.model_copy(update={"plans": document.plans[:1]})
    assert list(tidy_rows(plain)[0]) == ["policy", "layer", "metric", "group", "value", "unit"]


def test_the_workbook_has_its_sheets_and_announces_made_up_data_on_each(tmp_path: Path) -> None:
    written(tmp_path / "a")
    book = load_workbook(tmp_path / "a" / "compare.xlsx")
    assert book.sheetnames == [
        "Summary", "Policies", "Schools", "Differences", "Agreement", "Criteria", "Fairness", "About",
    ]  # fmt: skip
    for sheet in book:
        assert str(sheet["A1"].value).startswith("SYNTHETIC DATA")


def test_the_summary_has_a_row_a_policy_and_a_column_a_metric(tmp_path: Path) -> None:
    written(tmp_path / "a")
    sheet = load_workbook(tmp_path / "a" / "compare.xlsx")["Summary"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows == [
        ["Policy", "Plan", "Proof", "Placed (schools)", "Mean fit (points)", "Points (points)"],
        [HOSTILE_TITLE, "yes", "optimal", 1, 80.26, 10],
        ["@Q", "yes", "optimal", 2, None, 99],
        ["R", "no", None, None, None, None],
    ]


def test_differences_are_one_row_a_school_that_differs_and_policy(tmp_path: Path) -> None:
    written(tmp_path / "a")
    sheet = load_workbook(tmp_path / "a" / "compare.xlsx")["Differences"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[0], row[4], row[6]) for row in rows] == [
        ("D", HOSTILE_TITLE, "without a place"),
        ("D", "@Q", "+G1"),
    ]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    written(tmp_path / "a")
    book = load_workbook(tmp_path / "a" / "compare.xlsx")
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in texts if cell.data_type == "f"]
    assert HOSTILE[0] in {cell.value for cell in texts}
