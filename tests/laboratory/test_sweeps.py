"""Points of a sweep are told as one thing, apart from the policies (see tests/laboratory/torn.py)."""

from __future__ import annotations

from functools import cache

import pytest

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.generate import generate_intake
from matcher.laboratory.sweeps import is_relative, label_of
from matcher.report.compare.page import render_comparison
from matcher.report.compare.tidy import tidy_rows
from matcher.routes.compare import compare
from tests.laboratory.torn import FIT, INTAKE, OTHER_FIT, torn_policy

VARY = {"criteria.mentee_preference": (1, 2, 4)}


@cache
def swept() -> ComparisonDocument:
    return compare(INTAKE, [torn_policy()], vary=VARY, baseline="torn", trade=["fit_mean:fit_worst"]).document


def test_policies_and_points_stand_apart_and_schools_are_told_of_policies_alone() -> None:
    assert [plan.key for plan in swept().plans] == ["torn"]
    assert len(swept().points) == 3
    assert all(len(row.placements) == 1 for row in swept().schools)
    assert swept().agreement == ()


def test_a_sweep_says_what_each_value_does() -> None:
    sweep = swept().sweeps[0]
    assert [point.same for point in sweep.points] == [0, 2, 2]
    assert [point.compared for point in sweep.points] == [2, 2, 2]
    fits = [swept().plan(point.key).value("fit_mean") for point in sweep.points]
    assert fits == pytest.approx([OTHER_FIT, FIT, FIT], abs=1e-5)


def test_a_weight_is_said_to_be_relative_with_its_part_of_all_weights() -> None:
    """Beside a weight of 1: 1 of 2, 2 of 3, 4 of 5."""
    sweep = swept().sweeps[0]
    assert sweep.settings[0].relative
    assert sweep.settings[0].own == 2.0
    assert sweep.own_share == pytest.approx(2 / 3, abs=1e-6)
    assert [point.share for point in sweep.points] == pytest.approx([1 / 2, 2 / 3, 4 / 5], abs=1e-6)


@pytest.mark.parametrize(
    ("name", "relative"),
    [
        ("criteria.travel.weight", True),
        ("cohesion.languages.weight", True),
        ("criteria.travel.zero_km", False),
        ("cohesion.points_per_pair", False),
        ("rules.unassigned.price", False),
    ],
)
def test_weights_alone_are_relative(name: str, relative: bool) -> None:
    assert is_relative(name) is relative


def test_points_take_part_in_trade_offs_and_in_the_tidy_table() -> None:
    points = {point.key for point in swept().trades[0].points}
    assert points == {"torn", *(plan.key for plan in swept().points)}
    settings = {row["criteria.mentee_preference.weight"] for row in tidy_rows(swept())}
    assert settings == {None, 1, 2, 4}


def test_a_point_that_the_others_are_told_against_stands_with_the_policies() -> None:
    key = "torn[criteria.mentee_preference.weight=1]"
    document = compare(INTAKE, [torn_policy()], vary=VARY, baseline=key).document
    assert [plan.key for plan in document.plans] == ["torn", key]
    assert len(document.points) == 2


def test_settings_have_names_for_readers() -> None:
    labels = [label_of(name) for name in ("criteria.travel.weight", "rules.travel.max_km", "solve.seed")]
    assert labels == ["Weight of travel", "Travel: max km", "solve.seed"]


def test_groups_of_equals_have_no_mentor_that_could_change() -> None:
    """A sweep, sensitivity and noise say so instead of counting nobody."""
    document = compare(
        generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3),
        ["peer_review"],
        vary={"rules.rivalry": ("hard",)},
        sensitivity=0.2,
        noise=1,
    ).document
    point = document.sweeps[0].points[0]
    assert (point.same, point.compared) == (None, None)
    assert document.sensitivity[0].sentences == (
        "Nobody mentors in this plan, so that no mentor can change.",
    )
    assert document.noise[0].kept_mean is None
    assert document.noise[0].sentence.startswith("No draw gave a plan that could be compared.")
    assert "Every school keeps its place" not in render_comparison(document)
