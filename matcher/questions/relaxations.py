"""Shadow prices: what giving up one thing would be worth, the most valuable first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from matcher.exceptions import RefereeError
from matcher.problem import Problem
from matcher.questions.answers import Answers
from matcher.questions.edits import NewPair, with_pairs, with_places, without_apart
from matcher.questions.insist import difference
from matcher.solution import Solution, evaluate
from matcher.solvers.presolve import Part, split
from matcher.solvers.set_partition import RelaxedLimits, relaxed_limits
from matcher.solvers.set_partition.subsets import MAX_UNITS

MOST = 10
"""Relaxations that are reported."""


@dataclass(frozen=True, slots=True)
class OnePlaceMore:
    """One more place at a host.

    Attributes
    ----------
    host : int
    rows : tuple of (str, int)
        Rows across clusters whose upper limit moves along, by key, and by how much.
    """

    host: int
    rows: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NotApart:
    """Two mentees may share a host.

    Attributes
    ----------
    first, second : int
        Ascending.
    cohesion : int
        Value of their sharing one beyond what the problem counts, objective units.
    """

    first: int
    second: int
    cohesion: int = 0


@dataclass(frozen=True, slots=True)
class MayPair:
    """Barred pairs may be chosen, all at once; `key` is the asker's own name for it."""

    key: str
    pairs: tuple[NewPair, ...]


