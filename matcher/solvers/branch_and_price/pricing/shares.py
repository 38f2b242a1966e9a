"""All hosts bounded together by split pair values, with the shares kept from one set of prices to the next.

Where one end of a pair counts ``share`` and the other what is left of twice the pair's value, each candidate
may choose its own best partners (see :mod:`.split`). Here no two members are rivals, which a search over
candidates sees to, and each candidate's partners are one at most of each clique of rivals. Whole numbers
throughout: what one end of a pair gains, the other loses.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.pricing.apart import WORD, best_apart, bits_of, mark
from matcher.solvers.branch_and_price.pricing.local import gather, most_members
from matcher.solvers.branch_and_price.pricing.tables import FORBIDDEN, Prices, Tables
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray

PARTNERS = 40
"""Best partners looked at for cliques; all others count as much as the last of them."""

PASSES = 2
"""Times that the partners of the members taken together are searched, which may make others be taken."""

PARTNER_NODES = 100
"""Nodes of the search for one candidate's partners; it mostly needs fewer."""


class Shares(NamedTuple):
    """The hosts' shares, one host after the other, and what the last bound was made of.

    Attributes
    ----------
    host : ndarray of int64, shape (n,)
        The hosts bounded.
    first, square : ndarray of int64, shape (n + 1,)
        Where the rows of each host's candidates begin, and where their tables of pairs do.
    most : ndarray of int64, shape (n,)
        Most members of a cluster.
    least : ndarray of int64, shape (n,)
        Fewest, at least 1.
    share : ndarray of int64, shape (n_pairs,)
        Of each candidate (row) with each other (column): the two of a pair add up to twice its value.
    apart : ndarray of bool, shape (n_pairs,)
        Rivals, and each candidate with itself.
    trend : ndarray of float32, shape (n_pairs,)
        Mean of the last directions: above 0 where a candidate counted more on a partner than it on him.
    sums : ndarray of int64, shape (n_rows, longest)
        Column k: at most what k partners bring.
    partner : ndarray of int64, shape (n_rows, longest)
        The partners of the last sums, positions within the host, then -1.
    stale : ndarray of int64, shape (n_rows,)
        By how much the sums may have risen since.
    number : ndarray of int64, shape (n,)
        Members that the last bound took together; 0 where none is worth more than the floor.
    chosen : ndarray of int64, shape (n, longest)
        Those members, positions within the host.
    """

    host: IntArray
    first: IntArray
    square: IntArray
    most: IntArray
    least: IntArray
    share: IntArray
    apart: NDArray[np.bool_]
    trend: NDArray[np.float32]
    sums: IntArray
    partner: IntArray
    stale: IntArray
    number: IntArray
    chosen: IntArray


