"""Deferred acceptance and the exact model against published instances and their published answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.problem import Problem
from matcher.solution import Solution
from matcher.solvers import SolveSettings, solve
from matcher.solvers.stable import Preferences, Side, blocking_pairs, deferred_acceptance, fewest_blocking
from tests.solvers.stable.naive import best_by_trying
from tests.solvers.stable.published import FOLDER, as_problem, hospitals, marriage, numbers_after

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published instances are not here")

SMALL = sorted(FOLDER.glob("sm/S[12]0/Instances/*.txt"))
LARGE = sorted(FOLDER.glob("sm/S*/Instances/*.txt"))
HOSPITALS = sorted(FOLDER.glob("hr_spa_small/hr/instances/*.txt"))


def beside(path: Path, folder: str) -> Path:
    return path.parents[1] / folder / path.name


def read(path: Path) -> tuple[Problem, Preferences]:
    mine, theirs = marriage(path)
    return as_problem(mine, theirs, [(0, 1)] * len(theirs))


def plan_of(numbers: list[int]) -> Solution:
    """A file's partners, numbered from 1; no partner is 0 or below."""
    return Solution(np.array([max(number - 1, -1) for number in numbers], dtype=np.int64))


def published(path: Path) -> list[Solution]:
    """Every stable matching that the file lists."""
    lines = beside(path, "Results_stable").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("stable_matching_list"))
    found = []
    for line in lines[at + 1 :]:
        if not line.strip():
            break
        found.append(plan_of([int(number) for number in line.split()]))
    return found


@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.stem)
def test_both_deferred_acceptances_are_the_published_ones(path: Path) -> None:
    problem, preferences = read(path)
    for_mentees = deferred_acceptance(problem, preferences, Side.MENTEE)
    wanted = plan_of(numbers_after(beside(path, "ResultsGS_notSwapped"), "RawResults"))
    assert for_mentees.host_of.tolist() == wanted.host_of.tolist()
    for_hosts = deferred_acceptance(problem, preferences, Side.MENTOR)
    partners = plan_of(numbers_after(beside(path, "ResultsGS_Swapped"), "RawResults")).host_of.tolist()
    turned = [partners.index(i) if i in partners else -1 for i in range(problem.n_mentees)]
    assert for_hosts.host_of.tolist() == turned


@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.stem)
def test_every_published_stable_matching_is_stable_and_one_exchange_makes_it_unstable(path: Path) -> None:
    problem, preferences = read(path)
    plans = published(path)
    assert len(plans) == numbers_after(beside(path, "Results_stable"), "numStableMatchings")[0]
    for plan in plans:
        assert len(blocking_pairs(problem, preferences, plan)) == 0
        alone = plan.host_of.copy()
        alone[int(np.flatnonzero(alone >= 0)[0])] = -1  # a stable pair torn apart blocks the rest
        assert len(blocking_pairs(problem, preferences, Solution(alone))) > 0


def check_best_of_the_published(path: Path) -> None:
    problem, preferences = read(path)
    worth = [
        sum(int(problem.pair_value[problem.pair_index[i, j]]) for i, j in enumerate(plan.host_of) if j >= 0)
        for plan in published(path)
    ]
    ordered = fewest_blocking(problem, preferences, SolveSettings(work_limit=60.0))
    assert ordered.is_proven
    assert ordered.reached[0].value == 0
    assert ordered.result.objective == max(worth)


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_the_best_plan_without_blocking_pairs_is_the_best_of_all_published_ones(path: Path) -> None:
    check_best_of_the_published(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.stem)
def test_the_best_plan_without_blocking_pairs_is_the_best_of_all_published_large_ones(path: Path) -> None:
    check_best_of_the_published(path)


@pytest.mark.parametrize("closures", [False, True], ids=["all open", "closures"])
@pytest.mark.parametrize("path", HOSPITALS, ids=lambda path: path.stem)
def test_size_and_cost_under_lower_quotas_are_the_published_optima(path: Path, closures: bool) -> None:
    residents, hospital, quotas = hospitals(path)
    alike = [dict.fromkeys(ranks, 0) for ranks in hospital]  # the published cost counts the residents' ranks
    problem, _ = as_problem(residents, alike, quotas, must_open=not closures, placed=1000)
    answers = beside(path, "bruteforce_pc" if closures else "bruteforce")
    found = solve(problem)
    assert found.host_of is not None
    placed = int((found.host_of >= 0).sum())
    assert found.objective == found.bound
    assert placed == numbers_after(answers, "optimal_size")[0]
    assert 1000 * placed - (found.objective or 0) == numbers_after(answers, "optimal_maxsizemincost")[0]


@pytest.mark.parametrize("closures", [False, True], ids=["all open", "closures"])
@pytest.mark.parametrize("path", HOSPITALS[:1], ids=lambda path: path.stem)
def test_fewest_blocking_pairs_under_lower_quotas_agree_with_trying_every_plan(
    path: Path, closures: bool
) -> None:
    problem, preferences = as_problem(*hospitals(path), must_open=not closures)
    best = best_by_trying(problem, preferences)
    ordered = fewest_blocking(problem, preferences)
    assert best is not None
    assert ordered.is_proven
    assert (-ordered.reached[0].value, ordered.result.objective) == best
