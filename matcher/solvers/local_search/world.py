"""What the search reads and changes, as a dozen arrays for the kernels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.prepared import IntArray, Prepared

DENSE_CELLS = 5_000_000
"""Up to so many cells (hosts × units, or units × units) a table is kept instead of searching lists."""

# Columns of `host`; then, for each composition, whether it applies and its count; then row_open of each row.
START, LOW, HIGH, OPEN_COST, CLOSED_VALUE, MAY_CLOSE, TARGET_LOW, TARGET_HIGH, LOADED, SIZE, CANDIDATES = (
    range(11)
)
HOST_COLUMNS = 11
# Columns of `unit`; then comp_count of each composition.
MAY_STAY, STAY_COST, OPTIONS, OPTIONS_END, LINKS, LINKS_END, AT, CANDIDATE, SEAT, BEST, CHANGED = range(11)
UNIT_COLUMNS = 11
# Columns of `cand`; then row_pair of each row.
VALUE, DEMAND, UNIT = range(3)
CAND_COLUMNS = 3
# Columns of `option` (each unit's candidates by ascending host) and of `link` (cohesion and rivals together).
TO_HOST, TO_CANDIDATE = range(2)
TO_UNIT, BOND, RIVAL = range(3)
# Columns of `rule` (compositions, then rows) and places in `tally`.
AT_LEAST, AT_MOST, PRICE, COUNT = range(4)
WORTH, MISSED, BEST_WORTH, HAS_BEST, N_CHANGED, N_RULES, UNDER_PRICE, OVER_PRICE = 0, 1, 6, 7, 8, 9, 10, 11
TALLIES = 12

LOAD, RIVALS, COMPOSITIONS, ROWS, STAYING = range(5)
"""Kinds of hard rule; ``tally[MISSED + kind]`` is how much is missed. A plan is feasible when all are 0."""
KINDS = 5


class World(NamedTuple):
    """A problem and a plan with all that follows from it, kept up to date move by move.

    Attributes
    ----------
    host, unit, cand, option, link, rule : ndarray of int64, two-dimensional
        Records; the columns are named above. ``unit[u, AT]`` is the plan, ``unit[u, BEST]`` the best one.
    members : ndarray of int64, shape (n_candidates,)
        The cluster of host h from ``host[h, START]``.
    slot : ndarray of int64, shape (n_hosts, n_units) or (0, 0)
        Candidate at each host, -1 if not eligible; empty: search `option`.
    pair : ndarray of int64, shape (n_units, n_units, 2) or (0, 0, 2)
        Cohesion and rivalry of two units; empty: search `link`.
    gain : ndarray of int64, shape (n_hosts, n_units, 2) or (0, 0, 2)
        Cohesion and rivals of each unit with each cluster; empty: summed when asked.
    tally : ndarray of int64, shape (TALLIES,)
    changed : ndarray of int64, shape (n_units,)
        The first ``tally[N_CHANGED]`` are the units that may not be where the best plan has them.
    trail : ndarray of int64, shape (n_units, 2)
        Units and the hosts they came from, while a cluster is moved as a whole.
    random : ndarray of uint64, shape (1,)
    """

    host: IntArray
    unit: IntArray
    cand: IntArray
    option: IntArray
    link: IntArray
    rule: IntArray
    members: IntArray
    slot: IntArray
    pair: IntArray
    gain: IntArray
    tally: IntArray
    changed: IntArray
    trail: IntArray
    random: NDArray[np.uint64]


def make_world(prepared: Prepared, seed: int) -> World:
    """Index a prepared problem for the kernels, nobody placed; linear but for small tables.

    Parameters
    ----------
    prepared : Prepared
    seed : int
        Of the stream of random numbers.

    Returns
    -------
    World
    """
    hosts, units = prepared.n_hosts, prepared.n_units
    host_of = np.repeat(np.arange(hosts), np.diff(prepared.start))
    order = np.lexsort((host_of, prepared.unit)).astype(np.int64)
    slot = np.full((hosts, units) if _is_small(hosts, units) else (0, 0), -1, np.int64)
    if slot.size:
        slot[host_of, prepared.unit] = np.arange(len(host_of))
    link_start, link = _links(prepared)
    pair = np.zeros((units, units, 2) if _is_small(units, units) else (0, 0, 2), np.int64)
    if pair.size:
        pair[np.repeat(np.arange(units), np.diff(link_start)), link[:, TO_UNIT]] = link[:, BOND:]
    options = np.searchsorted(prepared.unit[order], np.arange(units + 1)).astype(np.int64)
    return World(
        host=_hosts(prepared),
        unit=_units(prepared, options, link_start),
        cand=np.ascontiguousarray(
            np.vstack([prepared.value, prepared.demand, prepared.unit, prepared.row_pair]).T
        ),
        option=np.stack([host_of[order].astype(np.int64), order], axis=1),
        link=link,
        rule=_rules(prepared),
        members=np.zeros(len(prepared.value), np.int64),
        slot=slot,
        pair=pair,
        gain=np.zeros((*slot.shape, 2), np.int64),
        tally=_tally(prepared),
        changed=np.zeros(units, np.int64),
        trail=np.zeros((units, 2), np.int64),
        random=np.array([_mixed(seed)], np.uint64),
    )


def _is_small(rows: int, columns: int) -> bool:
    return rows * columns <= DENSE_CELLS


def _hosts(prepared: Prepared) -> IntArray:
    nothing = np.zeros(prepared.n_hosts, np.int64)
    columns = [
        prepared.start[:-1],
        prepared.low,
        prepared.high,
        prepared.open_cost,
        prepared.closed_value,
        prepared.may_close,
        prepared.target_low,
        prepared.target_high,
        nothing,
        nothing,
        np.diff(prepared.start),
    ]
    for applies in prepared.comp_host:
        columns += [applies, nothing]
    return np.stack([*columns, *prepared.row_open], axis=1).astype(np.int64)


def _units(prepared: Prepared, options: IntArray, links: IntArray) -> IntArray:
    nothing, nobody = np.zeros(prepared.n_units, np.int64), np.full(prepared.n_units, -1, np.int64)
    columns = [prepared.may_stay, prepared.stay_cost, options[:-1], options[1:], links[:-1], links[1:]]
    columns += [nobody, nobody, nothing, nobody, nothing, *prepared.comp_count]
    return np.stack(columns, axis=1).astype(np.int64)


def _links(prepared: Prepared) -> tuple[IntArray, IntArray]:
    """Cohesion and rivals of each unit in one list: where each unit's begin, and the records."""
    units = max(1, prepared.n_units)
    first = np.repeat(np.arange(prepared.n_units), np.diff(prepared.nb_start))
    foe = np.repeat(np.arange(prepared.n_units), np.diff(prepared.rival_start))
    keys = first * units + prepared.nb_unit, foe * units + prepared.rival
    key = np.unique(np.concatenate(keys)).astype(np.int64)
    link = np.zeros((len(key), 3), np.int64)
    link[:, TO_UNIT] = key % units
    link[np.searchsorted(key, keys[0]), BOND] = prepared.nb_value
    link[np.searchsorted(key, keys[1]), RIVAL] = 1
    return np.searchsorted(key, np.arange(prepared.n_units + 1) * units).astype(np.int64), link


