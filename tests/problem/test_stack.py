"""Several problems side by side: a plan of the whole is a plan of each, its value the sum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.problem import LoadTarget, Problem, Row, make_problem, stack
from matcher.solution import Solution, evaluate
from tests.examples import examples
from tests.solvers.strategies import problems

EXAMPLES = settings(max_examples=examples(150), deadline=None, derandomize=True)


def _alike(first: Problem, second: Problem) -> bool:
    """Whether the two price places beside a target alike, or one has no target."""
    targets = [one.load_target for one in (first, second) if one.load_target is not None]
    return len({(one.under_price, one.over_price) for one in targets}) < 2


@EXAMPLES
@given(first=problems(), second=problems(), data=st.data())
def test_any_plan_is_worth_as_much_as_its_two_plans(
    first: Problem, second: Problem, data: st.DataObject
) -> None:
    if not _alike(first, second):
        with pytest.raises(ValueError, match="alike"):
            stack([first, second])
        return
    both = stack([first, second])
    plans = [
        np.array([data.draw(st.integers(-1, one.n_hosts - 1)) for _ in range(one.n_mentees)], np.int64)
        for one in (first, second)
    ]
    shifted = np.where(plans[1] < 0, plans[1], plans[1] + first.n_hosts)
    whole = np.concatenate((plans[0], shifted))
    judged = evaluate(both.whole, Solution(whole))
    apart = [evaluate(one, Solution(plan)) for one, plan in zip((first, second), plans, strict=True)]
    assert bool(judged.broken) == any(one.broken for one in apart)
    if not judged.broken:
        assert judged.objective == sum(one.objective for one in apart)
    for layer, plan in enumerate(plans):
        assert both.plan_of(whole, layer).tolist() == plan.tolist()


def test_a_row_across_both_counts_pairs_of_both() -> None:
    one = make_problem({(0, 0): 5}, n_mentees=1, n_hosts=1)
    both = stack([one, one])
    tied = both.with_rows([Row("either", np.array([1, 1]), np.zeros(2, np.int64), None, 1)])
    assert not evaluate(tied.whole, Solution(np.array([0, -1]))).broken
    assert evaluate(tied.whole, Solution(np.array([0, 1]))).broken


def test_a_target_of_one_leaves_the_loads_of_the_other_free() -> None:
    aimed = make_problem(
        {(0, 0): 1}, n_mentees=1, n_hosts=1, load_target=LoadTarget(np.array([0]), np.array([0]), 0, 7)
    )
    free = make_problem({(0, 0): 1}, n_mentees=1, n_hosts=1)
    plan = Solution(np.array([0, 1]))
    assert evaluate(stack([aimed, free]).whole, plan).objective == 1 - 7 + 1
