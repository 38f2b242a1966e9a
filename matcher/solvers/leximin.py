"""Leximin: place as many as possible, then raise the worst-off pair, then the second worst, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem, validate
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.budget import Budget, after
from matcher.solvers.clock import now
from matcher.solvers.dispatch import judge, solve
from matcher.solvers.division import Division, unite
from matcher.solvers.presolve import Part, split
from matcher.solvers.priorities import Ordered, Priority, Reached, held_at, only_counting, renamed

IntArray = NDArray[np.int64]
PLACED = "placed"
"""Key of the first thing: the number of mentees that have a host."""
BELOW = "below"
"""Key of each further thing, before a colon and a level: less the mentees placed at or below the level."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What one part reached of one thing: its number, and the best that is possible as far as is known."""

    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A part: its plan, how many it places, and by level how many stand at or below it."""

    result: Result
    placed: _Step | None = None
    below: tuple[tuple[int, _Step], ...] = ()

    def at(self, level: int) -> _Step:
        """Return the number at or below a level that need not be one of the part's own."""
        found = _Step(0, 0)
        for own, step in self.below:
            if own <= level:
                found = step
        return found


def solve_leximin(
    problem: Problem,
    level: IntArray,
    settings: SolveSettings | None = None,
    *,
    method: str = "auto",
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Ordered:
    """Place as many mentees as possible, then raise the worst-off level by level, then have most points.

    To have fewest at or below each level in turn, from the bottom, is to have the sorted levels of the placed
    mentees as large as possible in lexicographic order: leximin over levels. Parts of the problem that do not
    touch each other are solved by themselves: numbers add up over parts, and the lexicographic least of a sum
    is the sum of the lexicographic least. After all levels the objective decides.

    Parameters
    ----------
    problem : Problem
    level : ndarray of int64, shape (n_pairs,)
        How well off a mentee is in each pair; more is better.
    settings : SolveSettings, optional
        Limits of the whole. `stop` and `relative_gap` are about points and count only after the levels.
    method, on_progress, should_stop
        As for :func:`matcher.solvers.solve`.

    Returns
    -------
    Ordered
        ``reached`` begins with :data:`PLACED`; then ``below:L`` for each level L from the highest at or below
        which nobody stands, as far as numbers rise. Values are less the number of mentees.

    Raises
    ------
    UsageError, ValueError, RefereeError
        As for :func:`matcher.solvers.solve`.

    References
    ----------
    Ogryczak, Luss, Pióro, Nace, Tomaszewski, "Fair optimization and networks: a survey", *Journal of Applied
    Mathematics* (2014), §2.3 (lexicographic maximin, by counts of outcomes at or below each value).
    """
    settings, started = settings or SolveSettings(), now()
    validate(problem)
    if level.shape != (problem.n_pairs,):
        raise ValueError(f"Levels are given for {len(level)} pairs; the problem has {problem.n_pairs}.")
    parts = split(problem)
    budget = Budget(settings, len(parts), started, constant=problem.constant if len(parts) == 1 else 0)
    found: list[_Found] = []
    for number, part in enumerate(parts, start=1):
        stopped = StoppedBy.INTERRUPT if should_stop is not None and should_stop() else budget.verdict()
        one = _PartSearch(
            budget.share(number) if stopped is None else budget.short(),
            method,
            renamed(on_progress, f"part {number} of {len(parts)}" if len(parts) > 1 else ""),
            should_stop if stopped is None else None,
        ).run(part.problem, level[_pairs_of(problem, part)], levels=stopped is None)
        if stopped is not None and one.result.status is not SolveStatus.OPTIMAL:
            one = replace(one, result=replace(one.result, stopped_by=stopped))
        budget.used += one.result.work
        found.append(one)
        if one.result.status is SolveStatus.INFEASIBLE:
            break
    whole = unite(Division(problem, parts), [one.result for one in found], settings.seed)
    whole = replace(whole, runtime_s=now() - started)
    judge(problem, whole)
    if whole.host_of is None:
        return Ordered(whole, ())
    reached = _reached(found, np.unique(level).tolist())
    if all(step.is_proven for step in reached):
        return Ordered(whole, reached)
    # what the parts hold is more than what is reached of the whole: no bound is known then
    status = SolveStatus.FEASIBLE
    return Ordered(replace(whole, status=status, bound=None), reached)


def counts_at_or_below(problem: Problem, level: IntArray, plan: Solution) -> dict[int, int]:
    """Count the placed mentees at or below each level that some pair has.

    Returns
    -------
    dict of int to int
        By level, ascending.
    """
    own = level[plan.host_of[problem.pair_mentee] == problem.pair_host]
    return {one: int((own <= one).sum()) for one in np.unique(level).tolist()}


def _pairs_of(problem: Problem, part: Part) -> IntArray:
    """Positions in the whole of the part's pairs."""
    keys = problem.pair_mentee * problem.n_hosts + problem.pair_host  # ascending, as pairs are sorted
    own = part.problem
    at: IntArray = np.searchsorted(
        keys, part.mentees[own.pair_mentee] * problem.n_hosts + part.hosts[own.pair_host]
    ).astype(np.int64)
    return at


@dataclass(slots=True)
class _PartSearch:
    """Search of one part: limits left, and whom to tell."""

    settings: SolveSettings
    method: str
    on_progress: OnProgress | None
    should_stop: ShouldStop | None
    work: float = 0.0
    started: float = 0.0
    stopped: StoppedBy = StoppedBy.PROOF

    def run(self, problem: Problem, level: IntArray, *, levels: bool) -> _Found:
        """Solve for one thing after the other; without `levels` only for some plan."""
        self.started = now()
        steps = np.unique(level).tolist()
        placed = None
        below: list[tuple[int, _Step]] = []
        held, plan = problem, None
        if levels:
            whole = Priority(PLACED, np.ones(problem.n_pairs, np.int64), np.zeros(problem.n_hosts, np.int64))
            result = self._count(held, whole, None, left=len(steps) + 1)
            if result.host_of is None or result.objective is None:
                return _Found(replace(result, bound=None, work=self.work))
            plan, number = Solution(result.host_of), result.objective
            placed = _Step(number, result.bound)
            held = _placing(held, whole, number)
            for at, one in enumerate(steps):
                plan, step, held, level = self._lower(held, level, one, plan, below, left=len(steps) - at)
                below.append((one, step))
                if step.value == number:
                    break
        settings = after(self.settings, self.work, now() - self.started)
        last = solve(
            held,
            settings,
            method=self.method,
            warm_start=plan,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
        )
        if last.status is SolveStatus.OPTIMAL or last.stopped_by is StoppedBy.PROOF:
            last = replace(last, stopped_by=self.stopped)
        return _Found(replace(last, work=self.work + last.work), placed, tuple(below))

    def _lower(
        self,
        held: Problem,
        level: IntArray,
        one: int,
        plan: Solution,
        below: Sequence[tuple[int, _Step]],
        *,
        left: int,
    ) -> tuple[Solution, _Step, Problem, IntArray]:
        """Have as few as possible at or below a level, given what is held of the lower ones."""
        before = below[-1][1] if below else _Step(0, 0)
        number = counts_at_or_below(held, level, plan).get(one, before.value)
        bound: int | None = before.value  # no plan that keeps the lower levels has fewer
        if number > before.value:
            weight = -(level <= one).astype(np.int64)
            thing = Priority(f"{BELOW}:{one}", weight, np.zeros(held.n_hosts, np.int64))
            result = self._count(held, thing, plan, left=left)
            if result.host_of is not None and result.objective is not None:
                plan, number = Solution(result.host_of), -result.objective
            bound = None if result.bound is None else -result.bound
        if number == 0:
            keep = level > one
            return plan, _Step(0, bound), _only(held, keep), level[keep]
        thing = Priority(f"{BELOW}:{one}", -(level <= one).astype(np.int64), np.zeros(held.n_hosts, np.int64))
        return plan, _Step(number, bound), replace(held, rows=(*held.rows, held_at(thing, -number))), level

    def _count(self, held: Problem, thing: Priority, plan: Solution | None, *, left: int) -> Result:
        """Solve for one number with an equal share of what is left."""
        settings = after(self.settings, self.work, now() - self.started)
        settings = replace(
            settings,
            work_limit=None if settings.work_limit is None else settings.work_limit / (left + 1),
            time_limit_s=None if settings.time_limit_s is None else settings.time_limit_s / (left + 1),
            relative_gap=0.0,
            stop=None,
        )
        result = solve(
            only_counting(held, thing),
            settings,
            method=self.method,
            warm_start=plan,
            on_progress=renamed(self.on_progress, f"priority {thing.key}"),
            should_stop=self.should_stop,
        )
        self.work += result.work
        if result.stopped_by is not StoppedBy.PROOF:
            self.stopped = result.stopped_by
        return result


def _placing(problem: Problem, whole: Priority, number: int) -> Problem:
    """Hold the number of mentees that are placed; where it is all of them, by saying that nobody may stay."""
    if number == problem.n_mentees:
        return replace(problem, may_stay=np.zeros(problem.n_mentees, np.bool_))
    return replace(problem, rows=(*problem.rows, held_at(whole, number)))


def _only(problem: Problem, keep: NDArray[np.bool_]) -> Problem:
    """Leave some pairs: no plan that counts has any of the others."""
    return replace(
        problem,
        pair_mentee=problem.pair_mentee[keep],
        pair_host=problem.pair_host[keep],
        pair_value=problem.pair_value[keep],
        pair_demand=problem.pair_demand[keep],
        rows=tuple(replace(row, pair_weight=row.pair_weight[keep]) for row in problem.rows),
    )


def _reached(found: Sequence[_Found], levels: Sequence[int]) -> tuple[Reached, ...]:
    """Add up the parts; once a number is not proven, no bound is known of those after it."""
    placed = [one.placed for one in found]
    if any(step is None for step in placed):
        return (Reached(PLACED, sum(_number(one) for one in found), None),)
    steps = [(PLACED, _sum([step for step in placed if step is not None]), 1)]
    number = steps[0][1].value
    last = 0
    for level in levels:
        step = _sum([one.at(level) for one in found])
        if step.value > last and level != levels[0] and last == 0:
            lower = max(one for one in levels if one < level)
            steps.append((f"{BELOW}:{lower}", _sum([one.at(lower) for one in found]), -1))
        if step.value > last:
            steps.append((f"{BELOW}:{level}", step, -1))
        last = step.value
        if last == number:
            break
    known, reached = True, []
    for key, step, sign in steps:
        bound = step.bound if known else None
        reached.append(Reached(key, sign * step.value, None if bound is None else sign * bound))
        known = known and bound == step.value
    return tuple(reached)


def _sum(steps: Sequence[_Step]) -> _Step:
    bounds = [step.bound for step in steps if step.bound is not None]
    return _Step(sum(step.value for step in steps), sum(bounds) if len(bounds) == len(steps) else None)


def _number(found: _Found) -> int:
    host_of = found.result.host_of
    return 0 if host_of is None else int((host_of != UNASSIGNED).sum())
