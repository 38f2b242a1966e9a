"""Public instances of generalised assignment, with and without rivals."""

from __future__ import annotations

from functools import partial

from benchmarks.case import Case, Entry
from benchmarks.checks import faster_than, more_proven_than, proven, reference_reached, together
from benchmarks.instances.assignment import large, small, with_rivals
from benchmarks.instances.tiny import tiny_programme

CASES = (
    Case(
        name="gap-small",
        title="generalised assignment, gap1–12",
        figure="",
        instances=small,
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60)),
        check=together(proven(60), reference_reached(60), faster_than("highs", in_total=True)),
    ),
    Case(
        name="gap-large",
        title="generalised assignment, types a–d, 100–200 jobs",
        figure="",
        instances=large,
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60)),
        check=reference_reached(24),
    ),
    Case(
        name="gap-rivals-10",
        title="gap1–12 with rivals, density 0.10",
        figure="60 of 60 proven, in less time in total than HiGHS",
        instances=partial(with_rivals, 0.10),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60)),
        check=together(proven(60), reference_reached(60), faster_than("highs", in_total=True)),
        quick=3,
    ),
    Case(
        name="gap-rivals-25",
        title="gap1–12 with rivals, density 0.25",
        figure="more proven than HiGHS's 52",
        instances=partial(with_rivals, 0.25),
        tiny=tiny_programme,
        entries=(Entry("ours", 60), Entry("highs", 60)),
        check=more_proven_than(52),
    ),
)
