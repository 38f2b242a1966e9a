"""The order among equally good plans where costs leave no room for it below one unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.solvers.flow.network import IntArray, Network
from matcher.solvers.flow.residual import potentials


def tight_network(network: Network, flow: IntArray) -> tuple[Network, IntArray]:
    """Network of all optimal flows, from one of them: what is left to choose, by rank alone.

    By complementary slackness an arc of positive reduced cost is empty in every optimal flow, one of
    negative reduced cost is full, and any feasible flow on the others is optimal (Ahuja, Magnanti and
    Orlin, *Network Flows*, 1993, ch. 9).

    Parameters
    ----------
    network : Network
    flow : ndarray of int64, shape (n_arcs,)
        An optimal flow.

    Returns
    -------
    Network
        With ranks as costs; arcs that are empty or full have no capacity left.
    ndarray of int64, shape (n_arcs,)
        What the full arcs carry, to be added to a flow of it.
    """
    forth, back = flow < network.capacity, flow > 0
    tail = np.concatenate([network.tail[forth], network.head[back]])
    head = np.concatenate([network.head[forth], network.tail[back]])
    cost = np.concatenate([network.cost[forth], -network.cost[back]])
    order = np.argsort(tail, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=len(network.supply)))])
    height, _ = potentials(start, head[order], cost[order])
    reduced = network.cost + height[network.tail] - height[network.head]
    full = np.where(reduced < 0, network.capacity, 0)
    supply = network.supply.copy()
    np.subtract.at(supply, network.tail, full)
    np.add.at(supply, network.head, full)
    room = np.where(reduced == 0, network.capacity, 0)
    return replace(network, capacity=room, cost=network.rank, supply=supply), full
