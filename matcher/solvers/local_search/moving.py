"""Carry out moves and remember the best plan."""

from __future__ import annotations

from matcher.solvers.local_search import world as at
from matcher.solvers.local_search.inlined import inlined, kernel
from matcher.solvers.local_search.weighing import Change, Move, option_of, row_step, weigh
from matcher.solvers.local_search.world import World
from matcher.solvers.prepared import IntArray


@inlined
def spread(w: World, unit: int, host: int, sign: int) -> None:
    """Tell all linked units that a unit entered (sign 1) or left (-1) a cluster."""
    if w.gain.size > 0:
        first, last = w.unit[unit, at.LINKS], w.unit[unit, at.LINKS_END]
        if w.pair.size > 0 and 4 * (last - first) > w.unit.shape[0]:
            for other in range(w.unit.shape[0]):
                w.gain[host, other, 0] += sign * w.pair[unit, other, 0]
                w.gain[host, other, 1] += sign * w.pair[unit, other, 1]
        else:
            for place in range(first, last):
                other = w.link[place, at.TO_UNIT]
                w.gain[host, other, 0] += sign * w.link[place, at.BOND]
                w.gain[host, other, 1] += sign * w.link[place, at.RIVAL]


@kernel
def leave(w: World, unit: int) -> None:
    """Take a unit out of its cluster."""
    host, seat = w.unit[unit, at.AT], w.unit[unit, at.SEAT]
    first = w.host[host, at.START]
    w.host[host, at.SIZE] -= 1
    w.host[host, at.LOADED] -= w.cand[w.unit[unit, at.CANDIDATE], at.DEMAND]
    last = w.members[first + w.host[host, at.SIZE]]
    w.members[first + seat] = last
    w.unit[last, at.SEAT] = seat
    for rule in range(w.tally[at.N_RULES]):
        w.host[host, at.HOST_COLUMNS + 2 * rule + 1] -= w.unit[unit, at.UNIT_COLUMNS + rule]
    spread(w, unit, host, -1)
    w.unit[unit, at.AT] = -1
    w.unit[unit, at.CANDIDATE] = -1


@kernel
def enter(w: World, unit: int, host: int, option: int) -> None:
    """Put an unassigned unit into a cluster."""
    seat = w.host[host, at.SIZE]
    w.unit[unit, at.AT] = host
    w.unit[unit, at.CANDIDATE] = option
    w.unit[unit, at.SEAT] = seat
    w.members[w.host[host, at.START] + seat] = unit
    w.host[host, at.SIZE] += 1
    w.host[host, at.LOADED] += w.cand[option, at.DEMAND]
    for rule in range(w.tally[at.N_RULES]):
        w.host[host, at.HOST_COLUMNS + 2 * rule + 1] += w.unit[unit, at.UNIT_COLUMNS + rule]
    spread(w, unit, host, 1)


@inlined
def note(w: World, unit: int) -> None:
    """Remember that a unit may no longer be where the best plan has it."""
    if w.unit[unit, at.CHANGED] == 0:
        w.unit[unit, at.CHANGED] = 1
        w.changed[w.tally[at.N_CHANGED]] = unit
        w.tally[at.N_CHANGED] += 1


@inlined
def is_feasible(w: World) -> bool:
    """Whether no hard rule is missed."""
    missed = 0
    for kind in range(at.KINDS):
        missed += w.tally[at.MISSED + kind]
    return missed == 0


@kernel
def keep_best(w: World) -> None:
    """Keep the plan if it is feasible and better than all before; costs only what changed since."""
    if w.tally[at.HAS_BEST] == 1 and w.tally[at.WORTH] <= w.tally[at.BEST_WORTH]:
        return
    if not is_feasible(w):
        return
    for place in range(w.tally[at.N_CHANGED]):
        unit = w.changed[place]
        w.unit[unit, at.BEST] = w.unit[unit, at.AT]
        w.unit[unit, at.CHANGED] = 0
    w.tally[at.N_CHANGED] = 0
    w.tally[at.BEST_WORTH] = w.tally[at.WORTH]
    w.tally[at.HAS_BEST] = 1


@kernel
def carry_out(w: World, move: Move, change: Change) -> None:
    """Do a move that was weighed (see :func:`weigh`)."""
    unit, to, option, other, other_option = move
    home, rules = w.unit[unit, at.AT], w.tally[at.N_RULES]
    for rule in range(rules, w.rule.shape[0]):
        w.rule[rule, at.COUNT] += row_step(w, rule - rules, move)
    if home >= 0:
        leave(w, unit)
    if other >= 0:
        leave(w, other)
        note(w, other)
        if home >= 0:
            enter(w, other, home, other_option)
    if to >= 0:
        enter(w, unit, to, option)
    note(w, unit)
    w.tally[at.WORTH] += change[0]
    w.tally[at.MISSED + at.LOAD] += change[1]
    w.tally[at.MISSED + at.RIVALS] += change[2]
    w.tally[at.MISSED + at.COMPOSITIONS] += change[3]
    w.tally[at.MISSED + at.ROWS] += change[4]
    w.tally[at.MISSED + at.STAYING] += change[5]


@kernel
def follow(w: World, plan: IntArray) -> bool:
    """Change the plan unit by unit into another; False, and stop half-way, if a pair is not eligible."""
    for unit in range(plan.size):
        to, option = plan[unit], -1
        if to >= 0:
            option = option_of(w, unit, to)
            if option < 0:
                return False
        if to != w.unit[unit, at.AT]:
            move = (unit, to, option, -1, -1)
            carry_out(w, move, weigh(w, move))
    keep_best(w)
    return True
