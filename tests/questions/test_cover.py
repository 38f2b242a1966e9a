"""Cover is the best that can be done while everybody else stays, held against every placement there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, Quota, QuotaKind, make_problem
from matcher.questions import Answers
from matcher.questions.cover import cover, cover_each, cover_with_moves
from matcher.questions.edits import without_hosts
from matcher.questions.remaining import remaining
from matcher.questions.robustness import drop_outs, robustness
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.base import SolveSettings
from tests.examples import examples
from tests.solvers.naive import brute_force, naive_objective
from tests.solvers.strategies import problems

POINT = 1_000_000


def placements(problem: Problem, plan: Solution, free: list[int]) -> list[tuple[int, ...]]:
    """All plans that differ from a plan in the free mentees alone."""
    found = []
    for hosts in product(range(-1, problem.n_hosts), repeat=len(free)):
        host_of = plan.host_of.tolist()
        for mentee, host in zip(free, hosts, strict=True):
            host_of[mentee] = host
        found.append(tuple(host_of))
    return found


@st.composite
def drop_out(draw: st.DrawFn) -> tuple[Problem, Solution, int, set[int]]:
    problem = draw(problems(max_mentees=4))
    best = brute_force(problem)
    assume(best is not None and problem.n_hosts > 0)
    assert best is not None
    gone = draw(st.sets(st.integers(0, problem.n_hosts - 1), min_size=1, max_size=2))
    return problem, best[1], best[0], gone


@given(drop_out())
@settings(max_examples=examples(250), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_placement_of_the_displaced_is_better_while_the_others_stay(
    case: tuple[Problem, Solution, int, set[int]],
) -> None:
    problem, plan, before, gone = case
    free = [i for i, host in enumerate(plan.host_of.tolist()) if host in gone]
    rest = without_hosts(problem, gone)
    objectives = [naive_objective(rest, host_of) for host_of in placements(problem, plan, free)]
    best = max((value for value in objectives if value is not None), default=None)
    found = cover(problem, plan, gone)
    assert found.mentees.tolist() == free
    staying = np.setdiff1d(np.arange(problem.n_mentees), free)
    assert (found.plan.host_of[staying] == plan.host_of[staying]).all()
    assert (found.broken == ()) is (best is not None)
    assert found.proven
    if best is not None:
        assert before - found.loss == best == naive_objective(rest, tuple(found.plan.host_of.tolist()))


@given(drop_out())
@settings(max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck))
def test_where_everybody_must_be_placed_as_many_are_as_can_be(
    case: tuple[Problem, Solution, int, set[int]],
) -> None:
    problem, plan, _, gone = case
    free = [i for i, host in enumerate(plan.host_of.tolist()) if host in gone]
    must = replace(problem, may_stay=plan.host_of == UNASSIGNED, quotas=(), rows=())
    optional = replace(without_hosts(must, gone), may_stay=np.ones(problem.n_mentees, np.bool_))
    kept = [one for one in placements(problem, plan, free) if naive_objective(optional, one) is not None]
    most = max(sum(one[i] != -1 for i in free) for one in kept)
    found = cover(must, plan, gone)
    assert len(free) - found.uncovered == most
    assert {violation.rule for violation in found.broken} <= {"must-assign"}
    best = max(
        value
        for one in kept
        if sum(one[i] != -1 for i in free) == most and (value := naive_objective(optional, one)) is not None
    )
    assert naive_objective(optional, tuple(found.plan.host_of.tolist())) == best


@given(drop_out(), st.data())
@settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
def test_what_remains_prices_every_placement_like_the_whole(
    case: tuple[Problem, Solution, int, set[int]], data: st.DataObject
) -> None:
    problem, plan, _, _ = case
    linked = {i for pair in problem.must_link.tolist() for i in pair}
    chosen = data.draw(st.sets(st.sampled_from(range(problem.n_mentees)))) if problem.n_mentees else set()
    free = np.zeros(problem.n_mentees, np.bool_)
    free[sorted(chosen | linked)] = True
    part = remaining(problem, plan, free)
    worths = set()
    for host_of in placements(problem, plan, np.flatnonzero(free).tolist()):
        whole = naive_objective(problem, host_of)
        own = part.restrict(Solution(np.array(host_of, np.int64)))
        lifted = np.array(host_of, np.int64)
        part.lift(own.host_of, lifted)
        if lifted.tolist() != list(host_of):
            assert whole is None  # a host that the part leaves out cannot be had
            continue
        small = naive_objective(part.problem, tuple(own.host_of.tolist()))
        assert (whole is None) is (small is None)
        if whole is not None and small is not None:
            worths.add(whole - small)
    assert len(worths) <= 1


def three_hosts() -> tuple[Problem, Solution]:
    """Host 0 has mentees 0 and 1; host 1 one place left, host 2 two. Objective 9 + 8 + 7 + 3 (0 with 1)."""
    value = np.array([[9, 5, 4], [8, 6, 1], [1, 7, 1]]) * POINT
    problem = make_problem(
        value, max_load=[2, 2, 2], unassigned_cost=20 * POINT, cohesion={(0, 1): 3 * POINT, (0, 2): 2 * POINT}
    )
    return problem, Solution(np.array([0, 0, 1]))


def test_the_loss_counts_pairs_and_cohesion() -> None:
    problem, plan = three_hosts()
    found = cover(problem, plan, [0])
    # both to host 2: 4 + 1 + 3; 0 to host 1, 1 to host 2: 5 + 2 + 1; 1 to host 1, 0 to host 2: 6 + 4
    assert found.host_of.tolist() == [2, 1]
    assert found.pair_loss.tolist() == [5 * POINT, 2 * POINT]
    assert found.loss == (27 - 17) * POINT
    assert found.uncovered == 0


def test_nobody_moves_for_a_drop_out_unless_asked() -> None:
    problem, plan = three_hosts()
    tight = replace(problem, max_load=np.array([2, 1, 1]))
    found = cover(tight, plan, [0])
    assert found.host_of.tolist() == [2, UNASSIGNED]  # 4 - 20 beats 1 - 20
    assert found.uncovered == 1
    moved = cover_with_moves(tight, plan, [0], answers=Answers())
    # two places for three: the best is as before, 2 at host 1 and 0 at host 2 (7 + 4 - 20)
    assert (moved.at_least, moved.loss) == ((27 + 9) * POINT,) * 2


def test_a_rival_who_stays_bars_the_pair() -> None:
    problem, plan = three_hosts()
    apart = replace(problem, cannot_link=np.array([[0, 2], [1, 2]]))
    assert cover(apart, plan, [0]).host_of.tolist() == [2, 2]


def test_a_quota_out_of_reach_is_given_up_and_named() -> None:
    problem, plan = three_hosts()
    everyone, hosts = np.ones(3, np.bool_), np.ones(3, np.bool_)
    two = Quota("clusters", QuotaKind.CLUSTERS, everyone, hosts, 2, None)
    shut = replace(problem, quotas=(two,), max_load=np.array([2, 2, 0]))
    found = cover(shut, plan, [0])
    assert [violation.rule for violation in found.broken] == ["quota:clusters"]
    assert found.host_of.tolist() == [1, UNASSIGNED]  # 5 + 2 - 20 beats 6 - 20


def test_each_leading_host_is_covered_once() -> None:
    problem, plan = three_hosts()
    assert [one.hosts for one in cover_each(problem, plan)] == [(0,), (1,)]


def test_samples_are_shares_of_the_plan() -> None:
    problem, plan = three_hosts()
    found = robustness(problem, plan, share=0.34, samples=6, seed=1)
    losses = {0: 10, 1: 2 + 4, 2: 0}  # host 1 gone: mentee 2 to host 0 is full, to host 2 it brings 1
    kept = {0: 1, 1: 2, 2: 3}
    assert {len(one.hosts) for one in found.samples} == {1}
    for one in found.samples:
        (host,) = one.hosts
        assert one.kept == kept[host]
        assert one.placed == 3
        assert one.objective == (27 - losses[host]) * POINT
    assert found.kept_shares() == tuple(one.kept / 3 for one in found.samples)


def test_drop_outs_follow_from_the_seed_and_not_from_their_number() -> None:
    few, many = (drop_outs(24, share=0.1, samples=n, seed=7) for n in (5, 20))
    assert many[:5] == few
    assert {len(one) for one in many} == {2}
    assert drop_outs(24, share=0.1, samples=5, seed=8) != few
    assert drop_outs(3, share=0.0, samples=1, seed=0) != ((),)
    assert drop_outs(0, share=0.5, samples=3, seed=0) == ()


def test_threads_do_not_change_the_samples() -> None:
    problem, plan = three_hosts()
    one, two = (robustness(problem, plan, seed=3, settings=SolveSettings(workers=n)) for n in (1, 2))
    assert one == two


def test_a_plan_without_points_has_no_quality_share() -> None:
    problem = make_problem(np.array([[1]]) * POINT, max_load=1, open_cost=[5 * POINT])
    found = robustness(problem, Solution(np.array([0])), samples=2)
    assert found.quality_shares() is None


@given(drop_out())
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_with_moves_the_loss_is_the_difference_of_two_brute_forces(
    case: tuple[Problem, Solution, int, set[int]],
) -> None:
    problem, plan, before, gone = case
    best = brute_force(without_hosts(problem, gone))
    found = cover_with_moves(problem, plan, gone, answers=Answers())
    assert found.possible is (best is not None)
    if best is not None:
        assert found.loss == found.at_least == before - best[0]


def test_told_to_stop_no_further_drop_out_is_looked_at() -> None:
    problem, plan = three_hosts()
    asked = iter([False, True])
    assert [one.hosts for one in cover_each(problem, plan, should_stop=lambda: next(asked))] == [(0,)]
    assert robustness(problem, plan, should_stop=lambda: True).samples == ()
