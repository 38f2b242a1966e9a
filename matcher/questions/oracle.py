"""Whether some demands can be kept together: by a flow where that suffices, else by CP-SAT."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from matcher.problem import Problem
from matcher.questions.demands import BoolArray, Demands
from matcher.questions.placing_all import judge, only_places, place_all
from matcher.questions.subproblem import keep_only
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.cp_sat.constraints import add_constraints
from matcher.solvers.cp_sat.variables import create_variables
from matcher.solvers.cp_search import search
from matcher.solvers.dispatch import solve
from matcher.solvers.stopping import FirstFeasible

LARGE = 3_000
"""Pairs beyond which a first plan is sought by the solvers of large problems before CP-SAT."""
WORK_OF_A_CHECK = 20.0
"""Deterministic work units that one check may take before it counts as unsettled."""


WORK_OF_A_LARGE_CHECK = 0.5
"""Work units that a search of the solvers of large problems counts as at least."""


@dataclass(slots=True)
class Oracle:
    """Answers whether a set of demands can be kept; the same set is never solved twice.

    Attributes
    ----------
    demands : Demands
    work_limit : float
        Work units of CP-SAT for each check.
    should_stop : callable or None
        Once true, no further check is begun.
    budget : float
        Work units that all checks may take together; once they are spent, every further check is unsettled.
    checks : int
        Problems solved so far.
    """

    demands: Demands
    work_limit: float = WORK_OF_A_CHECK
    should_stop: ShouldStop | None = None
    budget: float = math.inf
    checks: int = 0
    _known: dict[bytes, bool] = field(default_factory=dict)

    def feasible(self, active: BoolArray) -> bool | None:
        """Say whether a plan keeps all the demands marked; None if that is not settled within the limit.

        Parameters
        ----------
        active : ndarray of bool, shape (n_demands,)

        Returns
        -------
        bool or None
            True is shown by a plan that the referee has judged, False by a flow's cut or by CP-SAT's proof.
        """
        key = np.packbits(active).tobytes()
        if key in self._known:
            return self._known[key]
        if self.budget <= 0 or (self.should_stop is not None and self.should_stop()):
            return None
        self.checks += 1
        answer = self._solve(keep_only(self.demands, active).problem)
        if answer is not None:
            self._known[key] = answer
        return answer

    def _solve(self, problem: Problem) -> bool | None:
        if only_places(problem):
            return place_all(problem) is not None
        if problem.n_pairs > LARGE:
            settings = SolveSettings(work_limit=self._limit(), stop=FirstFeasible())
            quick = solve(problem, settings, should_stop=self.should_stop)
            self.budget -= max(WORK_OF_A_LARGE_CHECK, quick.work)
            if quick.host_of is not None or quick.status is SolveStatus.INFEASIBLE:
                return quick.host_of is not None
        if self.budget <= 0:
            return None
        answer, work = _search(problem, self._limit(), self.should_stop)
        self.budget -= work
        return answer

    def _limit(self) -> float:
        return min(self.work_limit, self.budget)


def _search(problem: Problem, work_limit: float, should_stop: ShouldStop | None) -> tuple[bool | None, float]:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    model = cp_model.CpModel()
    variables = create_variables(model, problem)
    add_constraints(model, problem, variables)
    settings = SolveSettings(work_limit=work_limit)
    outcome = search(model, variables.choose, settings, stage="conflict", should_stop=should_stop)
    if outcome.status is SolveStatus.INFEASIBLE:
        return False, outcome.work
    if outcome.status is SolveStatus.UNKNOWN:
        return None, outcome.work
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    chosen = np.array(outcome.chosen, np.bool_)
    host_of[problem.pair_mentee[chosen]] = problem.pair_host[chosen]
    judge(problem, host_of)
    return True, outcome.work
