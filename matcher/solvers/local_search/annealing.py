"""Simulated annealing with weights on missed rules that rise while they are missed."""

from __future__ import annotations

from matcher.solvers.local_search import world as at
from matcher.solvers.local_search.chance import below, log_chance
from matcher.solvers.local_search.inlined import inlined, kernel
from matcher.solvers.local_search.moving import carry_out, keep_best
from matcher.solvers.local_search.reopening import reopen
from matcher.solvers.local_search.weighing import Move, Weights, energy, option_of, weigh
from matcher.solvers.local_search.world import World
from matcher.solvers.prepared import IntArray


@inlined
def is_tight(w: World, unit: int, to: int, option: int) -> bool:
    """Whether a unit cannot go to a host without missing a limit of load at either end."""
    if w.host[to, at.LOADED] + w.cand[option, at.DEMAND] > w.host[to, at.HIGH]:
        return True
    home = w.unit[unit, at.AT]
    if home < 0:
        return False
    left = w.host[home, at.LOADED] - w.cand[w.unit[unit, at.CANDIDATE], at.DEMAND]
    short: bool = left < w.host[home, at.LOW]
    return short


@kernel
def propose(w: World) -> Move:
    """Draw a move; the unit is -1 where the draw gives none."""
    unit = below(w, w.unit.shape[0])
    home, first = w.unit[unit, at.AT], w.unit[unit, at.OPTIONS]
    count = w.unit[unit, at.OPTIONS_END] - first
    pick, coin = below(w, count + 1), below(w, 16)
    if pick == count:
        stays = home < 0 or (w.unit[unit, at.MAY_STAY] == 0 and coin > 0)
        return (-1 if stays else unit), -1, -1, -1, -1
    to, option = w.option[first + pick, at.TO_HOST], w.option[first + pick, at.TO_CANDIDATE]
    other, other_option = -1, -1
    if to == home:
        unit = -1
    elif w.host[to, at.SIZE] > 0 and coin < (15 if is_tight(w, unit, to, option) else 8):
        other = w.members[w.host[to, at.START] + below(w, w.host[to, at.SIZE])]
        if home >= 0:
            other_option = option_of(w, other, home)
            if other_option < 0:
                unit = -1
    return unit, to, option, other, other_option


@kernel
def typical_change(w: World, samples: int) -> float:
    """Mean size of the change of worth by a random move, at least 1."""
    total, count = 0.0, 0
    for _ in range(samples):
        move = propose(w)
        if move[0] >= 0:
            worth = weigh(w, move)[0]
            total += abs(worth)
            count += worth != 0
    return max(1.0, total / max(1, count))


@kernel
def fill(w: World, weights: Weights, order: IntArray) -> None:
    """Place each unassigned unit, in that order, where its energy is best (or nowhere)."""
    for unit in order:
        if w.unit[unit, at.AT] >= 0:
            continue
        best, to, option = 0.0, -1, -1
        for place in range(w.unit[unit, at.OPTIONS], w.unit[unit, at.OPTIONS_END]):
            host, here = w.option[place, at.TO_HOST], w.option[place, at.TO_CANDIDATE]
            gain = energy(weigh(w, (unit, host, here, -1, -1)), weights)
            if gain > best:
                best, to, option = gain, host, here
        if to >= 0:
            move = (unit, to, option, -1, -1)
            carry_out(w, move, weigh(w, move))
    keep_best(w)


@kernel
def anneal(
    w: World, weights: Weights, heat: tuple[float, float], work: tuple[int, int, int], goal: int
) -> None:
    """Make random moves at a falling temperature.

    A move is accepted if its energy (worth less weighted misses) does not fall by more than a random
    threshold (Kirkpatrick, Gelatt and Vecchi 1983). The weight of each kind of rule rises after a batch
    that ends with it missed, else falls: the search swings across the limits (strategic oscillation,
    Glover 1977), but keeps only what is feasible.

    Parameters
    ----------
    w : World
    weights : ndarray of float64, shape (KINDS,)
        Objective units for each unit missed; changed.
    heat : tuple of float
        Temperature at the start, objective units; its factor after each batch.
    work : tuple of int
        Batches, moves in each, and clusters founded or dissolved after each.
    goal : int
        1: stop after the batch in which the first feasible plan is found.
    """
    temperature, cooling = heat
    batches, batch, reopenings = work
    for _ in range(batches):
        for _ in range(batch):
            move = propose(w)
            if move[0] < 0:
                continue
            change = weigh(w, move)
            if energy(change, weights) < temperature * log_chance(w):
                continue
            if change[0] < 0 or change[1] + change[2] + change[3] + change[4] + change[5] > 0:
                keep_best(w)
            carry_out(w, move, change)
        keep_best(w)
        for _ in range(reopenings):
            reopen(w, weights, below(w, w.host.shape[0]), temperature * log_chance(w))
            keep_best(w)
        if goal == 1 and w.tally[at.HAS_BEST] == 1:
            return
        for kind in range(weights.size):
            if w.tally[at.MISSED + kind] > 0:
                weights[kind] *= 1.1
            else:
                weights[kind] = max(temperature, weights[kind] * 0.97)
        temperature *= cooling
