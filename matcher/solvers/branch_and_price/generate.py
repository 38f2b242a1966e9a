"""Column generation: the linear master and the pricing kernels in turn, with smoothed prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.solvers.branch_and_price.bound import (
    Cuts,
    lagrangian,
    legal,
    prices_of,
    worth_of_kinds,
)
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.branch_and_price.master import Duals, Master
from matcher.solvers.branch_and_price.pricing.hosts import Priced, price_hosts
from matcher.solvers.prepared import IntArray, Prepared

NODES_A_UNIT = 2e7
"""Search nodes of the kernels in one unit of work (about a second)."""

NODES_A_THREAD = 100_000
"""Below so many search nodes in a pricing, a second thread costs more than it brings."""

PIVOTS_A_UNIT = 2e6
"""Simplex iterations times rows / 100 in one unit of work."""


NOTHING = -(2**49)
"""Below the worth of any cluster (see `scaling`)."""


@dataclass(slots=True)
class Dual:
    """The best bound so far, and the prices that prove it."""

    bound: int
    duals: Duals
    best: IntArray
    cuts: Cuts


@dataclass(slots=True)
class Generator:
    """Column generation over one prepared problem; keeps its state from call to call.

    References
    ----------
    P. Wentges, "Weighted Dantzig–Wolfe decomposition for linear mixed-integer programming",
    International Transactions in Operational Research 4 (1997): smoothing of the prices.
    A. Pessoa, R. Sadykov, E. Uchoa, F. Vanderbeck, "Automation and combination of linear-programming based
    stabilization techniques in column generation", INFORMS Journal on Computing 30 (2018).
    """

    pool: Pool
    master: Master
    cuts: Cuts
    workers: int = 1
    max_nodes: int = 2_000_000
    columns_a_host: int = 8
    best: Dual | None = None
    work: float = 0.0
    rounds: int = 0
    converged: bool = False
    _last_nodes: int = 0

    @property
    def prepared(self) -> Prepared:
        """The problem."""
        return self.pool.prepared

    def price(self, duals: Duals, cutoffs: IntArray) -> tuple[Priced, IntArray]:
        """Price every kind of host; columns and, by kind, a bound on what its best is worth."""
        prepared = self.prepared
        hosts = first_of_kinds(prepared)
        priced = price_hosts(
            self.pool.tables,
            prices_of(prepared, duals, self.cuts),
            hosts,
            cutoffs,
            max_columns=self.columns_a_host,
            max_nodes=self.max_nodes,
            longest=self.pool.longest,
            workers=self.workers if self._last_nodes > NODES_A_THREAD else 1,
        )
        self._last_nodes = priced.nodes
        self.work += priced.nodes / NODES_A_UNIT
        return priced, np.maximum(priced.bound, cutoffs)

    def step(self, alpha: float) -> bool:
        """One round: solve the master, price at smoothed prices, add columns; False once nothing helps."""
        self.rounds += 1
        if not self.master.solve():
            return False
        self.work += self.master.iterations * len(self.prepared.stay_cost) / (100 * PIVOTS_A_UNIT)
        now = legal(self.prepared, self.master.duals())
        for share in (alpha, 0.0) if alpha and self.best is not None else (0.0,):
            point = now if not share or self.best is None else _between(self.best.duals, now, share)
            priced, best = self.price(point, point.kind)
            self._record(point, best)
            positions = self.pool.add(priced.host, priced.members)
            if len(positions) and self.master.add(positions[self._helps(positions, now)]):
                return True
        return False

    def start_from(self, duals: Duals, cuts: Cuts) -> None:
        """Take prices and cuts known from elsewhere as the first point, and the columns they lead to."""
        self.cuts = cuts
        self.master.add_cuts(cuts.units)
        priced, best = self.price(duals, np.full(len(duals.kind), NOTHING, np.int64))
        self._record(Duals(duals.unit, worth_of_kinds(self.prepared, best), duals.row, duals.cut), best)
        self.master.add(self.pool.add(priced.host, priced.members))

    def _record(self, duals: Duals, best: IntArray) -> None:
        bound = lagrangian(self.prepared, duals, best)
        if self.best is None or bound < self.best.bound:
            self.best = Dual(bound, duals, best, self.cuts)

    def _helps(self, positions: IntArray, duals: Duals) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which columns have a positive worth at the master's own prices."""
        reduced = reduced_values(self.pool, positions, duals, self.cuts)
        kind = self.prepared.kind_of[self.pool.host[positions]]
        return reduced > duals.kind[kind]

    def run(self, enough: Callable[[Generator], bool], alpha: float = 0.5) -> None:
        """Generate until no column helps or `enough` says so."""
        price = 1000.0
        self.master.punish(price)
        while True:
            while self.step(alpha) and not self._met():
                if enough(self):
                    return
            if self.master.missing < 1e-7 or price > 1e4:
                self.converged = self.master.solved
                return
            price *= 100.0
            self.master.punish(price)

    def _met(self) -> bool:
        """Whether bound and master agree but for rounding: further columns cannot help."""
        if self.best is None or self.best.cuts is not self.cuts:
            return False
        return self.best.bound - self.master.objective < 1e-9 * abs(self.best.bound)


def reduced_values(pool: Pool, positions: IntArray, duals: Duals, cuts: Cuts) -> IntArray:
    """Worth of columns less the prices of units, rows and cuts (not that of the kind), shape (n,)."""
    members = pool.members[positions]
    price = np.append(duals.unit, 0)  # -1 looks up the last
    reduced: IntArray = pool.value[positions] - price[members].sum(axis=1)
    reduced = reduced - pool.count_in_rows[positions] @ duals.row
    for cut, toll in zip(cuts.units, duals.cut.tolist(), strict=True):
        if toll:
            reduced = reduced - toll * (np.isin(members, cut).sum(axis=1) >= 2)
    return reduced


def _between(best: Duals, now: Duals, share: float) -> Duals:
    def mix(old: IntArray, new: IntArray) -> IntArray:
        if len(old) < len(new):  # cuts added since
            old = np.append(old, np.zeros(len(new) - len(old), np.int64))
        return np.rint(share * old + (1 - share) * new).astype(np.int64)

    return Duals(
        mix(best.unit, now.unit), mix(best.kind, now.kind), mix(best.row, now.row), mix(best.cut, now.cut)
    )
