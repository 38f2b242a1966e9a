"""The route where hosts are chosen and members are not tied together: a tree over who opens.

Without cohesion and rivals a host's best cluster is a knapsack, so that the bundle method bounds a node in
hundredths of a second, where the linear master would take seconds over long clusters. What is left after the
openings are settled is a choice among few pairs.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matcher.problem import Problem
from matcher.problem.validation import MAX_OBJECTIVE, magnitude
from matcher.solvers.branch_and_price.branching import branch
from matcher.solvers.branch_and_price.bundle import Bundle
from matcher.solvers.branch_and_price.close import WIDEST, limited
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.fixing import without_useless
from matcher.solvers.branch_and_price.generate import Dual
from matcher.solvers.branch_and_price.master import Duals, FloatArray
from matcher.solvers.branch_and_price.pair_choice import choose_pairs
from matcher.solvers.branch_and_price.pricing.hosts import MAX_TABLE_LOAD
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scale import dive, mend, sound
from matcher.solvers.branch_and_price.scaling import scaled
from matcher.solvers.branch_and_price.search import Search, begin, hopeless
from matcher.solvers.prepared import IntArray, Prepared, prepare

FEW = 3
"""Pairs a mentee up to which the choice among them is tried."""

WORK_OF_CHOICE = 0.3
"""Work that a choice among pairs may use where openings can still be branched on."""

WORK_OF_LAST_CHOICE = 20.0
"""The same where nothing can be branched on."""

DIVES = 16
"""Nodes from one dive to the next."""


def chooses_hosts(prepared: Prepared) -> bool:
    """Whether openings have a price, nothing ties members together, and no two hosts are alike."""
    free = not (len(prepared.nb_unit) or len(prepared.rival) or len(prepared.comp_low))
    apart = int(prepared.kind_of.max(initial=0)) + 1 == prepared.n_hosts
    small = int(prepared.high.max(initial=0)) <= MAX_TABLE_LOAD
    priced = prepared.may_close & (prepared.open_cost != 0)
    return free and apart and small and int(priced.sum()) > 1


def least_worth(prepared: Prepared) -> int | None:
    """Below the worth of every plan: a lower bound shows that there is none; None with soft rows."""
    if (prepared.row_price > 0).any():
        return None
    worst = np.where(prepared.may_stay, np.minimum(0, -prepared.stay_cost), 0)
    np.minimum.at(worst, prepared.unit, prepared.value)
    opening = np.minimum(-prepared.open_cost, np.minimum(0, prepared.closed_value))
    over = np.maximum(0, prepared.high - prepared.target_high)
    charges = prepared.under_price * prepared.target_low + prepared.over_price * over
    return int(worst.sum()) + int(opening.sum()) - int(charges.sum())


@dataclass(slots=True)
class _Node:
    """A problem of the tree, what its bound was proven with, and the columns in use there with weights."""

    problem: Problem
    prepared: Prepared
    dual: Dual
    hosts: IntArray
    members: IntArray
    weight: FloatArray


@dataclass(slots=True)
class Openings:
    """The tree, the best bound first.

    References
    ----------
    K. Holmberg, M. Rönnqvist, D. Yuan, "An exact algorithm for the capacitated facility location problems
    with single sourcing", EJOR 113 (1999): knapsacks by host, and a tree over the openings.
    """

    search: Search
    _heap: list[tuple[int, int, _Node]] = field(default_factory=list)
    _count: int = 0
    _stuck: int | None = None
    _least: int = 0

    def run(self, problem: Problem) -> None:
        """Branch until the proof is there or a limit is met."""
        search = self.search
        least = least_worth(search.prepared)
        self._least = -magnitude(problem) * search.factor if least is None else least
        self._enter(problem, None)
        if self._heap and not search.over():
            self._guess(self._heap[0][2])
        while self._heap and not search.over():
            bound = -self._heap[0][0]
            search.tighten(bound if self._stuck is None else max(bound, self._stuck))
            if search.over():
                return
            self._split(heapq.heappop(self._heap)[2], bound)
        if not search.over():
            self._finish()

    def _finish(self) -> None:
        """Nothing is open any more, but what could not be split."""
        if self._stuck is not None:
            self.search.tighten(self._stuck)
        elif self.search.value is None:
            self.search.infeasible = True
        else:
            self.search.tighten(self.search.value)

    def _enter(self, problem: Problem, centre: Duals | None) -> None:
        """Bound a problem; it joins the tree unless it holds no better plan."""
        search = self.search
        prepared = scaled(prepare(problem), search.factor)
        if hopeless(prepared):
            return
        self._count += 1
        bundle = Bundle(prepared, workers=search.settings.workers)
        if centre is not None:
            bundle.start_from(centre)
        follow = search.follow() if centre is None else self._follow()
        bundle.run(lambda state: follow(state) or self._is_poor(state.best))
        if bundle.best is None or self._is_poor(bundle.best):
            return
        if self._count % DIVES == 1 and not search.over():
            self._dive(prepared, bundle)
        hosts, members, weight = bundle.in_use()
        kept = sound(tables_of(prepared), hosts, members)
        node = _Node(problem, prepared, bundle.best, hosts[kept], members[kept], weight[kept])
        heapq.heappush(self._heap, (-bundle.best.bound, self._count, node))

    def _follow(self) -> Callable[[Bundle], bool]:
        """Take over the work of a node's bundle, but not its bound."""
        before = 0.0

        def enough(state: Bundle) -> bool:
            nonlocal before
            self.search.work += state.work - before
            before = state.work
            return self.search.over()

        return enough

    def _is_poor(self, best: Dual | None) -> bool:
        """Whether a bound shows that there is no better plan, or none at all."""
        aim = self._least if self.search.aim is None else self.search.aim
        return best is not None and best.bound < aim

    def _dive(self, prepared: Prepared, bundle: Bundle) -> None:
        """Seek a plan of the node's problem."""
        search = self.search
        below = begin(prepared, search.factor, search.settings)
        below.should_stop = search.should_stop
        below.inherit_limits(search)
        mend(below, dive(below, bundle))
        search.work = below.work
        if below.value is not None:
            self._offer(prepared.plan_of(below.unit_host))

    def _offer(self, host_of: IntArray) -> None:
        self.search.offer(self.search.prepared.units_of(host_of))

    def _guess(self, root: _Node) -> None:
        """Look for a plan near the bound: what few pairs it can hold either make one, or the bound falls.

        While there is no plan, each try reaches twice as far; a bound below the worth of every plan says that
        there is none.
        """
        search = self.search
        assert search.bound is not None
        slack = abs(search.bound) // WIDEST
        while slack >= search.grain and not search.over():
            aim = -(-(search.bound - slack) // search.grain) * search.grain
            if search.aim is not None and aim <= search.aim:
                slack //= 2
                continue
            left = without_useless(root.problem, root.prepared, tables_of(root.prepared), root.dual, aim)
            if self._few(left):
                if not self._choose(left, aim, WORK_OF_CHOICE):
                    return
                value = search.value
                search.tighten(aim - search.grain if value is None or value < aim else value)
                slack = 2 * slack if value is None else slack
                if value is None and search.bound < self._least:
                    self._heap.clear()
                    return
            else:
                slack //= 2

    @staticmethod
    def _few(problem: Problem) -> bool:
        return len(problem.pair_host) <= FEW * problem.n_mentees

    def _choose(self, problem: Problem, aim: int | None, work: float) -> bool:
        """Choose among all pairs of a problem; whether its best plan worth `aim` is known now."""
        search = self.search
        least = -MAX_OBJECTIVE if aim is None else aim // search.factor
        settings = limited(search, work)
        found = choose_pairs(problem, least=least, settings=settings, should_stop=search.should_stop)
        search.work += found.work
        if found.host_of is not None:
            self._offer(found.host_of)
        return found.settled

    def _split(self, node: _Node, bound: int) -> None:
        """Settle a node, or put two smaller problems in its place."""
        search, problem, aim = self.search, node.problem, self.search.aim
        if aim is not None:
            problem = without_useless(problem, node.prepared, tables_of(node.prepared), node.dual, aim)
        if self._few(problem) and self._choose(problem, aim, WORK_OF_CHOICE):
            return
        pool = Pool(node.prepared, tables_of(node.prepared), longest_cluster(node.prepared))
        halves = branch(problem, pool, pool.add(node.hosts, node.members), node.weight)
        for half in halves or ():
            self._enter(half, node.dual.duals)
        if halves is None and not self._choose(problem, search.aim, WORK_OF_LAST_CHOICE):
            self._stuck = bound if self._stuck is None else max(bound, self._stuck)