@compiled
def halve_pairs(tables: Tables, prices: Prices, hosts: IntArray, longest: int) -> Shares:
    """Begin with each pair's value at both ends."""
    sizes = tables.start[hosts + 1] - tables.start[hosts]
    first = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    square = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes * sizes)))
    rows, pairs = first[-1], square[-1]
    shares = Shares(
        hosts,
        first,
        square,
        np.zeros(len(hosts), np.int64),
        np.ones(len(hosts), np.int64),
        np.zeros(pairs, np.int64),
        np.zeros(pairs, np.bool_),
        np.zeros(pairs, np.float32),
        np.zeros((rows, longest), np.int64),
        np.full((rows, longest), -1, np.int64),
        np.zeros(rows, np.int64),
        np.zeros(len(hosts), np.int64),
        np.full((len(hosts), longest), -1, np.int64),
    )
    place = np.full(len(prices.cut_start) - 1, -1, np.int64)
    for at in range(len(hosts)):
        local = gather(tables, prices, hosts[at], place)
        size = len(local.value)
        shares.most[at] = min(longest, most_members(local))
        if size > 0:
            shares.least[at] = max(1, -((-local.low) // int(np.max(local.demand))))
        share = shares.share[square[at] : square[at + 1]].reshape(size, size)
        apart = shares.apart[square[at] : square[at + 1]].reshape(size, size)
        for one in range(size):
            shares.stale[first[at] + one] = 1
            for other in range(size):
                apart[one, other] = one == other or local.pair[one, other] <= FORBIDDEN // 2
                share[one, other] = FORBIDDEN if apart[one, other] else local.pair[one, other]
    return shares


@compiled
def best_looked(share: IntArray, one: int, looked: int) -> tuple[IntArray, IntArray, int]:
    """Largest shares above 0, falling, whose they are, and the most that any other can be."""
    top, who = np.empty(looked, np.int64), np.empty(looked, np.int64)
    count, least = 0, 0
    for other in range(share.shape[1]):
        worth = share[one, other]
        if worth <= least:
            continue
        spot = min(count, looked - 1)
        while spot > 0 and top[spot - 1] < worth:
            top[spot], who[spot] = top[spot - 1], who[spot - 1]
            spot -= 1
        top[spot], who[spot] = worth, other
        count = min(count + 1, looked)
        least = top[looked - 1] if count == looked else 0
    return top[:count], who[:count], least


@compiled
def choose_partners(
    share: IntArray, apart: NDArray[np.bool_], one: int, looked: int, sums: IntArray, partner: IntArray
) -> None:
    """Write a candidate's best partners, one at most of each clique of rivals, and sums of their shares."""
    top, who, least = best_looked(share, one, looked)
    count = len(top)
    most, cliques = len(sums) - 1, 0
    following, final = (
        np.full(count, -1, np.int64),
        np.empty(most, np.int64),
    )  # chains of each clique's members
    head = np.empty(most, np.int64)
    partner[:] = -1
    sums[0] = 0
    for at in range(count):
        if cliques == most:
            break
        joined = False
        for clique in range(cliques):
            before = head[clique]
            while before >= 0 and apart[who[at], who[before]]:
                before = following[before]
            if before < 0:
                following[final[clique]] = at
                final[clique], joined = at, True
                break
        if not joined:
            head[cliques], final[cliques] = at, at
            partner[cliques] = who[at]
            sums[cliques + 1] = sums[cliques] + top[at]
            cliques += 1
    for at in range(cliques, most):
        sums[at + 1] = sums[at] + least


@compiled
def search_partners(
    share: IntArray, apart: NDArray[np.bool_], one: int, looked: int, sums: IntArray, partner: IntArray
) -> bool:
    """Lower a candidate's last sum to what partners bring of whom no two are rivals; whether it fell."""
    top, who, least = best_looked(share, one, looked)
    most, count = len(sums) - 1, len(top)
    value = np.concatenate(
        (top, np.full(most, least, np.int64))
    )  # whoever is not looked at, rivals of nobody
    rivals = np.zeros((len(value), (len(value) + WORD - 1) // WORD), np.uint64)
    for at in range(count):
        for to in range(count):
            if apart[who[at], who[to]]:
                mark(rivals[at], to)
    path = np.empty(most, np.int64)
    bound, found, _ = best_apart(value, rivals, most, -1, PARTNER_NODES, path)
    if bound >= sums[most]:
        return False
    for at in range(most + 1):
        sums[at] = min(sums[at], bound)
    if found:
        for at in range(most):
            partner[at] = who[path[at]] if path[at] < count else -1
    return True


@compiled
def matters(value: IntArray, sums: IntArray, stale: IntArray, least: int, floor: int) -> NDArray[np.bool_]:
    """Whether each candidate can be in a set worth more than `floor` (doubled), were there no rivals."""
    kept = np.zeros(len(value), np.bool_)
    for number in range(least, min(sums.shape[1], len(value)) + 1):
        reach = 2 * value + sums[:, number - 1] + stale
        order = np.sort(reach)
        total = np.sum(order[len(order) - number :])
        last = order[len(order) - number]
        for one in range(len(value)):
            kept[one] = kept[one] or total + min(0, reach[one] - last) > floor
    return kept


@compiled
def take_together(
    shares: Shares, at: int, value: IntArray, floor: int, max_nodes: int, apart: NDArray[np.bool_]
) -> tuple[int, int]:
    """Bound twice what any members bring of whom no two are rivals, from the sums as they are."""
    size, most = len(value), shares.most[at]
    rows = slice(shares.first[at], shares.first[at + 1])
    sums, stale = shares.sums[rows], shares.stale[rows]
    best, nodes = floor, 0
    shares.number[at] = 0
    path = np.empty(most, np.int64)
    for number in range(min(most, size), shares.least[at] - 1, -1):
        reach = 2 * value + sums[:, number - 1] + stale
        order = np.argsort(-reach, kind="mergesort")
        total, last = np.sum(reach[order[:number]]), reach[order[number - 1]]
        if total <= best:
            continue
        end = number
        while end < size and total - last + reach[order[end]] > best:
            end += 1
        order = order[:end]
        bound, found, used = best_apart(reach[order], bits_of(apart, order), number, best, max_nodes, path)
        nodes += used
        if bound > best:
            best = bound
            shares.number[at] = number
            for spot in range(number):
                shares.chosen[at, spot] = order[path[spot]] if found else order[spot]
    return best, nodes


@compiled
def bound_host(
    shares: Shares, at: int, value: IntArray, floor: int, max_nodes: int, looked: int
) -> tuple[int, int]:
    """Bound twice the worth of one host's clusters (less what is fixed), and note what the bound takes.

    Returns the bound, at least `floor`, and the nodes searched.
    """
    size, most = len(value), shares.most[at]
    rows = slice(shares.first[at], shares.first[at + 1])
    square = slice(shares.square[at], shares.square[at + 1])
    share, apart = shares.share[square].reshape(size, size), shares.apart[square].reshape(size, size)
    sums, partner, stale = shares.sums[rows, :most], shares.partner[rows, :most], shares.stale[rows]
    kept = matters(value, sums, stale, shares.least[at], floor)
    for one in range(size):
        if kept[one] and stale[one] > 0:
            choose_partners(share, apart, one, max(looked, most), sums[one], partner[one])
            stale[one] = 0
    best, nodes = take_together(shares, at, value, floor, max_nodes, apart)
    if looked <= most or most == 1:  # a member alone has no partners
        return best, nodes
    searched = np.zeros(size, np.bool_)
    for _ in range(PASSES):
        fell = False
        for one in shares.chosen[at, : shares.number[at]]:
            if not searched[one]:
                searched[one] = True
                fell = search_partners(share, apart, one, looked, sums[one], partner[one]) or fell
        if not fell:
            break
        best, used = take_together(shares, at, value, floor, max_nodes, apart)
        nodes += used
    return best, nodes


@compiled
def bound_hosts(
    tables: Tables, prices: Prices, shares: Shares, floor: IntArray, max_nodes: int, looked: int
) -> tuple[IntArray, IntArray, int]:
    """Bound every host.

    Parameters
    ----------
    floor : ndarray of int64, shape (n,)
        Worth of what each host can do anyway; no bound below it is of use.
    max_nodes : int
        Nodes of the search that keeps rivals apart, for each host and number of members.
    looked : int
        Best partners looked at for cliques (see `PARTNERS`), or 0: just as many as are needed.

    Returns
    -------
    bound : ndarray of int64, shape (n,)
        No cluster is worth more (less prices) than this or the floor.
    taken : ndarray of int64, shape (n_candidates,)
        1 where the bound of the candidate's host takes it.
    nodes : int
    """
    bound, taken = floor.copy(), np.zeros(len(tables.unit), np.int64)
    nodes = 0
    for at in range(len(floor)):
        host = shares.host[at]
        span = slice(tables.start[host], tables.start[host + 1])
        shares.number[at] = 0
        if shares.most[at] == 0:
            continue
        fixed = -tables.open_cost[host] - prices.host[host]
        value = tables.value[span] - prices.candidate[span]
        worth, used = bound_host(shares, at, value, 2 * (floor[at] - fixed), max_nodes, looked)
        nodes += used
        bound[at] = max(floor[at], fixed + (worth + 1) // 2)
        for spot in range(shares.number[at]):
            taken[tables.start[host] + shares.chosen[at, spot]] = 1
    return bound, taken, nodes


@compiled
def turn_trend(shares: Shares, copies: IntArray, memory: float) -> float:
    """Turn the trend towards the last direction; the sum of its squares.

    A candidate that counts on a partner who does not count on him should count less on him.
    """
    for at in range(len(shares.trend)):
        shares.trend[at] *= memory
    for at in range(len(shares.host)):
        size = shares.first[at + 1] - shares.first[at]
        trend = shares.trend[shares.square[at] : shares.square[at + 1]].reshape(size, size)
        weight = (1.0 - memory) * copies[at]
        for spot in range(shares.number[at]):
            one = shares.chosen[at, spot]
            for other in shares.partner[shares.first[at] + one, : shares.number[at] - 1]:
                if other < 0:
                    break
                trend[one, other] += weight
                trend[other, one] -= weight
    total = 0.0
    for at in range(len(shares.trend)):
        total += shares.trend[at] * shares.trend[at]
    return total


@compiled
def shift_shares(shares: Shares, step: float, most: int) -> None:
    """Shift shares along the trend, in whole numbers, none by more than `most`."""
    for at in range(len(shares.host)):
        size, first = shares.first[at + 1] - shares.first[at], shares.first[at]
        square = slice(shares.square[at], shares.square[at + 1])
        trend, share = shares.trend[square].reshape(size, size), shares.share[square].reshape(size, size)
        rise = np.zeros(size, np.int64)
        for one in range(size):
            for other in range(one):
                if trend[one, other] == 0.0:
                    continue
                change = max(-most, min(most, int(np.rint(step * trend[one, other]))))
                share[one, other] -= change
                share[other, one] += change
                rise[one] = max(rise[one], -change)
                rise[other] = max(rise[other], change)
                # a fall alone leaves the sums valid, but no longer the lowest
                if change != 0:
                    rise[one], rise[other] = max(rise[one], 1), max(rise[other], 1)
        for one in range(size):
            shares.stale[first + one] += rise[one] * (shares.most[at] - 1)
