"""Choosing the mentors: so many of the candidates, at a price that may differ, and the p-median as a case."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.instances.median import pmedcap
from matcher.encoding import encode
from matcher.pipeline import match
from matcher.problem import Problem, Quota, QuotaKind, make_problem
from matcher.routes.repair import repair
from matcher.solvers import SolveSettings, solve
from tests.encoding.builders import intake, school, wish, wish_policy

CANDIDATES = intake(
    school("m1"),
    school("m2", willingness="asked"),
    school("m3", country="IT"),
    *(school(f"s{number}") for number in range(1, 5)),
    school("s5", country="IT"),
    wishes=(*wish("s1", "m1"), *wish("s2", "m1"), *wish("s3", "m2"), *wish("s4", "m2"), *wish("s5", "m3")),
)


def test_the_price_of_the_first_entry_that_fits_a_mentor_holds() -> None:
    prices = [
        {"mentors": {"willingness": ["asked"]}, "price": 9},
        {"mentors": {"country": ["HR", "IT"]}, "price": 4},
    ]
    rules = {"opening": {"price": 1, "by_mentor": prices}}
    problem = encode(CANDIDATES, wish_policy(rules=rules)).problem
    assert problem.open_cost.tolist() == [4_000_000, 9_000_000, 4_000_000]


def test_the_best_candidates_lead_and_the_others_are_named() -> None:
    rules = {"country": {"strength": "hard"}, "opening": {"at_most": 2}, "load": {"min": 1, "max": 2}}
    choice = match(CANDIDATES, wish_policy(rules=rules)).document.choice
    assert choice is not None
    assert choice.sentence == "Of 3 candidates, 2 lead a cluster."
    assert choice.rule == "At most 2 candidates lead a cluster. Forming a cluster is free."
    ((name, reach, loose),) = [(one.host_id, one.in_reach, one.loose_in_reach) for one in choice.not_chosen]
    assert (name, reach, loose) == ("m3", 1, 1)  # it would bring one school, the others two each


def test_quotas_hold_beside_the_number_of_candidates() -> None:
    quota = {"label": "One in Italy", "counts": "clusters", "members": {"country": ["IT"]}, "at_least": 1}
    rules = {
        "country": {"strength": "hard"},
        "opening": {"at_most": 2},
        "load": {"min": 1, "max": 2},
        "quotas": [quota],
    }
    plan = match(CANDIDATES, wish_policy(rules=rules))
    assert "m3" in {card.host_id for card in plan.document.clusters}
    assert len(plan.document.clusters) == 2
    assert all(rule.holds for rule in plan.document.rules if rule.key in {"opening", "quotas[0]"})


def test_a_repair_leaves_the_number_of_mentors_alone() -> None:
    rules = {"opening": {"at_most": 1}, "load": {"min": 1, "max": 2}, "unassigned": {"allowed": False}}
    found = repair(CANDIDATES, wish_policy(rules=rules))
    assert found.repairs
    assert not any("Opening" in sentence for way in found.repairs for sentence in way.sentences)


def median_problem(
    distance: NDArray[np.int64], demand: list[int], capacity: list[int], medians: int
) -> Problem:
    """Capacitated p-median in the fields of a problem: all placed, exactly p clusters, no other rule."""
    n, m = distance.shape
    everyone, everywhere = np.ones(n, np.bool_), np.ones(m, np.bool_)
    return make_problem(
        {(i, j): -int(distance[i, j]) for i in range(n) for j in range(m)},
        n_mentees=n,
        n_hosts=m,
        demand=np.array(demand),
        max_load=np.array(capacity, np.int64),
        may_stay=[False] * n,
        quotas=[Quota("opening", QuotaKind.CLUSTERS, everyone, everywhere, medians, medians)],
    )


def cheapest(distance: NDArray[np.int64], demand: list[int], capacity: list[int], medians: int) -> int | None:
    """Brute force: every choice of medians, every assignment to them."""
    n, m = distance.shape
    best: int | None = None
    for chosen in combinations(range(m), medians):
        for plan in product(chosen, repeat=n):
            loads = [sum(demand[i] for i in range(n) if plan[i] == j) for j in range(m)]
            if set(plan) == set(chosen) and all(
                load <= most for load, most in zip(loads, capacity, strict=True)
            ):
                total = sum(int(distance[i, plan[i]]) for i in range(n))
                best = total if best is None else min(best, total)
    return best


@pytest.mark.parametrize("seed", range(4))
def test_the_capacitated_p_median_is_a_special_case(seed: int) -> None:
    random = np.random.default_rng(seed)
    distance = random.integers(1, 100, (6, 4))
    demand, capacity = random.integers(1, 4, 6).tolist(), random.integers(5, 9, 4).tolist()
    for medians in (2, 3):
        result = solve(median_problem(distance, demand, capacity, medians))
        best = cheapest(distance, demand, capacity, medians)
        assert result.objective == (None if best is None else -best)


@pytest.mark.slow
@pytest.mark.skipif(not pmedcap(), reason="the public instances are not on this machine")
def test_a_public_instance_reaches_its_known_optimum() -> None:
    instance = pmedcap()[0]
    problem = instance.load().problem
    result = solve(problem, SolveSettings(work_limit=600.0))
    assert result.objective is not None
    assert -result.objective == 713_000_000  # Osman and Christofides (1994): 713, six decimals here
