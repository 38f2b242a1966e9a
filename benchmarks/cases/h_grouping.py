"""Public instances of clusters without hosts."""

from __future__ import annotations

from functools import partial

from benchmarks.case import Case, Entry
from benchmarks.checks import mean_to_reference, reference_reached
from benchmarks.instances.grouping import ccplib, mdgplib
from benchmarks.instances.tiny import tiny_peers

CASES = (
    Case(
        name="mdgp-60",
        title="maximally diverse grouping, MDGPLIB n = 12, 30, 60",
        figure="reference value reached or beaten",
        instances=partial(mdgplib, (60, 30, 12)),
        tiny=tiny_peers,
        entries=(Entry("ours", 60), Entry("annealing", 60), Entry("cp_sat", 60, first=4)),
        check=reference_reached(13),
        quick=1,
        quick_seconds=5.0,
    ),
    Case(
        name="mdgp-120",
        title="maximally diverse grouping, MDGPLIB n = 120",
        figure="mean gap to the reference ≤ 0.1 % in 60 s",
        instances=partial(mdgplib, (120,)),
        tiny=tiny_peers,
        entries=(Entry("ours", 60), Entry("annealing", 60), Entry("cp_sat", 60, first=2)),
        check=mean_to_reference(0.001, 12),
    ),
    Case(
        name="sparse82",
        title="capacitated clustering, CCPLIB Sparse82",
        figure="best known reached on all 10 in 10 s; the best dual bound beside it",
        instances=partial(ccplib, "Sparse82"),
        tiny=tiny_peers,
        entries=(Entry("ours", 10), Entry("annealing", 10), Entry("cp_sat", 60, first=4)),
        check=reference_reached(10),
        quick=1,
        quick_seconds=5.0,
    ),
    Case(
        name="ranreal240",
        title="capacitated clustering, CCPLIB RanReal240",
        figure="",
        instances=partial(ccplib, "RanReal240"),
        tiny=tiny_peers,
        entries=(Entry("ours", 60), Entry("annealing", 60), Entry("cp_sat", 60, first=1)),
        check=mean_to_reference(0.001, 5),
    ),
)
