"""The smallest conflict: demands that cannot be kept together, and can without any one of them.

Candidates come from counting (places, rivals, groups); where counting finds nothing, from CP-SAT's proof.
Each is then shrunk by deletion until every demand in it is needed. Nothing is taken on trust: each claim is a
problem that was solved for it.

References
----------
J. W. Chinneck, *Feasibility and Infeasibility in Optimization* (2008), chapter 6: deletion filters.
U. Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004:
dropping many constraints at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.problem.precheck import Conflict, ConflictKind, precheck
from matcher.questions.core import core_of
from matcher.questions.demands import BoolArray, Demand, DemandKind, Demands
from matcher.questions.oracle import Oracle
from matcher.questions.shortage import short_of_places

OnCheck = Callable[[int, int], None]
"""Called with the number of checks made and the demands that are left."""

MOST_CANDIDATES = 6
"""Candidates that are shrunk, the smallest ones; the smallest conflict is kept."""
MOST_ORDERS = 3
"""Orders in which a small candidate is shrunk; another order may end in a smaller conflict."""
SMALL = 80
"""Demands up to which a conflict is worth shrinking in several orders."""
COUNTED = 24
"""Demands up to which an order or a candidate more costs next to nothing."""


class ConflictState(StrEnum):
    """What is known."""

    NONE = "none"
    """There is no conflict: a plan keeps all demands."""
    FOUND = "found"
    """The demands contradict each other."""
    UNSETTLED = "unsettled"
    """The limit was reached before it was known whether they do."""


@dataclass(frozen=True, slots=True)
class SmallestConflict:
    """Demands that contradict each other.

    Attributes
    ----------
    state : ConflictState
    demands : tuple of Demand
        Sorted; infeasible together. Empty unless the state is FOUND.
    unsettled : tuple of Demand
        Those of which it could not be settled within the limit whether the rest is feasible without them.
    checks : int
        Problems solved.
    """

    state: ConflictState
    demands: tuple[Demand, ...]
    unsettled: tuple[Demand, ...]
    checks: int

    @property
    def minimal(self) -> bool:
        """Whether it is proven that the demands are feasible without any one of them."""
        return self.state is ConflictState.FOUND and not self.unsettled


def find_conflict(
    demands: Demands, oracle: Oracle | None = None, *, seed: int = 0, on_check: OnCheck | None = None
) -> SmallestConflict:
    """Find a smallest set of demands that contradict each other.

    *Smallest* means that none of them can be spared. Among several such sets a short one is preferred; that
    no other has fewer demands is not claimed.

    Parameters
    ----------
    demands : Demands
    oracle : Oracle, optional
        With the limits of each check.
    seed : int, default 0
        Of the further orders in which demands are tried.
    on_check : callable, optional

    Returns
    -------
    SmallestConflict
    """
    oracle = Oracle(demands) if oracle is None else oracle
    best: tuple[int, tuple[Demand, ...], tuple[Demand, ...]] | None = None
    for number, candidate in enumerate(_candidates(demands, oracle)):
        if number >= MOST_CANDIDATES or (best is not None and best[0] <= COUNTED // 4):
            break
        if oracle.feasible(candidate) is not False:
            continue
        for order in range(MOST_ORDERS):
            kept, unsettled = _shrunk(oracle, candidate, _order(demands, seed, order), on_check)
            found = (len(kept) + len(unsettled), kept, unsettled)
            best = found if best is None or found < best else best
            if len(kept) > SMALL or (oracle.should_stop is not None and oracle.should_stop()):
                break
        if best is not None and best[0] > SMALL:
            break
    if best is not None:
        return SmallestConflict(ConflictState.FOUND, best[1], best[2], oracle.checks)
    state = {True: ConflictState.NONE, False: ConflictState.FOUND, None: ConflictState.UNSETTLED}[
        oracle.feasible(demands.everything())
    ]
    everything = demands.listed if state is ConflictState.FOUND else ()
    return SmallestConflict(state, everything, everything, oracle.checks)


def _candidates(demands: Demands, oracle: Oracle) -> Iterator[BoolArray]:
    """Yield sets that may be infeasible, cheapest first; the last resort only if nothing else was found."""
    counted = [_around(demands, conflict) for conflict in precheck(demands.problem)]
    counted += short_of_places(demands)[:MOST_CANDIDATES]
    counted.sort(key=lambda active: int(active.sum()))
    yield from counted
    if any(oracle.feasible(candidate) is False for candidate in counted[:MOST_CANDIDATES]):
        return
    everything = demands.everything()
    if oracle.feasible(everything) is False:
        yield core_of(oracle, everything)


_ABOUT_MENTEES = {DemandKind.PLACED, DemandKind.LOCK, DemandKind.BAR}


def _around(demands: Demands, conflict: Conflict) -> BoolArray:
    """Mark the demands that a finding of counting can rest on."""
    group = set(conflict.mentees)
    problem = demands.problem
    grown = True
    while grown and conflict.kind is not ConflictKind.MINIMUM_OUT_OF_REACH:
        linked = [set(link) for link in problem.must_link.tolist() if group & set(link)]
        grown = any(link - group for link in linked)
        group.update(*linked)
    everybody = conflict.kind in (ConflictKind.MINIMUM_OUT_OF_REACH, ConflictKind.QUOTA_OUT_OF_REACH)
    hosts = set(conflict.hosts)
    counted = conflict.kind is not ConflictKind.MINIMUM_OUT_OF_REACH

    def concerns(one: Demand) -> bool:
        if one.kind is DemandKind.BAR:
            return everybody or one.mentee in group
        if one.kind in _ABOUT_MENTEES:
            return one.mentee in group
        if one.kind in (DemandKind.TOGETHER, DemandKind.APART):
            return one.mentee in group and one.other in group
        if one.kind is DemandKind.MOST:
            return counted
        if one.kind is DemandKind.LEAST:
            return one.host in hosts and not counted
        return one.key == conflict.key and bool(conflict.key)

    return np.array([concerns(demand) for demand in demands.listed], np.bool_)


_COARSE = (
    DemandKind.ROW,
    DemandKind.QUOTA,
    DemandKind.COMPOSITION,
    DemandKind.LEAST,
    DemandKind.TOGETHER,
    DemandKind.LOCK,
    DemandKind.APART,
    DemandKind.MOST,
)
"""Kinds tried as a whole, the farthest from a school's own demands first."""

