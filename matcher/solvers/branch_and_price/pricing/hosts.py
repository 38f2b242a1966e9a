"""Price many hosts: gather, narrow, search; in several threads, with the same answer as in one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.pricing.additive import search_additive
from matcher.solvers.branch_and_price.pricing.large import LARGE, search_large, search_plain
from matcher.solvers.branch_and_price.pricing.local import gather, most_members, narrow
from matcher.solvers.branch_and_price.pricing.tables import Found, Prices, Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

MAX_TABLE_LOAD = 20_000
"""Loads above this make the table of completions too large."""


class Priced(NamedTuple):
    """Columns of several hosts, and a bound for each host.

    Attributes
    ----------
    host, length, worth : ndarray of int64, shape (n_columns,)
        `worth` is less all prices.
    members : ndarray of int64, shape (n_columns, longest)
        Units, then -1.
    bound : ndarray of int64, shape (n_hosts asked for,)
        No cluster of the host is worth more, or it is worth at most the cutoff.
    nodes : int
    complete : ndarray of bool, shape (n_hosts asked for,)
    relaxed : ndarray of int64, shape (n_hosts asked for, longest)
        Where a search is not complete: the units that its bound takes together, then -1. They need not be
        a cluster; the bound falls as their prices rise.
    """

    host: IntArray
    length: IntArray
    worth: IntArray
    members: IntArray
    bound: IntArray
    nodes: int
    complete: NDArray[np.bool_]
    relaxed: IntArray


@compiled
def search_host(
    tables: Tables,
    prices: Prices,
    host: int,
    cutoff: int,
    max_columns: int,
    max_nodes: int,
    list_all: bool,  # noqa: FBT001 - kernels take no keywords
    place: IntArray,
) -> tuple[Found, IntArray, IntArray]:
    """Columns of one host above the cutoff, the units that members stand for, and those the bound takes."""
    local = narrow(gather(tables, prices, host, place), cutoff)
    size = len(local.value)
    relaxed = np.empty(0, np.int64)
    if not local.has_links and local.high <= MAX_TABLE_LOAD:
        found = search_additive(local, prices, cutoff, max_columns, max_nodes, list_all)
    elif list_all or size * most_members(local) <= LARGE:
        found, relaxed = search_plain(local, prices, cutoff, max_columns, max_nodes, list_all)
    else:
        found, relaxed = search_large(local, prices, cutoff, max_columns, max_nodes)
    return found, local.unit, local.unit[relaxed]


@compiled
def price_some(
    tables: Tables,
    prices: Prices,
    hosts: IntArray,
    cutoffs: IntArray,
    max_columns: int,
    max_nodes: int,
    longest: int,
) -> Priced:
    """Price some hosts, one after the other."""
    place = np.full(len(prices.cut_start) - 1, -1, np.int64)
    space = len(hosts) * max_columns
    host, length, worth = np.empty(space, np.int64), np.empty(space, np.int64), np.empty(space, np.int64)
    members = np.full((space, longest), -1, np.int64)
    bound, complete = np.empty(len(hosts), np.int64), np.empty(len(hosts), np.bool_)
    relaxed = np.full((len(hosts), longest), -1, np.int64)
    count, nodes = 0, 0
    for at in range(len(hosts)):
        found, unit, together = search_host(
            tables,
            prices,
            hosts[at],
            cutoffs[at],
            max_columns,
            max_nodes,
            False,
            place,
        )
        bound[at], complete[at] = found.bound, found.complete
        relaxed[at, : len(together)] = together
        nodes += found.nodes + len(unit)
        for column in range(len(found.worth)):
            host[count], length[count] = hosts[at], found.length[column]
            worth[count] = found.worth[column]
            for member in range(found.length[column]):
                members[count, member] = unit[found.members[column, member]]
            count += 1
    return Priced(
        host[:count], length[:count], worth[:count], members[:count], bound, nodes, complete, relaxed
    )


def price_hosts(
    tables: Tables,
    prices: Prices,
    hosts: IntArray,
    cutoffs: IntArray,
    *,
    max_columns: int,
    max_nodes: int,
    longest: int,
    workers: int = 1,
) -> Priced:
    """Find the best columns of each host, and a bound for each.

    Parameters
    ----------
    tables : Tables
    prices : Prices
    hosts, cutoffs : ndarray of int64, shape (k,)
        Only clusters worth more than the cutoff (less prices) are looked for.
    max_columns : int
        For each host: the best one, and at most so many of the next best.
    max_nodes : int
        Search nodes for each host; a host that needs more gets a valid but weaker bound.
    longest : int
        Most units in any cluster.
    workers : int
        Threads; hosts are dealt out in a fixed way, so the answer does not depend on it.

    Returns
    -------
    Priced
        Columns in the order of `hosts`.
    """
    if workers < 2 or len(hosts) < 2 * workers:
        return price_some(tables, prices, hosts, cutoffs, max_columns, max_nodes, longest)
    edges = np.linspace(0, len(hosts), 4 * workers + 1).astype(np.int64)
    spans = [slice(a, b) for a, b in pairwise(edges) if b > a]
    with ThreadPoolExecutor(workers) as pool:
        parts = list(
            pool.map(
                lambda span: price_some(
                    tables, prices, hosts[span], cutoffs[span], max_columns, max_nodes, longest
                ),
                spans,
            )
        )
    return Priced(
        np.concatenate([part.host for part in parts]),
        np.concatenate([part.length for part in parts]),
        np.concatenate([part.worth for part in parts]),
        np.concatenate([part.members for part in parts]),
        np.concatenate([part.bound for part in parts]),
        sum(part.nodes for part in parts),
        np.concatenate([part.complete for part in parts]),
        np.concatenate([part.relaxed for part in parts]),
    )


def list_columns(
    tables: Tables,
    prices: Prices,
    hosts: IntArray,
    cutoffs: IntArray,
    *,
    limit: int,
    max_nodes: int,
    longest: int,
) -> Priced | None:
    """List every cluster of some hosts that is worth more than the cutoff.

    Returns
    -------
    Priced or None
        None where there are more than `limit`, or the search needs more than `max_nodes`.
    """
    place = np.full(len(prices.cut_start) - 1, -1, np.int64)
    parts: list[tuple[Found, IntArray]] = []
    left, nodes = limit, 0
    for host, cutoff in zip(hosts.tolist(), cutoffs.tolist(), strict=True):
        found, unit, _ = search_host(
            tables, prices, host, cutoff, max(1, left), max_nodes - nodes, True, place
        )
        nodes += found.nodes
        left -= len(found.worth)
        if not found.complete or left < 0:
            return None
        parts.append((found, unit))
    members = np.full((limit - left, longest), -1, np.int64)
    row = 0
    for found, unit in parts:
        width = found.members.shape[1] if len(found.worth) else 0
        block = found.members[:, :width]
        members[row : row + len(block), :width] = np.where(block >= 0, unit[block], -1) if len(block) else 0
        row += len(block)
    return Priced(
        np.concatenate([np.full(len(f.worth), h, np.int64) for (f, _), h in zip(parts, hosts, strict=True)]),
        np.concatenate([found.length for found, _ in parts]),
        np.concatenate([found.worth for found, _ in parts]),
        members,
        np.array([found.bound for found, _ in parts], np.int64),
        nodes,
        np.ones(len(parts), np.bool_),
        np.full((len(parts), longest), -1, np.int64),
    )
