"""Branch and bound over a core of pairs: the linear relaxation says where, integers say how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.flow.costs import HostCosts, host_costs
from matcher.solvers.flow.prices import Prices
from matcher.solvers.flow.residual import FAR
from matcher.solvers.flow_fixing.bound import host_prices, moved, narrowed, priced_bound, quick_bound
from matcher.solvers.flow_fixing.relaxation import Relaxation
from matcher.solvers.flow_fixing.rivals import EPSILON, Rivalries
from matcher.solvers.flow_fixing.rules import BoolArray, IntArray, LinearRow

MAX_ROUNDS = 60
"""Rounds of adding violated rows to one relaxation; stopping early only weakens the bound."""

MAX_DIVE = 80
"""Steps of a dive for a plan."""

WORK_PER_ARC = 1e-6
"""Work units of the exact bound, by arc of the flow: about 1,000,000 a second."""


@dataclass
class Best:
    """The best plan so far, judged by the referee against the whole problem."""

    problem: Problem
    host_of: IntArray | None = None
    objective: int | None = None

    def offer(self, host_of: IntArray) -> None:
        """Keep the plan if it holds every hard rule and is worth more."""
        judged = evaluate(self.problem, Solution(host_of))
        if judged.is_feasible and (self.objective is None or judged.objective > self.objective):
            self.host_of, self.objective = host_of, judged.objective

    def room(self, bound: int) -> int:
        """Largest loss against `bound` that leaves a plan better than the best."""
        return FAR - 1 if self.objective is None else bound - self.objective - 1

    def beaten_by(self, bound: int) -> bool:
        """Whether a plan worth `bound` would be better."""
        return self.objective is None or bound > self.objective


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """What is left to choose from, and a bound on it."""

    bound: int
    allowed: BoolArray
    may_stay: BoolArray


class CoreSearch:
    """Search of the plans that use only some pairs.

    Parameters
    ----------
    flow : Problem
        The problem as a flow (see :func:`flow_part`), whole.
    rows : sequence of LinearRow
        By positions among the pairs of `flow`.
    rivalries : Rivalries
    kept : ndarray of bool, shape (n_pairs,)
        The core.
    best : Best
        Improved on the way.
    """

    def __init__(
        self,
        flow: Problem,
        rows: Sequence[LinearRow],
        rivalries: Rivalries,
        kept: BoolArray,
        best: Best,
    ) -> None:
        self.core = narrowed(flow, kept, flow.may_stay)
        self.kept = kept
        self.best = best
        self.work = 0.0
        self._positions = np.flatnonzero(kept)
        self._waiting = list(zip(rows, moved(rows, kept), strict=True))
        self._held: list[tuple[LinearRow, LinearRow]] = []
        self._rivalries = rivalries
        costs = host_costs(self.core)
        # hosts may lose pairs to the core, never gain; the whole flow was not refused, so this is not either
        self._hopeless = isinstance(costs, str) or not costs.possible
        self._costs = costs
        self._relaxation = Relaxation(self.core, costs) if isinstance(costs, HostCosts) else None

    @property
    def rows(self) -> list[LinearRow]:
        """Rows that the relaxation holds, by positions in the whole problem."""
        return [row for row, _ in self._held]

    @property
    def all_rows(self) -> list[LinearRow]:
        """Also those that nothing violated yet."""
        return [row for row, _ in (*self._held, *self._waiting)]

    def tighten(self, allowed: BoolArray, may_stay: BoolArray) -> IntArray:
        """Solve the relaxation, adding violated rows; prices of the rows, all 0 if it cannot be solved."""
        relaxation = self._relaxation
        if relaxation is None:
            return np.empty(0, np.int64)
        before = relaxation.work
        solved = relaxation.solve(allowed, may_stay)
        for _ in range(MAX_ROUNDS):
            if not solved or not self._add_violated(relaxation):
                break
            solved = relaxation.solve(allowed, may_stay)
        self.work += relaxation.work - before
        return relaxation.prices() if solved else np.zeros(len(self._held), np.int64)

    def _add_violated(self, relaxation: Relaxation) -> bool:
        share = relaxation.share
        new: list[tuple[LinearRow, LinearRow]] = []
        waiting: list[tuple[LinearRow, LinearRow]] = []
        for both in self._waiting:
            row = both[1]
            (new if share[row.pair] @ row.weight > row.limit + EPSILON else waiting).append(both)
        self._waiting = waiting
        found = () if new else self._rivalries.violated(self.core.pair_mentee, self.core.pair_host, share)
        for clique in found:
            at, ones = np.array(clique, np.int64), np.ones(len(clique), np.int64)
            new.append((LinearRow(self._positions[at], ones, 1), LinearRow(at, ones, 1)))
        for _, row in new:
            relaxation.add(row)
        self._held += new
        return bool(new)

    def tighten_root(self) -> IntArray:
        """Prices of the rows over the whole core; a whole plan of the relaxation is offered."""
        price = self.tighten(np.ones(self.core.n_pairs, np.bool_), self.core.may_stay)
        self._offer_share()
        return price

    def dive(self) -> None:
        """Look for a plan: insist on the largest fractions, solve again, until nothing is fractional."""
        allowed, may_stay = np.ones(self.core.n_pairs, np.bool_), self.core.may_stay
        for _ in range(MAX_DIVE):
            share = np.zeros(0) if self._relaxation is None else self._relaxation.share
            doubtful = np.flatnonzero((share > EPSILON) & (share < 1 - EPSILON))
            if not len(doubtful):
                break
            ranked = doubtful[np.argsort(-share[doubtful], kind="stable")]
            for at in ranked[: 1 + len(ranked) // 16].tolist():
                if allowed[at]:
                    allowed, may_stay = self._with(at, allowed, may_stay)
            self.tighten(allowed, may_stay)
            self._offer_share()

    def spend(self) -> float:
        """Work since this was last asked."""
        work, self.work = self.work, 0.0
        return work

    def run(self, allowed: BoolArray, bound: int, ended: Callable[[int, float], bool]) -> int | None:
        """Search depth first, each time from the open node of the best bound.

        Parameters
        ----------
        allowed : ndarray of bool, shape (n_pairs,)
            Pairs of the whole problem to use; those outside the core are left out.
        bound : int
            On every plan of the core.
        ended : callable
            Asked at every node, with a bound on the core and the work so far; once true, the search ends.

        Returns
        -------
        int or None
            Bound on every plan of the core if the search was ended; None when none is better than the best.
        """
        stack = [_Node(bound, allowed[self.kept], self.core.may_stay)]
        while stack:
            stack = [node for node in stack if self.best.beaten_by(node.bound)]
            if not stack or self._hopeless:
                break
            left = max(node.bound for node in stack)
            if ended(left, self.work):
                return left
            children = self._children(stack.pop())
            if not children:  # a plunge has ended: the next one starts where most may be gained
                stack.sort(key=lambda node: node.bound)
            stack += children
        return None

    def _children(self, node: _Node) -> list[_Node]:
        """Bound a node, fix what cannot be in a better plan, and branch; the more promising child last."""
        price = self.tighten(node.allowed, node.may_stay)
        self._offer_share()
        found = self._bound(node, price)
        if found is None or not self.best.beaten_by(found[0]):
            return []
        bound, room = min(node.bound, found[0]), self.best.room(found[0])
        allowed = node.allowed & (found[1].pair <= room)
        may_stay = node.may_stay & (found[1].stay <= room)
        choices = np.bincount(self.core.pair_mentee[allowed], minlength=self.core.n_mentees) + may_stay
        if (choices == 0).any():
            return []
        if (choices == 1).all():
            self.best.offer(self._only_plan(allowed))
            return []
        at = self._branching_pair(allowed, choices)
        out = allowed.copy()
        out[at] = False
        inside, stay_inside = self._with(at, allowed, may_stay)
        return [_Node(bound, out, may_stay), _Node(bound, inside, stay_inside)]

    def _bound(self, node: _Node, price: IntArray) -> tuple[int, Prices] | None:
        """Bound on a node, and losses against it; None when it holds no plan.

        Without a flow where that tells enough; with one where rounding might decide.
        """
        self.work += WORK_PER_ARC * (len(node.allowed) + 100)
        problem = replace(self.core, may_stay=node.may_stay)
        hosts = None
        if self._relaxation is not None and self._relaxation.solved and isinstance(self._costs, HostCosts):
            hosts = host_prices(self._costs, self._relaxation.host_prices())
        rows = [row for _, row in self._held]
        if hosts is not None:
            quick = quick_bound(problem, rows, price, hosts, node.allowed)
            doubt = len(rows) + self.core.n_mentees + self.core.n_hosts
            if quick is None or self.best.room(quick[0]) > doubt or not self.best.beaten_by(quick[0]):
                return quick
        problem = narrowed(self.core, node.allowed, node.may_stay)
        found = priced_bound(problem, moved(rows, node.allowed), price)
        if found is None:
            return None
        self.best.offer(found.host_of)
        loss = np.full(self.core.n_pairs, FAR, np.int64)
        loss[node.allowed] = found.prices.pair
        return found.value, Prices(loss, found.prices.stay)

    def _branching_pair(self, allowed: BoolArray, choices: IntArray) -> int:
        """Most fractional pair of the relaxation; without one, a pair of the first mentee with a choice."""
        share = np.zeros(self.core.n_pairs) if self._relaxation is None else self._relaxation.share
        doubt = np.where(allowed & (choices[self.core.pair_mentee] > 1), np.minimum(share, 1 - share), -1.0)
        at = int(np.argmax(doubt))
        if doubt[at] > EPSILON:
            return at
        first = int(np.argmax(choices > 1))
        own = np.flatnonzero(allowed & (self.core.pair_mentee == first))
        return int(own[np.argmax(share[own])])

    def _with(self, at: int, allowed: BoolArray, may_stay: BoolArray) -> tuple[BoolArray, BoolArray]:
        """Insist on a pair: the mentee's others go, and its rivals at that host."""
        mentee, host = int(self.core.pair_mentee[at]), int(self.core.pair_host[at])
        rival = np.zeros(self.core.n_mentees, np.bool_)
        rival[list(self._rivalries.of(mentee))] = True
        barred = (self.core.pair_mentee == mentee) | (
            rival[self.core.pair_mentee] & (self.core.pair_host == host)
        )
        inside = allowed & ~barred
        inside[at] = True
        stay = may_stay.copy()
        stay[mentee] = False
        return inside, stay

    def _only_plan(self, allowed: BoolArray) -> IntArray:
        host_of = np.full(self.core.n_mentees, UNASSIGNED, np.int64)
        host_of[self.core.pair_mentee[allowed]] = self.core.pair_host[allowed]
        return host_of

    def _offer_share(self) -> None:
        """Offer the relaxation's own plan where it is whole."""
        if self._relaxation is None:
            return
        share = self._relaxation.share
        whole = share > 1 - EPSILON
        if not ((share > EPSILON) & ~whole).any():
            self.best.offer(self._only_plan(whole))
