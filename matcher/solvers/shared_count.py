"""Parts tied by one limit on the number of clusters alone: each is solved for the numbers that matter.

The best p of the candidates of several countries are a problem of one piece, yet once each country knows how
many clusters it may form, the countries do not touch each other. Its best value with at most k clusters is
found by the ordinary search; how many clusters each part gets is a resource allocation problem, solved by
dynamic programming (Bellman, *Dynamic Programming*, 1957, chapter 1) over bounds that are made exact where
the best allocation uses them, so that only few searches are needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from matcher.problem import Problem, Quota, QuotaKind
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.budget import after
from matcher.solvers.presolve import Part, split
from matcher.solvers.versions import versions

SolveAlone = Callable[[Problem, SolveSettings], Result]
"""Solves one part as any other problem."""
NEVER = -(2**62)
"""Value of an allocation that no plan has; sums of two stay within int64."""


@dataclass
class _Tied:
    """One part with its best values by the number of clusters that it may form.

    Attributes
    ----------
    part : Part
    quota : Quota
        The limit, cut to the part.
    free : int
        Clusters that its best plan forms.
    exact : dict of int to Result
        Proven results by the number of clusters allowed.
    """

    part: Part
    quota: Quota
    free: int
    exact: dict[int, Result] = field(default_factory=dict)

    def bound(self, most: int) -> int:
        """Value that no plan with at most so many clusters exceeds: that of the next number solved."""
        known = self.exact[min(at for at in self.exact if at >= most)]
        return NEVER if known.objective is None else known.objective


def solve_by_count(
    problem: Problem, settings: SolveSettings, alone: SolveAlone, should_stop: ShouldStop | None
) -> Result | None:
    """Solve a problem that a limit on the number of clusters alone keeps in one piece.

    Parameters
    ----------
    problem : Problem
        A part as :func:`matcher.solvers.presolve.split` makes them.
    settings : SolveSettings
        Limits of all searches together.
    alone : callable
        Solves one part with its share of the limit.
    should_stop : callable or None

    Returns
    -------
    Result or None
        A proven optimum; None where the problem is of another kind, where a limit was reached, or where the
        best plan forms fewer clusters than are asked for.
    """
    quota = _tie(problem)
    if quota is None or quota.at_most is None:
        return None
    rest = tuple(one for one in problem.quotas if one is not quota)
    parts = split(replace(problem, quotas=rest, constant=0))
    if len(parts) < 2:
        return None
    search = _Search(settings, alone, should_stop)
    tied: list[_Tied] = []
    for part in parts:
        result = search.solve(part.problem)
        if result is None or result.host_of is None:
            return None
        own = _cut(quota, part)
        free = _clusters(own, result.host_of)
        tied.append(_Tied(part, own, free, {free: result}))
    shares = _allocate(tied, quota.at_most, search)
    if shares is None:
        return None
    return _united(problem, quota, tied, shares, search)


def _tie(problem: Problem) -> Quota | None:
    """Find the one hard limit on clusters from above; None where there is none or where it is not alone."""
    limits = [
        quota
        for quota in problem.quotas
        if quota.kind is QuotaKind.CLUSTERS and quota.price is None and quota.at_most is not None
    ]
    widest = max(limits, key=lambda quota: int(quota.hosts.sum()), default=None)
    return widest if widest is not None and widest.hosts.sum() > 1 else None


def _cut(quota: Quota, part: Part) -> Quota:
    hosts, members = quota.hosts[part.hosts], quota.members[part.mentees]
    return replace(quota, hosts=hosts, members=members, at_least=None)


def _clusters(quota: Quota, host_of: np.ndarray) -> int:
    opened = np.unique(host_of[host_of != UNASSIGNED])
    return int(quota.hosts[opened].sum())


@dataclass
class _Search:
    """Searches of parts within one limit."""

    settings: SolveSettings
    alone: SolveAlone
    should_stop: ShouldStop | None
    work: float = 0.0
    seconds: float = 0.0

    def solve(self, problem: Problem) -> Result | None:
        """Solve to the end; None where a limit was reached first."""
        left = after(self.settings, self.work, self.seconds)
        spent = left.work_limit is not None and left.work_limit <= 0
        if spent or (self.should_stop is not None and self.should_stop()):
            return None
        result = self.alone(problem, left)
        self.work += result.work
        self.seconds += result.runtime_s
        return result if result.status in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE) else None


def _allocate(tied: list[_Tied], most: int, search: _Search) -> list[int] | None:
    """Share the clusters out among the parts; None where no plan is found or a limit is reached.

    Each round takes the allocation that is best by the bounds; where it rests on bounds, these are made
    exact.
    The first that rests on exact values alone is best of all.
    """
    while True:
        shares = _best_shares(tied, most)
        if shares is None:
            return None
        open_ends = [(one, share) for one, share in zip(tied, shares, strict=True) if share not in one.exact]
        if not open_ends:
            return shares
        for one, share in open_ends:
            limited = replace(one.quota, at_most=share)
            problem = one.part.problem
            result = search.solve(replace(problem, quotas=(*problem.quotas, limited)))
            if result is None:
                return None
            one.exact[share] = result


def _best_shares(tied: list[_Tied], most: int) -> list[int] | None:
    """Numbers of clusters, one a part and `most` in all at most, with the largest sum of bounds."""
    best: list[tuple[int, list[int]]] = [(0, []), *((NEVER, []) for _ in range(most))]
    for one in tied:
        following: list[tuple[int, list[int]]] = [(NEVER, [])] * (most + 1)
        for used, (value, shares) in enumerate(best):
            if value <= NEVER:
                continue
            for share in range(min(one.free, most - used), -1, -1):
                own = one.bound(share)
                if own > NEVER and value + own > following[used + share][0]:
                    following[used + share] = (value + own, [*shares, share])
        best = following
    value, shares = max(best, key=lambda entry: entry[0])
    return None if value <= NEVER else shares


def _united(
    problem: Problem, quota: Quota, tied: list[_Tied], shares: list[int], search: _Search
) -> Result | None:
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    results = [one.exact[share] for one, share in zip(tied, shares, strict=True)]
    for one, result in zip(tied, results, strict=True):
        if result.host_of is None:
            return None
        one.part.lift(result.host_of, host_of)
    if _clusters(quota, host_of) < (quota.at_least or 0):
        return None
    objective = evaluate(problem, Solution(host_of)).objective
    searches = sum(len(one.exact) for one in tied)
    return Result(
        status=SolveStatus.OPTIMAL,
        host_of=host_of,
        objective=objective,
        bound=objective,
        method=" + ".join(sorted({result.method for result in results})),
        reason=f"{len(tied)} parts share a number of clusters; {searches} searches settle who gets how many",
        stopped_by=StoppedBy.PROOF,
        seed=search.settings.seed,
        versions=versions(),
        work=search.work,
    )
