"""Competitors solve the problem that they are compared on: each equals brute force on tiny ones."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from benchmarks.answers import Answer, Limits
from benchmarks.instances import Loaded
from benchmarks.instances.peers import Peers, make_peers
from benchmarks.solvers import highs, linear_sum, min_cost_flow
from benchmarks.solvers.pair_model import build, obstacle
from matcher.problem import Problem, Quota, QuotaKind, make_problem
from matcher.solution import Solution, evaluate

LIMITS = Limits(seconds=20)


def best(problem: Problem) -> int | None:
    plans = itertools.product(range(-1, problem.n_hosts), repeat=problem.n_mentees)
    judged = [evaluate(problem, Solution(np.array(plan, np.int64))) for plan in plans]
    return max((item.objective for item in judged if item.is_feasible), default=None)


def value(problem: Problem, answer: Answer) -> int | None:
    if answer.host_of is None:
        return None
    judged = evaluate(problem, Solution(answer.host_of))
    assert judged.is_feasible
    return judged.objective


def random_problem(seed: int, *, plain: bool) -> Problem:
    dice = np.random.default_rng(seed)
    n, m = 5, 3
    pairs = list(itertools.combinations(range(n), 2))
    low = dice.integers(0, 3, m)
    quota = Quota("some", QuotaKind.CLUSTERS, np.ones(n, np.bool_), np.array([True, True, False]), 1, 1)
    return make_problem(
        dice.integers(-5, 10, (n, m)) * 1_000_000,
        eligible=dice.random((n, m)) < 0.8,
        demand=1 if plain else dice.integers(1, 3, (n, m)),
        min_load=low,
        max_load=low + dice.integers(1, 3, m),
        must_open=(low > 0) if plain else (dice.random(m) < 0.2) & (low > 0),
        open_cost=0 if plain else dice.integers(-2, 4, m) * 1_000_000,
        may_stay=dice.random(n) < 0.8,
        unassigned_cost=dice.integers(0, 9, n) * 1_000_000,
        cannot_link=() if plain else [pairs[at] for at in dice.choice(len(pairs), 2, replace=False)],
        cohesion={} if plain else {pair: int(dice.integers(-4, 6)) * 1_000_000 for pair in pairs},
        quotas=() if plain or seed % 2 else (quota,),
        constant=7,
    )


@pytest.mark.parametrize("seed", range(25))
def test_the_pair_model_in_highs_finds_the_optimum(seed: int) -> None:
    problem = random_problem(seed, plain=False)
    assert obstacle(problem) is None
    assert value(problem, highs.solve(Loaded(problem), LIMITS)) == best(problem)


@pytest.mark.parametrize("seed", range(8))
def test_rivals_in_shared_rows_mean_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(seed, plain=False)
    monkeypatch.setattr("benchmarks.solvers.pair_model.MANY_ROWS", 0)
    assert value(problem, highs.solve(Loaded(problem), LIMITS)) == best(problem)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("method", [min_cost_flow, linear_sum])
def test_flow_and_assignment_find_the_optimum_of_pairs_and_loads(method: object, seed: int) -> None:
    problem = random_problem(seed, plain=True)
    assert value(problem, method.solve(Loaded(problem), LIMITS)) == best(problem)  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", [min_cost_flow, linear_sum])
def test_flow_and_assignment_refuse_cohesion(method: object) -> None:
    problem = make_problem([[1, 2], [3, 4]], cohesion={(0, 1): 5})
    assert method.solve(Loaded(problem), LIMITS).status == "refused"  # type: ignore[attr-defined]


def test_the_pair_model_has_a_product_for_each_pair_and_common_host() -> None:
    problem = make_problem({(0, 0): 1, (0, 1): 1, (1, 0): 1}, n_mentees=2, n_hosts=2, cohesion={(0, 1): 5})
    assert len(build(problem).gain) == 3 + 2 + 1


def test_k_means_makes_clusters_of_the_sizes_asked_for() -> None:
    k_means = pytest.importorskip("benchmarks.solvers.k_means", reason="the extra `bench` is not installed")
    loaded = make_peers(Peers(schools=17, seats=4), 2)
    answer = k_means.solve(loaded, LIMITS)
    assert value(loaded.problem, answer) is not None


def test_k_means_refuses_rivals() -> None:
    k_means = pytest.importorskip("benchmarks.solvers.k_means", reason="the extra `bench` is not installed")
    assert k_means.solve(make_peers(Peers(rivals=0.05), 2), LIMITS).status == "refused"
