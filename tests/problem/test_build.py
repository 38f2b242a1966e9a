from __future__ import annotations

import numpy as np
import pytest

from matcher.problem import make_problem


def test_a_matrix_with_a_mask_gives_the_eligible_pairs_in_order() -> None:
    problem = make_problem([[1, 2], [3, 4]], eligible=[[True, False], [True, True]])
    assert problem.pair_mentee.tolist() == [0, 1, 1]
    assert problem.pair_host.tolist() == [0, 0, 1]
    assert problem.pair_value.tolist() == [1, 3, 4]


def test_a_mapping_is_sorted() -> None:
    problem = make_problem({(1, 0): 5, (0, 1): 6}, n_mentees=2, n_hosts=2)
    assert list(problem.pair_index) == [(0, 1), (1, 0)]
    assert problem.pair_value.tolist() == [6, 5]


def test_links_are_turned_sorted_and_stripped_of_repeats() -> None:
    problem = make_problem(np.zeros((3, 1), np.int64), cannot_link=[(2, 0), (1, 0), (0, 2)])
    assert problem.cannot_link.tolist() == [[0, 1], [0, 2]]


def test_cohesion_of_both_directions_is_added_up() -> None:
    problem = make_problem(np.zeros((2, 1), np.int64), cohesion={(1, 0): 3, (0, 1): 4})
    assert problem.cohesion_pair.tolist() == [[0, 1]]
    assert problem.cohesion_value.tolist() == [7]


@pytest.mark.parametrize(
    ("demand", "expected"),
    [(2, [2, 2, 2, 2]), ([1, 3], [1, 1, 3, 3]), ([[1, 2], [3, 4]], [1, 2, 3, 4])],
)
def test_demand_comes_as_one_number_by_mentee_or_by_pair(demand: object, expected: list[int]) -> None:
    problem = make_problem([[0, 0], [0, 0]], demand=demand)  # type: ignore[arg-type]
    assert problem.pair_demand.tolist() == expected


def test_without_a_maximum_a_host_may_take_everybody() -> None:
    assert make_problem([[0], [0]], demand=[2, 3]).max_load.tolist() == [5]


def test_the_arrays_are_frozen() -> None:
    with pytest.raises(ValueError, match="read-only"):
        make_problem([[1]]).pair_value[0] = 2


def test_a_fraction_is_refused_not_rounded() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        make_problem([[1.5]])


def test_a_mapping_needs_the_sizes() -> None:
    with pytest.raises(ValueError, match="n_mentees"):
        make_problem({(0, 0): 1})
