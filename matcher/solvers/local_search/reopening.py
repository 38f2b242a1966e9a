"""Moves of a whole cluster: found one at a closed host, or dissolve one; done or undone as a whole."""

from __future__ import annotations

from matcher.solvers.local_search import world as at
from matcher.solvers.local_search.chance import below
from matcher.solvers.local_search.inlined import inlined, kernel
from matcher.solvers.local_search.moving import carry_out
from matcher.solvers.local_search.weighing import Move, Weights, energy, option_of, weigh
from matcher.solvers.local_search.world import World

SAMPLES = 6
"""Candidates among which the next member of a new cluster is the best."""


@inlined
def step(w: World, weights: Weights, move: Move, done: int) -> float:
    """Do one move of several, keep on the trail how to undo it, and return what it gained."""
    unit = move[0]
    w.trail[done, 0], w.trail[done, 1] = unit, w.unit[unit, at.AT]
    change = weigh(w, move)
    gained = energy(change, weights)
    carry_out(w, move, change)
    return gained


@kernel
def found_cluster(w: World, weights: Weights, host: int) -> tuple[int, float]:
    """Bring units to a closed host until it has its minimum; how many moves, and what they gained."""
    first, count = w.host[host, at.START], w.host[host, at.CANDIDATES]
    done, gained = 0, 0.0
    while done < count and (done == 0 or w.host[host, at.LOADED] < w.host[host, at.LOW]):
        best, chosen = 0.0, -1
        for _ in range(SAMPLES):
            candidate = first + below(w, count)
            unit = w.cand[candidate, at.UNIT]
            if w.unit[unit, at.AT] != host:
                gain = energy(weigh(w, (unit, host, candidate, -1, -1)), weights)
                if chosen < 0 or gain > best:
                    best, chosen = gain, candidate
        if chosen < 0:
            break
        gained += step(w, weights, (w.cand[chosen, at.UNIT], host, chosen, -1, -1), done)
        done += 1
    return done, gained


@kernel
def dissolve_cluster(w: World, weights: Weights, host: int) -> tuple[int, float]:
    """Send every unit of a host where it is best elsewhere; how many moves, and what they gained."""
    done, gained = 0, 0.0
    while w.host[host, at.SIZE] > 0:
        unit = w.members[w.host[host, at.START]]
        move = (unit, -1, -1, -1, -1)
        best = energy(weigh(w, move), weights)
        for place in range(w.unit[unit, at.OPTIONS], w.unit[unit, at.OPTIONS_END]):
            to, option = w.option[place, at.TO_HOST], w.option[place, at.TO_CANDIDATE]
            if to != host:
                gain = energy(weigh(w, (unit, to, option, -1, -1)), weights)
                if gain > best:
                    best, move = gain, (unit, to, option, -1, -1)
        gained += step(w, weights, move, done)
        done += 1
    return done, gained


@kernel
def reopen(w: World, weights: Weights, host: int, threshold: float) -> None:
    """Found or dissolve the cluster of a host, unless that gains less than the threshold."""
    if w.host[host, at.SIZE] == 0:
        done, gained = found_cluster(w, weights, host)
    else:
        done, gained = dissolve_cluster(w, weights, host)
    if gained >= threshold:
        return
    for place in range(done - 1, -1, -1):
        unit, back, option = w.trail[place, 0], w.trail[place, 1], -1
        if back >= 0:
            option = option_of(w, unit, back)
        move = (unit, back, option, -1, -1)
        carry_out(w, move, weigh(w, move))
