"""Counting arguments that show, before any search, why no plan can exist.

Each finding is a proof: the hard rules that it names cannot hold together. Finding none proves
nothing. The analysis turns indices into names of schools.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import numpy as np

from matcher.problem.data import Problem
from matcher.problem.graph import component_labels, groups_of
from matcher.problem.rules import QuotaKind

MAX_CLIQUES = 20_000
"""Cliques of rivals looked at; more are left to the solver (their number can be exponential)."""


class ConflictKind(StrEnum):
    """What cannot be."""

    NO_HOST = "no-host"
    LOCK_NOT_ELIGIBLE = "lock-not-eligible"
    TWO_LOCKS = "two-locks"
    TOO_FEW_PLACES = "too-few-places"
    TOO_MANY_RIVALS = "too-many-rivals"
    MINIMUM_OUT_OF_REACH = "minimum-out-of-reach"
    RIVALS_TOGETHER = "rivals-together"
    NO_COMMON_HOST = "no-common-host"
    QUOTA_OUT_OF_REACH = "quota-out-of-reach"


_WORDS = {
    ConflictKind.NO_HOST: "a mentee must be placed but no host is eligible for it",
    ConflictKind.LOCK_NOT_ELIGIBLE: "a locked pair is not eligible",
    ConflictKind.TWO_LOCKS: "a mentee is locked to two hosts",
    ConflictKind.TOO_FEW_PLACES: "mentees that must be placed need more places than their hosts have",
    ConflictKind.TOO_MANY_RIVALS: "rivals that must all be placed, apart, outnumber the hosts in their reach",
    ConflictKind.MINIMUM_OUT_OF_REACH: "a host that must lead cannot reach its minimum load",
    ConflictKind.RIVALS_TOGETHER: "two rivals belong to a group that must stay together and be placed",
    ConflictKind.NO_COMMON_HOST: "a group that must stay together and be placed has no host in common",
    ConflictKind.QUOTA_OUT_OF_REACH: "a quota asks for more than there is in reach",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A proof that no plan exists.

    Attributes
    ----------
    kind : ConflictKind
    mentees, hosts : tuple of int
        Who is concerned, ascending. For counts: the mentees to be placed and the hosts in their reach.
    needed, available : int
        The two sides of the count (places, or rivals and hosts); 1 and 0 for a yes/no rule.
    key : str
        Key of the quota concerned; empty for other rules.
    """

    kind: ConflictKind
    mentees: tuple[int, ...]
    hosts: tuple[int, ...]
    needed: int = 1
    available: int = 0
    key: str = ""

    @property
    def words(self) -> str:
        """The conflict in general words, without names."""
        return _WORDS[self.kind]


def precheck(problem: Problem) -> tuple[Conflict, ...]:
    """Explain infeasibility by counting, as far as counting goes.

    Parameters
    ----------
    problem : Problem
        A valid problem.

    Returns
    -------
    tuple of Conflict
        Proofs of infeasibility, most specific first; empty when counting finds none.
    """
    reach = _reach(problem)
    forced = _forced(problem)
    locks = tuple(_locks(problem, reach))
    alone = tuple(
        Conflict(ConflictKind.NO_HOST, (i,), ()) for i in sorted(forced) if not reach[i] and _free(problem, i)
    )
    found = (*locks, *alone, *_groups(problem, reach, forced), *_minima(problem), *_quotas(problem, reach))
    stuck = {mentee for conflict in (*locks, *alone) for mentee in conflict.mentees}
    rest = forced - stuck  # schools explained above are not counted again
    return (*found, *_rivals(problem, reach, rest), *_places(problem, reach, rest))


def _free(problem: Problem, mentee: int) -> bool:
    return not bool((problem.locked[:, 0] == mentee).any())


def _reach(problem: Problem) -> list[set[int]]:
    """Hosts that each mentee may have alone: eligible, room enough, and the locked one if locked."""
    reach: list[set[int]] = [set() for _ in range(problem.n_mentees)]
    fits = problem.pair_demand <= problem.max_load[problem.pair_host]
    for mentee, host in zip(
        problem.pair_mentee[fits].tolist(), problem.pair_host[fits].tolist(), strict=True
    ):
        reach[mentee].add(host)
    for mentee, host in problem.locked.tolist():
        reach[mentee] &= {host}
    return reach


def _components(problem: Problem) -> list[set[int]]:
    """Must-link groups of two or more."""
    labels = component_labels(problem.must_link[:, 0], problem.must_link[:, 1], problem.n_mentees)
    return [group for group in groups_of(labels) if len(group) > 1]


def _forced(problem: Problem) -> set[int]:
    """Mentees that must be placed: by rule, by lock, or by a must-link to one that must."""
    forced = set(np.flatnonzero(~problem.may_stay).tolist()) | set(problem.locked[:, 0].tolist())
    if forced and len(problem.must_link):
        for group in _components(problem):
            if group & forced:
                forced |= group
    return forced


