"""The gap of the whole: parts that were left at the gap asked for go on until the whole is within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from matcher.problem import Problem
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, SolveSettings
from matcher.solvers.budget import Budget
from matcher.solvers.presolve import Part


class SolvePart(Protocol):
    """Solves one part, as :func:`matcher.solvers.methods.solve_part` does."""

    def __call__(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None,
        on_progress: OnProgress | None,
    ) -> Result:
        """Solve."""
        ...


def close_gap(
    constant: int, parts: Sequence[Part], results: list[Result], budget: Budget, solve: SolvePart
) -> None:
    """Take up parts again that ended at the relative gap asked for while the whole is not within it.

    A part's own objective leaves out the constant and the other parts, so its relative gap can be far
    smaller than that of the whole. The part with the largest gap goes on first, until what it may leave open
    fits into what the whole may; a part that had its turn and still ends too early is solved to the end, or
    as far as a criterion on gaps lets it.

    Parameters
    ----------
    constant : int
        Of the whole, objective units.
    parts : sequence of Part
    results : list of Result
        One a part, replaced in place.
    budget : Budget
        Its settings have the gap asked for; `used` is added to.
    solve : SolvePart
    """
    asked, tried, ended = budget.settings.relative_gap, set[int](), set[int]()
    while asked > 0:
        gaps = [_open(result) for result in results]
        if None in gaps or len(gaps) < len(parts) or budget.verdict() is not None:
            return
        known = [gap or 0 for gap in gaps]
        worth = constant + sum(result.objective or 0 for result in results)
        allowed = int(asked * max(1, abs(worth)))
        early = [at for at, result in enumerate(results) if result.stopped_by is StoppedBy.GAP and known[at]]
        left = [at for at in early if at not in ended]
        if sum(known) <= allowed or not left:
            return
        at = max(left, key=known.__getitem__)
        old = results[at]
        own = max(0, allowed - (sum(known) - known[at]))
        target = 0.0 if at in tried else own / max(1, abs(old.objective or 0))
        if at in tried:
            ended.add(at)
        tried.add(at)
        new = solve(
            parts[at].problem,
            replace(budget.share(budget.steps), relative_gap=target),
            warm_start=None if old.host_of is None else Solution(old.host_of),
            on_progress=None,
        )
        budget.used += new.work
        results[at] = _better_of(old, new)


def _open(result: Result) -> int | None:
    """Distance of a part's plan from its bound; None while either is unknown."""
    if result.objective is None or result.bound is None:
        return None
    return result.bound - result.objective


def _better_of(old: Result, new: Result) -> Result:
    """Keep the better plan and the better bound of two searches of one part; the second says why it ended."""
    if new.objective is None or old.objective is None or old.bound is None:
        return old
    kept = (
        new if new.objective >= old.objective else replace(new, host_of=old.host_of, objective=old.objective)
    )
    bound = old.bound if kept.bound is None else min(old.bound, kept.bound)
    work = old.work + new.work
    if kept.objective == bound:
        return replace(kept, status=SolveStatus.OPTIMAL, stopped_by=StoppedBy.PROOF, bound=bound, work=work)
    return replace(kept, bound=bound, work=work)
