"""Tiny problems on which compiled code is warmed up before anything is timed."""

from __future__ import annotations

from benchmarks.instances.loaded import Loaded
from benchmarks.instances.peers import Peers, make_peers
from benchmarks.instances.synthetic import Programme, make_programme


def tiny_flow() -> Loaded:
    """Pair scores and loads only."""
    return make_programme(Programme(12, 4, low=0, high=4), 0)


def tiny_programme() -> Loaded:
    """Rivals and cohesion, in a few seconds at most."""
    return make_programme(Programme(24, 6, rivals=0.045, cohesion=0.1), 0)


def tiny_rivals() -> Loaded:
    """Rivals without cohesion: flows with priced rows."""
    return make_programme(Programme(40, 9, reach=4, rivals=0.045, must_open=True), 0)


def tiny_peers() -> Loaded:
    """Peer clusters."""
    return make_peers(Peers(schools=16, seats=5), 0)
