"""Peer clusters without hosts."""

from __future__ import annotations

from benchmarks.case import Case, Entry
from benchmarks.checks import gap_within
from benchmarks.instances.peers import Peers
from benchmarks.instances.sets import peers
from benchmarks.instances.tiny import tiny_peers

CASES = (
    Case(
        name="peers-100",
        title="peer clusters of 4–6 without hosts, n = 100",
        figure="proven or gap ≤ 0.5 % in 60 s",
        instances=lambda: peers(Peers(), 3) + peers(Peers(rivals=0.045), 3, "rivals"),
        tiny=tiny_peers,
        entries=(
            Entry("ours", 60),
            Entry("annealing", 60),
            Entry("k_means", 60),
            Entry("cp_sat", 60, first=4),
            Entry("highs", 60, first=1, quick=False),
        ),
        check=gap_within(0.005, 6),
        quick=1,
        quick_seconds=5.0,
    ),
)