Relaxing = OnePlaceMore | NotApart | MayPair
OnItem = Callable[[int, int, Relaxing], None]


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What one relaxation is worth, objective units; equal where proven.

    Attributes
    ----------
    relaxing : OnePlaceMore, NotApart or MayPair
    at_least, at_most : int or None
        The second is None where nothing is known.
    plan : Solution or None
        The best plan found with it.
    """

    relaxing: Relaxing
    at_least: int
    at_most: int | None
    plan: Solution | None


def relaxed(problem: Problem, relaxing: Relaxing) -> Problem:
    """Return the problem with one thing given up."""
    if isinstance(relaxing, OnePlaceMore):
        return with_places(problem, relaxing.host, rows=relaxing.rows)
    if isinstance(relaxing, NotApart):
        return without_apart(problem, relaxing.first, relaxing.second, relaxing.cohesion)
    return with_pairs(problem, relaxing.pairs)


def own_relaxations(
    problem: Problem,
    plan: Solution,
    *,
    cohesion: Mapping[tuple[int, int], int] = MappingProxyType({}),
    rows: Mapping[int, tuple[tuple[str, int], ...]] = MappingProxyType({}),
) -> tuple[Relaxing, ...]:
    """List what the problem itself tells: a place at each full host, each hard rule that keeps two apart.

    A host is full where the smallest mentee that may have it and has not would not fit.

    Parameters
    ----------
    problem : Problem
    plan : Solution
    cohesion : mapping of (int, int) to int
        What mentees kept apart, ascending, would be worth together; 0 for those not named.

    rows : mapping of int to tuple of (str, int)
        By host: rows whose upper limit moves along with a place there, and by how much.

    Returns
    -------
    tuple of OnePlaceMore or NotApart
    """
    loads = evaluate(problem, plan).loads
    smallest = np.full(problem.n_hosts, np.iinfo(np.int64).max)
    others = plan.host_of[problem.pair_mentee] != problem.pair_host
    np.minimum.at(smallest, problem.pair_host[others], problem.pair_demand[others])
    full = [host for host, load in enumerate(loads) if load + int(smallest[host]) > problem.max_load[host]]
    wanted = smallest < np.iinfo(np.int64).max
    places = tuple(OnePlaceMore(host, rows.get(host, ())) for host in full if wanted[host])
    apart = ((first, second) for first, second in problem.cannot_link.tolist())
    return (*places, *(NotApart(*pair, cohesion.get(pair, 0)) for pair in apart))


def has_small_parts(problem: Problem) -> bool:
    """Whether some part is so small that limits on what relaxations are worth take no search."""
    return any(0 < part.problem.n_mentees <= MAX_UNITS and part.problem.n_pairs for part in split(problem))


def most_valuable(
    problem: Problem,
    plan: Solution,
    relaxations: Sequence[Relaxing],
    *,
    bound: int | None,
    answers: Answers,
    count: int = MOST,
    large_parts: bool = True,
    on_item: OnItem | None = None,
) -> tuple[Worth, ...]:
    """Find the relaxations that are worth most, each solved anew.

    An upper limit of each worth, from the prices that prove the plan, decides what need not be solved.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        One that keeps every hard rule.
    relaxations : sequence of OnePlaceMore, NotApart or MayPair
    bound : int or None
        Proven upper bound of the objective.
    answers : Answers
    count : int
        How many to find.
    large_parts : bool
        Whether to solve those of which no upper limit is known without much work.
    on_item : callable, optional
        Called before each is tried: which it is, of how many at most, and the relaxation.

    Returns
    -------
    tuple of Worth
        Only what is worth something, most valuable first; ties in the order given.
    """
    limits = _Limits(problem, plan)
    asked = [(limits.of(one), at, one) for at, one in enumerate(relaxations) if not answers.is_over()]
    known = sorted(
        ((most, at, one) for most, at, one in asked if most is not None), key=lambda e: (-e[0], e[1])
    )
    unknown = [(None, at, one) for most, at, one in asked if most is None] if large_parts else []
    objective = evaluate(problem, plan).objective
    found: list[tuple[int, Worth]] = []
    for number, (most, at, one) in enumerate((*unknown, *known), start=1):
        if answers.is_over():
            break
        best = sorted((worth.at_least for _, worth in found), reverse=True)
        if most is not None and (most <= 0 or (len(best) >= count and most <= best[count - 1])):
            break
        if on_item is not None:
            on_item(number, len(unknown) + len(known), one)
        answers.allowance.look(problem.n_pairs)
        worth = limits.solved(one, proven=objective == bound)
        if worth is None:
            result = answers.solve(relaxed(problem, one), warm_start=plan)
            least, at_most = difference((result.objective, result.bound), (objective, bound))
            own = None if result.host_of is None else Solution(result.host_of)
            worth = Worth(one, least, at_most, own)
        if worth.at_least > 0:
            found.append((at, worth))
    found.sort(key=lambda entry: (-entry[1].at_least, entry[0]))
    return tuple(worth for _, worth in found[:count])


class _Limits:
    """Upper limits of what relaxations are worth, each part prepared once."""

    def __init__(self, problem: Problem, plan: Solution) -> None:
        self._problem, self._plan = problem, plan
        self._parts = split(problem)
        self._worth = [evaluate(part.problem, part.restrict(plan)).objective for part in self._parts]
        self._prepared: dict[int, RelaxedLimits | None] = {}
        self._part_of_host = np.zeros(problem.n_hosts, np.int64)
        self._part_of_mentee = np.zeros(problem.n_mentees, np.int64)
        for number, part in enumerate(self._parts):
            self._part_of_host[part.hosts] = number
            self._part_of_mentee[part.mentees] = number

    def of(self, relaxing: Relaxing) -> int | None:
        """Most that it is worth, objective units; None where that is not known."""
        if isinstance(relaxing, MayPair):
            return self._of_pairs(relaxing)
        if isinstance(relaxing, OnePlaceMore):
            number = int(self._part_of_host[relaxing.host])
        else:
            number = int(self._part_of_mentee[relaxing.first])
            if number != int(self._part_of_mentee[relaxing.second]):
                return 0  # they never meet
        limits, part = self._limits(number), self._parts[number]
        if limits is None:
            return None
        if isinstance(relaxing, OnePlaceMore):
            most = limits.with_place(_seat(part.hosts, relaxing.host))
        else:
            first, second = (_seat(part.mentees, mentee) for mentee in (relaxing.first, relaxing.second))
            most = limits.together(first, second, relaxing.cohesion)
        return None if most is None else most - self._worth[number]

    def solved(self, relaxing: Relaxing, *, proven: bool) -> Worth | None:
        """Worth of a relaxation that stays within a part whose prices solve it; None for others."""
        number = self._number(relaxing)
        limits = None if number is None else self._limits(number)
        if number is None or limits is None or self._lacks_limits(number):
            return None
        part, worth = self._parts[number], self._worth[number]
        found = limits.best_of(relaxed(part.problem, _renumbered(relaxing, part)), worth)
        if found is None:
            return None
        host_of = self._plan.host_of.copy()
        part.lift(found[1], host_of)
        own, problem = Solution(host_of), relaxed(self._problem, relaxing)
        judged = evaluate(problem, own)
        gain = found[0] - worth
        if judged.broken or judged.objective != evaluate(self._problem, self._plan).objective + gain:
            raise RefereeError("The plan of a relaxation is not what the solver claims.")
        return Worth(relaxing, gain if proven else max(0, found[0] - limits.bound), gain, own)

    def _lacks_limits(self, number: int) -> bool:
        """Whether a limit across clusters was left out of a part: with more, it may bind."""
        part, whole = self._parts[number], self._problem
        kept = {quota.key for quota in part.problem.quotas} | {row.key for row in part.problem.rows}
        here = np.isin(whole.pair_host, part.hosts)
        touching = {quota.key for quota in whole.quotas if quota.hosts[part.hosts].any()}
        touching |= {
            row.key for row in whole.rows if row.pair_weight[here].any() or row.open_weight[part.hosts].any()
        }
        return bool(touching - kept)

    def _number(self, relaxing: Relaxing) -> int | None:
        """Part within which a relaxation stays; None for one that joins parts."""
        if isinstance(relaxing, OnePlaceMore):
            numbers = {int(self._part_of_host[relaxing.host])}
        elif isinstance(relaxing, NotApart):
            numbers = {int(self._part_of_mentee[at]) for at in (relaxing.first, relaxing.second)}
        else:
            numbers = {int(self._part_of_mentee[pair.mentee]) for pair in relaxing.pairs}
            numbers |= {int(self._part_of_host[pair.host]) for pair in relaxing.pairs}
        return numbers.pop() if len(numbers) == 1 else None

    def _of_pairs(self, relaxing: MayPair) -> int | None:
        """Of one mentee's pairs a plan uses one at most; of several mentees' nothing is known."""
        if len({pair.mentee for pair in relaxing.pairs}) > 1:
            return None
        each = [self._of_pair(pair) for pair in relaxing.pairs]
        known = [most for most in each if most is not None]
        return max(known, default=0) if len(known) == len(each) else None

    def _of_pair(self, pair: NewPair) -> int | None:
        number = int(self._part_of_host[pair.host])
        limits, part = self._limits(number), self._parts[number]
        if limits is None or number != int(self._part_of_mentee[pair.mentee]):
            return None
        cohesion = np.zeros(self._problem.n_mentees, np.int64)
        for other, worth in pair.cohesion:
            cohesion[other] = worth
        host, mentee = _seat(part.hosts, pair.host), _seat(part.mentees, pair.mentee)
        most = limits.with_pair(mentee, host, pair.value, pair.demand, cohesion[part.mentees])
        return None if most is None else most - self._worth[number]

    def _limits(self, number: int) -> RelaxedLimits | None:
        if number not in self._prepared:
            self._prepared[number] = relaxed_limits(self._parts[number].problem)
        return self._prepared[number]


def _renumbered(relaxing: Relaxing, part: Part) -> Relaxing:
    """Return the same relaxation in the numbers of a part; cohesion with those outside does not count."""
    if isinstance(relaxing, OnePlaceMore):
        return OnePlaceMore(_seat(part.hosts, relaxing.host), relaxing.rows)
    if isinstance(relaxing, NotApart):
        first, second = (_seat(part.mentees, mentee) for mentee in (relaxing.first, relaxing.second))
        return NotApart(first, second, relaxing.cohesion)
    inside = set(part.mentees.tolist())
    pairs = tuple(
        NewPair(
            _seat(part.mentees, pair.mentee),
            _seat(part.hosts, pair.host),
            pair.value,
            pair.demand,
            tuple((_seat(part.mentees, other), worth) for other, worth in pair.cohesion if other in inside),
        )
        for pair in relaxing.pairs
    )
    return MayPair(relaxing.key, pairs)


def _seat(members: np.ndarray[tuple[int], np.dtype[np.int64]], which: int) -> int:
    return int(np.searchsorted(members, which))
