"""Sweeps, trade-offs, sensitivity and doubt on the page, in the plots and in the workbook."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.report.compare import comparison_files
from matcher.report.compare.page import render_comparison
from matcher.report.compare.plots import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Axis, Dot, plot, ticks
from matcher.routes.compare import compare
from tests.laboratory.torn import INTAKE, torn_policy
from tests.report.compared import comparison


@cache
def document() -> ComparisonDocument:
    found = compare(
        INTAKE,
        [torn_policy(title="<b>Torn</b>")],
        vary={"criteria.mentee_preference": (1, 2, 4)},
        trade=["fit_mean:fit_worst"],
        sensitivity=0.2,
        noise=2,
        baseline="torn",
    )
    return found.document


@cache
def page() -> str:
    return render_comparison(document())


def test_the_page_has_each_section_that_was_asked_for_and_no_other() -> None:
    sections = ("sweeps", "trades", "sensitivity", "noise")
    assert all(f'<section id="{one}"' in page() for one in sections)
    plain = render_comparison(comparison())
    assert not any(f'<section id="{one}"' in plain for one in sections)


def test_points_of_a_sweep_are_no_policies_of_their_own_on_the_page() -> None:
    assert page().count('<article class="policy"') == 1
    assert page().count('class="plan-map"') <= 1


def test_every_plot_has_a_title_and_a_description_with_all_its_figures() -> None:
    plots = re.findall(r'<svg class="plot".*?</svg>', page(), re.DOTALL)
    assert plots
    for one in plots:
        name, words = re.findall(r'aria-labelledby="(\S+)-t (\S+)-d"', one)[0]
        assert name == words
        assert f'<title id="{name}-t">' in one
        assert f'<desc id="{name}-d">' in one
    ids = re.findall(r' id="([^"]+)"', page())
    assert len(set(ids)) == len(ids)


def test_the_table_of_a_sweep_says_what_part_of_all_weights_each_value_is() -> None:
    table = re.findall(r'<table class="grid small sweep-table">.*?</table>', page(), re.DOTALL)[0]
    assert "Part of all weights" in table
    for share in ("50.0", "66.7", "80.0"):
        assert f"{share}\u202f%" in table


def test_names_are_never_markup() -> None:
    assert "<b>Torn" not in page()
    assert "&lt;b&gt;Torn" in page()


def test_the_same_document_gives_the_same_bytes_again(tmp_path: Path) -> None:
    for at in ("one", "two"):
        (tmp_path / at).mkdir()
        for name, write in comparison_files(document()).items():
            write(tmp_path / at / name)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert all(
        (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names
    )
    assert ComparisonDocument.from_json((tmp_path / "one" / "compare.json").read_text()) == document()


def test_the_workbook_has_a_sheet_for_each_with_a_row_a_point_a_plan_a_change_and_a_school(
    tmp_path: Path,
) -> None:
    comparison_files(document())["compare.xlsx"](tmp_path / "compare.xlsx")
    book = openpyxl.load_workbook(tmp_path / "compare.xlsx")
    assert book.sheetnames[-5:] == ["Sweeps", "Trade-offs", "Sensitivity", "Firmness", "About"]
    first = {name: [cell.value for cell in book[name]["A"]] for name in book.sheetnames}
    assert first["Sweeps"].count("<b>Torn</b>") == 3
    assert first["Sensitivity"].count("<b>Torn</b>") == len(document().sensitivity[0].nudges)
    assert {"a", "b"} <= set(first["Firmness"])


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 60, (0.0, 20.0, 40.0, 60.0)),
        (63.2, 64.9, (63.0, 63.5, 64.0, 64.5, 65.0)),
        (-3, 3, (-4.0, -2.0, 0.0, 2.0, 4.0)),
        (5, 5, (5.0, 6.0)),
        (0, 0, (0.0, 0.1)),
    ],
)
def test_ticks_are_round_and_span_the_values(low: float, high: float, marks: tuple[float, ...]) -> None:
    assert ticks(low, high) == marks


def test_points_lie_where_their_values_are() -> None:
    drawn = plot("p", ("T", "D"), (Axis("X"), Axis("Y")), [Dot(0, 0, "low"), Dot(10, 10, "high")])
    places = re.findall(r'class="dot plain" d="M([\d.]+) ([\d.]+)m', drawn)
    assert [(float(x), float(y)) for x, y in places] == [(LEFT, HEIGHT - 42), (WIDTH - RIGHT, TOP)]


def test_a_difference_that_can_hardly_be_read_is_not_drawn_as_a_large_one() -> None:
    """0.1 at one decimal is a quarter of the shortest axis."""
    drawn = plot("p", ("T", "D"), (Axis("X"), Axis("Y")), [Dot(0, 64.4, "low"), Dot(10, 64.5, "high")])
    ys = [float(y) for y in re.findall(r'class="dot plain" d="M[\d.]+ ([\d.]+)m', drawn)]
    assert abs(ys[0] - ys[1]) <= (HEIGHT - TOP - 42) / 4


def test_faint_and_hollow_points_are_told_apart_by_more_than_colour() -> None:
    dots = [
        Dot(0, 0, "a", shape="best"),
        Dot(1, 1, "b", faint=True),
        Dot(2, 2, "c", shape="best", hollow=True),
    ]
    drawn = plot("p", ("T", "D"), (Axis("X"), Axis("Y")), dots)
    shapes = dict(re.findall(r'<path class="(dot [a-z ]+)" d="M[\d.]+ [\d.]+([^"]+)"', drawn))
    assert shapes["dot best"] == shapes["dot best hollow"] != shapes["dot plain faint"]
