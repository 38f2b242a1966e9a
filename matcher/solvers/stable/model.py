"""The exact model: the pair model, with one Boolean for each pair that could block a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.cp_sat.constraints import add_constraints
from matcher.solvers.cp_sat.objective import set_objective
from matcher.solvers.cp_sat.variables import Variables, create_variables
from matcher.solvers.stable.blocking import blocking_pairs
from matcher.solvers.stable.preferences import Preferences

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class StableModel:
    """A model and the variables to read a plan off.

    Attributes
    ----------
    model : CpModel
    variables : Variables
        Of the pair model.
    blocks : list of literal, length n_pairs
        ``b_ij``: true where the pair blocks the plan; it may be true where it does not.
    """

    model: cp_model.CpModel
    variables: Variables
    blocks: list[cp_model.IntVar]

    def plan(self, problem: Problem, chosen: tuple[bool, ...]) -> NDArray[np.int64]:
        """Return the host of each mentee, from the values of the pairs' literals."""
        host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
        picked = np.array(chosen, dtype=np.bool_)
        host_of[problem.pair_mentee[picked]] = problem.pair_host[picked]
        return host_of


def count_model(problem: Problem, preferences: Preferences, start: Solution | None) -> StableModel:
    """Build the model that maximises ``- sum b_ij``."""
    built = _model(problem, preferences)
    built.model.maximize(-sum(built.blocks))
    _hint(built, problem, preferences, start)
    return built


def quality_model(
    problem: Problem, preferences: Preferences, most: int, start: Solution | None
) -> StableModel:
    """Build the model that maximises the problem's objective with at most `most` blocking pairs."""
    built = _model(problem, preferences)
    built.model.add(sum(built.blocks) <= most)
    set_objective(built.model, problem, built.variables)
    _hint(built, problem, preferences, start)
    return built


def _model(problem: Problem, preferences: Preferences) -> StableModel:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    model = cp_model.CpModel()
    variables = create_variables(model, problem)
    add_constraints(model, problem, variables)
    pairs = zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True)
    blocks = [model.new_bool_var(f"b_{i}_{j}") for i, j in pairs]
    _may_block(model, problem, preferences, variables, blocks)
    return StableModel(model, variables, blocks)


def _may_block(
    model: cp_model.CpModel,
    problem: Problem,
    preferences: Preferences,
    variables: Variables,
    blocks: list[cp_model.IntVar],
) -> None:
    """``T (b_ij + sum_{h as good as j for i} x_ih) + sum_{k as good as i for j, k ≠ i} d_kj x_kj >= T``.

    ``T = c_j - d_ij + 1`` is the least load of mentees that the host likes as well that leaves no room for
    i. Where i has nothing as good as j (the sum over h is 0) and that load is not reached, the pair blocks
    and b must be 1. Where either holds, the row holds with b = 0, as no term is negative. A row says the
    same of b as the two conditions do, for 0-1 values (Kwanashie and Manlove, *An integer programming
    approach to the hospitals/residents problem with ties*, 2014, with b added and demands for places).
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415

    of_mentee: list[list[int]] = [[] for _ in range(problem.n_mentees)]
    for at, mentee in enumerate(problem.pair_mentee.tolist()):
        of_mentee[mentee].append(at)
    mine, theirs = preferences.mentee_rank.tolist(), preferences.host_rank.tolist()
    for at, block in enumerate(blocks):
        host, mentee = int(problem.pair_host[at]), int(problem.pair_mentee[at])
        full = int(problem.max_load[host]) - int(problem.pair_demand[at]) + 1
        if full <= 0:  # there is no room for it even in the empty cluster
            model.add(block == 0)
            continue
        as_good = [other for other in of_mentee[mentee] if mine[other] <= mine[at]]
        ahead = [o for o in variables.pairs_of[host] if o != at and theirs[o] <= theirs[at]]
        literals = [block, *(variables.choose[o] for o in (*as_good, *ahead))]
        weights = [full] * (1 + len(as_good)) + [int(problem.pair_demand[o]) for o in ahead]
        model.add(cp_model.LinearExpr.weighted_sum(literals, weights) >= full)


def _hint(built: StableModel, problem: Problem, preferences: Preferences, start: Solution | None) -> None:
    if start is None:
        return
    model, variables, host_of = built.model, built.variables, start.host_of
    for literal, value in zip(
        variables.choose, (host_of[problem.pair_mentee] == problem.pair_host).tolist(), strict=True
    ):
        model.add_hint(literal, value)
    for mentee, literal in enumerate(variables.stay):
        model.add_hint(literal, int(host_of[mentee]) == UNASSIGNED)
    for host, literal in enumerate(variables.lead):
        model.add_hint(literal, bool((host_of == host).any()))
    for item in variables.together:
        model.add_hint(item.literal, all(int(host_of[i]) == item.host for i in item.mentees))
    blocking = set(blocking_pairs(problem, preferences, start).tolist())
    for at, literal in enumerate(built.blocks):
        model.add_hint(literal, at in blocking)
