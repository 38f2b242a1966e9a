"""Cheapest relaxations under which everybody gets a place: a flow with priced extra places.

A mentee takes one place at a host, and what has to be given up for the two is known beforehand; places above
a maximum, and staying out, have prices of their own. Without further rules the cheapest choice is a flow of
least cost. Limits of groups, and cuts that stand for all other rules, are rows over the relaxations. HiGHS
searches the rows in floating point; what is claimed as proven is added up in whole numbers, by a flow that
pays for the rows (a Lagrangian bound).

References
----------
R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows* (1993), chapters 9 and 16.
M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems", Management Science
27 (1981).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.exceptions import RefereeError
from matcher.questions.demands import Demand, DemandKind, Demands, IntArray
from matcher.questions.relaxing import Relaxation, Relaxations, openable
from matcher.questions.repaired import Repair
from matcher.result import SolveStatus

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FloatArray = NDArray[np.float64]
Unit = tuple[Relaxation, int]
"""One unit of a relaxation, counted from 0: "more than n units are used"."""
Cut = tuple[tuple[Unit, ...], int]
"""Units of which a repair must use at least so many."""
FINE = 1_000
"""Steps in which the prices of rows that cannot all be kept are told."""
MOST_NODES = 2_000
"""Nodes of one search of HiGHS."""


@dataclass(frozen=True, slots=True)
class _Row:
    """``low <= sum of value * column <= high``; columns count from the first unit."""

    columns: tuple[int, ...]
    values: tuple[int, ...]
    low: float
    high: float


@dataclass(slots=True, eq=False)
class PlacesModel:
    """The choice of relaxations under which places suffice, with limits and cuts.

    Everything that is not about places is left out, until a cut tells of it: no repair is cheaper than the
    best choice.

    Attributes
    ----------
    demands : Demands
    relaxations : Relaxations
    cuts : list of Cut
        Added so far.
    """

    demands: Demands
    relaxations: Relaxations
    cuts: list[Cut] = field(default_factory=list)
    units: list[Unit] = field(init=False)
    _column: dict[Unit, int] = field(init=False)
    _arcs: _Arcs = field(init=False)
    _limits: list[_Row] = field(init=False)
    _listing: list[_Row] = field(default_factory=list)
    _forms: list[_Row] = field(default_factory=list)
    _options: int = 0

    def __post_init__(self) -> None:
        self.units = [(one, level) for one in self.relaxations.listed for level in range(one.most)]
        self._column = {unit: at for at, unit in enumerate(self.units)}
        self._arcs = _arcs(self.demands, self.relaxations, self.units)
        groups: dict[str, list[int]] = {}
        for at, (one, _) in enumerate(self.units):
            groups.setdefault(one.group, []).append(at)
        limits = self.relaxations.limits
        self._limits = [
            _Row(tuple(columns), (1,) * len(columns), -np.inf, limits[group])
            for group, columns in sorted(groups.items())
            if group in limits and limits[group] < len(columns)
        ]

    def require(self, cuts: Iterable[Cut]) -> None:
        """Add cuts: what every repair must use."""
        self.cuts += cuts

    def choose(self) -> Repair | SolveStatus:
        """Find a cheapest choice that keeps all rows.

        Returns
        -------
        Repair or SolveStatus
            INFEASIBLE or UNKNOWN where none was found; neither is a proof.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - keeps `import matcher` light

        n_arcs, n_units = self._arcs.n_arcs, len(self.units)
        n = n_arcs + n_units + self._options
        matrix, low, high = self._matrix(n, [*self._side_rows(), *self._listing, *self._forms])
        if not n:
            return SolveStatus.INFEASIBLE if (low > 0).any() or (high < 0).any() else Repair((), 0)
        cost = np.zeros(n)
        cost[n_arcs : n_arcs + n_units] = self._prices() / self._unit_price()
        kinds = np.concatenate([np.zeros(n_arcs), np.ones(n - n_arcs)])
        found = milp(
            cost,
            constraints=LinearConstraint(matrix, low, high),
            bounds=Bounds(0, 1),
            integrality=kinds,
            options={"mip_rel_gap": 0.0, "node_limit": MOST_NODES},
        )
        if found.status == 2:  # scipy's code of an infeasible model
            return SolveStatus.INFEASIBLE
        if found.status != 0:
            return SolveStatus.UNKNOWN
        taken = np.round(found.x[n_arcs : n_arcs + n_units]).astype(np.bool_)
        counts: dict[Relaxation, int] = {}
        for at in np.flatnonzero(taken).tolist():
            one = self.units[at][0]
            counts[one] = counts.get(one, 0) + 1
        return Repair(tuple(sorted(counts.items())), sum(one.price * used for one, used in counts.items()))

    def bound(self) -> int:
        """No repair is cheaper; exact, whatever HiGHS says."""
        rows, prices = self._side_rows(), self._prices()
        free = self._priced(prices, [0] * len(rows), rows) or 0
        return max(free, self._priced(prices, self._duals(rows), rows) or 0) if rows else free

    def impossible(self) -> bool:
        """Whether it is proven, by counting in whole numbers, that no repair keeps the limits and the cuts.

        With every unit for nothing, rows that are paid for must not cost anything; where they do, no choice
        keeps them all (Farkas). False says nothing.
        """
        rows, free = self._side_rows(), np.zeros(len(self.units), np.int64)
        least = self._priced(free, self._missed(rows), rows)
        return least is None or least > 0

    def exclude(self, repair: Repair, *, form: bool) -> None:
        """Forbid a repair from now on, and all of its form as long as :meth:`any_form` was not called."""
        used = [self._column[one, level] for one, units in repair.uses for level in range(units)]
        self._listing.append(_Row(tuple(used), (1,) * len(used), -np.inf, len(used) - 1))
        if not form:
            return
        counts, groups = dict(repair.form), dict[str, list[int]]()
        for at, (one, _) in enumerate(self.units):
            groups.setdefault(one.group, []).append(at)
        options = []
        for group, columns in sorted(groups.items()):
            options.append(len(self.units) + self._options)
            self._options += 1
            values = (*(1 for _ in columns), -(counts.get(group, 0) + 1))
            self._forms.append(_Row((*columns, options[-1]), values, 0, np.inf))
        self._forms.append(_Row(tuple(options), (1,) * len(options), 1, np.inf))

    def any_form(self) -> None:
        """Allow further repairs of the forms that were excluded."""
        self._forms.clear()
        self._options = 0

    def _prices(self) -> IntArray:
        return np.array([one.price for one, _ in self.units], np.int64)

    def _unit_price(self) -> int:
        return max(1, int(np.gcd.reduce(self._prices()))) if self.units else 1

    def _side_rows(self) -> list[_Row]:
        cuts = [
            _Row(tuple(self._column[unit] for unit in units), (1,) * len(units), least, np.inf)
            for units, least in self.cuts
        ]
        return [*self._limits, *cuts]

    def _matrix(self, n: int, rows: list[_Row]) -> tuple[csr_array, FloatArray, FloatArray]:
        from scipy.sparse import csr_array, vstack  # noqa: PLC0415 - keeps `import matcher` light

        fixed, low, high = self._arcs.rows(len(self.units))
        fixed.resize((fixed.shape[0], n))
        at = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
        columns = np.array([column for row in rows for column in row.columns], np.int64) + self._arcs.n_arcs
        values = np.array([value for row in rows for value in row.values], np.float64)
        side = csr_array((values, (at, columns)), shape=(len(rows), n))
        return (
            vstack([fixed, side], format="csr"),
            np.concatenate([low, [row.low for row in rows]]),
            np.concatenate([high, [row.high for row in rows]]),
        )

    def _duals(self, rows: list[_Row]) -> list[int]:
        """Prices of the side rows, as the linear relaxation sees them, in whole numbers."""
        n = self._arcs.n_arcs + len(self.units)
        if not n:
            return [0] * len(rows)
        matrix, low, high = self._matrix(n, rows)
        cost = np.concatenate([np.zeros(self._arcs.n_arcs), self._prices() / self._unit_price()])
        worth = _row_prices(matrix, low, high, cost, np.ones(n))[len(low) - len(rows) :]
        return [int(price) for price in np.round(worth * self._unit_price()).tolist()]

    def _missed(self, rows: list[_Row]) -> list[int]:
        """Prices of the side rows, in whole numbers, when all that counts is by how much they are missed."""
        from scipy.sparse import coo_array, hstack  # noqa: PLC0415 - keeps `import matcher` light

        n = self._arcs.n_arcs + len(self.units)
        if not n or not rows:
            return [0] * len(rows)
        matrix, low, high = self._matrix(n, rows)
        first = len(low) - len(rows)
        by = [-1.0 if np.isfinite(row.high) else 1.0 for row in rows]
        slack = coo_array((by, (first + np.arange(len(rows)), np.arange(len(rows)))), (len(low), len(rows)))
        cost = np.concatenate([np.zeros(n), np.ones(len(rows))])
        most = np.concatenate([np.ones(n), np.full(len(rows), np.inf)])
        worth = _row_prices(hstack([matrix, slack], format="csr"), low, high, cost, most)[first:]
        return [int(price) for price in np.round(worth * FINE).tolist()]

    def _priced(self, price: IntArray, duals: list[int], rows: list[_Row]) -> int | None:
        """Lagrangian bound: a limit has a price of at most 0, a cut one of at least 0; None with no flow."""
        price, total = price.copy(), 0
        for dual, row in zip(duals, rows, strict=True):
            legal = min(0, dual) if np.isfinite(row.high) else max(0, dual)
            total += legal * int(row.high if np.isfinite(row.high) else row.low)
            price[list(row.columns)] -= legal
        total += int(np.minimum(price, 0).sum())
        flow = self._arcs.cheapest(np.maximum(price, 0))
        return None if flow is None else total + flow


