"""Cost against size at the same density of schools."""

from __future__ import annotations

from functools import partial

from benchmarks.case import Case, Entry
from benchmarks.checks import exponent_within
from benchmarks.instances import Instance
from benchmarks.instances.synthetic import Programme, make_programme
from benchmarks.instances.tiny import tiny_programme

SIZES = (100, 200, 400, 1_000, 2_000, 4_000, 10_000)


def _instances() -> tuple[Instance, ...]:
    return tuple(
        Instance(
            f"n{size:05d}-seed{seed}",
            partial(
                make_programme,
                Programme(size, round(0.24 * size), reach=15, rivals=0.045, cohesion=0.1),
                100 + seed,
            ),
        )
        for seed in range(2)
        for size in SIZES
    )


CASES = (
    Case(
        name="sizes",
        title="100 to 10,000 mentees, 15 hosts a mentee, rivals, cohesion 10 %: time to a gap of 1 %",
        figure="exponent of time to 1 % gap ≤ 1.3, plotted",
        instances=_instances,
        tiny=tiny_programme,
        entries=(Entry("ours", 900, gap=0.01),),
        check=exponent_within(1.3, 14),
        quick=4,
        quick_seconds=20.0,
    ),
)
