"""Search: annealing cycles on one prepared problem, the best plan kept; and two short ways to use it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.solvers.local_search import world as at
from matcher.solvers.local_search.annealing import anneal, fill, typical_change
from matcher.solvers.local_search.moving import follow, keep_best
from matcher.solvers.local_search.trading import Market, are_alike, open_market, settle, trade
from matcher.solvers.local_search.world import KINDS, World, make_world
from matcher.solvers.prepared import IntArray, Prepared

HOT, WARM, COLD = 0.5, 0.1, 0.002
"""Temperatures, in mean changes of worth by a random move: from nothing, from a plan, at the end."""

SAMPLES = 2000
FIRST_MOVES = 100_000
MOVES_PER_UNIT = 300

TRADES_A_MOVE = 8
"""Trades between hosts that are alike in the time of one move of any kind."""

SHARE_TO_OPEN = 10
"""One move in so many chooses the hosts to open, where that is a choice, before units trade places."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A feasible plan.

    Attributes
    ----------
    unit_host : ndarray of int64, shape (n_units,)
        Host of each unit, -1: unassigned.
    value : int
        Its objective without the problem's constant, objective units.
    """

    unit_host: IntArray
    value: int


class Search:
    """Simulated annealing on a prepared problem; deterministic for a seed and a sequence of calls.

    Parameters
    ----------
    prepared : Prepared
    seed : int
    """

    def __init__(self, prepared: Prepared, seed: int = 0) -> None:
        self._prepared = prepared
        self._world: World = make_world(prepared, seed)
        self._weights = np.zeros(KINDS)
        self._scale = 1.0
        self._idle = not prepared.n_units or not len(prepared.unit)
        closing = prepared.may_close & ((prepared.low > 1) | (prepared.open_cost != 0))
        self._batch = max(200, 5 * prepared.n_units)
        self._reopenings = self._batch // 200 if closing.any() else 0
        self._order = _hardest_first(prepared, seed)
        self._market = open_market(prepared, self._world.random) if are_alike(prepared) else None
        keep_best(self._world)

    @property
    def best(self) -> Found | None:
        """Best feasible plan so far; None before the first."""
        if not self._world.tally[at.HAS_BEST]:
            return None
        return Found(self._world.unit[:, at.BEST].copy(), int(self._world.tally[at.BEST_WORTH]))

    def go_to(self, unit_host: IntArray) -> None:
        """Continue from a plan, feasible or not.

        Raises
        ------
        ValueError
            If a unit is not eligible at its host.
        """
        if not follow(self._world, np.ascontiguousarray(unit_host, np.int64)):
            raise ValueError("The plan to start from has a unit at a host where it is not eligible.")

    def forget(self) -> None:
        """Forget the best plan, so that :attr:`best` is that of what comes next; the plan itself stays."""
        self._world.tally[at.HAS_BEST] = 0
        keep_best(self._world)

    def fill(self) -> None:
        """Place whoever is unassigned: fewest hosts first, each where it is worth most and misses least."""
        if not self._idle:
            fill(self._world, np.full(KINDS, 1000.0 * _largest(self._world)), self._order)

    def begin(self) -> None:
        """Measure what moves are worth here, and weigh misses accordingly."""
        if not self._idle:
            self._scale = typical_change(self._world, SAMPLES)
        self._weights[:] = 2.0 * self._scale

    def cool(self, moves: int, hot: float, cold: float, *, until_feasible: bool = False) -> None:
        """Make so many moves (rounded to batches), cooling from `hot` to `cold`; after :meth:`begin`.

        Temperatures are in mean changes of worth by a random move. A cycle can be cut into several calls.
        Where hosts are alike, moves only choose which of them open and mend what is broken; then units trade.
        """
        if self._idle or moves <= 0:
            return
        if self._market is None or until_feasible:
            self._anneal(moves, hot, cold, until_feasible=until_feasible)
            return
        if self._reopenings:
            self._anneal(moves // SHARE_TO_OPEN, hot, cold)
        if not self._is_feasible():
            self._anneal(moves, hot, cold, until_feasible=True)
            if not self._is_feasible() and self.best is not None:
                self.go_to(self.best.unit_host)
        if self._is_feasible():
            self._trade(self._market, moves * TRADES_A_MOVE, hot, cold)

    def _anneal(self, moves: int, hot: float, cold: float, *, until_feasible: bool = False) -> None:
        batches, cooling = self._cooling(moves, hot, cold)
        work = batches, self._batch, self._reopenings
        anneal(self._world, self._weights, (self._scale * hot, cooling), work, int(until_feasible))

    def _trade(self, market: Market, trades: int, hot: float, cold: float) -> None:
        settle(market, self._world.unit[:, at.AT], int(self._world.tally[at.WORTH]))
        batches, cooling = self._cooling(trades, hot, cold)
        trade(market, self._scale * hot, cooling, batches, self._batch)
        self.go_to(market.best)

    def _cooling(self, moves: int, hot: float, cold: float) -> tuple[int, float]:
        """Batches, and the factor of the temperature after each."""
        batches = max(1, moves // self._batch)
        return batches, float((cold / hot) ** (1.0 / batches))

    def _is_feasible(self) -> bool:
        return not self._world.tally[at.MISSED : at.MISSED + KINDS].any()


def improve(
    prepared: Prepared, unit_host: IntArray, *, moves: int, seed: int = 0, hot: float = WARM
) -> Found | None:
    """Improve a plan by simulated annealing, never making it worse.

    Parameters
    ----------
    prepared : Prepared
    unit_host : ndarray of int64, shape (n_units,)
        The plan to start from, -1: unassigned; every unit eligible at its host, other rules may be broken.
    moves : int
        Random moves to try: the work. The same moves and seed give the same plan.
    seed : int, default 0
    hot : float, default WARM
        Temperature at the start, in mean changes of worth by a random move; ``HOT`` forgets the plan.

    Returns
    -------
    Found or None
        The best feasible plan seen, at least as good as a feasible start; None if none was seen.

    Raises
    ------
    ValueError
        If a unit is not eligible at its host.
    """
    search = Search(prepared, seed)
    search.go_to(unit_host)
    search.begin()
    search.cool(moves, hot, COLD)
    return search.best


def first_plan(prepared: Prepared, seed: int = 0) -> IntArray | None:
    """Find a feasible plan quickly: greedy, then a short annealing, longer only while a rule is broken.

    Returns
    -------
    ndarray of int64, shape (n_units,), or None
        None if the search ended without; that proves nothing.
    """
    search = Search(prepared, seed)
    search.fill()
    search.begin()
    moves = max(FIRST_MOVES, MOVES_PER_UNIT * prepared.n_units)
    search.cool(moves, WARM, COLD)
    if search.best is None:
        search.cool(5 * moves, WARM, COLD, until_feasible=True)
    return None if search.best is None else search.best.unit_host


def _largest(world: World) -> float:
    """Largest coefficient of the objective, at least 1."""
    parts = (world.cand[:, at.VALUE], world.link[:, at.BOND], world.unit[:, at.STAY_COST])
    costs = (world.host[:, at.OPEN_COST], world.host[:, at.CLOSED_VALUE], world.rule[:, at.PRICE])
    return float(max(1, *(int(np.abs(part).max(initial=0)) for part in parts + costs)))


def _hardest_first(prepared: Prepared, seed: int) -> IntArray:
    """Units by rising number of hosts, equal ones shuffled."""
    shuffled = np.random.default_rng(abs(seed)).permutation(prepared.n_units)
    options = np.bincount(prepared.unit, minlength=prepared.n_units)
    return shuffled[np.argsort(options[shuffled], kind="stable")].astype(np.int64)
