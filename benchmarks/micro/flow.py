"""The flow solver at scale."""

from __future__ import annotations

from benchmarks.instances.synthetic import Programme, make_programme
from benchmarks.micro.part import Measured, Part, timed
from matcher.result import SolveStatus
from matcher.solvers import SolveSettings
from matcher.solvers.flow import FlowSolver


def _measure() -> Measured:
    problem = make_programme(Programme(10_000, 2_400, reach=15, low=0), 0).problem

    def call() -> None:
        if FlowSolver().solve(problem, SolveSettings()).status is not SolveStatus.OPTIMAL:
            raise RuntimeError("the flow is not optimal")

    return timed(call)


PART = Part("flow", "pair scores and loads, 10,000 × 2,400, 15 hosts a mentee", _measure)
