"""A near-tight bound where the linear master would be too slow: a proximal bundle method in compiled code.

The bound is a convex function of the prices; every column met is a piece of it from below. Each round
minimises the pieces plus a quadratic term around the best prices so far, prices all hosts there, and moves
where the bound fell as promised. The quadratic term keeps prices from leaping about, so that a thousand
mentees need some fifteen rounds, and ten thousand hardly more; and its master is solved in time linear in the
columns kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matcher.solvers.branch_and_price.bound import (
    NO_CUTS,
    copies,
    lagrangian,
    legal,
    prices_of,
    worth_of_kinds,
)
from matcher.solvers.branch_and_price.bundle_kernel import (
    FloatArray,
    Point,
    Store,
    balance,
    best_known,
    grow_old,
    put,
)
from matcher.solvers.branch_and_price.columns import first_of_kinds, longest_cluster, row_counts
from matcher.solvers.branch_and_price.generate import NODES_A_UNIT, Dual
from matcher.solvers.branch_and_price.master import Duals
from matcher.solvers.branch_and_price.pricing.hosts import price_hosts
from matcher.solvers.branch_and_price.pricing.tables import Tables, tables_of
from matcher.solvers.prepared import IntArray, Prepared

NOTHING = -(2**49)
"""Stands for the worth of a cluster at a host that has none; below any real one (see `scaling`)."""

PLACES = 40
"""Columns kept for each kind of host."""

SWEEPS = 50
"""Passes over all hosts in one solution of the quadratic master."""

FIRST_NODES = 20_000
"""Search nodes for each host as long as that suffices to go on."""

LOOKS_A_UNIT = 3e7
"""Columns looked at by the quadratic master in one unit of work."""

MOST = 1_000
"""Prices stay within so many times the largest value."""


@dataclass(slots=True)
class Bundle:
    """The state of the method on one prepared, scaled problem; :meth:`run` can be called again to go on.

    Attributes
    ----------
    best : Dual or None
        The lowest bound so far and the prices that prove it, legal and exact in whole numbers.
    work : float
        Work units used.
    settled : bool
        Whether the bound can hardly fall any further.

    References
    ----------
    K. C. Kiwiel, "Proximity control in bundle methods for convex nondifferentiable minimization",
    Mathematical Programming 46 (1990).
    O. Briant, C. Lemaréchal, P. Meurdesoif, S. Michel, N. Perrot, F. Vanderbeck, "Comparison of bundle and
    classical column generation", Mathematical Programming 113 (2008).
    """

    prepared: Prepared
    workers: int = 1
    max_nodes: int = 200_000
    columns_a_host: int = 4
    tables: Tables | None = None
    best: Dual | None = None
    work: float = 0.0
    rounds: int = 0
    settled: bool = False
    store: Store = field(init=False)
    point: Point = field(init=False)
    _step: float = field(init=False)
    _centre: int | None = None
    _nulls: int = 0
    _effort: int = FIRST_NODES
    _cut_short: bool = False

    def __post_init__(self) -> None:
        prepared = self.prepared
        self.tables = self.tables or tables_of(prepared)
        self.store = _store(prepared)
        self.point = _point(prepared)
        self._effort = min(FIRST_NODES, self.max_nodes)
        self._step = max(1.0, float(np.abs(prepared.value).mean()) / 20 if len(prepared.value) else 1.0)

    def run(self, enough: Callable[[Bundle], bool], *, rounds: int = 200, tolerance: float = 1e-6) -> None:
        """Lower the bound until `enough` says so or it can hardly fall further.

        Parameters
        ----------
        enough : callable
            Asked after every round; reads `best` and `work`.
        rounds : int
            At most so many.
        tolerance : float
            Settled once the pieces promise less than this share of the bound.
        """
        if self._centre is None:
            self._centre = self._evaluate(self._start())
        for _ in range(rounds):
            if self.settled or enough(self):
                return
            self._round(tolerance)

    def start_from(self, duals: Duals) -> None:
        """Take prices known from elsewhere as the centre."""
        self.point.unit_centre[:] = duals.unit
        self.point.row_centre[:] = duals.row
        self._centre = self._evaluate(legal(self.prepared, self._duals(duals.unit, duals.row)))

    def columns(self) -> tuple[IntArray, IntArray]:
        """All columns kept: their hosts, and members."""
        kind, column = np.nonzero(self.store.members[:, :, 0] >= 0)
        return first_of_kinds(self.prepared)[kind], self.store.members[kind, column]

    def in_use(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Columns with weight: their hosts, members and weights, a fractional plan to start from."""
        kind, column = np.nonzero((self.store.weight > 1e-6) & (self.store.members[:, :, 0] >= 0))
        hosts = first_of_kinds(self.prepared)[kind]
        return hosts, self.store.members[kind, column], self.store.weight[kind, column]

    def _round(self, tolerance: float) -> None:
        self.rounds += 1
        looked = balance(self.store, self.point, self._step, SWEEPS, self._step * 1e-4)
        self.work += looked / LOOKS_A_UNIT
        grow_old(self.store)
        unit, row = (np.rint(part).astype(np.int64) for part in (self.point.unit, self.point.row))
        duals = legal(self.prepared, self._duals(unit, row))
        known = best_known(self.store, duals.unit, duals.row, NOTHING)
        centre = self._centre if self._centre is not None else 0
        promised = centre - lagrangian(self.prepared, duals, known)
        found = self._evaluate(duals)
        self._move(duals, found, promised)
        if promised <= tolerance * abs(centre):
            self._settle()

    def _settle(self) -> None:
        """Search harder where searches were cut short; settled where that has been done or need not be."""
        if self._effort >= self.max_nodes or not self._cut_short:
            self.settled = True
            return
        self._effort = min(self.max_nodes, self._effort * 10)
        if self.best is not None:
            self.start_from(self.best.duals)

    def _move(self, duals: Duals, found: int, promised: int) -> None:
        """Move the centre where the bound fell by a tenth of what was promised; adapt the step."""
        centre = self._centre if self._centre is not None else 0
        if centre - found > promised // 10:
            self.point.unit_centre[:] = duals.unit
            self.point.row_centre[:] = duals.row
            if centre - found > promised // 2:
                self._step *= 1.5
            self._centre, self._nulls = found, 0
            return
        self._nulls += 1
        if found - centre > promised:
            self._step /= 1.5
        elif self._nulls >= 4:
            self._step /= 1.3
            self._nulls = 0

    def _start(self) -> Duals:
        """Each unit at its best pair's value: high, so that few units are wanted twice."""
        prepared = self.prepared
        unit = np.where(prepared.may_stay, -prepared.stay_cost, 0)
        np.maximum.at(unit, prepared.unit, prepared.value)
        self.point.unit_centre[:] = unit
        return self._duals(unit, np.zeros(prepared.n_rows, np.int64))

    def _duals(self, unit: IntArray, row: IntArray) -> Duals:
        kinds = np.zeros(len(self.store.size), np.int64)
        return Duals(unit, kinds, row, np.empty(0, np.int64))

    def _evaluate(self, duals: Duals) -> int:
        """Price all hosts: the bound at these prices; the columns found are stored."""
        prepared = self.prepared
        hosts = first_of_kinds(prepared)
        known = best_known(self.store, duals.unit, duals.row, NOTHING)
        assert self.tables is not None
        priced = price_hosts(
            self.tables,
            prices_of(prepared, duals, NO_CUTS),
            hosts,
            known,
            max_columns=self.columns_a_host,
            max_nodes=self._effort,
            longest=self.store.members.shape[2],
            workers=self.workers,
        )
        self.work += priced.nodes / NODES_A_UNIT
        self._cut_short = not priced.complete.all()
        best = np.maximum(priced.bound, known)
        bound = lagrangian(prepared, duals, best)
        if self.best is None or bound < self.best.bound:
            kind = worth_of_kinds(prepared, best)
            self.best = Dual(bound, Duals(duals.unit, kind, duals.row, duals.cut), best, NO_CUTS)
        self._keep(duals, priced.host, priced.members, priced.worth)
        loose = np.flatnonzero(priced.relaxed[:, 0] >= 0)
        self._keep(duals, hosts[loose], priced.relaxed[loose], best[loose])
        return bound

    def _keep(self, duals: Duals, host: IntArray, members: IntArray, worth: IntArray) -> None:
        """Store pieces of the bound: columns, and what stands for them where a search was cut short."""
        prepared = self.prepared
        counts = row_counts(
            prepared.start, prepared.unit, prepared.row_pair, prepared.row_open, host, members
        )
        price = np.append(duals.unit, 0)  # -1 looks up the last
        value = worth + price[members].sum(axis=1) + counts @ duals.row
        put(self.store, self.point, prepared.kind_of[host], members, value, counts, copies(prepared))


