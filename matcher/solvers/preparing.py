"""Make machine code before a search is timed: a tiny problem that reaches most of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matcher.problem import Problem, make_problem

MENTEES, HOSTS = 24, 6


def tiny_problem() -> Problem:
    """Return a problem with rivals and cohesion that every solver with compiled code takes."""
    values = {(i, j): (i * 7 + j * 13) % 17 * 1_000_000 for i in range(MENTEES) for j in range(HOSTS)}
    two = [(i, k) for i in range(MENTEES) for k in range(i + 1, MENTEES)]
    return make_problem(
        values,
        n_mentees=MENTEES,
        n_hosts=HOSTS,
        min_load=2,
        max_load=5,
        unassigned_cost=20_000_000,
        cannot_link=[pair for pair in two if (pair[0] * 5 + pair[1] * 3) % 23 == 0],
        cohesion={(i, k): (i + 2 * k) % 5 * 500_000 for i, k in two if (i * k) % 3 == 1},
    )


def prepare_code(solve: Callable[[Problem], object]) -> None:
    """Solve the tiny problem, so that the machine code behind a solver is made and stored."""
    solve(tiny_problem())


def for_flows(problem: Problem) -> Problem:
    """Return the problem without cohesion and smallest loads, which flows cannot express."""
    return replace(
        problem,
        min_load=np.zeros(problem.n_hosts, np.int64),
        cohesion_pair=np.empty((0, 2), np.int64),
        cohesion_value=np.empty(0, np.int64),
    )
