"""One connected part: how many can be placed, how few must move, and what more moves would gain."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem, Row
from matcher.questions.answers import Answers
from matcher.questions.edits import kept_pairs, with_kept_at_least
from matcher.questions.move_lines import Line
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.priorities import Priority, only_counting

PLACED, KEPT = "placed", "kept"


@dataclass(frozen=True, slots=True, eq=False)
class PartAnswer:
    """What is known about one part.

    Attributes
    ----------
    status : SolveStatus
        INFEASIBLE or UNKNOWN where there is no line.
    line : Line or None
    placed, placed_bound : int
        Mentees that every plan of the line places; none places more than `placed_bound`.
    free_bound : int or None
        Bound of the part's own objective, whatever is placed or moved.
    method : str
    work : float
    ends : frozenset of StoppedBy
        What ended the searches that gave no proof.
    """

    status: SolveStatus
    line: Line | None
    placed: int
    placed_bound: int
    free_bound: int | None
    method: str
    work: float
    ends: frozenset[StoppedBy]


class PartSearch:
    """The search for the line of one part: first its ends, then what lies between.

    Parameters
    ----------
    problem : Problem
        The part.
    base : Solution
        Where mentees may stay; UNASSIGNED for those who are free.
    answers : Answers
    """

    def __init__(self, problem: Problem, base: Solution, answers: Answers) -> None:
        self._problem, self._base, self._answers = problem, base, answers
        self._held = problem
        self._most_kept = int((base.host_of != UNASSIGNED).sum())
        self._methods: set[str] = set()
        self._work = 0.0
        self._ends: set[StoppedBy] = set()
        self._known: dict[int, Result] = {}
        self._placed = self._placed_bound = self._least_bound = 0
        self._free_bound: int | None = None
        self.status = SolveStatus.UNKNOWN

    def find_ends(self) -> None:
        """Find the best plan of all and the best with the fewest moves; `status` says if there are any."""
        free = self._solve(self._problem, self._base)
        self.status, self._free_bound = free.status, free.bound
        if free.host_of is None:
            return
        start = self._hold_placed(Solution(free.host_of))
        best = free if _placed(free.host_of) >= self._placed else self._solve(self._held, start)
        if best.host_of is None or best.objective is None:
            self.status = SolveStatus.UNKNOWN
            return
        top = self._moves(best.host_of)
        self._known[top] = best
        if top > 0:
            low, self._least_bound = self._fewest(Solution(best.host_of))
            if low.host_of is not None:
                self._known[self._moves(low.host_of)] = low

    def answer(self) -> PartAnswer:
        """Return what is known so far."""
        method = " + ".join(sorted(self._methods - {"known"})) or "known"
        line = _line(self._known, self._least_bound) if self._known else None
        return PartAnswer(
            status=self.status,
            line=line,
            placed=self._placed,
            placed_bound=self._placed_bound,
            free_bound=self._free_bound,
            method=method,
            work=self._work,
            ends=frozenset(self._ends),
        )

    def _hold_placed(self, start: Solution) -> Solution:
        """Hold as many placed as any plan places; return a plan that places so many."""
        problem = self._problem
        placed = _placed(start.host_of)
        within_reach = np.unique(problem.pair_mentee)
        bound = len(within_reach)
        if placed < bound:
            weight = Priority(PLACED, np.ones(problem.n_pairs, np.int64), np.zeros(problem.n_hosts, np.int64))
            most = self._solve(only_counting(problem, weight), start)
            bound = bound if most.bound is None else min(bound, most.bound)
            if most.host_of is not None and _placed(most.host_of) > placed:
                start, placed = Solution(most.host_of), _placed(most.host_of)
        if placed == len(within_reach):  # who can be placed must be: the problem stays of its kind
            may_stay = problem.may_stay.copy()
            may_stay[within_reach] = False
            self._held = replace(problem, may_stay=may_stay)
        elif placed:
            idle = np.zeros(problem.n_hosts, np.int64)
            row = Row(PLACED, np.ones(problem.n_pairs, np.int64), idle, placed, None)
            self._held = replace(problem, rows=(*problem.rows, row))
        self._placed, self._placed_bound = placed, bound
        return start

    def _fewest(self, start: Solution) -> tuple[Result, int]:
        """Find the best plan with the fewest moves, and the bound on the number of moves."""
        everyone = self._solve(self._keeping(self._most_kept), self._base)
        if everyone.host_of is not None:
            return everyone, 0
        problem = self._held
        weight = Priority(KEPT, kept_pairs(problem, self._base), np.zeros(problem.n_hosts, np.int64))
        most = self._solve(only_counting(problem, weight), start)
        if most.host_of is None or most.objective is None:
            return most, 0
        bound = 0 if most.bound is None else max(0, self._most_kept - most.bound)
        return self._solve(self._keeping(most.objective), Solution(most.host_of)), bound

    def fill(self, most_solves: int) -> None:
        """Seek points between the ends, widest interval first, until nothing can lie between any two."""
        known = self._known
        open_intervals = deque([(min(known), max(known))])
        stop = self._answers.should_stop
        solves = 0
        while open_intervals and solves < most_solves:
            if stop is not None and stop():
                self._ends.add(StoppedBy.INTERRUPT)
                return
            low, high = open_intervals.popleft()
            if high - low < 2 or known[low].objective == known[high].objective:
                continue
            middle = (low + high) // 2
            start = known[low].host_of
            result = self._solve(
                self._keeping(self._most_kept - middle), None if start is None else Solution(start)
            )
            solves += 1
            if result.host_of is None:
                continue
            used = max(low, self._moves(result.host_of))
            known[middle] = result
            if used > low:
                known[used] = result
            open_intervals.extend(((low, used), (middle, high)))

    def _keeping(self, least: int) -> Problem:
        if least < self._most_kept:
            return with_kept_at_least(self._held, self._base, least)
        mentees = np.flatnonzero(self._base.host_of != UNASSIGNED)
        pairs = np.stack([mentees, self._base.host_of[mentees]], axis=1)
        locked = np.unique(np.vstack((self._held.locked, pairs)), axis=0).astype(np.int64)
        return replace(self._held, locked=locked)

    def _moves(self, host_of: NDArray[np.int64]) -> int:
        base = self._base.host_of
        return self._most_kept - int(((base != UNASSIGNED) & (base == host_of)).sum())

    def _solve(self, problem: Problem, start: Solution | None) -> Result:
        result = self._answers.solve(problem, warm_start=start)
        self._methods.update(result.method.split(" + "))
        self._work += result.work
        if result.status in (SolveStatus.FEASIBLE, SolveStatus.UNKNOWN):
            self._ends.add(result.stopped_by)
        return result


def _placed(host_of: NDArray[np.int64]) -> int:
    return int((host_of != UNASSIGNED).sum())


def _line(known: dict[int, Result], least_bound: int) -> Line:
    """Fill in what lies between the plans found: values from below, bounds from above."""
    least, most = min(known), max(known)
    values: list[int] = []
    plans: dict[int, NDArray[np.int64]] = {}
    for moves in range(least, most + 1):
        here = known.get(moves)
        value = None if here is None else here.objective
        if here is None or here.host_of is None or value is None or (values and value <= values[-1]):
            values.append(values[-1])
            continue
        plans[moves] = here.host_of
        values.append(value)
    bounds: list[int | None] = []
    for moves in range(most, least - 1, -1):
        after = bounds[-1] if bounds else None
        own = known[moves].bound if moves in known else None
        bounds.append(after if own is None else own if after is None else min(own, after))
    return Line(least_bound, least, tuple(values), tuple(reversed(bounds)), plans)
