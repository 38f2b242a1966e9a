"""The choice among the pairs that are left, by CP-SAT: exact in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.prepared import IntArray


@dataclass(frozen=True, slots=True)
class PairChoice:
    """What the search found.

    Attributes
    ----------
    host_of : ndarray of int64, shape (n_mentees,), or None
        None without a plan.
    settled : bool
        Whether the search ended with a proof: the plan is the best of all, or none is worth `least`.
    work : float
    """

    host_of: IntArray | None
    settled: bool
    work: float


def choose_pairs(
    problem: Problem, *, least: int, settings: SolveSettings, should_stop: ShouldStop | None = None
) -> PairChoice:
    """Find the best plan that is worth at least `least`.

    Parameters
    ----------
    problem : Problem
        With few pairs: those that such a plan can hold.
    least : int
        Objective units, the problem's constant left out.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    from matcher.solvers.cp_sat.constraints import add_constraints  # noqa: PLC0415 - likewise
    from matcher.solvers.cp_sat.objective import set_objective  # noqa: PLC0415 - likewise
    from matcher.solvers.cp_sat.variables import create_variables  # noqa: PLC0415 - likewise
    from matcher.solvers.cp_search import search  # noqa: PLC0415 - likewise

    model = cp_model.CpModel()
    variables = create_variables(model, problem)
    add_constraints(model, problem, variables)
    model.add(set_objective(model, problem, variables) >= least + problem.constant)
    # one worker, as in the choice among columns: the relaxation of openings is what proves
    outcome = search(
        model,
        variables.choose,
        replace(settings, workers=1),
        stage="choose pairs",
        linear=True,
        should_stop=should_stop,
    )
    if not outcome.chosen:
        return PairChoice(None, outcome.status is SolveStatus.INFEASIBLE, outcome.work)
    picked = np.array(outcome.chosen, np.bool_)
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    host_of[problem.pair_mentee[picked]] = problem.pair_host[picked]
    return PairChoice(host_of, outcome.status is SolveStatus.OPTIMAL, outcome.work)
