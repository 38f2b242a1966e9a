"""Strict priorities against trying every plan."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.result import Progress, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers import Priority, Reached, SolveSettings, solve_in_order
from tests.solvers.naive import naive_objective
from tests.solvers.strategies import problems


def ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def placed(problem: Problem) -> Priority:
    return Priority("placed", np.ones(problem.n_pairs, np.int64), np.zeros(problem.n_hosts, np.int64))


def few_clusters(problem: Problem) -> Priority:
    return Priority("few clusters", np.zeros(problem.n_pairs, np.int64), -np.ones(problem.n_hosts, np.int64))


def has(problem: Problem, priority: Priority, host_of: tuple[int, ...]) -> int:
    """What a plan has of a priority."""
    chosen = [problem.pair_index[i, j] for i, j in enumerate(host_of) if j != -1]
    total = sum(int(priority.pair_weight[position]) for position in chosen)
    return total + sum(int(priority.open_weight[j]) for j in set(host_of) - {-1})


def best_in_order(problem: Problem, priorities: list[Priority]) -> tuple[int, ...] | None:
    """Lexicographically greatest (priorities, objective) of all plans; None if there is none."""
    best: tuple[int, ...] | None = None
    for host_of in product(range(-1, problem.n_hosts), repeat=problem.n_mentees):
        objective = naive_objective(problem, host_of)
        if objective is not None:
            worth = (*(has(problem, priority, host_of) for priority in priorities), objective)
            best = worth if best is None else max(best, worth)
    return best


def test_placing_more_comes_before_any_number_of_points() -> None:
    # together at host 0 the two are worth a million, but then the third has no place
    problem = make_problem(
        [[500_000, 1], [500_000, 1], [1, 0]], eligible=[[1, 1], [1, 1], [1, 0]], max_load=[2, 1]
    )
    ordered = solve_in_order(problem, [placed(problem)])
    assert ordered.reached == (Reached("placed", 3, 3),)
    assert ordered.result.objective == 500_002
    assert ordered.is_proven


def test_the_order_of_priorities_decides() -> None:
    problem = make_problem([[1, 1], [1, 1]], max_load=1)
    some, few = placed(problem), few_clusters(problem)
    assert [step.value for step in solve_in_order(problem, [some, few]).reached] == [2, -2]
    assert [step.value for step in solve_in_order(problem, [few, some]).reached] == [0, 0]


def test_without_priorities_the_objective_alone_counts() -> None:
    ordered = solve_in_order(make_problem([[3, 1]]), [])
    assert (ordered.reached, ordered.result.objective) == ((), 3)


def test_what_contradicts_itself_is_said_at_the_first_priority() -> None:
    problem = make_problem([[1], [1]], max_load=1, may_stay=False)
    ordered = solve_in_order(problem, [placed(problem)])
    assert ordered.result.status is SolveStatus.INFEASIBLE
    assert ordered.reached == ()


def test_a_priority_of_the_wrong_shape_is_refused() -> None:
    problem = make_problem([[1], [1]])
    with pytest.raises(ValueError, match="pair_weight of 'priority:bad'"):
        solve_in_order(problem, [Priority("bad", ints([1]), ints([0]))])


def test_progress_names_the_priority() -> None:
    problem = make_problem([[1, 1], [1, 1]], max_load=1)
    seen: list[Progress] = []
    solve_in_order(problem, [placed(problem)], on_progress=seen.append)
    assert seen[0].stage.startswith("priority placed, ")
    assert not seen[-1].stage.startswith("priority")


def test_an_interruption_still_gives_a_plan() -> None:
    problem = make_problem([[1, 1], [1, 1]], max_load=1, cohesion={(0, 1): 5}, min_load=1)
    ordered = solve_in_order(problem, [placed(problem)], method="cp-sat", should_stop=lambda: True)
    assert ordered.result.host_of is not None
    assert ordered.result.stopped_by in (StoppedBy.INTERRUPT, StoppedBy.PROOF)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=problems(max_mentees=4), data=st.data())
def test_priorities_in_order_agree_with_trying_every_plan(problem: Problem, data: st.DataObject) -> None:
    weight = st.sampled_from((0, 0, 1, 2, -1))
    priorities = [
        Priority(
            name,
            ints([data.draw(weight) for _ in range(problem.n_pairs)]),
            ints([data.draw(weight) for _ in range(problem.n_hosts)]),
        )
        for name in ("first", "second")
    ]
    expected = best_in_order(problem, priorities)
    ordered = solve_in_order(problem, priorities, SolveSettings())
    if expected is None:
        assert ordered.result.status is SolveStatus.INFEASIBLE
        return
    assert ordered.is_proven
    assert (*(step.value for step in ordered.reached), ordered.result.objective) == expected
    assert ordered.result.host_of is not None
    assert evaluate(problem, Solution(ordered.result.host_of)).is_feasible
