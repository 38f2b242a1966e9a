from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.problem import Problem, make_problem
from matcher.result import Progress, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers import SolveSettings, judge
from matcher.solvers.local_search import Found, LocalSearchSolver, Search, first_plan, improve
from matcher.solvers.prepared import Prepared, prepare
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems


def _searched(prepared: Prepared, moves: int = 3000, seed: int = 0) -> Found | None:
    search = Search(prepared, seed)
    search.fill()
    search.begin()
    search.cool(moves, 0.5, 0.002)
    return search.best


def _judged(problem: Problem, prepared: Prepared, found: Found) -> None:
    judged = evaluate(problem, Solution(prepared.plan_of(found.unit_host)))
    assert judged.is_feasible, judged.broken
    assert judged.objective - problem.constant == found.value


@given(problems(max_mentees=6))
@settings(max_examples=examples(300), deadline=None)
def test_what_is_found_keeps_every_rule_and_is_worth_what_is_claimed(problem: Problem) -> None:
    prepared = prepare(problem)
    found = _searched(prepared)
    if found is not None:
        _judged(problem, prepared, found)
        best = brute_force(problem)
        assert best is not None
        assert found.value + problem.constant <= best[0]


@given(problems())
@settings(max_examples=examples(100), deadline=None)
def test_an_optimal_plan_is_not_made_worse(problem: Problem) -> None:
    best = brute_force(problem)
    if best is None:
        return
    prepared = prepare(problem)
    found = improve(prepared, prepared.units_of(best[1].host_of), moves=1000, seed=1)
    assert found is not None
    assert found.value + problem.constant == best[0]


@given(problems())
@settings(max_examples=examples(100), deadline=None)
def test_a_first_plan_keeps_every_hard_rule_and_is_the_same_again(problem: Problem) -> None:
    prepared = prepare(problem)
    plan, again = first_plan(prepared), first_plan(prepared)
    assert (plan is None) == (again is None)
    if plan is not None and again is not None:
        assert np.array_equal(plan, again)
        assert evaluate(problem, Solution(prepared.plan_of(plan))).is_feasible


@given(problems())
@settings(max_examples=examples(30), deadline=None)
def test_the_same_seed_gives_the_same_plan_and_leaves_the_problem_as_it_was(problem: Problem) -> None:
    prepared = prepare(problem)
    before = {item.name: np.array(getattr(prepared, item.name)) for item in fields(prepared)}
    one, two = _searched(prepared, seed=7), _searched(prepared, seed=7)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert one.value == two.value
        assert np.array_equal(one.unit_host, two.unit_host)
    for name, value in before.items():
        assert np.array_equal(value, getattr(prepared, name)), name


def test_cohesion_outweighs_pair_values_where_it_is_larger() -> None:
    problem = make_problem([[5, 4], [4, 5], [5, 4]], max_load=2, cohesion={(0, 1): 10}, unassigned_cost=50)
    found = _searched(prepare(problem))
    assert found is not None
    assert found.value == (4 + 5 + 10) + 5


def test_a_cluster_of_which_no_member_pays_alone_is_opened_together() -> None:
    """Each member is worth 1 more at host 1 than unassigned, but it opens with three or not at all."""
    problem = make_problem([[1]] * 3, min_load=3, max_load=3)
    found = improve(prepare(problem), np.full(3, -1), moves=2000)
    assert found is not None
    assert found.value == 3


def test_three_pairs_are_found_without_hosts_that_differ() -> None:
    cohesion = {(0, 3): 9, (1, 4): 9, (2, 5): 9, (0, 1): 5, (2, 3): 5, (4, 5): 5}
    problem = make_problem(
        np.zeros((6, 3), np.int64), min_load=2, max_load=2, may_stay=False, cohesion=cohesion
    )
    found = _searched(prepare(problem))
    assert found is not None
    assert found.value == 27


def test_a_start_at_a_host_that_is_not_eligible_is_refused() -> None:
    prepared = prepare(make_problem({(0, 0): 1}, n_mentees=1, n_hosts=2))
    with pytest.raises(ValueError, match="not eligible"):
        improve(prepared, np.array([1]), moves=10)


def test_lists_are_searched_where_tables_would_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    links = {(i, k): int(rng.integers(-5, 9)) for i in range(30) for k in range(i + 1, 30)}
    problem = make_problem(
        rng.integers(0, 20, (30, 8)), min_load=2, max_load=5, cannot_link=list(links)[::9], cohesion=links
    )
    prepared = prepare(problem)
    with_tables = _searched(prepared)
    monkeypatch.setattr("matcher.solvers.local_search.world.DENSE_CELLS", 0)
    with_lists = _searched(prepared)
    assert with_tables is not None
    assert with_lists is not None
    assert np.array_equal(with_tables.unit_host, with_lists.unit_host)
    _judged(problem, prepared, with_lists)


SHORT = SolveSettings(work_limit=0.02)


@given(problems())
@settings(max_examples=examples(60), deadline=None)
def test_the_solver_never_claims_what_the_referee_denies_nor_a_proof(problem: Problem) -> None:
    result = LocalSearchSolver().solve(problem, SHORT)
    judge(problem, result)
    assert result.bound is None
    assert result.status in (SolveStatus.FEASIBLE, SolveStatus.UNKNOWN)


@given(problems())
@settings(max_examples=examples(60), deadline=None)
def test_a_warm_start_is_never_made_worse_even_without_any_work(problem: Problem) -> None:
    best = brute_force(problem)
    if best is not None:
        result = LocalSearchSolver().solve(problem, SolveSettings(work_limit=0.0), warm_start=best[1])
        assert result.objective == best[0]


def _four_groups_of_five() -> Problem:
    """Twenty mentees in known groups: 1 inside a group, else -1; the best plan is worth 4 x 10."""
    group = np.random.default_rng(1).permutation(np.repeat(np.arange(4), 5))
    cohesion = {(i, k): 1 if group[i] == group[k] else -1 for i in range(20) for k in range(i + 1, 20)}
    seats = np.zeros((20, 4), np.int64)
    return make_problem(seats, min_load=4, max_load=6, may_stay=False, cohesion=cohesion)


def test_known_groups_are_found_again_and_progress_is_reported() -> None:
    seen: list[Progress] = []
    result = LocalSearchSolver().solve(
        _four_groups_of_five(), SolveSettings(work_limit=0.1), on_progress=seen.append
    )
    assert result.objective == 40
    assert seen[-1].incumbent == 40
    assert seen[-1].bound is None


def test_a_search_that_is_told_to_stop_gives_the_best_so_far() -> None:
    result = LocalSearchSolver().solve(_four_groups_of_five(), SolveSettings(), should_stop=lambda: True)
    assert result.stopped_by is StoppedBy.INTERRUPT
    assert result.work == 0


def test_the_same_work_and_seed_give_the_same_result() -> None:
    one, two = (LocalSearchSolver().solve(_four_groups_of_five(), SHORT) for _ in range(2))
    assert one.objective == two.objective
    assert one.work == two.work
    assert one.host_of is not None
    assert two.host_of is not None
    assert np.array_equal(one.host_of, two.host_of)
