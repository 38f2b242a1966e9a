"""CpSatSolver: the pair model, which takes every rule of a Problem."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.result import Result
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.cp_sat.constraints import add_constraints
from matcher.solvers.cp_sat.objective import set_objective
from matcher.solvers.cp_sat.variables import Variables, create_variables
from matcher.solvers.cp_search import search
from matcher.solvers.incumbents import at_true_worth, keep_better, worth_of_start
from matcher.solvers.versions import versions

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class CpSatSolver:
    """Exact search on one Boolean a pair, with every rule and price of the problem.

    The relaxation of cohesion is weak: with cohesion and more than about 15 mentees a component it
    finds good plans soon but proves them late.

    References
    ----------
    L. Perron, F. Didier, *CP-SAT*, Google OR-Tools.
    W. P. Adams, H. D. Sherali, "A tight linearization and an algorithm for zero-one quadratic
    programming problems", Management Science 32 (1986): the cohesion products.
    """

    name: str = "cp-sat"

    def refusal(self, problem: Problem) -> str | None:  # noqa: ARG002 - the protocol's signature
        """Return None: it takes every problem."""
        return None

    def solve(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Result:
        """Solve; see :class:`matcher.solvers.base.Solver`."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

        started = time.perf_counter()
        model = cp_model.CpModel()
        variables = create_variables(model, problem)
        add_constraints(model, problem, variables)
        set_objective(model, problem, variables)
        if warm_start is not None:
            _hint(model, problem, variables, warm_start)
        outcome = search(
            model,
            variables.choose,
            settings,
            stage=self.name,
            incumbent=worth_of_start(problem, warm_start),
            on_progress=on_progress,
            should_stop=should_stop,
        )
        result = Result(
            status=outcome.status,
            host_of=None if outcome.objective is None else _plan(problem, outcome.chosen),
            objective=outcome.objective,
            bound=outcome.bound,
            method=self.name,
            reason="the general model takes every rule",
            stopped_by=outcome.stopped_by,
            seed=settings.seed,
            versions=versions(),
            work=outcome.work,
            runtime_s=time.perf_counter() - started,
        )
        return keep_better(problem, at_true_worth(problem, result), warm_start)


def _plan(problem: Problem, chosen: tuple[bool, ...]) -> NDArray[np.int64]:
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    picked = np.array(chosen, dtype=np.bool_)
    host_of[problem.pair_mentee[picked]] = problem.pair_host[picked]
    return host_of


def _hint(model: cp_model.CpModel, problem: Problem, variables: Variables, warm_start: Solution) -> None:
    host_of = warm_start.host_of
    pairs = zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True)
    for literal, (mentee, host) in zip(variables.choose, pairs, strict=True):
        model.add_hint(literal, int(host_of[mentee]) == host)
    for mentee, literal in enumerate(variables.stay):
        model.add_hint(literal, int(host_of[mentee]) == UNASSIGNED)
    for host, literal in enumerate(variables.lead):
        model.add_hint(literal, bool((host_of == host).any()))
    for item in variables.together:
        model.add_hint(item.literal, all(int(host_of[i]) == item.host for i in item.mentees))
