"""Readers of public formats, on tiny files made by hand."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from benchmarks.instances import folder
from benchmarks.instances.assignment import conflicts, large, read_assignment, small, with_rivals
from benchmarks.instances.facility import holmberg, read_facility
from benchmarks.instances.grouping import ccplib, mdgplib, read_grouping
from benchmarks.instances.loaded import Reference
from benchmarks.instances.median import pmedcap, read_pmedcap, read_sjc, sjc
from matcher.problem import SCALE, Problem
from matcher.solution import Solution, evaluate

needs_files = pytest.mark.skipif(folder() is None, reason="the public instances are not here")


def best(problem: Problem) -> float:
    """Best objective of all plans, points."""
    choices = product(range(-1, problem.n_hosts), repeat=problem.n_mentees)
    judged = [evaluate(problem, Solution(np.array(plan, np.int64))) for plan in choices]
    return max(item.objective for item in judged if item.is_feasible) / SCALE


def written(tmp_path: Path, text: str, name: str = "file") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_assignment_is_read_as_costs_demands_and_capacities(tmp_path: Path) -> None:
    # agent 0 is cheaper for both jobs but has room for one: 1 + 4, the other way round 2 + 5
    loaded = read_assignment(written(tmp_path, "2 2\n 1 2\n 5 4\n 3 3\n 2 2\n 3 4\n"))
    assert best(loaded.problem) == -5
    assert loaded.problem.pair_demand.tolist() == [3, 2, 3, 2]
    assert not loaded.problem.may_stay.any()


def test_rivals_of_an_assignment_are_those_of_the_hash() -> None:
    def hashed(i: int, j: int, label: int) -> int:
        h = (i * 73856093 ^ j * 19349663 ^ label * 83492791) & 0xFFFFFFFF
        h = (h * 1664525 + 1013904223) & 0xFFFFFFFF
        h ^= h >> 16
        h = h * 2246822519 & 0xFFFFFFFF
        return h ^ h >> 13

    wanted = [[i, j] for i in range(30) for j in range(i + 1, 30) if hashed(i, j, 1203) < 0.25 * 2**32]
    assert conflicts("gap12-3", 30, 0.25).tolist() == wanted


def test_rivals_need_the_name_of_the_file() -> None:
    with pytest.raises(ValueError, match="gapK-S"):
        conflicts("a05100", 10, 0.1)


def test_a_p_median_of_whole_distances_rounds_them_down(tmp_path: Path) -> None:
    # points at 0, (1, 1) and (5, 0): distance floor(1.41) = 1 joins the first two, the third stands alone
    loaded = read_pmedcap(written(tmp_path, " 1 1\n 3 2 10\n 1 0 0 4\n 2 1 1 4\n 3 5 0 4\n"))
    assert best(loaded.problem) == -1


def test_a_p_median_opens_exactly_p_hosts(tmp_path: Path) -> None:
    loaded = read_pmedcap(written(tmp_path, " 1 1\n 3 1 12\n 1 0 0 4\n 2 1 1 4\n 3 5 0 4\n"))
    assert best(loaded.problem) == -5  # all to the second: 1 + 4; to the first: 1 + 5


def test_a_p_median_of_real_distances_keeps_them_to_a_millionth(tmp_path: Path) -> None:
    loaded = read_sjc(written(tmp_path, "2 1\n 0 0 9 4\n 1 1 9 4\n"))
    assert best(loaded.problem) == -1.414214


def test_a_facility_costs_its_price_once_and_its_customers(tmp_path: Path) -> None:
    # host 0: 10 + 1 + 2 = 13; host 1: 3 + 6 + 6 = 15, but has room for only one; both: 10 + 3 + ...
    loaded = read_facility(written(tmp_path, "2 2\n9 5\n10.000 3.000\n4 4\n1.0 6.0\n2.0 6.0\n"))
    assert best(loaded.problem) == -13


def test_groups_have_their_own_limits_and_the_value_of_the_pairs_inside(tmp_path: Path) -> None:
    text = "3 2 ds 1 1 2 2\n0 1 5.5\n0 2 7.25\n1 2 0.0\n"
    problem = read_grouping(written(tmp_path, text)).problem
    assert best(problem) == 7.25
    assert problem.must_open.all()
    assert problem.cohesion_pair.tolist() == [[0, 1], [0, 2]]


def test_weights_of_members_count_against_the_limits(tmp_path: Path) -> None:
    text = "3 2 ss 2 3 2 3 W 1 1 2\n0 1 5.0\n0 2 7.0\n1 2 9.0\n"
    assert best(read_grouping(written(tmp_path, text)).problem) == 5.0  # 1 with 2 would leave 0 one short
    assert read_grouping(written(tmp_path, text)).problem.pair_demand.tolist() == [1, 1, 1, 1, 2, 2]


def test_a_file_that_ends_too_early_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ends too early"):
        read_assignment(written(tmp_path, "2 2\n 1 2\n 5 4\n 3 3\n 2 2\n 3\n"))


def test_fractions_where_whole_numbers_are_expected_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fraction"):
        read_assignment(written(tmp_path, "1 1\n 1.5\n 1\n 1\n"))


def test_a_reference_of_whole_numbers_allows_no_rounding() -> None:
    assert Reference.of(713, sign=-1, terms=0, digits=0, proven=True) == Reference(
        -713 * SCALE, 0, proven=True
    )


def test_a_reference_of_reals_allows_half_a_unit_a_term_and_half_the_last_digit() -> None:
    found = Reference.of(17288.99, sign=-1, terms=100, digits=2, proven=False)
    assert found == Reference(-17288990000, 50 + 5000, proven=False)


@needs_files
@pytest.mark.parametrize(
    ("listed", "count"),
    [
        (small, 60),
        (large, 24),
        (pmedcap, 20),
        (sjc, 4),
        (holmberg, 71),
        (lambda: with_rivals(0.1), 60),
        (lambda: with_rivals(0.25), 60),
        (lambda: mdgplib((12, 30, 60)), 36),
        (lambda: mdgplib((120,)), 12),
        (lambda: ccplib("Sparse82"), 10),
        (lambda: ccplib("RanReal240"), 5),
    ],
)
def test_the_public_files_are_all_found_and_the_last_of_each_reads(listed: object, count: int) -> None:
    found = listed()  # type: ignore[operator]
    assert len(found) == count
    assert found[-1].load().problem.n_mentees >= 12


@needs_files
def test_derived_rivals_are_as_many_as_those_that_others_derived() -> None:
    root = folder()
    assert root is not None
    with (root / "gap_conflicts" / "optima.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    jobs = {instance.key: instance.load().problem.n_mentees for instance in small()}
    for line in lines:
        found = conflicts(line["instance"], jobs[line["instance"]], float(line["density"]))
        assert len(found) == int(line["edges"])
