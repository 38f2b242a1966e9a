"""Connected components against plain search."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.problem.graph import component_labels


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(st.integers(1, 12))
    node = st.integers(0, size - 1)
    return size, draw(st.lists(st.tuples(node, node), max_size=20))


@given(graphs())
def test_nodes_share_a_label_exactly_if_they_hang_together_and_labels_follow_the_first_nodes(
    drawn: tuple[int, list[tuple[int, int]]],
) -> None:
    size, edges = drawn
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(size))
    expected = np.zeros(size, np.int64)
    for label, component in enumerate(sorted(nx.connected_components(graph), key=min)):
        expected[list(component)] = label
    ends = np.array(edges, np.int64).reshape(-1, 2)
    assert component_labels(ends[:, 0], ends[:, 1], size).tolist() == expected.tolist()


def test_a_graph_without_nodes_has_no_components() -> None:
    none = np.empty(0, np.int64)
    assert component_labels(none, none, 0).tolist() == []
