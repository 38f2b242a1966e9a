from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.analysis.alternatives import eligible_hosts
from matcher.analysis.moves import MoveJudge, Obstacle
from matcher.analysis.view import PlanView, view_of
from matcher.encoding import Encoding, encode, solution_from
from matcher.generate import generate_intake
from matcher.policy.model import Policy
from matcher.solution.data import Solution
from matcher.solution.referee import evaluate
from tests.analysis.plans import solved
from tests.analysis.test_document import policies
from tests.encoding.builders import intake, school, wish_policy


def view_from(encoding: Encoding, solution: Solution) -> PlanView:
    return view_of(encoding, solution, evaluate(encoding.problem, solution))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 50), policies())
def test_a_move_has_no_hindrance_exactly_when_the_referee_accepts_it(seed: int, policy: Policy) -> None:
    tiny = generate_intake(mentors=3, mentees=7, countries=("HR",), seed=seed)
    encoding, result = solved(tiny, policy)
    if result.host_of is None:
        return
    view = view_from(encoding, Solution(result.host_of))
    judge = MoveJudge(view)
    for mentee in range(len(view.mentees)):
        for host in eligible_hosts(view, mentee).tolist():
            if host == view.host_of[mentee]:
                continue
            moved = np.array(view.host_of, dtype=np.int64)
            moved[mentee] = host
            accepted = evaluate(encoding.problem, Solution(moved)).is_feasible
            assert (judge.hindrances(mentee, host) == ()) is accepted


def test_a_mentor_that_leads_nothing_is_closed_to_a_single_school() -> None:
    encoding = encode(intake(school("a"), school("b"), school("m1"), school("m2", min_load=2)), wish_policy())
    view = view_from(encoding, solution_from(encoding, {"a": "m1"}))
    (found,) = MoveJudge(view).hindrances(1, 1)
    assert found.obstacle is Obstacle.CLOSED
    assert found.words == "leads no cluster in this plan (it takes 2 places to lead one)"


def test_a_cluster_at_its_smallest_size_holds_its_schools() -> None:
    encoding = encode(intake(school("a"), school("b"), school("m1", min_load=2), school("m2")), wish_policy())
    view = view_from(encoding, solution_from(encoding, {"a": "m1", "b": "m1"}))
    assert [one.obstacle for one in MoveJudge(view).hindrances(0, 1)] == [Obstacle.MINIMUM]
