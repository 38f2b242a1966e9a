"""A plan to start from: deferred acceptance, repaired where it breaks a rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.cp_sat import CpSatSolver
from matcher.solvers.priorities import Priority, only_counting
from matcher.solvers.stable.acceptance import deferred_acceptance
from matcher.solvers.stable.preferences import Preferences, Side, break_ties

START_WORK = 2.0
"""Work units that the repair may take, at most."""


def starting_plans(
    problem: Problem, preferences: Preferences, settings: SolveSettings
) -> tuple[tuple[Solution, ...], float]:
    """Find plans that keep every hard rule and have few blocking pairs, soon.

    Both deferred acceptances, ties by value, are taken as they are where they keep every rule. Where they
    do not, the plan is sought that has as many of the mentees' pairs as possible.

    Parameters
    ----------
    problem : Problem
    preferences : Preferences
    settings : SolveSettings

    Returns
    -------
    plans : tuple of Solution
        Feasible ones only; maybe none.
    work : float
        Work units used.
    """
    accepted: list[Solution] = []
    if (problem.pair_demand == 1).all():
        strict = break_ties(problem, preferences, [-problem.pair_value], [-problem.pair_value])
        accepted = [deferred_acceptance(problem, strict, side) for side in Side]
    sound = tuple(plan for plan in accepted if evaluate(problem, plan).is_feasible)
    if sound:
        return sound, 0.0
    wanted = accepted[0] if accepted else Solution(np.full(problem.n_mentees, UNASSIGNED, np.int64))
    kept = (wanted.host_of[problem.pair_mentee] == problem.pair_host).astype(np.int64)
    agreeing = only_counting(problem, Priority("accepted", kept, np.zeros(problem.n_hosts, np.int64)))
    limit = settings.work_limit
    few = replace(
        settings, work_limit=START_WORK if limit is None else min(START_WORK, limit), workers=1, stop=None
    )
    found = CpSatSolver().solve(agreeing, few)
    return (() if found.host_of is None else (Solution(found.host_of),)), found.work
