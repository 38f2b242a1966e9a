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
    from scipy.sparse import coo_array  # noqa: PLC0415 - keeps `import matcher` light
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    graph = coo_array((np.ones(len(tail)), (tail, head)), shape=(size, size))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def groups_of(labels: NDArray[np.int64]) -> list[set[int]]:
    """Nodes of each component, in the order of the labels."""
    found: dict[int, set[int]] = {}
    for node, label in enumerate(labels.tolist()):
        found.setdefault(label, set()).add(node)
    return [found[label] for label in sorted(found)]