Order = tuple[int, ...]


def _order(demands: Demands, seed: int, number: int) -> Order:
    """Positions of the demands in the order in which they are tried; 0 is that of the list, turned round."""
    positions = np.arange(len(demands))[::-1]
    if number:
        positions = np.random.default_rng((seed, number)).permutation(positions)
    return tuple(positions.tolist())


def _shrunk(
    oracle: Oracle, active: BoolArray, order: Order, on_check: OnCheck | None
) -> tuple[tuple[Demand, ...], tuple[Demand, ...]]:
    """Drop demands as long as the rest stays infeasible; returns what is left, and what is unsettled."""
    listed = oracle.demands.listed
    kinds = [[at for at in order if listed[at].kind is kind] for kind in _COARSE]
    schools: dict[int, list[int]] = {}
    rules: dict[str, list[int]] = {}
    for at in order:
        if listed[at].mentee >= 0:
            schools.setdefault(listed[at].mentee, []).append(at)
        if listed[at].kind is DemandKind.BAR:
            rules.setdefault(listed[at].key, []).append(at)
    rarest = sorted(rules.values(), key=len)
    active, _ = _filtered(oracle, active, [*kinds, *rarest], 1, on_check)
    size = max(1, len(schools) // 4)
    active, _ = _filtered(oracle, active, list(schools.values()), size, on_check)
    singles = [[at] for at in order if active[at]]
    active, unsettled = _filtered(oracle, active, singles, max(1, len(singles) // 8), on_check)
    return oracle.demands.of(active), tuple(sorted(listed[at] for at in unsettled))


def _filtered(
    oracle: Oracle, active: BoolArray, groups: list[list[int]], size: int, on_check: OnCheck | None
) -> tuple[BoolArray, list[int]]:
    """Try to drop each group, several at a time while that works.

    Once a group could not be dropped it never can: with fewer demands left, the rest is only easier to keep.
    """
    pending = [group for group in groups if active[group].any()]
    unsettled: list[int] = []
    while pending:
        part = pending[:size]
        trial = active.copy()
        for group in part:
            trial[group] = False
        answer = oracle.feasible(trial)
        if on_check is not None:
            on_check(oracle.checks, int(active.sum()))
        if answer is False:
            active, pending, size = trial, pending[size:], size * 2
            continue
        if len(part) > 1:
            size = max(1, len(part) // 2)
            continue
        if answer is None:
            unsettled += [at for at in part[0] if active[at]]
        pending = pending[1:]
    return active, [at for at in unsettled if active[at]]
