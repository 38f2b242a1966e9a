"""What is left over once the work is spent: nothing is said of it, and nothing false of the rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, make_problem
from matcher.questions import Answers
from matcher.questions.allowance import EACH, Allowance
from matcher.questions.cover import cover_each
from matcher.questions.holding import holding
from matcher.questions.prices import pair_prices
from matcher.questions.robustness import robustness
from matcher.solution import Solution
from matcher.solvers.base import SolveSettings
from tests.examples import examples
from tests.questions.test_several import every_plan
from tests.solvers.strategies import problems


def two_countries() -> tuple[Problem, Solution]:
    """Mentees 0 and 1 have hosts 0 and 1 in reach, mentees 2 and 3 hosts 2 and 3: two parts."""
    none = None
    value = [[9, 4, none, none], [8, 7, none, none], [none, none, 9, 3], [none, none, 8, 7]]
    eligible = np.array([[cell is not None for cell in row] for row in value])
    filled = np.array([[cell or 0 for cell in row] for row in value])
    return make_problem(filled, eligible=eligible, max_load=1, unassigned_cost=20), Solution(np.arange(4))


def test_parts_left_once_the_work_is_spent_are_not_priced_and_nothing_is_said_to_hold_there() -> None:
    problem, plan = two_countries()
    whole = pair_prices(problem, plan, 32)
    first = pair_prices(problem, plan, 32, allowance=Allowance(EACH))
    assert whole.unpriced == frozenset()
    assert first.unpriced == {2, 3}
    own = problem.pair_mentee < 2
    assert first.pair[own].tolist() == whole.pair[own].tolist() == [0, 4, 4, 0]
    assert [one.mentee for one in holding(problem, plan, prices=first, tolerance=0)] == [0, 1]


@given(problems(max_mentees=4), st.integers(0, 6), st.sampled_from([0.0, EACH, 2 * EACH]), st.booleans())
@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_work_there_is_nothing_false_is_said_of_what_holds(
    problem: Problem, tolerance: int, limit: float, bounded: bool
) -> None:
    plans = every_plan(problem)
    assume(plans)
    host_of, worth = sorted(plans.items())[len(plans) // 2]
    plan, allowance = Solution(np.array(host_of, np.int64)), Allowance(limit)
    prices = pair_prices(problem, plan, max(plans.values()) if bounded else None, allowance=allowance)
    answers = Answers(allowance=allowance)
    for one in holding(problem, plan, prices=prices, tolerance=tolerance, answers=answers):
        without = [value for other, value in plans.items() if other[one.mentee] != one.host]
        assert one.holds in (all(value < worth - tolerance for value in without), None)
        assert not without or one.loss_at_least <= max(0, worth - max(without))


def test_drop_outs_left_once_the_work_is_spent_are_missing() -> None:
    problem, plan = two_countries()
    assert [one.hosts for one in cover_each(problem, plan, allowance=Allowance(EACH))] == [(0,)]
    assert cover_each(problem, plan, allowance=Allowance(0.0)) == ()
    assert robustness(problem, plan, allowance=Allowance(0.0)).samples == ()
    assert len(robustness(problem, plan, samples=3, allowance=Allowance()).samples) == 3


def test_a_search_gets_no_more_than_is_left_and_no_more_than_its_own_limit() -> None:
    allowance = Allowance(3.0)
    allowance.spend(1.0)
    assert allowance.within(SolveSettings(work_limit=None)).work_limit == pytest.approx(2.0)
    assert allowance.within(SolveSettings(work_limit=0.5)).work_limit == pytest.approx(0.5)
    assert Allowance().within(SolveSettings(work_limit=None)).work_limit is None
    allowance.spend(5.0)
    assert allowance.is_spent
    assert allowance.left == 0.0
