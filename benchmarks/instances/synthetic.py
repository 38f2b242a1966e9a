"""The synthetic family: mentoring programmes in the plane, from 100 to 10,000 mentees."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, triu
from scipy.spatial import cKDTree

from benchmarks.instances.calibration import cohesion_units
from benchmarks.instances.loaded import Loaded
from benchmarks.instances.schools import Schools, distance_km, invent, mentoring_score, peer_score
from matcher.problem import SCALE, Problem, validate

IntArray = NDArray[np.int64]

UNASSIGNED_POINTS = 150
"""Price of a mentee without a host: one and a half perfect pairs."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Size and shape of a synthetic programme.

    Attributes
    ----------
    mentees, hosts : int
    reach : int or None
        Hosts a mentee: the best in score of the four times as many nearest; None makes all eligible.
    low, high : int
        Limits of a cluster.
    must_open : bool
        Whether every host leads a cluster; otherwise one without mentees stays closed.
    rivals : float
        Share of the pairs of mentees with a host in common that must not share one; half of them are
        drawn among the nearest eighth of the pairs, the others anywhere.
    cohesion : float
        Share of a good plan's value that comes from cohesion (see :func:`cohesion_units`).
    """

    mentees: int
    hosts: int
    reach: int | None = None
    low: int = 3
    high: int = 5
    must_open: bool = False
    rivals: float = 0.0
    cohesion: float = 0.0


def make_programme(shape: Programme, seed: int) -> Loaded:
    """Make the programme of a shape and a seed, in time and memory linear in its pairs.

    The square grows with the number of mentees, so that the density of schools stays the same.
    """
    dice = np.random.default_rng(seed)
    side_km = 100.0 * math.sqrt(shape.mentees / 100.0)
    mentees = invent(shape.mentees, side_km, (1.0, 4.0), 2, dice)
    hosts = invent(shape.hosts, side_km, (2.0, 5.0), 4, dice)
    at, to, score = _eligible(mentees, hosts, shape.reach, dice)
    one, other = meeting(at, to, shape) if shape.rivals or shape.cohesion else (np.empty(0, np.int64),) * 2
    apart = _rivals(mentees, one, other, shape.rivals, dice)
    bare = _problem(shape, at, to, np.rint(score * 100 * SCALE).astype(np.int64), _rows(one, other)[apart])
    if not shape.cohesion:
        validate(bare)
        return Loaded(bare, mentees.place)
    worth = peer_score(mentees, one, other, dice)[~apart]
    problem = cohesion_units(bare, _rows(one, other)[~apart], worth, shape.cohesion)
    validate(problem)
    return Loaded(problem, mentees.place)


def _rows(one: IntArray, other: IntArray) -> IntArray:
    return np.stack([one, other], axis=1).astype(np.int64).reshape(-1, 2)


def _eligible(
    mentees: Schools, hosts: Schools, reach: int | None, dice: np.random.Generator
) -> tuple[IntArray, IntArray, NDArray[np.float64]]:
    """Pairs sorted by mentee, then host, and their scores."""
    n, m = len(mentees), len(hosts)
    if reach is None or reach >= m:
        at, to = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
        return at, to, mentoring_score(mentees, at, hosts, to, dice)
    nearest = cKDTree(hosts.place).query(mentees.place, k=min(m, 4 * reach))[1]
    wide = nearest.shape[1]
    at, to = np.repeat(np.arange(n), wide), nearest.astype(np.int64).ravel()
    score = mentoring_score(mentees, at, hosts, to, dice).reshape(n, wide)
    best = np.argpartition(-score, reach - 1, axis=1)[:, :reach]
    kept, worth = np.take_along_axis(nearest, best, axis=1), np.take_along_axis(score, best, axis=1)
    order = np.argsort(kept, axis=1)
    to = np.take_along_axis(kept, order, axis=1).ravel().astype(np.int64)
    return np.repeat(np.arange(n), reach), to, np.take_along_axis(worth, order, axis=1).ravel()


def meeting(at: IntArray, to: IntArray, shape: Programme) -> tuple[IntArray, IntArray]:
    """Pairs of mentees i < k with an eligible host in common, sorted."""
    reach = csr_array((np.ones(len(at), np.int32), (at, to)), shape=(shape.mentees, shape.hosts))
    shared = triu(reach @ reach.T, k=1).tocsr()
    shared.sort_indices()
    one = np.repeat(np.arange(shape.mentees), np.diff(shared.indptr))
    return one.astype(np.int64), shared.indices.astype(np.int64)


def _rivals(
    mentees: Schools, one: IntArray, other: IntArray, share: float, dice: np.random.Generator
) -> NDArray[np.bool_]:
    """Which of the pairs are rivals."""
    apart = np.zeros(len(one), np.bool_)
    wanted = round(share * len(one))
    if not wanted:
        return apart
    by_distance = np.argsort(distance_km(mentees, one, mentees, other), kind="stable")
    near = dice.choice(by_distance[: max(1, len(one) // 8)], size=wanted // 2, replace=False)
    apart[near] = True
    apart[dice.choice(np.flatnonzero(~apart), size=wanted - len(near), replace=False)] = True
    return apart


def _problem(shape: Programme, at: IntArray, to: IntArray, value: IntArray, rivals: IntArray) -> Problem:
    n, m = shape.mentees, shape.hosts
    return Problem(
        n_mentees=n,
        n_hosts=m,
        pair_mentee=at.astype(np.int64),
        pair_host=to.astype(np.int64),
        pair_value=value,
        pair_demand=np.ones(len(at), np.int64),
        min_load=np.full(m, shape.low, np.int64),
        max_load=np.full(m, shape.high, np.int64),
        must_open=np.full(m, shape.must_open),
        open_cost=np.zeros(m, np.int64),
        may_stay=np.ones(n, np.bool_),
        unassigned_cost=np.full(n, UNASSIGNED_POINTS * SCALE, np.int64),
        cannot_link=rivals,
    )
