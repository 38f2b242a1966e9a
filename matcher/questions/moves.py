"""Moves against quality: the fewest moves that a changed problem asks of a plan, and what more would gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.questions.answers import Answers
from matcher.questions.move_lines import Line, Lines, Option, merge_lines
from matcher.questions.part_line import PartAnswer, PartSearch
from matcher.result import SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.presolve import Part, split

MOST_SOLVES = 40
"""Plans sought between the two ends of one part's line; beyond that the line has gaps, and says so."""


@dataclass(frozen=True, slots=True, eq=False)
class MovePoint:
    """The best plan found with so many moves.

    Attributes
    ----------
    moves : int
        Mentees that could have stayed where they were, and did not.
    objective : int
        In objective units.
    bound : int or None
        No plan that places as many, with at most so many moves, is worth more; None if unknown.
    host_of : ndarray of int64, shape (n_mentees,)
    """

    moves: int
    objective: int
    bound: int | None
    host_of: NDArray[np.int64]

    @property
    def is_proven(self) -> bool:
        """Whether no better plan has so few moves."""
        return self.bound == self.objective


@dataclass(frozen=True, slots=True, eq=False)
class TradeOff:
    """The line moves against quality.

    Attributes
    ----------
    status : SolveStatus
        OPTIMAL where everything below is proven, FEASIBLE where something is not; INFEASIBLE or UNKNOWN
        without points.
    points : tuple of MovePoint
        Rising in moves and in objective: no point is as good as one with fewer moves.
    stays : ndarray of bool, shape (n_mentees,)
        Mentees whose old pair may still be had: leaving it is a move.
    placed, placed_bound : int
        Mentees placed by every point; no plan places more than `placed_bound`.
    least_bound : int
        No plan that places as many has fewer moves; equal to the first point's moves where proven.
    free_bound : int or None
        Proven upper bound of the problem's own objective, whatever is placed or moved.
    methods : str
        Solvers that were at work.
    work : float
        Deterministic work units.
    seed : int
    stopped_by : StoppedBy
        PROOF where every search ended with one; else what cut the first of them short that a person or
        a limit did.
    """

    status: SolveStatus
    points: tuple[MovePoint, ...]
    stays: NDArray[np.bool_]
    placed: int = 0
    placed_bound: int = 0
    least_bound: int = 0
    free_bound: int | None = None
    methods: str = ""
    work: float = 0.0
    seed: int = 0
    stopped_by: StoppedBy = StoppedBy.PROOF

    @property
    def least(self) -> MovePoint:
        """The point with the fewest moves."""
        return self.points[0]

    @property
    def best(self) -> MovePoint:
        """The point of highest quality."""
        return self.points[-1]

    @property
    def least_is_proven(self) -> bool:
        """Whether no plan that places as many has fewer moves."""
        return bool(self.points) and self.least.moves == self.least_bound and self.placed == self.placed_bound

    def within_moves(self, most: int) -> MovePoint | None:
        """Best point with at most so many moves; None if the fewest are more."""
        fitting = [point for point in self.points if point.moves <= most]
        return fitting[-1] if fitting else None

    def within_loss(self, units: int) -> MovePoint:
        """Point with the fewest moves that is worth at most `units` less than the best one."""
        floor = self.best.objective - units
        return next(point for point in self.points if point.objective >= floor)


def can_stay(problem: Problem, old: Solution) -> NDArray[np.bool_]:
    """Mentees whose old pair is eligible and finds places enough, and who are not locked to another host.

    Each is judged by itself: of several who could stay, a host with fewer places may keep but some.

    Parameters
    ----------
    problem : Problem
        As it is now.
    old : Solution
        Where each mentee was; :data:`UNASSIGNED` where it had no host or its host is gone.

    Returns
    -------
    ndarray of bool, shape (n_mentees,)
    """
    stays = np.zeros(problem.n_mentees, np.bool_)
    kept = old.host_of[problem.pair_mentee] == problem.pair_host
    kept &= problem.pair_demand <= problem.max_load[problem.pair_host]
    stays[problem.pair_mentee[kept]] = True
    for mentee, host in problem.locked.tolist():
        if int(old.host_of[mentee]) != host:
            stays[mentee] = False
    return stays


