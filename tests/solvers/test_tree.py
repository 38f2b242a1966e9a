"""What a node of the tree may claim, and that a solution that is not whole can always be split."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, Row, make_problem
from matcher.result import SolveStatus
from matcher.solvers import SolveSettings
from matcher.solvers.branch_and_price import BranchAndPriceSolver
from matcher.solvers.branch_and_price.bound import NO_CUTS
from matcher.solvers.branch_and_price.branching import WHOLE, branch
from matcher.solvers.branch_and_price.close import close, guess
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scaling import factor_of, scaled
from matcher.solvers.branch_and_price.search import Search, begin
from matcher.solvers.prepared import prepare
from tests.examples import examples
from tests.solvers.naive import brute_force
from tests.solvers.strategies import problems
from tests.solvers.test_branch_and_price import generated, plans

MANY = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def coarse(draw: st.DrawFn) -> Problem:
    """Values are multiples of a step, so that the grain is larger than 1."""
    step, n, hosts = draw(st.sampled_from([2, 6, 10])), draw(st.integers(4, 6)), 2
    value = st.integers(0, 5)
    pairs = list(combinations(range(n), 2))
    return make_problem(
        [[step * draw(value) for _ in range(hosts)] for _ in range(n)],
        max_load=draw(st.integers(2, 3)),
        cohesion={pair: step * draw(value) for pair in pairs},
        cannot_link=draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)),
    )


def bounded(problem: Problem) -> tuple[Search, Pool, Generator, int]:
    factor = factor_of(problem)
    prepared = scaled(prepare(problem), factor)
    search = begin(prepared, factor, SolveSettings())
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    generator = Generator(pool, Master(pool), NO_CUTS)
    generator.run(lambda state: False)
    return search, pool, generator, factor


@given(coarse(), st.integers(1, 9))
@MANY
def test_a_plan_from_elsewhere_in_the_tree_hides_no_better_one_of_a_node(problem: Problem, less: int) -> None:
    best = brute_force(problem)
    assert best is not None
    search, pool, generator, factor = bounded(problem)
    assert generator.best is not None
    for step in (close, guess):
        search.value, search.bound = (best[0] - less) * factor, None  # no multiple of the node's own grain
        search.tighten(generator.best.bound)
        step(search, pool, generator.best, limit=100_000, work=5.0)
        if search.proven:
            assert search.value == best[0] * factor


@given(problems())
@MANY
def test_a_solution_that_is_not_whole_is_split_into_plans_that_are_all_there(problem: Problem) -> None:
    pool, generator = generated(problem)
    if not generator.master.solved or generator.master.missing > WHOLE:
        return
    positions, weight = generator.master.primal()
    halves = branch(problem, pool, positions, weight)
    if halves is None:
        joint: dict[tuple[int, tuple[int, ...]], float] = {}
        for at, part in zip(positions.tolist(), weight.tolist(), strict=True):
            key = int(pool.prepared.kind_of[pool.host[at]]), tuple(sorted(pool.members[at].tolist()))
            joint[key] = joint.get(key, 0.0) + part
        assert all(abs(part - round(part)) < 1e-5 for part in joint.values())
        return
    together = plans(halves[0]) | plans(halves[1])
    best = max(plans(problem).values(), default=None)
    assert max(together.values(), default=None) == best


@pytest.mark.parametrize(("seed", "load"), [(0, 1), (1, 1), (0, 3), (1, 3)])
def test_hosts_that_are_alike_are_proven_under_a_budget(seed: int, load: int) -> None:
    dice = np.random.default_rng(seed)
    n, hosts = 7, 3
    value = dice.integers(10, 30, n)
    weight = (value + dice.integers(-3, 4, n)).astype(np.int64)
    budget = Row(
        "budget",
        np.repeat(weight[:, None], hosts, axis=1),
        np.zeros(hosts, np.int64),
        None,
        int(weight.sum() * (0.5 if load > 1 else 0.25)),
    )
    problem = make_problem(np.repeat(value[:, None], hosts, axis=1), max_load=load, rows=[budget])
    result = BranchAndPriceSolver().solve(problem, SolveSettings())
    best = brute_force(problem)
    assert best is not None
    assert (result.status, result.objective) == (SolveStatus.OPTIMAL, best[0])
