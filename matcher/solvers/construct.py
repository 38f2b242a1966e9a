"""A plan at once: greedy insertion, so that a search never starts from nothing."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution, evaluate


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
    """A plan being made: which host each mentee has, and what each host still takes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
        self.load = [0] * problem.n_hosts
        self.locked = {mentee for mentee, _ in problem.locked.tolist()}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in problem.cannot_link.tolist():
            self._apart[one].add(other)
            self._apart[other].add(one)
        self.groups = _groups(problem)
        self.group_of = {mentee: at for at, group in enumerate(self.groups) for mentee in group}
        self._offers = self._list_offers()

    def _list_offers(self) -> list[tuple[int, int, int]]:
        """(value, group, host) of every group at every host that may take all of it, best first."""
        values, takers = self.problem.pair_value.tolist(), defaultdict(list)
        for (mentee, host), at in self.problem.pair_index.items():
            takers[self.group_of[mentee], host].append(values[at])
        offers = [
            (sum(worth), group, host)
            for (group, host), worth in takers.items()
            if len(worth) == len(self.groups[group])
        ]
        return sorted(offers, key=lambda offer: (-offer[0], offer[1], offer[2]))

    def fill(self, *, only_open: bool = False) -> None:
        """Place every group that is not placed at its best host that takes it."""
        for _, group, host in self._offers:
            if self.host_of[self.groups[group][0]] == UNASSIGNED and (not only_open or self.load[host]):
                self.place(group, host)

    def place(self, group: int, host: int) -> bool:
        """Place a group, unless the host does not take it; a group already there counts as placed."""
        members = self.groups[group]
        if self.host_of[members[0]] != UNASSIGNED:
            return int(self.host_of[members[0]]) == host
        demand = self._demand(group, host)
        if demand is None or self.load[host] + demand > self.problem.max_load[host]:
            return False
        inside = set(np.flatnonzero(self.host_of == host).tolist())
        if any(self._apart[mentee] & (inside | set(members)) for mentee in members):
            return False
        if not self._composition_takes(inside | set(members), host):
            return False
        self.host_of[list(members)] = host
        self.load[host] += demand
        return True

    def mend_minima(self) -> None:
        """Bring each open host to its minimum from what is free, or close it; smallest shortage first."""
        short = [host for host in range(self.problem.n_hosts) if self._is_short(host)]
        for host in sorted(short, key=lambda host: (self.problem.min_load[host] - self.load[host], host)):
            for _, group, other in self._offers:
                if other == host and self._is_short(host) and self._movable(group, host):
                    self._remove(group)
                    self.place(group, host)
            if self._is_short(host) and not self.problem.must_open[host]:
                for group in {self.group_of[i] for i in np.flatnonzero(self.host_of == host).tolist()}:
                    self._remove(group)

    def _is_short(self, host: int) -> bool:
        opens = self.load[host] > 0 or bool(self.problem.must_open[host])
        return opens and self.load[host] < int(self.problem.min_load[host])

    def _movable(self, group: int, host: int) -> bool:
        """Whether a group is free, or its host stays at its minimum without it."""
        if self.locked.intersection(self.groups[group]):
            return False
        now = int(self.host_of[self.groups[group][0]])
        if now in (UNASSIGNED, host):
            return now == UNASSIGNED
        left = self.load[now] - (self._demand(group, now) or 0)
        return left >= int(self.problem.min_load[now])

    def _remove(self, group: int) -> None:
        members = list(self.groups[group])
        host = int(self.host_of[members[0]])
        if host != UNASSIGNED:
            self.load[host] -= self._demand(group, host) or 0
            self.host_of[members] = UNASSIGNED

    def _demand(self, group: int, host: int) -> int | None:
        """Places that a group takes at a host; None if one of it is not eligible there."""
        positions = [self.problem.pair_index.get((mentee, host)) for mentee in self.groups[group]]
        if any(at is None for at in positions):
            return None
        return sum(int(self.problem.pair_demand[at]) for at in positions)

    def _composition_takes(self, cluster: set[int], host: int) -> bool:
        members = list(cluster)
        return all(
            rule.at_most is None
            or rule.price is not None
            or not rule.hosts[host]
            or int(rule.members[members].sum()) <= rule.at_most
            for rule in self.problem.compositions
        )


def _groups(problem: Problem) -> list[tuple[int, ...]]:
    """Mentees that must share a host, together; each group ascending, groups by their first mentee."""
    label = list(range(problem.n_mentees))
    for one, other in problem.must_link.tolist():
        low, high = sorted((label[one], label[other]))
        label = [low if at == high else at for at in label]
    members: dict[int, list[int]] = defaultdict(list)
    for mentee, at in enumerate(label):
        members[at].append(mentee)
    return [tuple(members[at]) for at in sorted(members)]
