"""Preferences of both sides, strict and incomplete, drawn at random."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.instances.loaded import Instance, Loaded
from matcher.problem import SCALE, Problem, validate
from matcher.solvers.stable import Preferences, break_ties


def make_wishes(mentees: int, hosts: int, seed: int, named: int = 10) -> Loaded:
    """Make lists of both sides: each mentee names so many hosts, hosts rank who named them.

    A pair is worth less the rank that the mentee gives the host, so that the referee's objective tells plans
    apart.
    """
    dice = np.random.default_rng(seed)
    named = min(named, hosts)
    chosen = np.sort(np.argsort(dice.random((mentees, hosts)), axis=1)[:, :named], axis=1)
    pair_mentee, pair_host = np.repeat(np.arange(mentees), named), chosen.ravel().astype(np.int64)
    places = np.full(hosts, -(-mentees // hosts), np.int64)
    problem = Problem(
        n_mentees=mentees,
        n_hosts=hosts,
        pair_mentee=pair_mentee,
        pair_host=pair_host,
        pair_value=np.zeros(mentees * named, np.int64),
        pair_demand=np.ones(mentees * named, np.int64),
        min_load=np.zeros(hosts, np.int64),
        max_load=places,
        must_open=np.zeros(hosts, np.bool_),
        open_cost=np.zeros(hosts, np.int64),
        may_stay=np.ones(mentees, np.bool_),
        unassigned_cost=np.zeros(mentees, np.int64),
    )
    drawn = Preferences(*(dice.permutation(problem.n_pairs).astype(np.int64) for _ in range(2)))
    strict = break_ties(problem, drawn)
    valued = Problem(
        **{name: getattr(problem, name) for name in problem.__dataclass_fields__ if name != "pair_value"},
        pair_value=-strict.mentee_rank * SCALE,
    )
    validate(valued)
    return Loaded(valued, preferences=strict)


def wishes() -> tuple[Instance, ...]:
    """Three sizes: a pilot, a country, a union."""
    sizes = ((100, 25), (300, 75), (5_000, 1_250))
    return tuple(Instance(f"{n}-{m}", partial(make_wishes, n, m, 0)) for n, m in sizes)


def tiny_wishes() -> Loaded:
    """Six mentees and three hosts."""
    return make_wishes(6, 3, 0)
