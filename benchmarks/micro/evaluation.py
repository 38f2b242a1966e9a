"""The referee."""

from __future__ import annotations

from benchmarks.instances.synthetic import Programme, make_programme
from benchmarks.micro.part import Measured, Part, timed
from matcher.solution import Solution, evaluate
from matcher.solvers import SolveSettings
from matcher.solvers.flow import FlowSolver


def _measure() -> Measured:
    bare = make_programme(Programme(1_000, 240, reach=15, low=0), 0).problem
    found = FlowSolver().solve(bare, SolveSettings())
    if found.host_of is None:
        raise RuntimeError("there is no plan to judge")
    plan = Solution(found.host_of)
    problem = make_programme(Programme(1_000, 240, reach=15, rivals=0.045, cohesion=0.1), 0).problem
    return timed(lambda: evaluate(problem, plan))


PART = Part("evaluation", "judge a plan of 1,000 × 240 with rivals and cohesion", _measure)