def _row_prices(
    matrix: csr_array, low: FloatArray, high: FloatArray, cost: FloatArray, most: FloatArray
) -> FloatArray:
    """Dual prices of the rows of a linear programme; all 0 where it was not solved."""
    from scipy.optimize import linprog  # noqa: PLC0415 - keeps `import matcher` light
    from scipy.sparse import vstack  # noqa: PLC0415

    equal = low == high
    above = np.isfinite(low) & ~equal
    below = np.isfinite(high) & ~equal
    found = linprog(
        cost,
        A_ub=vstack([matrix[below], -matrix[above]], format="csr"),
        b_ub=np.concatenate([high[below], -low[above]]),
        A_eq=matrix[equal] if equal.any() else None,
        b_eq=high[equal] if equal.any() else None,
        bounds=np.column_stack([np.zeros(len(cost)), most]),
        method="highs",
    )
    worth = np.zeros(len(low))
    if found.status == 0:
        worth[np.flatnonzero(below)] = found.ineqlin.marginals[: below.sum()]
        worth[np.flatnonzero(above)] -= found.ineqlin.marginals[below.sum() :]
    return worth


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """Who can take a place where, and which units each of these arcs needs.

    Attributes
    ----------
    n_nodes : tuple of int
        Mentees that need a place, and hosts.
    tail, head : ndarray of int64, shape (n_arcs,)
        Mentee, and host or -1 for staying out.
    arc, unit : ndarray of int64
        Pairs: the arc needs the unit.
    room : ndarray of int64, shape (n_hosts,)
    rooms : _Rooms
        Rows that limit the places filled at some hosts together.
    more_host, more_unit : ndarray of int64
        Pairs: the unit is a place more at the host.
    chains : tuple of (int, int)
        Units of which the second is used only after the first.
    """

    n_nodes: tuple[int, int]
    tail: IntArray
    head: IntArray
    arc: IntArray
    unit: IntArray
    room: IntArray
    more_host: IntArray
    more_unit: IntArray
    rooms: _Rooms
    chains: tuple[tuple[int, int], ...]

    @property
    def n_arcs(self) -> int:
        return len(self.tail)

    def rows(self, n_units: int) -> tuple[csr_array, FloatArray, FloatArray]:
        """Rows over arcs, then units: everybody once, room, arcs only with the units they need, chains."""
        from scipy.sparse import coo_array  # noqa: PLC0415 - keeps `import matcher` light

        (n, m), k = self.n_nodes, self.n_arcs
        inside = np.flatnonzero(self.head >= 0)
        needs, at = np.unique(self.unit, return_inverse=True)
        chains = np.array(self.chains, np.int64).reshape(-1, 2)
        link = n + m + len(needs) + np.arange(len(chains))
        first, rooms = n + m + len(needs) + len(chains), self.rooms
        arc_room, more_room = rooms.of_host[self.head[inside]], rooms.of_host[self.more_host]
        in_room, adds = np.flatnonzero(arc_room >= 0), np.flatnonzero(more_room >= 0)
        parts = [
            (self.tail, np.arange(k), 1),
            (n + self.head[inside], inside, 1),
            (n + self.more_host, k + self.more_unit, -1),
            (n + m + at, self.arc, 1),
            (n + m + np.arange(len(needs)), k + needs, -1),
            (link, k + chains[:, 1], 1),
            (link, k + chains[:, 0], -1),
            (first + arc_room[in_room], inside[in_room], 1),
            (first + more_room[adds], k + self.more_unit[adds], -1),
            (first + rooms.room, k + rooms.unit, -1),
        ]
        row, column = (np.concatenate([part[which] for part in parts]) for which in (0, 1))
        value = np.concatenate([np.full(len(part[0]), float(part[2])) for part in parts])
        size = first + len(rooms.most)
        # an arc of a mentee needs a unit together with the mentee's other arcs: of these only one is taken
        matrix = coo_array((value, (row, column)), shape=(size, k + n_units)).tocsr()
        low, high = np.full(size, -np.inf), np.zeros(size)
        low[:n] = high[:n] = 1
        high[n : n + m] = self.room
        high[first:] = rooms.most
        return matrix, low, high

    def cheapest(self, price: IntArray) -> int | None:
        """Least cost of a flow that places everybody, by whole numbers; prices of units are 0 or more.

        None where there is no flow at all: whatever is given up, places do not suffice.
        """
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - keeps `import matcher` light

        n, m = self.n_nodes
        if not n:
            return 0
        cost = np.zeros(self.n_arcs, np.int64)
        np.add.at(cost, self.arc, price[self.unit])
        rooms, sink = self.rooms, n + m
        flow = min_cost_flow.SimpleMinCostFlow()
        heads = np.where(self.head >= 0, n + self.head, sink)
        ones = np.ones(self.n_arcs, np.int64)
        flow.add_arcs_with_capacity_and_unit_cost(self.tail, heads, ones, cost)
        hosts = n + np.arange(m)
        behind = np.where(rooms.of_host >= 0, sink + 1 + rooms.of_host, sink)
        flow.add_arcs_with_capacity_and_unit_cost(hosts, behind, self.room, np.zeros(m, np.int64))
        for at, most in enumerate(rooms.most.tolist()):  # a limit below 0 is one that nobody may fill here
            flow.add_arc_with_capacity_and_unit_cost(sink + 1 + at, sink, max(0, most), 0)
        for at, unit in zip(rooms.room.tolist(), rooms.unit.tolist(), strict=True):
            flow.add_arc_with_capacity_and_unit_cost(sink + 1 + at, sink, 1, int(price[unit]))
        more = len(self.more_host)
        if more:
            flow.add_arcs_with_capacity_and_unit_cost(
                n + self.more_host, np.full(more, sink), np.ones(more, np.int64), price[self.more_unit]
            )
        flow.set_nodes_supplies(np.arange(n), np.ones(n, np.int64))
        flow.set_node_supply(sink, -n)
        status = flow.solve()
        if status == flow.OPTIMAL:
            return int(flow.optimal_cost())
        if status == flow.INFEASIBLE:
            return None
        raise RefereeError("The cheapest flow of a placement was not found, which cannot be.")


