"""Rivals and cohesion, from a country to a continent."""

from __future__ import annotations

from benchmarks.case import Case, Entry
from benchmarks.checks import gap_within, median_seconds, memory_within, proven, together
from benchmarks.instances.sets import programmes
from benchmarks.instances.synthetic import Programme
from benchmarks.instances.tiny import tiny_programme


def _small(percent: int, median_s: float) -> Case:
    shape = Programme(100, 24, rivals=0.045, cohesion=percent / 100)
    return Case(
        name=f"cohesion-100-{percent:02d}",
        title=f"100 × 24, rivals, cohesion {percent} % of a plan's value",
        figure=f"20 seeds proven optimal: median ≤ {median_s:g} s, all within 60 s; CP-SAT's gap beside it",
        instances=lambda: programmes(shape, 20),
        tiny=tiny_programme,
        entries=(
            Entry("ours", 60),
            Entry("annealing", 10),
            Entry("cp_sat", 60),
            Entry("highs", 60, first=3, quick=False),
        ),
        check=together(proven(20, within_s=60), median_seconds(median_s, 20)),
        quick=1,
    )


CASES = (
    _small(5, 1),
    _small(20, 10),
    Case(
        name="cohesion-400",
        title="400 × 96, rivals, cohesion 10 %, 15 hosts a mentee",
        figure="",
        instances=lambda: programmes(Programme(400, 96, reach=15, rivals=0.045, cohesion=0.1), 3),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("annealing", 60), Entry("cp_sat", 60, first=1)),
        check=gap_within(0.003, 3),
    ),
    Case(
        name="cohesion-1000",
        title="1,000 × 240, rivals, cohesion 10 %, 15 hosts a mentee",
        figure="gap ≤ 0.3 % in 60 s",
        instances=lambda: programmes(Programme(1_000, 240, reach=15, rivals=0.045, cohesion=0.1), 5),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("annealing", 60), Entry("cp_sat", 60, first=1, quick=False)),
        check=gap_within(0.003, 5),
        quick=1,
        quick_seconds=20.0,
    ),
    Case(
        name="cohesion-10000",
        title="10,000 × 2,400, rivals, cohesion 10 %, 15 hosts a mentee",
        figure="gap ≤ 1 % in 10 minutes, ≤ 6 GB",
        instances=lambda: programmes(Programme(10_000, 2_400, reach=15, rivals=0.045, cohesion=0.1), 2),
        tiny=tiny_programme,
        entries=(Entry("ours", 600), Entry("annealing", 600)),
        check=together(gap_within(0.01, 2), memory_within(6 * 1024)),
    ),
    Case(
        name="wide-1200",
        title="1,200 × 85, loads 10–18, rivals, cohesion 10 %, 15 hosts a mentee",
        figure="an honest gap, ≤ 1 % in 60 s",
        instances=lambda: programmes(
            Programme(1_200, 85, reach=15, low=10, high=18, rivals=0.045, cohesion=0.1), 3
        ),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("annealing", 60)),
        check=gap_within(0.01, 3),
    ),
)
