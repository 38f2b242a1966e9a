"""Connected components: which nodes of a graph hang together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def component_labels(tail: NDArray[np.int64], head: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Find the connected component of each node of an undirected graph.

    Parameters
    ----------
    tail, head : ndarray of int64, shape (n_edges,)
        Ends of each edge, nodes from 0 to ``size - 1``; repeats and loops are allowed.
    size : int
        Number of nodes.

    Returns
    -------
    ndarray of int64, shape (size,)
        Component of each node, numbered from 0 in the order of their first nodes.
    """
    least: NDArray[np.int64] = np.arange(size, dtype=np.int64)  # first node known to hang together with each
    while (least[tail] != least[head]).any():
        one, other = least[tail], least[head]
        np.minimum.at(least, np.maximum(one, other), np.minimum(one, other))
        while (least[least] != least).any():
            least = least[least]
    return np.unique(least, return_inverse=True)[1].astype(np.int64)


def groups_of(labels: NDArray[np.int64]) -> list[set[int]]:
    """Nodes of each component, in the order of the labels."""
    found: dict[int, set[int]] = {}
    for node, label in enumerate(labels.tolist()):
        found.setdefault(label, set()).add(node)
    return [found[label] for label in sorted(found)]
