"""Synthetic problems: the same for a seed, valid, and of the shape asked for."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.instances.calibration import cohesion_units
from benchmarks.instances.peers import Peers, make_peers
from benchmarks.instances.synthetic import Programme, make_programme
from benchmarks.worker import digest
from matcher.problem import SCALE, make_problem

SHAPES = (
    Programme(30, 7),
    Programme(30, 7, rivals=0.045, cohesion=0.1),
    Programme(60, 14, reach=5, rivals=0.045, cohesion=0.2),
    Programme(60, 5, reach=3, low=10, high=18, rivals=0.045, cohesion=0.1),
)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_seed_makes_the_same_problem_every_time_and_another_seed_another(shape: Programme) -> None:
    assert digest(make_programme(shape, 3).problem) == digest(make_programme(shape, 3).problem)
    assert digest(make_programme(shape, 3).problem) != digest(make_programme(shape, 4).problem)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_mentee_reaches_as_many_hosts_as_asked_for(shape: Programme) -> None:
    problem = make_programme(shape, 0).problem
    counts = np.bincount(problem.pair_mentee, minlength=shape.mentees)
    assert set(counts.tolist()) == {shape.reach or shape.hosts}


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_the_asked_for_share_of_pairs_that_can_meet_are_rivals_and_the_others_cohere(
    shape: Programme,
) -> None:
    problem = make_programme(shape, 0).problem
    hosts = [set(problem.pair_host[problem.pair_mentee == i].tolist()) for i in range(shape.mentees)]
    meeting = {
        (i, k) for i in range(shape.mentees) for k in range(i + 1, shape.mentees) if hosts[i] & hosts[k]
    }
    rivals = {(i, k) for i, k in problem.cannot_link.tolist()}
    friends = {(i, k) for i, k in problem.cohesion_pair.tolist()}
    assert len(rivals) == round(shape.rivals * len(meeting))
    assert rivals | friends == meeting
    assert not rivals & friends
    assert (problem.cohesion_value > 0).all()


def test_cohesion_makes_up_the_share_of_a_plan_that_was_asked_for() -> None:
    # One host takes both mentees: 6 + 4 points of pairs; a share of 1/5 leaves 2.5 points for the one pair.
    bare = make_problem(np.array([[6], [4]]) * SCALE)
    problem = cohesion_units(bare, np.array([[0, 1]]), np.array([0.3]), 0.2)
    assert problem.cohesion_value.tolist() == [2_500_000]


def test_peers_must_all_be_placed_on_seats_that_nothing_tells_apart() -> None:
    problem = make_peers(Peers(schools=20, seats=5, rivals=0.05), 1).problem
    assert not problem.may_stay.any()
    assert not problem.pair_value.any()
    assert len(problem.cannot_link) == round(0.05 * 190)
    assert len(problem.cohesion_pair) + len(problem.cannot_link) == 190
