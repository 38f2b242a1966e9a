"""What giving up one thing is worth: the difference of two solves, and nothing valuable left out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, Quota, QuotaKind, make_problem
from matcher.questions import Answers
from matcher.questions.edits import NewPair, with_pairs
from matcher.questions.relaxations import (
    MayPair,
    NotApart,
    OnePlaceMore,
    Relaxing,
    has_small_parts,
    most_valuable,
    own_relaxations,
    relaxed,
)
from matcher.solution import UNASSIGNED, Solution
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems

POINT = 1_000_000


@st.composite
def asked(draw: st.DrawFn) -> tuple[Problem, list[Relaxing]]:
    """A problem, and every relaxation of it: places, links and one barred pair for each mentee."""
    problem = draw(problems(max_mentees=4, rows=False))
    candidates: list[Relaxing] = [OnePlaceMore(host) for host in range(problem.n_hosts)]
    candidates += [NotApart(first, second) for first, second in problem.cannot_link.tolist()]
    for mentee in range(problem.n_mentees):
        barred = [host for host in range(problem.n_hosts) if (mentee, host) not in problem.pair_index]
        own = set(problem.pair_host[problem.pair_mentee == mentee].tolist())
        fresh = [
            other
            for other in range(problem.n_mentees)
            if other != mentee and own.isdisjoint(problem.pair_host[problem.pair_mentee == other].tolist())
        ]
        cohesion = tuple((other, draw(st.integers(-3, 6))) for other in fresh)
        pairs = tuple(NewPair(mentee, host, draw(st.integers(-6, 12)), 1, cohesion) for host in barred)
        candidates += [MayPair(f"pairs of {mentee}", pairs)] if pairs else []
    return problem, candidates


@given(asked())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_each_worth_is_the_difference_of_two_brute_forces_and_none_is_missed(
    case: tuple[Problem, list[Relaxing]],
) -> None:
    problem, candidates = case
    best = brute_force(problem)
    assume(best is not None)
    assert best is not None
    truth = {}
    for at, one in enumerate(candidates):
        other = brute_force(relaxed(problem, one))
        assert other is not None
        truth[at] = other[0] - best[0]
    found = most_valuable(problem, best[1], candidates, bound=best[0], answers=Answers(), count=3)
    assert all(worth.at_least == worth.at_most for worth in found)
    positive = sorted((worth for worth in truth.values() if worth > 0), reverse=True)
    assert [worth.at_least for worth in found] == positive[:3]
    assert all(truth[candidates.index(worth.relaxing)] == worth.at_least for worth in found)


def test_a_place_at_a_full_host_is_worth_what_it_brings() -> None:
    problem = make_problem(np.array([[9], [8]]) * POINT, max_load=1, unassigned_cost=2 * POINT)
    plan = Solution(np.array([0, -1]))
    assert own_relaxations(problem, plan) == (OnePlaceMore(0),)
    (found,) = most_valuable(
        problem, plan, own_relaxations(problem, plan), bound=7 * POINT, answers=Answers()
    )
    assert (found.at_least, found.at_most) == (10 * POINT, 10 * POINT)
    assert found.plan is not None
    assert found.plan.host_of.tolist() == [0, 0]


def test_what_is_hopeless_is_not_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    # no host has room for both
    values = np.array([[9, 1], [1, 9]]) * POINT
    problem = make_problem(values, max_load=1, cannot_link=[(0, 1)], cohesion={(0, 1): POINT})
    answers = Answers()
    monkeypatch.setattr(Answers, "solve", lambda *_, **__: pytest.fail("was solved"))
    plan = Solution(np.array([0, 1]))
    assert most_valuable(problem, plan, [NotApart(0, 1)], bound=18 * POINT, answers=answers) == ()


def test_parts_of_more_than_twenty_mentees_are_not_small() -> None:
    assert not has_small_parts(make_problem(np.ones((21, 2), np.int64)))
    assert has_small_parts(make_problem(np.ones((20, 2), np.int64)))


def test_a_pair_cannot_be_added_where_rows_would_have_to_weigh_it() -> None:
    from matcher.questions.edits import with_kept_at_least  # noqa: PLC0415

    problem = make_problem({(0, 0): 1}, n_mentees=1, n_hosts=2)
    limited = with_kept_at_least(problem, Solution(np.array([0])), 0)
    with pytest.raises(ValueError, match="rows across clusters"):
        with_pairs(limited, [NewPair(0, 1, 5, 1)])


def test_two_mentees_that_several_new_pairs_bring_together_count_once() -> None:
    problem = make_problem({(0, 0): 1, (0, 1): 1}, n_mentees=2, n_hosts=2)
    changed = with_pairs(problem, [NewPair(1, 0, 5, 1, ((0, 7),)), NewPair(1, 1, 5, 1, ((0, 7),))])
    assert changed.cohesion_pair.tolist() == [[0, 1]]
    assert changed.cohesion_value.tolist() == [7]


def test_new_pairs_that_contradict_each_other_are_refused() -> None:
    problem = make_problem({(0, 0): 1, (0, 1): 1}, n_mentees=2, n_hosts=2)
    with pytest.raises(ValueError, match="stated twice"):
        with_pairs(problem, [NewPair(1, 0, 5, 1, ((0, 7),)), NewPair(1, 1, 5, 1, ((0, 6),))])


def test_a_quota_that_binds_only_with_one_more_place_is_not_forgotten() -> None:
    quota = Quota("none", QuotaKind.MENTEES, np.array([True]), np.array([True]), None, 0)
    problem = make_problem({(0, 0): 5}, n_mentees=1, n_hosts=1, max_load=[0], quotas=[quota])
    plan = Solution(np.array([UNASSIGNED]))
    assert most_valuable(problem, plan, [OnePlaceMore(0)], count=1, bound=0, answers=Answers()) == ()
