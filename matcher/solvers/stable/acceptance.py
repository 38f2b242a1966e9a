"""Deferred acceptance, proposed by either side: the stable plan that is best for all who propose."""

from __future__ import annotations

from collections import deque
from heapq import heappush, heappushpop

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.stable.preferences import Preferences, Side

IntArray = NDArray[np.int64]


def deferred_acceptance(problem: Problem, preferences: Preferences, proposer: Side) -> Solution:
    """Match by deferred acceptance, each mentee taking one place.

    Only eligible pairs and ``max_load`` are looked at; whether the plan keeps the problem's other rules is
    for the referee to say. Work is linear in the number of pairs, but for a logarithm of the cluster size.

    Parameters
    ----------
    problem : Problem
    preferences : Preferences
        Tied schools are taken by position; see :func:`break_ties`.
    proposer : Side
        With strict lists, every school of this side has the best place it has in any stable plan, and
        every school of the other side the worst.

    Returns
    -------
    Solution
        Without blocking pairs.

    Raises
    ------
    ValueError
        If some mentee takes more than one place: then there may be no stable plan, and whether there is
        one is hard to tell (McDermid and Manlove, *Keeping partners together*, 2010).

    References
    ----------
    D. Gale, L. S. Shapley, "College admissions and the stability of marriage", American Mathematical
    Monthly 69 (1962). A. E. Roth, "The evolution of the labor market for medical interns and residents",
    Journal of Political Economy 92 (1984): the side of the places proposes. D. F. Manlove, *Algorithmics
    of Matching Under Preferences*, 2013, §1.3.
    """
    preferences.check(problem)
    if (problem.pair_demand != 1).any():
        raise ValueError("Deferred acceptance is for mentees that take one place each.")
    propose = _mentees_propose if proposer is Side.MENTEE else _hosts_propose
    return Solution(propose(problem, preferences))


def _lists(owner: IntArray, rank: IntArray, size: int) -> list[deque[int]]:
    """Positions of each owner's pairs, best first."""
    found: list[deque[int]] = [deque() for _ in range(size)]
    order = np.lexsort((rank, owner))
    for at, who in zip(order.tolist(), owner[order].tolist(), strict=True):
        found[who].append(at)
    return found


def _mentees_propose(problem: Problem, preferences: Preferences) -> IntArray:
    lists = _lists(problem.pair_mentee, preferences.mentee_rank, problem.n_mentees)
    host, rank = problem.pair_host.tolist(), preferences.host_rank.tolist()
    held: list[list[tuple[int, int]]] = [[] for _ in range(problem.n_hosts)]  # the worst is on top
    free = deque(range(problem.n_mentees))
    while free:
        proposer = free.popleft()
        if not lists[proposer]:
            continue  # nobody is left to ask: it stays without a place
        at = lists[proposer].popleft()
        own = held[host[at]]
        if len(own) < problem.max_load[host[at]]:
            heappush(own, (-rank[at], -at))
            continue
        worst = heappushpop(own, (-rank[at], -at)) if own else (-rank[at], -at)
        free.append(int(problem.pair_mentee[-worst[1]]))
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    for number, own in enumerate(held):
        for _, at in own:
            host_of[problem.pair_mentee[-at]] = number
    return host_of


def _hosts_propose(problem: Problem, preferences: Preferences) -> IntArray:
    lists = _lists(problem.pair_host, preferences.host_rank, problem.n_hosts)
    rank = preferences.mentee_rank.tolist()
    held = [-1] * problem.n_mentees  # position of the pair that each mentee holds
    places = problem.max_load.tolist()
    free = deque(range(problem.n_hosts))
    while free:
        proposer = free.popleft()
        while places[proposer] and lists[proposer]:
            at = lists[proposer].popleft()
            mentee = int(problem.pair_mentee[at])
            before = held[mentee]
            if before >= 0 and rank[before] <= rank[at]:
                continue
            held[mentee] = at
            places[proposer] -= 1
            if before >= 0:
                places[int(problem.pair_host[before])] += 1
                free.append(int(problem.pair_host[before]))
    return np.array([UNASSIGNED if at < 0 else int(problem.pair_host[at]) for at in held], dtype=np.int64)
