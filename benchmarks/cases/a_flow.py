"""Pair scores and loads only: a flow."""

from __future__ import annotations

from benchmarks.case import Case, Entry
from benchmarks.checks import at_most_times, proven, together
from benchmarks.instances.sets import programmes
from benchmarks.instances.synthetic import Programme
from benchmarks.instances.tiny import tiny_flow

CASES = (
    Case(
        name="flow-100",
        title="100 × 24, pair scores only",
        figure="whole `solve()` ≤ 3 × the raw min-cost-flow call",
        instances=lambda: programmes(Programme(100, 24, must_open=True), 5),
        tiny=tiny_flow,
        entries=(
            Entry("ours", 10),
            Entry("min_cost_flow", 10),
            Entry("linear_sum", 10),
            Entry("highs", 10),
            Entry("cp_sat", 10),
        ),
        check=together(proven(5), at_most_times("min_cost_flow", "call_s", 3.0)),
        quick=2,
    ),
    Case(
        name="flow-10000",
        title="10,000 × 2,400, 15 hosts a mentee, pair scores only",
        figure="proven optimal ≤ 2 s",
        instances=lambda: programmes(Programme(10_000, 2_400, reach=15, low=0), 3),
        tiny=tiny_flow,
        entries=(Entry("ours", 60), Entry("min_cost_flow", 60), Entry("highs", 60, first=1, quick=False)),
        check=proven(3, within_s=2.0),
        quick=1,
    ),
)
