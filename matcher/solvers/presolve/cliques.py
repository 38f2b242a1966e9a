"""Rivals that must all be placed, apart, against the hosts in their reach."""

from __future__ import annotations

from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.presolve.slots import Slots

BoolArray = NDArray[np.bool_]

MAX_CLIQUES = 2_000
"""Cliques looked at; more are left to the solver."""


def crowded_clique(slots: Slots, alive: BoolArray, forced: BoolArray) -> bool:
    """Whether some clique of rivals that must be placed is larger than the hosts in its reach together.

    Each member of such a clique has at least as many rivals in it as hosts in reach. Units with fewer
    are dropped first, again and again, which leaves next to nobody where a clique is out of the question.

    Parameters
    ----------
    slots : Slots
    alive : ndarray of bool, shape (n_slots,)
    forced : ndarray of bool, shape (n_units,)
        Units that must be placed.

    Returns
    -------
    bool
        False proves nothing.
    """
    one, other = slots.rivals
    reach = np.bincount(slots.unit[alive], minlength=slots.n_units)
    left = forced
    while True:
        both = left[one] & left[other]
        one, other = one[both], other[both]
        able = left & (np.bincount(one, minlength=slots.n_units) >= reach)
        if able.sum() == left.sum():
            break
        left = able
    if not len(one):
        return False
    import networkx as nx  # noqa: PLC0415 - keeps `import matcher` light

    hosts: list[set[int]] = [set() for _ in range(slots.n_units)]
    wanted = alive & left[slots.unit]
    for unit, host in zip(slots.unit[wanted].tolist(), slots.host[wanted].tolist(), strict=True):
        hosts[unit].add(host)
    graph = nx.Graph(zip(one.tolist(), other.tolist(), strict=True))
    cliques = islice(nx.find_cliques(graph), MAX_CLIQUES)
    return any(len(clique) > len(set().union(*(hosts[unit] for unit in clique))) for clique in cliques)
