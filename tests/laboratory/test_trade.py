"""Trade-offs: the plans that no other beats in both of two metrics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.analysis.comparison_document import ComparedPlan, ComparisonDocument, Measure
from matcher.analysis.findings_document import Trade
from matcher.exceptions import UsageError
from matcher.laboratory.trade import read_trades, trades_of
from tests.report.compared import comparison

Point = tuple[float | None, float | None]


def laid(*points: Point) -> ComparisonDocument:
    """Plans 0, 1, 2 … of so much mean fit (more is better) and so much mean distance (less is better)."""
    document = comparison()
    pattern = document.plans[0]
    plans = tuple(_plan(pattern, str(at), point) for at, point in enumerate(points))
    return document.model_copy(update={"plans": plans[:1], "points": plans[1:]})


def _plan(pattern: ComparedPlan, key: str, point: Point) -> ComparedPlan:
    fit, km = point
    measures = (Measure(metric="fit_mean", value=fit), Measure(metric="km_mean", value=km))
    return pattern.model_copy(update={"key": key, "title": f"Plan {key}", "measures": measures})


def trade(*points: Point) -> Trade:
    return trades_of(laid(*points), [("fit_mean", "km_mean")])[0]


def test_each_metric_is_taken_in_its_own_direction() -> None:
    """Plan 1 fits worse and is nearer, plan 2 is worse in both, plan 3 as near as plan 1 but worse."""
    found = trade((80, 30), (70, 10), (75, 40), (60, 10))
    best = [point.key for point in found.points if point.status == "undominated"]
    beaten = {point.key: point.dominated_by for point in found.points if point.status == "dominated"}
    assert best == ["1", "0"]  # along the first metric
    assert beaten == {"2": "0", "3": "1"}


def test_plans_of_equal_figures_do_not_beat_each_other() -> None:
    assert [point.status for point in trade((80, 30), (80, 30)).points] == ["undominated"] * 2


def test_a_plan_of_which_a_figure_is_not_known_is_named_and_not_placed() -> None:
    found = trade((80, 30), (None, 1))
    assert ([point.key for point in found.points], found.unknown) == (["0"], ("Plan 1",))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8))
def test_the_curve_is_what_brute_force_says(points: list[tuple[int, int]]) -> None:
    found = trade(*((float(fit), float(km)) for fit, km in points))
    curve = {point.key for point in found.points if point.status == "undominated"}
    brute = {
        str(at)
        for at, (fit, km) in enumerate(points)
        if not any(a >= fit and b <= km and (a, b) != (fit, km) for a, b in points)
    }
    assert curve == brute
    assert {point.dominated_by for point in found.points} <= curve | {""}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fit_mean", "write two metrics"),
        ("fit_mean:fit_mean", "write two metrics"),
        ("fit_men:km_mean", "Did you mean fit_mean"),
        ("fit_mean:km_total", "neither more nor less is better"),
        ("fit_mean:group_fit", "no single point"),
    ],
)
def test_a_trade_off_that_cannot_be_is_answered_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_trades([text])


def test_a_trade_off_named_twice_is_told_once() -> None:
    assert read_trades(["fit_mean:km_mean", "fit_mean : km_mean"]) == (("fit_mean", "km_mean"),)


def test_every_fault_of_what_is_traded_is_said_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        read_trades(["fit_men:km_men", "fit_mean"])
    said = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in said] == [
        "--trade fit_men",
        "--trade fit_men",
        "--trade fit_mean",
    ]


def test_a_trade_off_asked_for_twice_is_shown_once() -> None:
    assert read_trades(["fit_mean:km_mean", "fit_mean:km_mean"]) == (("fit_mean", "km_mean"),)
