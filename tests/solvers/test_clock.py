"""Machine code made for the first time counts against no limit."""

from __future__ import annotations

import pytest

from matcher.result import PREPARING, Progress, SolveStatus
from matcher.solvers import clock, methods, preparing
from matcher.solvers.base import SolveSettings
from matcher.solvers.budget import Budget
from matcher.solvers.dispatch import solve


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


def test_the_tiny_problem_is_one_that_has_a_plan() -> None:
    assert solve(preparing.tiny_problem()).status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)
