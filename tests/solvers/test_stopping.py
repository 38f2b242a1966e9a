"""Stopping criteria: what each says, how they combine, and that the searches listen."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from matcher.problem import SCALE, Problem, make_problem
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers import SolveSettings, judge, solve
from matcher.solvers.cp_sat import CpSatSolver
from matcher.solvers.stopping import (
    Continued,
    FirstFeasible,
    Gap,
    NoImprovement,
    Runtime,
    SearchState,
    StoppingCriterion,
    Work,
)

EARLY = SearchState(None, None, work=0.0, seconds=0.0, work_at_last_improvement=0.0)
LATE = SearchState(100, 110, work=9.0, seconds=30.0, work_at_last_improvement=4.0)


@pytest.mark.parametrize(
    ("criterion", "verdict"),
    [
        (Runtime(30), StoppedBy.TIME_LIMIT),
        (Runtime(31), None),
        (Work(9), StoppedBy.WORK_LIMIT),
        (Work(9.5), None),
        (Gap(0.1), StoppedBy.GAP),
        (Gap(0.09), None),
        (NoImprovement(5), StoppedBy.NO_IMPROVEMENT),
        (NoImprovement(5.5), None),
        (FirstFeasible(), StoppedBy.FIRST_FEASIBLE),
    ],
    ids=repr,
)
def test_each_criterion_says_why_a_search_may_end(
    criterion: StoppingCriterion, verdict: StoppedBy | None
) -> None:
    assert criterion(LATE) is verdict
    assert criterion(EARLY) is None


def test_either_ends_a_search_and_the_left_one_is_named() -> None:
    assert (Work(9) | Gap(0.1))(LATE) is StoppedBy.WORK_LIMIT
    assert (Work(10) | Gap(0.1))(LATE) is StoppedBy.GAP
    assert (Work(10) | Gap(0.01))(LATE) is None


def test_both_must_hold_and_the_right_one_is_named() -> None:
    assert (FirstFeasible() & Work(9))(LATE) is StoppedBy.WORK_LIMIT
    assert (FirstFeasible() & Work(10))(LATE) is None


def test_a_criterion_reads_as_it_is_written() -> None:
    text = "Runtime(seconds=60) | (FirstFeasible() & Work(units=5))"
    assert repr(Runtime(60) | FirstFeasible() & Work(5)) == text


@pytest.mark.parametrize("make", [lambda: Runtime(-1), lambda: Gap(-0.1), lambda: NoImprovement(0)])
def test_a_criterion_that_makes_no_sense_is_refused(make: type) -> None:
    with pytest.raises(ValueError, match="needs a"):
        make()


@pytest.mark.parametrize(
    ("criterion", "due"),
    [
        (Work(12), 12),
        (Work(3), 9),
        (NoImprovement(7), 11),
        (Gap(0.1), 9),
        (Gap(0.01), math.inf),
        (Runtime(60), math.inf),
        (Work(12) | NoImprovement(7), 11),
        (Work(12) & NoImprovement(7), 12),
        (Work(12) & Gap(0.01), math.inf),
        (Continued(Work(12), work=2.0), 10),
    ],
    ids=repr,
)
def test_a_criterion_knows_at_which_work_it_is_due(criterion: StoppingCriterion, due: float) -> None:
    assert criterion.due(LATE) == due


def test_without_a_plan_only_its_absence_is_waited_for() -> None:
    assert NoImprovement(1).due(EARLY) == math.inf
    assert Work(5).due(EARLY) == 5


def test_a_later_part_asks_about_the_whole() -> None:
    assert Continued(Work(10), work=1.0)(LATE) is StoppedBy.WORK_LIMIT
    assert Continued(Runtime(40), seconds=10.0)(LATE) is StoppedBy.TIME_LIMIT
    assert Continued(Gap(0.01), objective=900)(LATE) is StoppedBy.GAP  # 1010 / 1000
    assert Continued(NoImprovement(5.5), work=100.0)(LATE) is None


def country(seed: int = 1, mentees: int = 20, hosts: int = 5) -> Problem:
    """Cohesion that CP-SAT does not prove within a few units of work."""
    random = np.random.default_rng(seed)
    links = {pair: int(random.integers(0, SCALE // 2)) for pair in combinations(range(mentees), 2)}
    values = random.integers(0, SCALE, (mentees, hosts))
    return make_problem(values, min_load=3, max_load=5, cohesion=links, unassigned_cost=SCALE)


def stopped(stop: StoppingCriterion, workers: int = 1) -> Result:
    result = CpSatSolver().solve(country(), SolveSettings(work_limit=5.0, stop=stop, workers=workers))
    judge(country(), result)
    return result


def test_cp_sat_ends_with_the_first_plan() -> None:
    result = stopped(FirstFeasible())
    assert (result.status, result.stopped_by) == (SolveStatus.FEASIBLE, StoppedBy.FIRST_FEASIBLE)
    assert result.work < 0.5


def test_cp_sat_ends_at_the_gap_asked_for() -> None:
    result = stopped(Gap(0.3))
    assert result.stopped_by is StoppedBy.GAP
    assert result.gap is not None
    assert 0 < result.gap <= 0.3


def test_cp_sat_ends_at_the_work_asked_for() -> None:
    result = stopped(Work(0.2))
    assert result.stopped_by is StoppedBy.WORK_LIMIT
    assert result.work == pytest.approx(0.2, abs=0.1)


def test_cp_sat_ends_when_nothing_better_was_found_for_long_enough() -> None:
    result = stopped(NoImprovement(0.05))
    assert result.stopped_by is StoppedBy.NO_IMPROVEMENT
    assert result.work < 5.0


def test_a_criterion_that_waits_for_a_plan_and_for_work_gets_both() -> None:
    result = stopped(FirstFeasible() & Work(0.3))
    assert result.stopped_by is StoppedBy.WORK_LIMIT
    assert result.host_of is not None
    assert result.work == pytest.approx(0.3, abs=0.15)


@pytest.mark.parametrize("stop", [FirstFeasible(), Gap(0.3), NoImprovement(0.1), Work(0.3)], ids=repr)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_criterion_gives_the_same_plan_every_time(stop: StoppingCriterion, workers: int) -> None:
    one, other = stopped(stop, workers), stopped(stop, workers)
    assert one.host_of is not None
    assert other.host_of is not None
    assert one.host_of.tolist() == other.host_of.tolist()
    assert (one.objective, one.stopped_by) == (other.objective, other.stopped_by)


def test_a_feasible_warm_start_is_a_first_plan() -> None:
    start = Solution(np.repeat(np.arange(5), 4))
    result = CpSatSolver().solve(country(), SolveSettings(stop=FirstFeasible()), warm_start=start)
    assert result.stopped_by is StoppedBy.FIRST_FEASIBLE
    assert result.host_of is not None
    assert result.host_of.tolist() == start.host_of.tolist()
    assert result.work == 0.0


def two_countries() -> Problem:
    one = country()
    values = np.zeros((40, 10), np.int64)
    matrix = one.pair_value.reshape(20, 5)
    values[:20, :5], values[20:, 5:] = matrix, matrix
    links = {
        tuple(pair): int(value) for pair, value in zip(one.cohesion_pair, one.cohesion_value, strict=True)
    }
    links |= {(i + 20, k + 20): value for (i, k), value in links.items()}
    eligible = np.kron(np.eye(2, dtype=np.bool_), np.ones((20, 5), np.bool_))
    return make_problem(
        values, eligible=eligible, min_load=3, max_load=5, cohesion=links, unassigned_cost=SCALE
    )


def test_work_counts_over_all_parts_and_the_rest_still_gets_a_plan() -> None:
    result = solve(two_countries(), SolveSettings(stop=Work(0.4)), method="cp-sat")
    assert result.stopped_by is StoppedBy.WORK_LIMIT
    assert result.host_of is not None
    assert (result.host_of >= 0).all()


def test_the_gap_of_a_single_part_is_that_of_the_whole_with_its_constant() -> None:
    problem = country()
    rich = make_problem(
        problem.pair_value.reshape(20, 5),
        min_load=3,
        max_load=5,
        cohesion={
            tuple(p): int(v) for p, v in zip(problem.cohesion_pair, problem.cohesion_value, strict=True)
        },
        unassigned_cost=SCALE,
        constant=10**12,
    )
    result = solve(rich, SolveSettings(stop=Gap(0.01)), method="cp-sat")
    assert result.stopped_by is StoppedBy.GAP
    assert result.gap is not None
    assert result.gap <= 0.01
