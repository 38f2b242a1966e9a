from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.problem import Composition, LoadTarget, Problem, Row, make_problem, validate
from matcher.problem.validation import magnitude


def problem() -> Problem:
    return make_problem([[1, 2], [3, 4]], max_load=2, cannot_link=[(0, 1)], cohesion={(0, 1): 5})


def ints(*values: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_a_sound_problem_passes() -> None:
    validate(problem())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pair_value": np.ones(4)}, "pair_value must have shape"),
        ({"min_load": ints(0)}, "min_load must have shape"),
        ({"must_open": ints(0, 1)}, "must_open must have shape"),
        ({"n_mentees": -1}, "n_mentees and n_hosts"),
        ({"pair_mentee": ints(0, 0, 1, 2)}, "names a mentee outside"),
        ({"pair_host": ints(0, 1, 0, 5)}, "names a host outside"),
        ({"pair_host": ints(1, 0, 0, 1)}, "sorted by mentee, then host"),
        ({"pair_host": ints(0, 0, 0, 1)}, "without repeats"),
        ({"pair_demand": ints(1, 1, 0, 1)}, "pair_demand must be at least 1"),
        ({"max_load": ints(-1, 2)}, "must be 0 or more"),
        ({"min_load": ints(0, 3)}, "host 1: min_load 3 exceeds max_load 2"),
        ({"cannot_link": ints([0, 0])}, "links a mentee with itself"),
        ({"cannot_link": ints([1, 0])}, "i < k"),
        ({"cannot_link": ints([0, 1], [0, 1])}, "sorted, without repeats"),
        ({"must_link": ints([0, 2])}, "must_link names a mentee outside"),
        ({"locked": ints([0, 2])}, "locked names"),
        ({"cohesion_value": ints(2**50)}, "too large to be added up exactly"),
        ({"max_load": ints(2**53, 2)}, "demands and loads are too large"),
        ({"load_target": LoadTarget(ints(2, 0), ints(1, 0), 1, 1)}, "low <= high"),
        ({"load_target": LoadTarget(ints(0, 0), ints(1, 0), -1, 1)}, "prices of the load target"),
    ],
)
def test_each_fault_is_named(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        validate(replace(problem(), **change))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((None, None, None), "neither"),
        ((-1, None, None), "0 or more"),
        ((3, 2, None), "exceeds"),
        ((1, 2, -5), "price"),
    ],
)
def test_each_fault_of_a_counted_rule_is_named(limits: tuple[Any, Any, Any], words: str) -> None:
    rule = Composition("mix", np.ones(2, np.bool_), np.ones(2, np.bool_), *limits)
    with pytest.raises(ValueError, match=words):
        validate(replace(problem(), compositions=(rule,)))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row("r", ints(1, 1), ints(0, 0), 0, 1), "pair_weight of 'r' must have shape"),
        (Row("r", ints(1, 1, 1, 1), ints(0), 0, 1), "open_weight of 'r' must have shape"),
        (Row("r", ints(1, 1, 1, 1), ints(0, 0), None, None), "neither"),
        (Row("r", ints(1, 1, 1, 1), ints(0, 0), 3, 2), "exceeds"),
        (Row("r", ints(1, 1, 1, 1), ints(0, 0), 1, 2, -5), "price"),
        (Row("r", ints(2**52, 1, 1, -(2**52)), ints(0, 0), 0, None), "weights of 'r' are too large"),
        (Row("r", ints(2**30, 1, 1, 1), ints(0, 0), 0, None, 2**30), "values are too large"),
    ],
)
def test_each_fault_of_a_row_is_named(row: Row, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        validate(replace(problem(), rows=(row,)))


def test_a_row_may_ask_for_less_than_nothing() -> None:
    validate(replace(problem(), rows=(Row("r", ints(-1, 0, 0, 2), ints(0, -3), -4, -2),)))


def test_all_faults_are_listed_at_once() -> None:
    wrong = replace(problem(), pair_demand=ints(0, 0, 0, 0), locked=ints([9, 9]))
    with pytest.raises(ValueError, match=r"pair_demand(.|\n)*locked"):
        validate(wrong)


def test_a_problem_that_is_merely_infeasible_is_valid() -> None:
    validate(make_problem([[1]], max_load=0, may_stay=False))


def test_sizes_are_added_up_exactly_even_at_the_edge_of_int64() -> None:
    least, most = -(2**63), 2**63 - 1
    plain = make_problem([[1, 1], [1, 1]])
    huge = replace(
        plain,
        pair_value=np.array([1, least, -3, 2]),
        unassigned_cost=np.array([7, -4]),
        cohesion_pair=np.array([[0, 1]]),
        cohesion_value=np.array([most]),
        open_cost=np.array([most, most]),
    )
    assert magnitude(huge) == 2**63 + 4 + 3 * most
    with pytest.raises(ValueError, match="too large to be added up exactly"):
        validate(huge)