def _locks(problem: Problem, reach: list[set[int]]) -> Iterator[Conflict]:
    hosts_of: dict[int, set[int]] = {}
    for mentee, host in problem.locked.tolist():
        hosts_of.setdefault(mentee, set()).add(host)
    for mentee, hosts in sorted(hosts_of.items()):
        if len(hosts) > 1:
            yield Conflict(ConflictKind.TWO_LOCKS, (mentee,), tuple(sorted(hosts)), len(hosts), 1)
        elif not reach[mentee]:
            yield Conflict(ConflictKind.LOCK_NOT_ELIGIBLE, (mentee,), tuple(hosts))


def _groups(problem: Problem, reach: list[set[int]], forced: set[int]) -> Iterator[Conflict]:
    if not forced or not len(problem.must_link):
        return
    rivals = {(i, k) for i, k in problem.cannot_link.tolist()}
    for group in sorted(_components(problem), key=min):
        if not group & forced:
            continue
        members = tuple(sorted(group))
        for i, k in sorted(rivals):
            if i in group and k in group:
                yield Conflict(ConflictKind.RIVALS_TOGETHER, (i, k), ())
        if all(reach[i] for i in members) and not set.intersection(*(reach[i] for i in members)):
            hosts = sorted(set.union(*(reach[i] for i in members)))
            yield Conflict(ConflictKind.NO_COMMON_HOST, members, tuple(hosts))


def _minima(problem: Problem) -> Iterator[Conflict]:
    in_reach = np.zeros(problem.n_hosts, np.int64)
    np.add.at(in_reach, problem.pair_host, problem.pair_demand)
    for host in np.flatnonzero(problem.must_open & (in_reach < problem.min_load)).tolist():
        mentees = problem.pair_mentee[problem.pair_host == host].tolist()
        yield Conflict(
            ConflictKind.MINIMUM_OUT_OF_REACH,
            tuple(mentees),
            (host,),
            int(problem.min_load[host]),
            int(in_reach[host]),
        )


def _rivals(problem: Problem, reach: list[set[int]], forced: set[int]) -> Iterator[Conflict]:
    """Cliques of rivals, all to be placed, that exceed the hosts in reach (pigeonhole)."""
    edges = _crowded([(i, k) for i, k in problem.cannot_link.tolist() if i in forced and k in forced], reach)
    if not edges:
        return
    import networkx as nx  # noqa: PLC0415 - keeps `import matcher` light

    graph = nx.Graph(edges)
    for clique in sorted(sorted(clique) for clique in islice(nx.find_cliques(graph), MAX_CLIQUES)):
        hosts = set.union(*(reach[i] for i in clique))
        if len(clique) > len(hosts):
            yield Conflict(
                ConflictKind.TOO_MANY_RIVALS, tuple(clique), tuple(sorted(hosts)), len(clique), len(hosts)
            )


def _crowded(edges: list[tuple[int, int]], reach: list[set[int]]) -> list[tuple[int, int]]:
    """Drop rivals that no clique which counts can have, again and again.

    A clique of two rivals has at most one member more than either has rivals, and at least the hosts in
    reach of the two.
    """
    while True:
        rivals = Counter(mentee for edge in edges for mentee in edge)
        left = [(i, k) for i, k in edges if min(rivals[i], rivals[k]) >= len(reach[i] | reach[k])]
        if len(left) == len(edges):
            return left
        edges = left


def _places(problem: Problem, reach: list[set[int]], forced: set[int]) -> Iterator[Conflict]:
    """Compare forced demand with the places in reach: in total, and for each connected component."""
    if not forced:
        return
    least: dict[int, int] = {}
    for mentee, host, demand in zip(
        problem.pair_mentee.tolist(), problem.pair_host.tolist(), problem.pair_demand.tolist(), strict=True
    ):
        if mentee in forced and host in reach[mentee]:
            least[mentee] = min(demand, least.get(mentee, demand))
    ends = [(i, problem.n_mentees + j) for i in sorted(least) for j in sorted(reach[i])]
    tail, head = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    for component in groups_of(component_labels(tail, head, problem.n_mentees + problem.n_hosts)):
        if len(component) < 2:
            continue
        mentees = tuple(sorted(node for node in component if node < problem.n_mentees))
        hosts = tuple(sorted(node - problem.n_mentees for node in component if node >= problem.n_mentees))
        needed = sum(least[i] for i in mentees)
        available = sum(int(problem.max_load[j]) for j in hosts)
        if needed > available:
            yield Conflict(ConflictKind.TOO_FEW_PLACES, mentees, hosts, needed, available)


def _quotas(problem: Problem, reach: list[set[int]]) -> Iterator[Conflict]:
    """Hard quotas that ask for more mentees, or more clusters, than could be had with nobody else there."""
    for quota in problem.quotas:
        if quota.price is not None or quota.at_least is None:
            continue
        hosts = set(np.flatnonzero(quota.hosts).tolist())
        if quota.kind is QuotaKind.CLUSTERS:
            available = len(hosts & set().union(*reach))
        else:
            members = np.flatnonzero(quota.members).tolist()
            places = sum(int(problem.max_load[host]) for host in hosts)
            available = min(places, sum(1 for mentee in members if reach[mentee] & hosts))
        if available < quota.at_least:
            found = tuple(sorted(hosts))
            yield Conflict(ConflictKind.QUOTA_OUT_OF_REACH, (), found, quota.at_least, available, quota.key)
