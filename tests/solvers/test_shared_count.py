"""A limit on clusters over parts that are otherwise apart: shared out, exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.problem import Problem, Quota, QuotaKind, Row, make_problem
from matcher.result import Result, SolveStatus
from matcher.solvers import SolveSettings, judge, methods, solve
from matcher.solvers.shared_count import SolveAlone, solve_by_count
from tests.solvers.naive import brute_force
from tests.solvers.test_contract import quick
from tests.solvers.test_dispatch import hard


def alone(problem: Problem, settings: SolveSettings) -> Result:
    return solve(problem, settings)


@st.composite
def countries(draw: st.DrawFn) -> Problem:
    """Two countries of two mentees and two hosts each, with prices of opening, tied by a limit."""
    number = 2
    pairs = {
        (2 * at + i, 2 * at + j): draw(st.integers(-3, 12))
        for at in range(number)
        for i in range(2)
        for j in range(2)
        if draw(st.integers(0, 5))
    }
    size = 2 * number
    everyone = np.ones(size, np.bool_)
    most = draw(st.integers(0, size))
    limit = Quota(
        "opening", QuotaKind.CLUSTERS, everyone, everyone, draw(st.sampled_from((None, 0, 1))), most
    )
    if limit.at_least is not None and limit.at_least > most:
        limit = Quota("opening", QuotaKind.CLUSTERS, everyone, everyone, None, most)
    return make_problem(
        pairs,
        n_mentees=size,
        n_hosts=size,
        max_load=draw(st.lists(st.integers(1, 2), min_size=size, max_size=size)),
        open_cost=draw(st.lists(st.integers(-2, 4), min_size=size, max_size=size)),
        may_stay=[draw(st.integers(0, 4)) > 0 for _ in range(size)],
        unassigned_cost=draw(st.lists(st.integers(0, 6), min_size=size, max_size=size)),
        cannot_link=[(0, 1)] if draw(st.booleans()) else (),
        quotas=[limit],
        constant=draw(st.integers(-5, 5)),
    )


@quick(20)
@given(countries())
def test_the_shares_are_the_best_there_are(problem: Problem) -> None:
    found = solve_by_count(problem, SolveSettings(), alone, None)
    assume(found is not None)
    assert found is not None
    judge(problem, found)
    best = brute_force(problem)
    assert best is not None
    assert found.status is SolveStatus.OPTIMAL
    assert found.objective == best[0]


def _three(most: int, least: int | None = None) -> Problem:
    """Three countries: the clusters bring 10 and 1, 8 and 7, 4 and 3."""
    values = {(0, 0): 10, (1, 1): 1, (2, 2): 8, (3, 3): 7, (4, 4): 4, (5, 5): 3}
    values |= {(0, 1): -9, (2, 3): -9, (4, 5): -9}
    everyone = np.ones(6, np.bool_)
    limit = Quota("opening", QuotaKind.CLUSTERS, everyone, everyone, least, most)
    return make_problem(values, n_mentees=6, n_hosts=6, max_load=2, quotas=[limit])


@pytest.mark.parametrize(("most", "worth"), [(6, 33), (4, 29), (3, 25), (2, 18), (1, 10), (0, 0)])
def test_clusters_go_where_they_bring_most(most: int, worth: int) -> None:
    found = solve_by_count(_three(most), SolveSettings(), alone, None)
    assert found is not None
    assert found.objective == found.bound == worth


def test_a_problem_of_one_piece_or_without_a_limit_is_left_to_others() -> None:
    whole = make_problem(np.ones((2, 2), np.int64))
    assert solve_by_count(whole, SolveSettings(), alone, None) is None
    limited = Quota("opening", QuotaKind.CLUSTERS, np.ones(2, np.bool_), np.ones(2, np.bool_), None, 1)
    one = make_problem(np.ones((2, 2), np.int64), quotas=[limited])
    assert solve_by_count(one, SolveSettings(), alone, None) is None


def test_a_stop_or_a_limit_leaves_it_to_others() -> None:
    assert solve_by_count(_three(3), SolveSettings(), alone, lambda: True) is None
    assert solve_by_count(_three(3), SolveSettings(work_limit=0.0), alone, None) is None


@st.composite
def budgets(draw: st.DrawFn) -> Problem:
    """Four mentees, three hosts, and a limit on cents as large as real budgets are."""
    values = {(i, j): draw(st.integers(0, 100)) * 1_000_000 for i in range(4) for j in range(3)}
    cents = np.array([draw(st.integers(0, 300_000)) for _ in values], np.int64)
    once = np.array([draw(st.integers(0, 500_000)) for _ in range(3)], np.int64)
    most = draw(st.integers(0, 1_500_000))
    price = draw(st.sampled_from((None, 2000, 123)))
    return make_problem(
        values,
        n_mentees=4,
        n_hosts=3,
        max_load=2,
        unassigned_cost=draw(st.integers(0, 150)) * 1_000_000,
        rows=[Row("budget:programme", cents, once, None, most, price)],
    )


@quick(40)
@given(budgets())
def test_a_limit_in_cents_is_kept_to_the_cent(problem: Problem) -> None:
    best = brute_force(problem)
    result = solve(problem)
    judge(problem, result)
    assert best is not None
    assert result.objective == result.bound == best[0]


def test_work_on_parts_that_settle_nothing_counts_against_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    some, limits = solve(make_problem([[1]])), list[float | None]()

    def unsettled(problem: Problem, settings: SolveSettings, parts: SolveAlone, _stop: object) -> None:
        limits.append(settings.work_limit)
        parts(problem, settings)

    def costly(*_: object, spent: list[float], **__: object) -> None:
        spent.append(1.5)

    def searched(
        _problem: Problem, _method: str, settings: SolveSettings, *_: object, **__: object
    ) -> Result:
        limits.append(settings.work_limit)
        return replace(some, work=0.25)

    monkeypatch.setattr(methods, "solve_by_count", unsettled)
    monkeypatch.setattr(methods, "_alone", costly)
    monkeypatch.setattr(methods, "_run", searched)
    found = methods.solve_part(
        hard(),
        SolveSettings(work_limit=4.0),
        method="auto",
        warm_start=None,
        on_progress=None,
        should_stop=None,
    )
    assert limits == [2.0, 2.5]
    assert found.work == 1.75
