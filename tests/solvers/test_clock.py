"""Machine code made for the first time counts against no limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from matcher.problem import make_problem
from matcher.result import PREPARING, Progress, SolveStatus
from matcher.solvers import clock, cp_search, leximin, methods, preparing
from matcher.solvers.base import SolveSettings
from matcher.solvers.budget import Budget
from matcher.solvers.dispatch import solve
from matcher.solvers.stable import Preferences, fewest


class Ticks:
    """A performance counter that goes on only when told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def perf_counter(self) -> float:
        return self.at


def test_the_clock_stands_still_while_it_is_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = Ticks()
    monkeypatch.setattr(clock, "time", ticks)
    monkeypatch.setattr(clock._Pauses, "seconds", 0.0)
    budget = Budget(SolveSettings(time_limit_s=10.0), 1, clock.now())
    ticks.at = 3.0
    with clock.paused():
        ticks.at = 90.0
    ticks.at = 91.0
    assert clock.now() == 4.0
    assert budget.share(1).time_limit_s == 6.0


def test_code_is_made_before_the_search_and_the_plan_stays_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, seen, prepared = preparing.tiny_problem(), list[Progress](), list[str]()
    monkeypatch.setattr(methods, "_once", lambda _problem, method: prepared.append(method))
    settings = SolveSettings(work_limit=2.0)
    usual = solve(problem, settings, method="branch-and-price")
    assert prepared == []
    monkeypatch.setattr(methods, "_must_prepare", lambda *_, **__: True)
    again = solve(problem, settings, method="branch-and-price", on_progress=seen.append)
    assert prepared == ["branch-and-price"]
    assert seen[0].stage == PREPARING
    assert again.host_of is not None
    assert usual.host_of is not None
    assert again.host_of.tolist() == usual.host_of.tolist()


@pytest.mark.parametrize("method", sorted(methods._KERNELS))
def test_the_code_of_every_method_that_has_some_can_be_made_beforehand(method: str) -> None:
    methods._once(preparing.tiny_problem(), method)


def test_the_tiny_problem_is_one_that_has_a_plan() -> None:
    assert solve(preparing.tiny_problem()).status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)


def test_what_stood_still_before_a_search_in_order_does_not_lengthen_its_time_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock._Pauses, "seconds", 1_000.0)
    problem = make_problem([[5, 3], [4, 4]], max_load=1, must_link=[(0, 1)], may_stay=[True, True])
    limits = list[float | None]()

    def recorded(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            limits.extend(one.time_limit_s for one in given if isinstance(one, SolveSettings))
            return step(*given, **named)

        return run

    settings = SolveSettings(time_limit_s=50.0)
    monkeypatch.setattr(leximin, "solve", recorded(solve))
    leximin.solve_leximin(problem, problem.pair_value, settings)
    monkeypatch.setattr(fewest, "search", recorded(cp_search.search))
    fewest.fewest_blocking(problem, Preferences(problem.pair_value, problem.pair_value), settings)
    assert len(limits) > 2
    assert all(limit is not None and limit <= 50.0 for limit in limits)
