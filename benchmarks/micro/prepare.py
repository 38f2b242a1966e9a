"""Compressing a problem for the kernels."""

from __future__ import annotations

from benchmarks.instances.synthetic import Programme, make_programme
from benchmarks.micro.part import Measured, Part, timed
from matcher.solvers.prepared import prepare


def _measure() -> Measured:
    problem = make_programme(Programme(1_000, 240, reach=15, rivals=0.045, cohesion=0.1), 0).problem
    return timed(lambda: prepare(problem))


PART = Part("prepare", "compressed arrays of 1,000 × 240, 15 hosts a mentee, rivals, cohesion", _measure)
