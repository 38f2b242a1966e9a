"""Keep the best columns that a search meets."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.pricing.tables import Local
from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import IntArray


@compiled
def composition_cost(local: Local, counts: IntArray) -> int:
    """Price of a cluster's composition; -1 where a hard rule is broken."""
    total = 0
    for rule in range(len(local.comp_low)):
        short = max(0, local.comp_low[rule] - counts[rule])
        over = max(0, counts[rule] - local.comp_high[rule])
        if short + over > 0:
            if local.comp_price[rule] < 0:
                return -1
            total += local.comp_price[rule] * (short + over)
    return total


@compiled
def too_many(local: Local, counts: IntArray, extra: int) -> bool:
    """Whether one more candidate breaks a hard upper limit of the composition."""
    for rule in range(len(local.comp_low)):
        if (
            local.comp_price[rule] < 0
            and counts[rule] + local.comp_count[rule, extra] > local.comp_high[rule]
        ):
            return True
    return False


@compiled
def keep(
    members: IntArray, length: IntArray, worth: IntArray, count: int, path: IntArray, depth: int, value: int
) -> int:
    """Store a column, over the worst one where the store is full; returns the new count."""
    spot = count
    if count == len(worth):
        spot = 0
        for at in range(1, count):
            if worth[at] < worth[spot]:
                spot = at
        count -= 1
    for at in range(depth):
        members[spot, at] = path[at]
    for at in range(depth, members.shape[1]):
        members[spot, at] = -1
    length[spot] = depth
    worth[spot] = value
    return count + 1


@compiled
def cutoff_after(worth: IntArray, count: int, cutoff: int) -> int:
    """Return what a further column must exceed: the cutoff, or the worst one kept in a full store."""
    if count < len(worth) or count == 0:
        return cutoff
    return max(cutoff, int(np.min(worth)))
