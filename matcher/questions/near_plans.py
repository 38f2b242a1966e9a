"""Plans near a plan: one mentee elsewhere or left out, or two exchanged; most promising first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution

IntArray = NDArray[np.int64]

_BARRED = -(2**60)
"""Worth of a pair that is not eligible."""


def changes_of(
    problem: Problem, plan: Solution, mentees: Sequence[int], *, most_loss: int, tries: int
) -> Iterator[tuple[int, Iterator[Solution]]]:
    """Yield for each mentee some plans without its pair.

    They are ranked by values and cohesion alone and may break rules: whoever uses one has it judged.

    Parameters
    ----------
    problem : Problem
    plan : Solution
    mentees : sequence of int
        Placed ones.
    most_loss : int
        Objective units; changes that seem to lose more are left out.
    tries : int
        Plans for each mentee at most.

    Yields
    ------
    tuple of (int, iterator of Solution)
    """
    worth = _worth(problem, plan)
    # one more column, for those without a host
    now = np.where(plan.host_of == UNASSIGNED, -problem.unassigned_cost, 0)
    placed = np.flatnonzero(plan.host_of != UNASSIGNED)
    now[placed] = worth[placed, plan.host_of[placed]]
    for mentee in mentees:
        ranked = _ranked(problem, plan, worth, now, mentee)
        chosen = [one for one in sorted(ranked, reverse=True) if one[0] >= -most_loss][:tries]
        yield mentee, (_changed(plan, mentee, host, other) for _, host, other in chosen)


def _worth(problem: Problem, plan: Solution) -> IntArray:
    """Value of each pair and its cohesion with the host's mentees in the plan; (n_mentees, n_hosts)."""
    worth = np.full((problem.n_mentees, problem.n_hosts), _BARRED, np.int64)
    worth[problem.pair_mentee, problem.pair_host] = problem.pair_value
    for one, other in ((0, 1), (1, 0)):
        host = plan.host_of[problem.cohesion_pair[:, other]]
        meets = host != UNASSIGNED
        np.add.at(worth, (problem.cohesion_pair[meets, one], host[meets]), problem.cohesion_value[meets])
    return worth


def _ranked(
    problem: Problem, plan: Solution, worth: IntArray, now: IntArray, mentee: int
) -> list[tuple[int, int, int]]:
    """Gain as it seems, new host, and who takes the old place (-1: nobody), for each change."""
    host = int(plan.host_of[mentee])
    found = [(-int(problem.unassigned_cost[mentee]) - int(now[mentee]), UNASSIGNED, -1)]
    gain = worth[mentee] - now[mentee]
    open_hosts = np.flatnonzero(gain > _BARRED // 2)
    found += [(int(gain[at]), at, -1) for at in open_hosts.tolist() if at != host]
    others = np.flatnonzero((plan.host_of != host) & (worth[:, host] > _BARRED // 2))
    there = plan.host_of[others]
    own = np.where(there == UNASSIGNED, -problem.unassigned_cost[mentee], worth[mentee, there])
    gains = own + worth[others, host] - now[mentee] - now[others]
    fits = own > _BARRED // 2
    found += [
        (int(value), int(at), int(other))
        for value, at, other in zip(gains[fits], there[fits], others[fits], strict=True)
    ]
    return found


def _changed(plan: Solution, mentee: int, host: int, other: int) -> Solution:
    host_of = plan.host_of.copy()
    if other >= 0:
        host_of[other] = host_of[mentee]
    host_of[mentee] = host
    return Solution(host_of)