@dataclass(frozen=True, slots=True, eq=False)
class _Rooms:
    """Rows that limit the places filled at some hosts together; no two of them count one host.

    Attributes
    ----------
    of_host : ndarray of int64, shape (n_hosts,)
        Row of each host, -1 for none.
    most : ndarray of int64, shape (n_rows,)
    room, unit : ndarray of int64
        Pairs: the unit is a place more in the row; a place more at one of its hosts is so as well.
    """

    of_host: IntArray
    most: IntArray
    room: IntArray
    unit: IntArray


def _rooms(demands: Demands, units: list[Unit]) -> _Rooms:
    of_host = np.full(demands.problem.n_hosts, -1, np.int64)
    at: dict[str, int] = {}
    limits: list[int] = []
    for row in demands.problem.rows:
        hosts = demands.row_hosts.get(row.key)
        if row.price is None and row.at_most is not None and hosts is not None and (of_host[hosts] < 0).all():
            of_host[hosts], at[row.key] = len(limits), len(limits)
            limits.append(row.at_most)
    own = [
        (at[one.demand.key], place)
        for place, (one, _) in enumerate(units)
        if one.demand.kind is DemandKind.ROW and one.demand.key in at
    ]
    return _Rooms(
        of_host,
        np.array(limits, np.int64),
        np.array([room for room, _ in own], np.int64),
        np.array([unit for _, unit in own], np.int64),
    )


