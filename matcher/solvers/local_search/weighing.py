"""What a move changes: in worth, and in what is missed of each kind of hard rule. Nothing is moved here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.local_search import world as at
from matcher.solvers.local_search.inlined import inlined, kernel
from matcher.solvers.local_search.world import World

Move = tuple[int, int, int, int, int]
"""Unit, its new host, its candidate there, who leaves that host in exchange, that one's new candidate.

The host may be -1 (unassigned) where nobody leaves; who leaves is -1 for nobody; candidates are -1 where
there is none. If the unit had no host, who leaves becomes unassigned.
"""

Weights = NDArray[np.float64]
"""Objective units for each unit missed, by kind of rule, shape (KINDS,)."""

Change = tuple[int, int, int, int, int, int]
"""Change of worth, then of what is missed of loads, rivals, compositions, rows, staying."""


@inlined
def option_of(w: World, unit: int, host: int) -> int:
    """Candidate of a unit at a host, -1 if it is not eligible there."""
    found: int = -1
    if w.slot.size > 0:
        found = w.slot[host, unit]
    low, high = w.unit[unit, at.OPTIONS], w.unit[unit, at.OPTIONS_END]
    end = high
    while low < high and w.slot.size == 0:
        middle = (low + high) >> 1
        if w.option[middle, at.TO_HOST] < host:
            low = middle + 1
        else:
            high = middle
    if w.slot.size == 0 and low < end and w.option[low, at.TO_HOST] == host:
        found = w.option[low, at.TO_CANDIDATE]
    return found


@inlined
def bond(w: World, one: int, other: int) -> tuple[int, int]:
    """Cohesion of two units, and 1 if they are rivals."""
    if w.pair.size > 0:
        return w.pair[one, other, 0], w.pair[one, other, 1]
    low, high = w.unit[one, at.LINKS], w.unit[one, at.LINKS_END]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if w.link[middle, at.TO_UNIT] < other:
            low = middle + 1
        else:
            high = middle
    if low < end and w.link[low, at.TO_UNIT] == other:
        return w.link[low, at.BOND], w.link[low, at.RIVAL]
    return 0, 0


@inlined
def bonds(w: World, unit: int, host: int) -> tuple[int, int]:
    """Cohesion and rivals of a unit with all others of a cluster."""
    if w.gain.size > 0:
        return w.gain[host, unit, 0], w.gain[host, unit, 1]
    worth, rivals = 0, 0
    if w.unit[unit, at.LINKS] < w.unit[unit, at.LINKS_END]:
        first = w.host[host, at.START]
        for seat in range(first, first + w.host[host, at.SIZE]):
            other = w.members[seat]
            if other != unit:
                more, rival = bond(w, unit, other)
                worth += more
                rivals += rival
    return worth, rivals


@inlined
def miss(count: int, low: int, high: int) -> int:
    """How far a count is below or above its limits."""
    return max(low - count, 0) + max(count - high, 0)


@inlined
def leading(w: World, host: int, load: int, size: int) -> tuple[int, int]:
    """Worth of leading a cluster of that load (or none), and places missed of the limits."""
    if size == 0:
        return w.host[host, at.CLOSED_VALUE], w.host[host, at.LOW] * (1 - w.host[host, at.MAY_CLOSE])
    under = max(w.host[host, at.TARGET_LOW] - load, 0)
    over = max(load - w.host[host, at.TARGET_HIGH], 0)
    worth = -w.host[host, at.OPEN_COST]
    worth -= w.tally[at.UNDER_PRICE] * under + w.tally[at.OVER_PRICE] * over
    return worth, miss(load, w.host[host, at.LOW], w.host[host, at.HIGH])


@inlined
def mixing(w: World, host: int, out: int, come: int, new_size: int) -> tuple[int, int]:
    """Change of worth and of what is missed by compositions at a host (see :func:`exchange`)."""
    worth, missed = 0, 0
    for rule in range(w.tally[at.N_RULES]):
        column = at.HOST_COLUMNS + 2 * rule
        if w.host[host, column] == 0:
            continue
        low, high, price = w.rule[rule, at.AT_LEAST], w.rule[rule, at.AT_MOST], w.rule[rule, at.PRICE]
        count, change = w.host[host, column + 1], 0
        if w.host[host, at.SIZE] > 0:
            change -= miss(count, low, high)
        if out >= 0:
            count -= w.unit[out, at.UNIT_COLUMNS + rule]
        if come >= 0:
            count += w.unit[come, at.UNIT_COLUMNS + rule]
        if new_size > 0:
            change += miss(count, low, high)
        if price < 0:
            missed += change
        else:
            worth -= price * change
    return worth, missed


@kernel
def exchange(
    w: World, host: int, leaving: tuple[int, int], coming: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Change at one host when one unit leaves and another comes, each with its candidate, -1: nobody."""
    out, out_option = leaving
    come, come_option = coming
    load, size = w.host[host, at.LOADED], w.host[host, at.SIZE]
    worth, rivals = 0, 0
    new_load, new_size = load, size
    if out >= 0:
        lost, clash = bonds(w, out, host)
        worth -= w.cand[out_option, at.VALUE] + lost
        rivals -= clash
        new_load -= w.cand[out_option, at.DEMAND]
        new_size -= 1
    if come >= 0:
        won, clash = bonds(w, come, host)
        worth += w.cand[come_option, at.VALUE] + won
        rivals += clash
        new_load += w.cand[come_option, at.DEMAND]
        new_size += 1
        if out >= 0:
            won, clash = bond(w, come, out)
            worth -= won
            rivals -= clash
    before, short = leading(w, host, load, size)
    after, new_short = leading(w, host, new_load, new_size)
    mixed, mixes = mixing(w, host, out, come, new_size)
    return worth + after - before + mixed, new_short - short, rivals, mixes


