"""Rivals, no cohesion."""

from __future__ import annotations

from benchmarks.case import Case, Entry
from benchmarks.checks import faster_than, proven, together
from benchmarks.instances.sets import programmes
from benchmarks.instances.synthetic import Programme
from benchmarks.instances.tiny import tiny_programme

CASES = (
    Case(
        name="rivals-100",
        title="100 × 24 with 4.5 % rivals, no cohesion, every host leads",
        figure="proven optimal, faster than HiGHS and CP-SAT",
        instances=lambda: programmes(Programme(100, 24, rivals=0.045, must_open=True), 10),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60), Entry("cp_sat", 60)),
        check=together(proven(10), faster_than("highs"), faster_than("cp_sat")),
        quick=2,
    ),
    Case(
        name="rivals-400",
        title="400 × 96 with 4.5 % rivals, no cohesion, every host leads",
        figure="",
        instances=lambda: programmes(Programme(400, 96, rivals=0.045, must_open=True), 3),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60), Entry("cp_sat", 60, first=1)),
        check=together(proven(3), faster_than("highs")),
    ),
    Case(
        name="rivals-1200",
        title="1,200 × 290, rivals, no cohesion, dense eligibility, every host leads",
        figure="proven optimal ≥ 10 × faster than HiGHS",
        instances=lambda: programmes(Programme(1_200, 290, rivals=0.045, must_open=True), 3),
        tiny=tiny_programme,
        # ten times our slowest instance, so that a search that does not end shows at least that ratio
        entries=(Entry("ours", 300), Entry("highs", 600)),
        check=together(proven(3), faster_than("highs", 10.0)),
    ),
    Case(
        name="rivals-100-idle",
        title="100 × 24 with 4.5 % rivals, no cohesion, hosts may stay idle",
        figure="",
        instances=lambda: programmes(Programme(100, 24, rivals=0.045), 10),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60), Entry("cp_sat", 60)),
        check=together(proven(10), faster_than("highs"), faster_than("cp_sat")),
    ),
    Case(
        name="rivals-1200-idle",
        title="1,200 × 290, rivals, no cohesion, dense eligibility, hosts may stay idle",
        figure="",
        instances=lambda: programmes(Programme(1_200, 290, rivals=0.045), 1),
        tiny=tiny_programme,
        entries=(Entry("ours", 120), Entry("highs", 300)),
        check=proven(1),
    ),
)