def _arcs(demands: Demands, relaxations: Relaxations, units: list[Unit]) -> _Arcs:
    problem, bars = demands.problem, demands.bars
    first = {one.demand: at for at, (one, level) in enumerate(units) if not level and not one.over}
    locked: dict[int, list[int]] = {}
    for mentee, host in problem.locked.tolist():
        locked.setdefault(mentee, []).append(host)
    forced = ~problem.may_stay
    forced[list(locked)] = True
    place = np.cumsum(forced) - 1
    opened = openable(demands, relaxations)
    opened[problem.pair_mentee, problem.pair_host] = False
    mentee = np.concatenate([problem.pair_mentee, np.nonzero(opened)[0], np.flatnonzero(forced)])
    host = np.concatenate(
        [problem.pair_host, np.nonzero(opened)[1], np.full(int(forced.sum()), -1, np.int64)]
    )
    tails, heads, arcs, needed = list[int](), list[int](), list[int](), list[int]()
    for who, where in zip(mentee.tolist(), host.tolist(), strict=True):
        if not forced[who]:
            continue
        gone = [Demand(DemandKind.LOCK, who, host=own) for own in locked.get(who, []) if own != where]
        if where < 0:
            gone += [] if problem.may_stay[who] else [Demand(DemandKind.PLACED, who)]
        elif opened[who, where]:
            mask = int(bars.mask[who, where])
            gone += [
                Demand(DemandKind.BAR, who, key=key) for at, key in enumerate(bars.keys) if mask >> at & 1
            ]
        if all(one in first for one in gone):
            arcs += [len(tails)] * len(gone)
            needed += [first[one] for one in gone]
            tails.append(int(place[who]))
            heads.append(where)
    more = [(one.demand.host, at) for at, (one, _) in enumerate(units) if one.demand.kind is DemandKind.MOST]
    chains = tuple(
        (at, at + 1) for at, (before, after) in enumerate(pairwise(units)) if before[0] == after[0]
    )
    return _Arcs(
        (int(forced.sum()), problem.n_hosts),
        np.array(tails, np.int64),
        np.array(heads, np.int64),
        np.array(arcs, np.int64),
        np.array(needed, np.int64),
        problem.max_load.astype(np.int64),
        np.array([host for host, _ in more], np.int64),
        np.array([at for _, at in more], np.int64),
        _rooms(demands, units),
        chains,
    )