@inlined
def row_step(w: World, row: int, move: Move) -> int:
    """Change of a row's count by a move; rows are numbered from 0."""
    unit, to, option, other, other_option = move
    home, step, column = w.unit[unit, at.AT], 0, at.CAND_COLUMNS + row
    opening = at.HOST_COLUMNS + 2 * w.tally[at.N_RULES] + row
    if home >= 0:
        step -= w.cand[w.unit[unit, at.CANDIDATE], column]
    if to >= 0:
        step += w.cand[option, column]
    if other >= 0:
        step -= w.cand[w.unit[other, at.CANDIDATE], column]
        if home >= 0:
            step += w.cand[other_option, column]
    else:
        if home >= 0 and w.host[home, at.SIZE] == 1:
            step -= w.host[home, opening]
        if to >= 0 and w.host[to, at.SIZE] == 0:
            step += w.host[to, opening]
    return step


@kernel
def weigh(w: World, move: Move) -> Change:
    """Change by a move, exactly."""
    unit, to, _, other, _ = move
    home = w.unit[unit, at.AT]
    worth, loads, rivals, mixes = 0, 0, 0, 0
    rows, stays = 0, 0
    if home >= 0:
        worth, loads, rivals, mixes = exchange(w, home, (unit, w.unit[unit, at.CANDIDATE]), (other, move[4]))
    else:
        worth += w.unit[unit, at.STAY_COST]
        stays -= 1 - w.unit[unit, at.MAY_STAY]
        if other >= 0:
            worth -= w.unit[other, at.STAY_COST]
            stays += 1 - w.unit[other, at.MAY_STAY]
    if to >= 0:
        leaving = w.unit[other, at.CANDIDATE] if other >= 0 else -1
        one, two, three, four = exchange(w, to, (other, leaving), (unit, move[2]))
        worth, loads, rivals, mixes = worth + one, loads + two, rivals + three, mixes + four
    else:
        worth -= w.unit[unit, at.STAY_COST]
        stays += 1 - w.unit[unit, at.MAY_STAY]
    for rule in range(w.tally[at.N_RULES], w.rule.shape[0]):
        low, high, count = w.rule[rule, at.AT_LEAST], w.rule[rule, at.AT_MOST], w.rule[rule, at.COUNT]
        step = row_step(w, rule - w.tally[at.N_RULES], move)
        change = miss(count + step, low, high) - miss(count, low, high)
        if w.rule[rule, at.PRICE] < 0:
            rows += change
        else:
            worth -= w.rule[rule, at.PRICE] * change
    return worth, loads, rivals, mixes, rows, stays


@inlined
def energy(change: Change, weights: Weights) -> float:
    """Worth of a change less the weighted change of what is missed."""
    total: float = change[0] - weights[0] * change[1] - weights[1] * change[2]
    total -= weights[2] * change[3] + weights[3] * change[4] + weights[4] * change[5]
    return total