def _store(prepared: Prepared) -> Store:
    hosts, longest = first_of_kinds(prepared), longest_cluster(prepared)
    open_to_close = prepared.may_close[hosts]
    store = Store(
        open_to_close.astype(np.int64),
        np.full((len(hosts), PLACES, longest), -1, np.int64),
        np.zeros((len(hosts), PLACES), np.int64),
        np.zeros((len(hosts), PLACES, prepared.n_rows), np.int64),
        np.zeros((len(hosts), PLACES), np.int64),
        np.zeros((len(hosts), PLACES)),
    )
    store.value[:, 0] = np.where(open_to_close, prepared.closed_value[hosts], 0)
    store.weight[:, 0] = np.where(open_to_close, copies(prepared), 0)
    return store


def _point(prepared: Prepared) -> Point:
    """Prices at 0; a unit that may stay is never worth less than staying, a soft row never costs more."""
    largest = max(
        (
            int(np.abs(part).max(initial=0))
            for part in (prepared.value, prepared.stay_cost, prepared.nb_value)
        ),
    )
    most = float(MOST * max(1, largest))
    rows = prepared.n_rows
    size = np.maximum(
        np.abs(prepared.row_pair).max(axis=1, initial=0), np.abs(prepared.row_open).max(axis=1, initial=0)
    )
    touched = max(1, prepared.n_hosts)
    return Point(
        unit=np.zeros(prepared.n_units),
        cover=np.zeros(prepared.n_units),
        unit_centre=np.zeros(prepared.n_units),
        least=np.where(prepared.may_stay, -prepared.stay_cost, -most).astype(np.float64),
        row=np.zeros(rows),
        total=np.zeros(rows),
        row_centre=np.zeros(rows),
        row_step=1.0 / (np.maximum(1, size).astype(np.float64) ** 2 * touched),
        row_most=np.where(prepared.row_price < 0, most, prepared.row_price).astype(np.float64),
        row_low=prepared.row_low.copy(),
        row_high=prepared.row_high.copy(),
    )
