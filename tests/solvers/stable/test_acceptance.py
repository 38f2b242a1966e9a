"""Deferred acceptance: worked examples, and an independent implementation."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.solution import Solution
from matcher.solvers.stable import Preferences, Side, blocking_pairs, break_ties, deferred_acceptance
from tests.examples import examples


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def random_strict(seed: int, n: int, m: int) -> tuple[Problem, Preferences]:
    """Strict incomplete lists of both sides, drawn at random; each mentee ranks at least one host."""
    dice = random.Random(seed)
    named = sorted((i, j) for i in range(n) for j in dice.sample(range(m), dice.randint(1, m)))
    problem = make_problem(
        dict.fromkeys(named, 0),
        n_mentees=n,
        n_hosts=m,
        max_load=ints(*(dice.randint(1, 3) for _ in range(m))),
    )
    shuffled = Preferences(*(ints(*dice.sample(range(len(named)), len(named))) for _ in range(2)))
    return problem, break_ties(problem, shuffled)


def by_the_other_package(problem: Problem, preferences: Preferences, optimal: str) -> list[int]:
    games = pytest.importorskip("matching.games")
    residents: dict[int, list[int]] = {i: [] for i in range(problem.n_mentees)}
    hospitals: dict[int, list[int]] = {j: [] for j in range(problem.n_hosts)}
    for at in np.argsort(preferences.mentee_rank, kind="stable").tolist():
        residents[int(problem.pair_mentee[at])].append(int(problem.pair_host[at]))
    for at in np.argsort(preferences.host_rank, kind="stable").tolist():
        hospitals[int(problem.pair_host[at])].append(int(problem.pair_mentee[at]))
    asked = {j: ranks for j, ranks in hospitals.items() if ranks}  # it takes no empty lists
    places = {j: int(problem.max_load[j]) for j in asked}
    game = games.HospitalResident.create_from_dictionaries(residents, asked, places)
    host_of = [-1] * problem.n_mentees
    for hospital, matched in game.solve(optimal=optimal).items():
        for resident in matched:
            host_of[resident.name] = hospital.name
    return host_of


@pytest.mark.parametrize("seed", range(40))
def test_both_optima_are_those_of_an_independent_implementation(seed: int) -> None:
    problem, preferences = random_strict(seed, n=12, m=5)
    for side, optimal in ((Side.MENTEE, "resident"), (Side.MENTOR, "hospital")):
        own = deferred_acceptance(problem, preferences, side)
        assert own.host_of.tolist() == by_the_other_package(problem, preferences, optimal)


def test_the_side_that_proposes_gets_its_first_choices() -> None:
    # each mentee's first choice is the host that likes it least: whoever proposes wins
    problem = make_problem([[0, 0], [0, 0]], max_load=1)
    preferences = Preferences(ints(1, 2, 2, 1), ints(2, 1, 1, 2))
    assert deferred_acceptance(problem, preferences, Side.MENTEE).host_of.tolist() == [0, 1]
    assert deferred_acceptance(problem, preferences, Side.MENTOR).host_of.tolist() == [1, 0]


def test_ties_go_by_the_keys_in_turn_and_then_by_position() -> None:
    problem = make_problem([[0, 0, 0]])
    tied = Preferences(ints(1, 1, 1), ints(1, 1, 1))
    assert break_ties(problem, tied).mentee_rank.tolist() == [1, 2, 3]
    assert break_ties(problem, tied, [ints(5, 5, 2)]).mentee_rank.tolist() == [2, 3, 1]
    assert break_ties(problem, tied, [ints(5, 5, 2), ints(9, 8, 7)]).mentee_rank.tolist() == [3, 2, 1]
    assert break_ties(
        problem, Preferences(ints(1, 2, 2), ints(1, 1, 1)), [ints(9, 4, 3)]
    ).mentee_rank.tolist() == [
        1,
        3,
        2,
    ]


def test_nobody_is_placed_where_there_is_no_place() -> None:
    problem = make_problem([[0], [0]], max_load=0)
    same = Preferences(ints(1, 1), ints(1, 2))
    for side in Side:
        assert deferred_acceptance(problem, same, side).host_of.tolist() == [-1, -1]


def test_a_mentee_that_takes_two_places_is_refused() -> None:
    problem = make_problem([[0], [0]], max_load=2, demand=2)
    with pytest.raises(ValueError, match="one place each"):
        deferred_acceptance(problem, Preferences(ints(1, 1), ints(1, 2)), Side.MENTEE)


def test_ranks_of_other_pairs_are_refused() -> None:
    problem = make_problem([[0], [0]])
    with pytest.raises(ValueError, match="1 pairs; the problem has 2"):
        deferred_acceptance(problem, Preferences(ints(1), ints(1)), Side.MENTEE)
    with pytest.raises(ValueError, match="rank the same pairs"):
        Preferences(ints(1), ints(1, 2))


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_with_ties_broken_anyhow_no_pair_blocks(seed: int) -> None:
    problem, strict = random_strict(seed, n=8, m=4)
    tied = Preferences((strict.mentee_rank + 1) // 2, (strict.host_rank + 2) // 3)
    for side in Side:
        plan = deferred_acceptance(problem, break_ties(problem, tied), side)
        assert len(blocking_pairs(problem, tied, Solution(plan.host_of))) == 0
