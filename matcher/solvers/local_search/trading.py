"""Hosts that are alike but for their limits: units trade places, each trade priced in a few operations.

The cohesion of every unit with every cluster is kept, so a swap is priced by five look-ups whatever the
size of the clusters, and carried out in time linear in the units. Every plan visited keeps every rule.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.local_search.chance import below, log_chance
from matcher.solvers.local_search.inlined import inlined, kernel
from matcher.solvers.local_search.world import DENSE_CELLS
from matcher.solvers.prepared import IntArray, Prepared

WORTH, BEST_WORTH, MOVABLE = range(3)
"""Places in `Market.tally`."""

MOVES_OF_16 = 5
"""Of sixteen trades that are tried so many move one unit, where limits of load allow for moves at all."""

HOPELESS = 40.0
"""A loss of so many temperatures is never accepted."""


class Market(NamedTuple):
    """Units in clusters of hosts that are alike, kept up to date trade by trade.

    Attributes
    ----------
    pair : ndarray of int64, shape (n_units, n_units)
        Cohesion.
    rival : ndarray of int16, shape (n_units, n_units) or (0, 0)
        1 where two must not meet; empty where there are no rivals.
    demand : ndarray of int64, shape (n_units,)
    low, high, lead : ndarray of int64, shape (n_hosts,)
        Limits of load where a host is open, and what opening it is worth more than leaving it closed.
    may_close : ndarray of bool, shape (n_hosts,)
    at, best : ndarray of int64, shape (n_units,)
        Cluster of each unit, now and in the best plan.
    load : ndarray of int64, shape (n_hosts,)
    gain : ndarray of int64, shape (n_hosts, n_units)
        Cohesion of each unit with each cluster.
    clash : ndarray of int16, shape (n_hosts, n_units) or (0, 0)
        Rivals of each unit in each cluster.
    tally : ndarray of int64, shape (3,)
        Worth of the plan, of the best plan, and whether units may move alone.
    random : ndarray of uint64, shape (1,)
    """

    pair: IntArray
    rival: NDArray[np.int16]
    demand: IntArray
    low: IntArray
    high: IntArray
    lead: IntArray
    may_close: NDArray[np.bool_]
    at: IntArray
    best: IntArray
    load: IntArray
    gain: IntArray
    clash: NDArray[np.int16]
    tally: IntArray
    random: NDArray[np.uint64]


def are_alike(prepared: Prepared) -> bool:
    """Whether hosts differ by nothing but limits of load and the cost of opening, and all units are placed.

    Every unit is eligible everywhere, at the same value and demand; loads and rivals are the only rules.
    """
    hosts, units = prepared.n_hosts, prepared.n_units
    if hosts < 2 or not units or len(prepared.unit) != hosts * units or units * units > DENSE_CELLS:
        return False
    value, demand = prepared.value.reshape(hosts, units), prepared.demand.reshape(hosts, units)
    return bool(
        (value == value[0]).all()
        and (demand == demand[0]).all()
        and (demand[0] > 0).all()
        and not prepared.may_stay.any()
        and not prepared.n_rows
        and not len(prepared.comp_low)
        and not (prepared.under_price or prepared.over_price)
    )


def open_market(prepared: Prepared, random: NDArray[np.uint64]) -> Market:
    """Set up the tables of a problem for which :func:`are_alike` holds, nobody placed.

    Parameters
    ----------
    prepared : Prepared
    random : ndarray of uint64, shape (1,)
        The stream of random numbers, shared.

    Returns
    -------
    Market
    """
    hosts, units = prepared.n_hosts, prepared.n_units
    pair = np.zeros((units, units), np.int64)
    pair[np.repeat(np.arange(units), np.diff(prepared.nb_start)), prepared.nb_unit] = prepared.nb_value
    rival = np.zeros((units, units) if len(prepared.rival) else (0, 0), np.int16)
    if len(prepared.rival):
        rival[np.repeat(np.arange(units), np.diff(prepared.rival_start)), prepared.rival] = 1
    movable = bool((prepared.low < prepared.high).any())
    return Market(
        pair=pair,
        rival=rival,
        demand=prepared.demand[:units].copy(),
        low=prepared.low.astype(np.int64),
        high=prepared.high.astype(np.int64),
        lead=-prepared.open_cost - prepared.closed_value,
        may_close=prepared.may_close.copy(),
        at=np.full(units, -1, np.int64),
        best=np.full(units, -1, np.int64),
        load=np.zeros(hosts, np.int64),
        gain=np.zeros((hosts, units), np.int64),
        clash=np.zeros((hosts, units) if len(prepared.rival) else (0, 0), np.int16),
        tally=np.array([0, 0, movable], np.int64),
        random=random,
    )


def settle(m: Market, unit_host: IntArray, worth: int) -> None:
    """Start from a plan that keeps every rule, and its worth."""
    chosen = np.zeros(m.gain.shape, np.int64)
    chosen[unit_host, np.arange(len(unit_host))] = 1
    m.at[:], m.best[:] = unit_host, unit_host
    m.load[:] = chosen @ m.demand
    m.gain[:] = chosen @ m.pair
    if m.rival.size:
        m.clash[:] = chosen @ m.rival.astype(np.int64)
    m.tally[WORTH], m.tally[BEST_WORTH] = worth, worth


@inlined
def moved(m: Market, unit: int, to: int) -> tuple[bool, int]:
    """Whether a unit may move alone to another cluster, and the change of worth."""
    home, demand = m.at[unit], m.demand[unit]
    left, come = m.load[home] - demand, m.load[to] + demand
    fits = come <= m.high[to] and come >= m.low[to] and (m.clash.size == 0 or m.clash[to, unit] == 0)
    fits = fits and (left >= m.low[home] or left == 0) and (left > 0 or m.may_close[home])
    change = m.gain[to, unit] - m.gain[home, unit]
    if come == demand:
        change += m.lead[to]
    if left == 0:
        change -= m.lead[home]
    return fits, change


@inlined
def swapped(m: Market, one: int, other: int) -> tuple[bool, int]:
    """Whether two units of different clusters may swap places, and the change of worth."""
    here, there = m.at[one], m.at[other]
    more = m.demand[other] - m.demand[one]
    fits = True
    if more != 0:
        now, then = m.load[here] + more, m.load[there] - more
        fits = m.low[here] <= now <= m.high[here] and m.low[there] <= then <= m.high[there]
    if m.clash.size > 0:
        between = m.rival[one, other]
        fits = fits and m.clash[there, one] == between and m.clash[here, other] == between
    change = m.gain[there, one] - m.gain[here, one] + m.gain[here, other] - m.gain[there, other]
    return fits, change - 2 * m.pair[one, other]


@inlined
def bring(m: Market, unit: int, to: int) -> None:
    """Move a unit to another cluster."""
    home = m.at[unit]
    m.at[unit] = to
    m.load[home] -= m.demand[unit]
    m.load[to] += m.demand[unit]
    for other in range(m.pair.shape[1]):
        m.gain[home, other] -= m.pair[unit, other]
        m.gain[to, other] += m.pair[unit, other]
    for other in range(m.clash.shape[1]):
        m.clash[home, other] -= m.rival[unit, other]
        m.clash[to, other] += m.rival[unit, other]


@inlined
def keep(m: Market) -> None:
    """Keep the plan if it is better than all before."""
    if m.tally[WORTH] > m.tally[BEST_WORTH]:
        m.tally[BEST_WORTH] = m.tally[WORTH]
        for unit in range(m.at.size):
            m.best[unit] = m.at[unit]


@kernel
def trade(m: Market, temperature: float, cooling: float, batches: int, batch: int) -> None:
    """Try random moves and swaps at a falling temperature (Kirkpatrick, Gelatt and Vecchi 1983).

    Parameters
    ----------
    m : Market
        Settled on a plan; a trade that would break a rule is left out.
    temperature, cooling : float
        Objective units at the start; factor after each batch.
    batches, batch : int
        Trades to try: batches, and trades in each.

    References
    ----------
    G. Palubeckis, E. Karčiauskas, A. Riškus, "Comparative performance of three metaheuristic approaches for
    the maximally diverse grouping problem", Information Technology and Control 40 (2011).
    """
    units, hosts = m.at.size, m.load.size
    moves = MOVES_OF_16 * m.tally[MOVABLE]
    for _ in range(batches):
        for _ in range(batch):
            one, other = below(m, units), -1
            if moves > 0 and below(m, 16) < moves:
                to = below(m, hosts)
                if to == m.at[one]:
                    continue
                fits, change = moved(m, one, to)
            else:
                other = below(m, units)
                to = m.at[other]
                if to == m.at[one]:
                    continue
                fits, change = swapped(m, one, other)
            if not fits:
                continue
            if change < 0:
                if change < -HOPELESS * temperature or change < temperature * log_chance(m):
                    continue
                keep(m)
            if other >= 0:
                bring(m, other, m.at[one])
            bring(m, one, to)
            m.tally[WORTH] += change
        keep(m)
        temperature *= cooling