def trade_off(
    problem: Problem, old: Solution, answers: Answers, *, most_solves: int = MOST_SOLVES
) -> TradeOff:
    """Find the least number of moves and the best plan for each number of moves up to the best of all.

    Strict order: hard rules, then as many mentees placed as any plan can, then the trade-off. A move is a
    mentee that could have stayed with its old host and has another or none; a mentee whose host is
    gone or too small for it, whose pair is barred or who is locked elsewhere is free. Each connected part
    has a line of its own; the whole's is their (max, +) convolution, so that no row ties the parts
    together.

    Parameters
    ----------
    problem : Problem
    old : Solution
        As for :func:`can_stay`.
    answers : Answers
        Limits are those of each solve; once its `should_stop` is true, no further point is sought.
    most_solves : int
        Limit on the plans sought between the ends of each part's line.

    Returns
    -------
    TradeOff

    Notes
    -----
    Each point is the exact answer of the ε-constraint method (Haimes, Lasdon and Wismer, 1971) on the
    number of kept pairs, which also finds points that no weighting of moves against quality would.
    """
    stays = can_stay(problem, old)
    base = Solution(np.where(stays, old.host_of, UNASSIGNED))
    parts = split(problem)
    searches = [PartSearch(part.problem, part.restrict(base), answers) for part in parts]
    for search in searches:  # the ends of all parts first: once stopped, these are worth most
        search.find_ends()
        if search.status in (SolveStatus.INFEASIBLE, SolveStatus.UNKNOWN):
            none, seed = search.answer(), answers.settings.seed
            end = _end([none])
            return TradeOff(none.status, (), stays, methods=none.method, seed=seed, stopped_by=end)
    for search in searches:
        search.fill(most_solves)
    found = [search.answer() for search in searches]
    lines = [answer.line for answer in found if answer.line is not None]
    merged = merge_lines(lines)
    free = [answer.free_bound for answer in found]
    known = [bound for bound in free if bound is not None]
    whole = TradeOff(
        status=SolveStatus.FEASIBLE,
        points=_points(problem, parts, lines, merged),
        stays=stays,
        placed=sum(answer.placed for answer in found),
        placed_bound=sum(answer.placed_bound for answer in found),
        least_bound=merged.least_bound,
        free_bound=problem.constant + sum(known) if len(known) == len(free) else None,
        methods=" + ".join(sorted({name for answer in found for name in answer.method.split(" + ")})),
        work=sum(answer.work for answer in found),
        seed=answers.settings.seed,
        stopped_by=_end(found),
    )
    proven = whole.least_is_proven and all(point.is_proven for point in whole.points)
    return replace(whole, status=SolveStatus.OPTIMAL) if proven and merged.complete else whole


def _end(found: Sequence[PartAnswer]) -> StoppedBy:
    """Pick one of what ended the searches: what a person asked for or set before what a method does."""
    ends = {end for answer in found for end in answer.ends}
    first = (StoppedBy.INTERRUPT, StoppedBy.TIME_LIMIT, StoppedBy.WORK_LIMIT)
    return next((end for end in (*first, *StoppedBy) if end in ends), StoppedBy.PROOF)


def _points(
    problem: Problem, parts: tuple[Part, ...], lines: list[Line], merged: Lines
) -> tuple[MovePoint, ...]:
    return tuple(_point(problem, parts, lines, option) for option in merged.options)


def _point(problem: Problem, parts: tuple[Part, ...], lines: list[Line], option: Option) -> MovePoint:
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    for part, line, moves in zip(parts, lines, option.shares, strict=True):
        part.lift(line.plan_at(moves), host_of)
    bound = None if option.bound is None else problem.constant + option.bound
    return MovePoint(option.moves, problem.constant + option.value, bound, host_of)
