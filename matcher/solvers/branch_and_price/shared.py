"""The bound where clusters are too wide to be priced exactly: prices and shares of pairs move together.

For any prices and any way to split each pair's value between its two ends, the hosts' bounds (see
:mod:`.pricing.shares`) add up to a bound of the whole. All of them are lowered at once by a subgradient
method with a long memory; its steps are as long as the gap to the best plan allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.bound import (
    NO_CUTS,
    copies,
    lagrangian,
    legal,
    prices_of,
    worth_of_kinds,
)
from matcher.solvers.branch_and_price.bundle import MOST, NOTHING
from matcher.solvers.branch_and_price.columns import first_of_kinds, longest_cluster
from matcher.solvers.branch_and_price.generate import NODES_A_UNIT, Dual
from matcher.solvers.branch_and_price.master import Duals
from matcher.solvers.branch_and_price.pricing.shares import (
    PARTNERS,
    Shares,
    bound_hosts,
    halve_pairs,
    shift_shares,
    turn_trend,
)
from matcher.solvers.branch_and_price.pricing.tables import Tables
from matcher.solvers.prepared import NO_LIMIT, IntArray, Prepared

FloatArray = NDArray[np.float64]

MEMORY = 0.85
"""Share of the trend that each round keeps."""

FIRST_STEP = 0.25
"""Share of the step that would close the gap if the bound were linear."""

LAST_STEP = 1e-3

PATIENCE = 20
"""Rounds without a lower bound after which steps shrink."""

SHRINK = 0.7

EASY_ROUNDS = 30
"""Rounds with rivals kept apart by cliques alone, before the search is asked."""

MOST_NODES = 500
"""Nodes of the search for each host and number of members."""

PAIRS_A_NODE = 20
"""Pairs of a host that take as long as one node of a search."""


@dataclass(slots=True)
class SharedBound:
    """The state of the method on one prepared, scaled problem; :meth:`run` can be called again to go on.

    Attributes
    ----------
    target : int
        Value of a plan: what the bound can fall to at most.
    best : Dual or None
        The lowest bound so far and the prices that prove it, exact in whole numbers.
    work : float
        Work units used.
    settled : bool
        Whether the bound can hardly fall any further.

    References
    ----------
    A. Caprara, D. Pisinger, P. Toth, "Exact solution of the quadratic knapsack problem", INFORMS Journal on
    Computing 11 (1999).
    F. Barahona, R. Anbil, "The volume algorithm: producing primal solutions with a subgradient method",
    Mathematical Programming 87 (2000).
    """

    prepared: Prepared
    tables: Tables
    target: int
    best: Dual | None = None
    work: float = 0.0
    rounds: int = 0
    settled: bool = False
    _shares: Shares = field(init=False)
    _unit: FloatArray = field(init=False)
    _row: FloatArray = field(init=False)
    _unit_trend: FloatArray = field(init=False)
    _row_trend: FloatArray = field(init=False)
    _step: float = FIRST_STEP
    _stalled: int = 0
    _easy: bool = True

    def __post_init__(self) -> None:
        prepared = self.prepared
        self._unit = np.full(prepared.n_units, self.target / max(1, prepared.n_units))
        self._row = np.zeros(prepared.n_rows)
        self._unit_trend = np.zeros(prepared.n_units)
        self._row_trend = np.zeros(prepared.n_rows)
        prices = prices_of(prepared, self._duals(), NO_CUTS)
        self._shares = halve_pairs(self.tables, prices, first_of_kinds(prepared), longest_cluster(prepared))

    def run(self, enough: Callable[[SharedBound], bool], *, rounds: int = 1_000) -> None:
        """Lower the bound until `enough`, asked after every round, says so or it can hardly fall further."""
        for _ in range(rounds):
            if self.settled or enough(self):
                return
            self._round()

    def _round(self) -> None:
        self.rounds += 1
        duals = self._duals()
        found, taken = self._evaluate(duals)
        if self._easy and self.rounds >= EASY_ROUNDS:
            self._easy, self._step, self._stalled = False, FIRST_STEP, 0
            self._shares.stale[:] += 1  # partners are to be chosen anew
        self._move(found, taken)

    def _evaluate(self, duals: Duals) -> tuple[int, IntArray]:
        """Bound at these prices and the present shares, and how often it takes each candidate."""
        prepared = self.prepared
        hosts = first_of_kinds(prepared)
        floor = np.where(prepared.may_close[hosts], prepared.closed_value[hosts], NOTHING)
        prices = prices_of(prepared, duals, NO_CUTS)
        nodes_each, looked = (0, 0) if self._easy else (MOST_NODES, PARTNERS)
        best, taken, nodes = bound_hosts(self.tables, prices, self._shares, floor, nodes_each, looked)
        self.work += (nodes * PAIRS_A_NODE + len(self._shares.share)) / (NODES_A_UNIT * PAIRS_A_NODE)
        bound = lagrangian(prepared, duals, best)
        if self.best is None or bound < self.best.bound:
            if self.best is None or bound < self.best.bound - abs(self.best.bound) * 2e-5:
                self._stalled = 0
            kind = worth_of_kinds(prepared, best)
            self.best = Dual(bound, Duals(duals.unit, kind, duals.row, duals.cut), best, NO_CUTS)
        return bound, taken

    def _move(self, bound: int, taken: IntArray) -> None:
        """Step along the trend, shorter after a while without a lower bound."""
        prepared = self.prepared
        self._stalled += 1
        if self._stalled > PATIENCE:
            self._step, self._stalled = self._step * SHRINK, 0
        number = copies(prepared)
        times = taken * np.repeat(number[prepared.kind_of], np.diff(prepared.start))
        cover = np.bincount(prepared.unit, times, prepared.n_units)
        self._unit_trend = MEMORY * self._unit_trend + (1 - MEMORY) * (1 - cover)
        opened = np.zeros(prepared.n_hosts)
        opened[first_of_kinds(prepared)] = (self._shares.number > 0) * number
        missed = self._missed(prepared.row_pair @ times + prepared.row_open @ opened)
        self._row_trend = MEMORY * self._row_trend + (1 - MEMORY) * missed
        square = turn_trend(self._shares, number, MEMORY)
        square += float(self._unit_trend @ self._unit_trend + self._row_trend @ self._row_trend)
        if square < 1e-6 or bound <= self.target or self._step < LAST_STEP:
            self.settled = True
            return
        step = self._step * (bound - self.target) / square
        largest = self._largest()
        shift_shares(self._shares, step, largest)
        least = np.where(prepared.may_stay, -prepared.stay_cost, -MOST * largest)
        moved = self._unit - np.clip(step * self._unit_trend, -largest, largest)
        self._unit = np.clip(moved, least, MOST * largest)
        self._row = np.clip(self._row - step * self._row_trend, -MOST * largest, MOST * largest)

    def _missed(self, total: FloatArray) -> FloatArray:
        """How far each row is from the limit that its price pays for; scaled so that long rows move less."""
        prepared = self.prepared
        high = np.where(prepared.row_high >= NO_LIMIT, np.inf, prepared.row_high.astype(np.float64))
        low = np.where(prepared.row_low <= -NO_LIMIT, -np.inf, prepared.row_low.astype(np.float64))
        price = self._duals().row
        nearest = np.clip(total, low, high)
        limit = np.where(price > 0, high, np.where(price < 0, low, nearest))
        return limit - total

    def _largest(self) -> int:
        prepared = self.prepared
        parts = (prepared.value, prepared.stay_cost, prepared.nb_value)
        return max(1, *(int(np.abs(part).max(initial=0)) for part in parts))

    def _duals(self) -> Duals:
        prepared = self.prepared
        kinds = np.zeros(len(first_of_kinds(prepared)), np.int64)
        unit, row = (np.rint(part).astype(np.int64) for part in (self._unit, self._row))
        return legal(prepared, Duals(unit, kinds, row, np.empty(0, np.int64)))
