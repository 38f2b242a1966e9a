"""Where counting finds nothing: which of the mentees CP-SAT's proof of infeasibility needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.questions.demands import BoolArray, Demand, DemandKind
from matcher.questions.oracle import Oracle
from matcher.questions.subproblem import keep_only
from matcher.solvers.cp_sat.constraints import add_constraints
from matcher.solvers.cp_sat.variables import create_variables


def core_of(oracle: Oracle, active: BoolArray) -> BoolArray:
    """Narrow an infeasible set down to the mentees that CP-SAT names as a sufficient assumption.

    Parameters
    ----------
    oracle : Oracle
    active : ndarray of bool, shape (n_demands,)
        Infeasible together.

    Returns
    -------
    ndarray of bool, shape (n_demands,)
        Infeasible together, as a check of its own has shown: a core that does not survive it is not used.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    demands = oracle.demands
    cut = keep_only(demands, active)
    model = cp_model.CpModel()
    variables = create_variables(model, replace(cut.problem, may_stay=np.ones_like(cut.problem.may_stay)))
    add_constraints(model, replace(cut.problem, may_stay=np.ones_like(cut.problem.may_stay)), variables)
    forced = np.flatnonzero(~cut.problem.may_stay).tolist()
    model.add_assumptions([~variables.stay[mentee] for mentee in forced])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = max(0.0, min(oracle.work_limit, oracle.budget))
    status = solver.solve(model)
    oracle.budget -= solver.response_proto.deterministic_time
    if status != cp_model.INFEASIBLE:
        return active
    named = set(solver.sufficient_assumptions_for_infeasibility())
    needed = {int(cut.mentees[mentee]) for mentee in forced if (~variables.stay[mentee]).index in named}
    locked = {demand.mentee for demand in demands.of(active) if demand.kind is DemandKind.LOCK}
    narrow = active & np.array([_spares(one, needed | locked) for one in demands.listed], np.bool_)
    return narrow if oracle.feasible(narrow) is False else active


def _spares(demand: Demand, needed: set[int]) -> bool:
    """Whether a demand stays: all but the wish to place a mentee that the proof does not name."""
    return demand.kind is not DemandKind.PLACED or demand.mentee in needed