def _rules(prepared: Prepared) -> IntArray:
    low = np.concatenate([prepared.comp_low, prepared.row_low])
    high = np.concatenate([prepared.comp_high, prepared.row_high])
    price = np.concatenate([prepared.comp_price, prepared.row_price])
    return np.stack([low, high, price, np.zeros(len(low), np.int64)], axis=1).astype(np.int64)


def _tally(prepared: Prepared) -> IntArray:
    """Worth and misses of the plan in which nobody is placed."""
    short = np.maximum(prepared.row_low, 0) + np.maximum(-prepared.row_high, 0)
    tally = np.zeros(TALLIES, np.int64)
    tally[WORTH] = prepared.closed_value.sum() - prepared.stay_cost.sum()
    tally[WORTH] -= (np.maximum(prepared.row_price, 0) * short).sum()
    tally[MISSED + LOAD] = prepared.low[~prepared.may_close].sum()
    tally[MISSED + ROWS] = short[prepared.row_price < 0].sum()
    tally[MISSED + STAYING] = np.count_nonzero(~prepared.may_stay)
    tally[N_RULES] = len(prepared.comp_low)
    tally[UNDER_PRICE], tally[OVER_PRICE] = prepared.under_price, prepared.over_price
    return tally


def _mixed(seed: int) -> int:
    """Spread a seed over 64 bits (splitmix64, Steele, Lea and Flood 2014); never 0."""
    mask = 2**64 - 1
    mixed = (seed + 0x9E3779B97F4A7C15) & mask
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    return (mixed ^ (mixed >> 31)) or 1
