"""Short ways to list generated instances."""

from __future__ import annotations

from functools import partial

from benchmarks.instances.loaded import Instance
from benchmarks.instances.peers import Peers, make_peers
from benchmarks.instances.synthetic import Programme, make_programme


def programmes(shape: Programme, seeds: int, label: str = "seed") -> tuple[Instance, ...]:
    """One programme a seed, from 0."""
    return tuple(
        Instance(f"{label}{seed:02d}", partial(make_programme, shape, seed)) for seed in range(seeds)
    )


def peers(shape: Peers, seeds: int, label: str = "seed") -> tuple[Instance, ...]:
    """One set of peer schools a seed, from 0."""
    return tuple(Instance(f"{label}{seed:02d}", partial(make_peers, shape, seed)) for seed in range(seeds))
