"""A plan at once: greedy insertion, so that a search never starts from nothing."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.presolve.slots import build_slots


def construct(problem: Problem) -> Solution | None:
    """Place locked pairs, then groups by descending value where they fit, then mend the minima.

    A group is a mentee with those it must be linked to. Ties go to the lower mentee, then the lower
    host. Quotas and minima of compositions are not looked at; the referee decides in the end.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Solution or None
        A plan that keeps every hard rule; None if this simple way finds none.
    """
    draft = _Draft(problem)
    for mentee, host in problem.locked.tolist():
        if not draft.place(draft.group_of[mentee], host):
            return None
    draft.fill()
    draft.mend_minima()
    draft.fill(only_open=True)
    plan = Solution(draft.host_of.copy())
    return plan if evaluate(problem, plan).is_feasible else None


class _Draft:
    """A plan being made: which host each group has, and what each host still takes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
        self.load = [0] * problem.n_hosts
        self._least, self._most = problem.min_load.tolist(), problem.max_load.tolist()
        self._must_open = problem.must_open.tolist()
        self._inside: list[set[int]] = [set() for _ in range(problem.n_hosts)]
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in problem.cannot_link.tolist():
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._slots = slots = build_slots(problem)
        self.group_of: list[int] = slots.unit_of.tolist()
        self._members: list[list[int]] = [[] for _ in range(max(self.group_of, default=-1) + 1)]
        for mentee, group in enumerate(self.group_of):
            self._members[group].append(mentee)
        self._host: list[int] = [UNASSIGNED] * len(self._members)
        self._locked = {self.group_of[mentee] for mentee in problem.locked[:, 0].tolist()}
        keys = zip(slots.unit.tolist(), slots.host.tolist(), strict=True)
        self._demand: dict[tuple[int, int], int] = dict(zip(keys, slots.demand.tolist(), strict=True))
        self._offers = self._list_offers()

    def _list_offers(self) -> list[tuple[int, int]]:
        """(group, host) of every group at every host that may take all of it, best value first."""
        slots = self._slots
        value = np.zeros(len(slots.unit), np.int64)
        np.add.at(value, slots.of_pair, self.problem.pair_value)
        order = np.lexsort((slots.host, slots.unit, -value))
        order = order[slots.whole[order]]
        return list(zip(slots.unit[order].tolist(), slots.host[order].tolist(), strict=True))

    def fill(self, *, only_open: bool = False) -> None:
        """Place every group that is not placed at its best host that takes it."""
        for group, host in self._offers:
            if self._host[group] == UNASSIGNED and (not only_open or self.load[host]):
                self.place(group, host)

    def place(self, group: int, host: int) -> bool:
        """Place a group, unless the host does not take it; a group already there counts as placed."""
        if self._host[group] != UNASSIGNED:
            return self._host[group] == host
        demand = self._demand.get((group, host))  # none where a lock names a host that is not eligible
        if demand is None or self.load[host] + demand > self._most[host]:
            return False
        members = self._members[group]
        cluster = self._inside[host].union(members)
        if any(mentee in self._apart and self._apart[mentee] & cluster for mentee in members):
            return False
        if not self._composition_takes(cluster, host):
            return False
        self._host[group] = host
        self.host_of[members] = host
        self._inside[host] = cluster
        self.load[host] += demand
        return True

    def mend_minima(self) -> None:
        """Bring each open host to its minimum from what is free, or close it; smallest shortage first."""
        offers_at: dict[int, list[int]] = defaultdict(list)
        for group, host in self._offers:
            offers_at[host].append(group)
        short = [host for host in range(self.problem.n_hosts) if self._is_short(host)]
        for host in sorted(short, key=lambda host: (self._least[host] - self.load[host], host)):
            for group in offers_at[host]:
                if self._is_short(host) and self._movable(group, host):
                    self._remove(group)
                    self.place(group, host)
            if self._is_short(host) and not self._must_open[host]:
                for group in {self.group_of[mentee] for mentee in self._inside[host]}:
                    self._remove(group)

    def _is_short(self, host: int) -> bool:
        opens = self.load[host] > 0 or self._must_open[host]
        return bool(opens and self.load[host] < self._least[host])

    def _movable(self, group: int, host: int) -> bool:
        """Whether a group is free, or its host stays at its minimum without it."""
        if group in self._locked:
            return False
        now = self._host[group]
        if now in (UNASSIGNED, host):
            return now == UNASSIGNED
        return bool(self.load[now] - self._demand[group, now] >= self._least[now])

    def _remove(self, group: int) -> None:
        host = self._host[group]
        if host != UNASSIGNED:
            self._host[group] = UNASSIGNED
            self.host_of[self._members[group]] = UNASSIGNED
            self._inside[host] = self._inside[host].difference(self._members[group])
            self.load[host] -= self._demand[group, host]

    def _composition_takes(self, cluster: set[int], host: int) -> bool:
        members = list(cluster)
        return all(
            rule.at_most is None
            or rule.price is not None
            or not rule.hosts[host]
            or int(rule.members[members].sum()) <= rule.at_most
            for rule in self.problem.compositions
        )
