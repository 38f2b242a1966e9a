"""Reduce a problem by what its hard rules imply: fewer pairs, more locks, the same best objective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solvers.presolve.cliques import crowded_clique
from matcher.solvers.presolve.dominance import never_worth_opening
from matcher.solvers.presolve.slots import Slots, build_slots

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """A problem of the same mentees and hosts, so that its plans are plans of the whole as they stand.

    Attributes
    ----------
    problem : Problem
        Every plan of it is a plan of the original at the same objective, and an optimal one is optimal there.
    note : tuple of str
        What was found, one plain sentence each; empty when nothing was.
    infeasible : bool
        The hard rules contradict each other (`problem` is then the original).
    """

    problem: Problem
    note: tuple[str, ...] = ()
    infeasible: bool = False


def reduce(problem: Problem) -> Reduced:
    """Draw the conclusions of the hard rules until there are no more, in time near linear in pairs.

    - A must-link group is at a host with all its members or not at all, and needs room for all.
    - A mentee that must be placed and has one host left is locked to it; its rivals cannot have that
      host, and others only what room it leaves.
    - A host whose mentees in reach cannot fill its minimum leads no cluster.
    - A group with more members of a kind than a hard composition allows cannot be there; a host whose
      mentees in reach hold fewer of a kind than it asks for leads no cluster.
    - A host that costs more than it could ever gain leads none (:func:`never_worth_opening`).
    - More rivals that must all be placed than hosts in their reach: no plan (:func:`crowded_clique`).

    Parameters
    ----------
    problem : Problem
        A valid problem.

    Returns
    -------
    Reduced
    """
    draft = _Draft(problem)
    steps: tuple[Callable[[], None], ...] = (
        draft.room,
        draft.minima,
        draft.compositions,
        draft.single,
        draft.rivals,
        draft.gains,
    )
    before = -1
    while draft.conflict is None and before != draft.progress:
        before = draft.progress
        for step in steps:
            step()
    if draft.conflict is None and crowded_clique(draft.slots, draft.alive, draft.forced):
        draft.conflict = "rivals that must all be placed outnumber the hosts in their reach"
    if draft.conflict is not None:
        return Reduced(problem, (draft.conflict,), infeasible=True)
    return draft.finished()


class _Draft:
    """What is still possible: which slots (unit at host) are alive, and where units are fixed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slots: Slots = build_slots(problem)
        self.alive: BoolArray = self.slots.whole.copy()
        self.fixed = np.full(self.slots.n_units, -1, np.int64)
        self.conflict: str | None = None
        self.unfillable, self.dear = 0, 0
        stay = problem.may_stay.copy()
        stay[problem.locked[:, 0]] = False
        self.forced = np.zeros(self.slots.n_units, np.bool_)
        self.forced[self.slots.unit_of[~stay]] = True
        self._lock()

    @property
    def progress(self) -> int:
        """Grows with every conclusion."""
        return int((self.fixed >= 0).sum()) - int(self.alive.sum())

    def _lock(self) -> None:
        units, hosts = self.slots.unit_of[self.problem.locked[:, 0]], self.problem.locked[:, 1]
        self.fixed[units] = hosts
        if (self.fixed[units] != hosts).any():
            self.conflict = "mentees that must stay together are locked to two hosts"
        held = self.fixed[self.slots.unit]
        self.alive &= (held == -1) | (held == self.slots.host)

    def single(self) -> None:
        """Fix units that must be placed and have one host left."""
        left = np.bincount(self.slots.unit[self.alive], minlength=self.slots.n_units)
        if (self.forced & (left == 0)).any():
            self.conflict = "a mentee must be placed but no host is possible for it"
            return
        new = self.alive & (self.forced & (left == 1) & (self.fixed == -1))[self.slots.unit]
        self.fixed[self.slots.unit[new]] = self.slots.host[new]

    def rivals(self) -> None:
        """Take the host of a fixed unit from its rivals."""
        one, other = self.slots.rivals
        held = self.fixed[one]
        at = self.slots.find(other[held >= 0], held[held >= 0])
        self.alive[at] = False

    def room(self) -> None:
        """Drop slots that need more places than the fixed units leave."""
        slots = self.slots
        fixed = self.alive & (self.fixed[slots.unit] == slots.host)
        room = self.problem.max_load - slots.total(fixed, slots.demand)
        if (room < 0).any():
            self.conflict = "mentees fixed to a host need more places than it has"
            return
        self.alive &= fixed | (slots.demand <= room[slots.host])

    def minima(self) -> None:
        """Drop the slots of hosts that cannot reach their minimum."""
        problem, slots = self.problem, self.slots
        short = slots.total(self.alive, slots.demand) < problem.min_load
        if (short & problem.must_open).any():
            self.conflict = "a host that must lead cannot reach its minimum load"
            return
        self.unfillable += self._close(short)

    def compositions(self) -> None:
        """Drop groups that hold too many of a kind, and the slots of hosts that hold too few in reach."""
        slots = self.slots
        for rule in self.problem.compositions:
            if rule.price is not None:
                continue
            count = np.zeros(len(slots.unit), np.int64)
            np.add.at(count, slots.of_pair, rule.members[self.problem.pair_mentee].astype(np.int64))
            if rule.at_most is not None:
                self.alive &= ~rule.hosts[slots.host] | (count <= rule.at_most)
            if rule.at_least is not None:
                self.unfillable += self._close(rule.hosts & (slots.total(self.alive, count) < rule.at_least))

    def gains(self) -> None:
        """Drop the slots of hosts that are never worth their cost of opening."""
        self.dear += self._close(never_worth_opening(self.problem, self.slots, self.alive, self.forced))

    def _close(self, hosts: BoolArray) -> int:
        """Drop all slots of some hosts; returns how many hosts lost any."""
        gone = self.alive & hosts[self.slots.host]
        self.alive &= ~gone
        return len(np.unique(self.slots.host[gone]))

    def finished(self) -> Reduced:
        """Return the reduced problem; the original where nothing was found."""
        problem = self.problem
        kept = self.alive[self.slots.of_pair]
        fixed = self.fixed[self.slots.unit_of]
        mentees = np.flatnonzero(fixed >= 0)
        locked = np.unique(
            np.concatenate([problem.locked, np.stack([mentees, fixed[mentees]], axis=1)]), axis=0
        )
        counted = (
            (int((~kept).sum()), "pairs can be in no plan worth having"),
            (len(locked) - len(np.unique(problem.locked, axis=0)), "mentees have one possible host"),
            (self.unfillable, "hosts cannot reach their minimum load or composition"),
            (self.dear, "hosts cost more to open than they could gain"),
        )
        note = tuple(f"{count} {words}" for count, words in counted if count)
        if not note:
            return Reduced(problem)
        smaller = replace(
            problem,
            pair_mentee=problem.pair_mentee[kept],
            pair_host=problem.pair_host[kept],
            pair_value=problem.pair_value[kept],
            pair_demand=problem.pair_demand[kept],
            locked=locked,
            rows=tuple(replace(row, pair_weight=row.pair_weight[kept]) for row in problem.rows),
        )
        return Reduced(smaller, note)
