"""Peer clusters: no host school, only identical seats; all value is cohesion."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.instances.loaded import Loaded
from benchmarks.instances.schools import distance_km, invent, peer_score
from matcher.problem import SCALE, Problem, validate


@dataclass(frozen=True, slots=True)
class Peers:
    """Schools that form clusters among themselves; everybody must be in one.

    Attributes
    ----------
    schools, seats : int
        Any seat may stay closed.
    low, high : int
        Limits of a cluster.
    rivals : float
        Share of the pairs that must not share a cluster, the nearest first among twice as many.
    """

    schools: int = 100
    seats: int = 25
    low: int = 4
    high: int = 6
    rivals: float = 0.0


def make_peers(shape: Peers, seed: int) -> Loaded:
    """Make the schools of a shape and a seed; a perfect pair is worth 10 points."""
    dice = np.random.default_rng(seed)
    n, m = shape.schools, shape.seats
    schools = invent(n, 100.0 * math.sqrt(n / 100.0), (1.0, 4.0), 2, dice)
    one, other = (side.astype(np.int64) for side in np.triu_indices(n, 1))
    worth = np.rint(peer_score(schools, one, other, dice) * 10 * SCALE).astype(np.int64)
    wanted = round(shape.rivals * len(one))
    pool = np.argsort(distance_km(schools, one, schools, other), kind="stable")[: 2 * wanted]
    apart = np.zeros(len(one), np.bool_)
    apart[dice.choice(pool, size=wanted, replace=False)] = True
    rows = np.stack([one, other], axis=1)
    problem = Problem(
        n_mentees=n,
        n_hosts=m,
        pair_mentee=np.repeat(np.arange(n), m),
        pair_host=np.tile(np.arange(m), n),
        pair_value=np.zeros(n * m, np.int64),
        pair_demand=np.ones(n * m, np.int64),
        min_load=np.full(m, shape.low, np.int64),
        max_load=np.full(m, shape.high, np.int64),
        must_open=np.zeros(m, np.bool_),
        open_cost=np.zeros(m, np.int64),
        may_stay=np.zeros(n, np.bool_),
        unassigned_cost=np.zeros(n, np.int64),
        cannot_link=rows[apart],
        cohesion_pair=rows[~apart],
        cohesion_value=worth[~apart],
    )
    validate(problem)
    return Loaded(problem, schools.place)
