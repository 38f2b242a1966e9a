"""solve(): the choice of a method, limits, interruption, and the referee's veto."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matcher.exceptions import RefereeError, UsageError
from matcher.policy.model import Method
from matcher.problem import SCALE, Problem, Quota, QuotaKind, make_problem
from matcher.result import PREPARING, Progress, Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers import METHODS, SolveSettings, compiled, judge, methods, solve
from matcher.solvers.flow import FlowSolver
from matcher.solvers.relaxed import relax, solve_relaxed
from matcher.solvers.set_partition import subset_route
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

SMALL = [[9, 1], [8, 2], [1, 7]]


def hard(mentees: int = 40, hosts: int = 10) -> Problem:
    """Strong cohesion, more clusters than can be listed: not proven within a short limit."""
    random = np.random.default_rng(3)
    return make_problem(
        random.integers(0, SCALE, (mentees, hosts)),
        min_load=3,
        max_load=5,
        cohesion={
            pair: int(value)
            for pair, value in zip(
                combinations(range(mentees), 2),
                random.integers(0, SCALE, mentees * (mentees - 1) // 2),
                strict=True,
            )
        },
        unassigned_cost=SCALE,
    )


def test_pairs_and_loads_alone_go_to_the_flow() -> None:
    result = solve(make_problem(SMALL, max_load=2))
    assert (result.method, result.objective) == ("flow", 24)
    assert "only pair values and loads matter" in result.reason


def test_minima_that_the_relaxed_flow_keeps_anyway_are_proven_by_it() -> None:
    result = solve(make_problem(SMALL, min_load=[2, 1], max_load=2))
    assert result.method == "flow"
    assert "keeps them all" in result.reason
    assert result.status is SolveStatus.OPTIMAL


def test_minima_that_the_relaxed_flow_breaks_go_to_the_clusters() -> None:
    result = solve(make_problem(SMALL, min_load=2, max_load=3))
    assert result.method == "set-partition"
    assert result.objective == 9 + 8 + 1


def test_limits_across_clusters_that_the_best_plan_keeps_anyway_are_proven_by_the_clusters() -> None:
    free = make_problem(SMALL, min_load=2, max_load=3)
    everybody, first = np.ones(3, np.bool_), np.array([True, False])
    assert solve(free).objective == 18
    kept = Quota("kept", QuotaKind.MENTEES, everybody, first, 3, None)
    result = solve(replace(free, quotas=(kept,)))
    assert (result.method, result.objective) == ("set-partition", 18)
    assert "without the limits across clusters keeps them all" in result.reason
    broken = Quota("broken", QuotaKind.MENTEES, everybody, first, None, 2)
    other = solve(replace(free, quotas=(broken,)))
    assert (other.method, other.status) == ("branch-and-price", SolveStatus.OPTIMAL)
    assert other.objective == 17


def test_a_small_part_that_is_long_by_subsets_goes_on_to_branch_and_price(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subset_route, "NEAR_STEPS", 0)  # tables only
    whole = solve(hard(12, 3), method="set-partition")
    assert solve(hard(12, 3)).method == "set-partition"
    monkeypatch.setattr(methods, "SUBSETS_WORK", 0.9 * whole.work)
    other = solve(hard(12, 3))
    assert (other.method, other.status) == ("branch-and-price", SolveStatus.OPTIMAL)
    assert other.objective == whole.objective


def test_auto_never_asks_the_second_opinion() -> None:
    assert "cp-sat" not in methods._AUTO
    assert methods.SOLVERS[methods._AUTO[-1]].refusal(hard()) is None


def test_making_machine_code_is_announced_once_where_none_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Progress] = []
    monkeypatch.setattr(compiled, "is_stored", lambda package: False)
    solve(make_problem(SMALL), on_progress=seen.append)
    assert PREPARING not in [progress.stage for progress in seen]
    solve(make_problem(SMALL), method="branch-and-price", on_progress=seen.append)
    assert [progress.stage for progress in seen].count(PREPARING) == 1
    monkeypatch.setattr(compiled, "is_stored", lambda package: True)
    seen.clear()
    solve(make_problem(SMALL), method="branch-and-price", on_progress=seen.append)
    assert PREPARING not in [progress.stage for progress in seen]


def test_flows_and_clusters_that_can_be_listed_need_no_compiler() -> None:
    code = (
        "import sys; from matcher.solvers import solve; from matcher.problem import make_problem;"
        "solve(make_problem([[9, 1], [8, 2]]));"
        "r = solve(make_problem([[9, 1], [8, 2], [1, 7]], min_load=2, max_load=3));"
        "assert r.method == 'set-partition'; assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_more_mentees_than_can_be_listed_go_to_branch_and_price() -> None:
    result = solve(hard(), SolveSettings(work_limit=0.3))
    assert result.method == "branch-and-price"
    assert result.status is SolveStatus.FEASIBLE
    assert result.stopped_by is StoppedBy.WORK_LIMIT
    assert result.gap is None or result.gap > 0


def test_a_work_limit_gives_the_same_plan_every_time() -> None:
    first, second = (solve(hard(30, 8), SolveSettings(work_limit=0.3)) for _ in range(2))
    assert first.host_of is not None
    assert second.host_of is not None
    assert first.host_of.tolist() == second.host_of.tolist()
    assert (first.bound, first.work) == (second.bound, second.work)


def test_two_workers_give_the_same_plan_every_time() -> None:
    run = SolveSettings(work_limit=0.3, workers=2)
    first, second = (solve(hard(20, 6), run, method="cp-sat") for _ in range(2))
    assert first.host_of is not None
    assert second.host_of is not None
    assert first.host_of.tolist() == second.host_of.tolist()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_same_optimum(method: str) -> None:
    problem = make_problem(SMALL, max_load=2, constant=100)
    assert solve(problem, method=method).objective == 124


def test_parts_are_solved_apart_and_named_in_the_reason() -> None:
    problem = make_problem(
        [[5, 0, 0], [0, 6, 0], [0, 7, 0], [0, 0, 0]],
        eligible=[[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0]],
        cohesion={(1, 2): 3},
        unassigned_cost=2,
        constant=1000,
    )
    result = solve(problem)
    assert result.objective == 1000 + 5 + 6 + 7 + 3 - 2
    assert result.bound == result.objective
    assert result.method == "flow + set-partition"
    assert result.reason.startswith("3 independent parts: 2 by flow")


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="auto, flow, flow-fixing, set-partition, branch-and-price, cp-sat"):
        solve(make_problem(SMALL), method="magic")


def test_a_method_asked_for_that_cannot_take_the_problem_says_why() -> None:
    with pytest.raises(UsageError, match="rivals must be kept apart"):
        solve(make_problem(SMALL, cannot_link=[(0, 1)]), method="flow")


def test_an_invalid_problem_is_refused() -> None:
    with pytest.raises(ValueError, match="not valid"):
        solve(replace(make_problem(SMALL), pair_demand=np.zeros(6, np.int64)))


def test_a_warm_start_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(UsageError, match="warm start"):
        solve(make_problem(SMALL), warm_start=Solution(np.array([0])))


def test_infeasibility_is_explained_as_far_as_counting_goes() -> None:
    result = solve(make_problem(SMALL, max_load=1, may_stay=False))
    assert result.status is SolveStatus.INFEASIBLE
    assert "need more places than their hosts have" in result.conflict
    rivals = make_problem(
        np.ones((3, 2), np.int64),
        may_stay=False,
        cannot_link=[(0, 1)],
        must_link=[(0, 2)],
        locked=[(1, 0), (2, 0)],
    )
    assert solve(rivals).conflict == "the hard rules cannot all hold together"


@quick
@given(problem=problems())
def test_a_warm_start_is_never_made_worse(problem: Problem) -> None:
    best = brute_force(problem)
    if best is not None:
        result = solve(problem, SolveSettings(work_limit=0.0), warm_start=best[1])
        assert result.objective == best[0]


@quick
@given(problem=problems())
def test_every_plan_is_a_plan_of_the_relaxed_problem_at_no_less(problem: Problem) -> None:
    best = brute_force(problem)
    if best is None:
        return
    judged = evaluate(relax(problem), best[1])
    assert judged.is_feasible
    assert judged.objective >= best[0]


def test_the_relaxation_proves_infeasibility_too() -> None:
    problem = make_problem(SMALL, cannot_link=[(0, 1)], may_stay=False, max_load=1)
    result = solve_relaxed(problem, SolveSettings())
    assert result is not None
    assert result.status is SolveStatus.INFEASIBLE


def test_the_relaxation_settles_nothing_when_its_plan_breaks_a_rule() -> None:
    assert solve_relaxed(make_problem(SMALL, cannot_link=[(0, 1)]), SolveSettings()) is None


def test_interrupting_keeps_the_best_plan_so_far() -> None:
    seen: list[Progress] = []

    def once_there_is_a_plan() -> bool:
        return any(progress.incumbent is not None for progress in seen)

    result = solve(
        hard(), SolveSettings(work_limit=None), on_progress=seen.append, should_stop=once_there_is_a_plan
    )
    assert result.stopped_by is StoppedBy.INTERRUPT
    assert result.status is SolveStatus.FEASIBLE


def test_parts_not_yet_begun_at_an_interruption_still_get_a_plan() -> None:
    two = make_problem(
        [[4, 0], [5, 0], [0, 6], [0, 7]],
        eligible=[[1, 0], [1, 0], [0, 1], [0, 1]],
        cohesion={(0, 1): 1, (2, 3): 1},
    )
    result = solve(two, should_stop=lambda: True)
    assert result.host_of is not None
    assert result.host_of.tolist() == [0, 0, 1, 1]


def test_an_error_in_the_progress_callback_ends_the_search_and_is_raised() -> None:
    def broken(progress: Progress) -> None:
        raise RuntimeError("the screen is gone")

    with pytest.raises(RuntimeError, match="the screen is gone"):
        solve(hard(), SolveSettings(work_limit=None), on_progress=broken)


def test_a_gap_that_is_allowed_is_reported_as_such() -> None:
    result = solve(hard(20, 6), SolveSettings(relative_gap=10.0), method="cp-sat")
    assert result.status is SolveStatus.FEASIBLE
    assert result.stopped_by is StoppedBy.GAP


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"objective": 25}, "the referee finds 24"),
        ({"host_of": np.array([0, 0, 0])}, "breaks hard rules: max-load"),
        ({"bound": 23}, "claims that no plan exceeds 23"),
        ({"bound": 25}, "an optimum that its bound does not prove"),
        ({"bound": None}, "an optimum that its bound does not prove"),
        ({"host_of": None}, "an objective without a plan"),
    ],
)
def test_the_referee_vetoes_a_false_claim(claim: dict[str, Any], words: str) -> None:
    problem = make_problem(SMALL, max_load=2)
    honest = FlowSolver().solve(problem, SolveSettings())
    judge(problem, honest)
    false: Result = replace(honest, **claim)
    with pytest.raises(RefereeError, match=words):
        judge(problem, false)


def test_the_policy_knows_the_same_methods() -> None:
    assert tuple(Method) == METHODS


def test_progress_of_a_single_part_is_in_the_whole_objective() -> None:
    # Two rivals for one host: worth 9 + 7 with nobody else, less the 5 of the one left out, plus 100.
    problem = make_problem(
        {(0, 0): 9, (1, 0): 7},
        n_mentees=2,
        n_hosts=1,
        max_load=2,
        may_stay=True,
        unassigned_cost=5,
        cannot_link=[(0, 1)],
        constant=100,
    )
    seen: list[Progress] = []
    result = solve(problem, method="cp-sat", on_progress=seen.append)
    assert result.objective == 9 - 5 + 100
    assert (seen[-1].incumbent, seen[-1].bound) == (104, 104)
