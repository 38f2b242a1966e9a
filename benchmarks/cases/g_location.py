"""Public instances in which hosts are chosen."""

from __future__ import annotations

from benchmarks.case import Case, Entry
from benchmarks.checks import proven, reference_reached, together
from benchmarks.instances.facility import holmberg
from benchmarks.instances.median import pmedcap, sjc
from benchmarks.instances.tiny import tiny_programme

CASES = (
    Case(
        name="pmedcap1",
        title="capacitated p-median, OR-Library pmedcap1",
        figure="all 20 proven optimal, each ≤ 60 s",
        instances=pmedcap,
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60)),
        check=together(proven(20, within_s=60), reference_reached(20)),
        quick=1,
    ),
    Case(
        name="sjc",
        title="capacitated p-median, SJC, 100–300 points",
        figure="",
        instances=sjc,
        tiny=tiny_programme,
        entries=(Entry("ours", 300), Entry("highs", 300)),
        check=reference_reached(4),
    ),
    Case(
        name="holmberg",
        title="single-source facility location, Holmberg",
        figure="all 71 proven",
        instances=holmberg,
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60)),
        check=together(proven(71), reference_reached(71)),
        quick=2,
    ),
)
