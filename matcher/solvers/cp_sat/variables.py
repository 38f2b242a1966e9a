"""Variables of the pair model: who goes where, who stays, which host leads, who is together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.problem import Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Together:
    """Two mentees at one host, ``literal = x_first * x_second`` as far as the objective cares.

    Attributes
    ----------
    mentees : tuple of int
    host : int
    value : int
        Cohesion value, objective units; never 0.
    """

    mentees: tuple[int, int]
    host: int
    value: int
    literal: cp_model.IntVar


@dataclass(frozen=True, slots=True)
class Variables:
    """Decision variables.

    Attributes
    ----------
    choose : list of literal, length n_pairs
        ``x_ij``: the eligible pair is chosen.
    stay : list of literal, length n_mentees
        ``u_i``: the mentee is left unassigned.
    lead : list of literal, length n_hosts
        ``o_j``: the host's cluster is not empty.
    together : list of Together
    pairs_of : list of list of int, length n_hosts
        Positions of the host's pairs in the pair arrays, ascending by mentee.
    """

    choose: list[cp_model.IntVar]
    stay: list[cp_model.IntVar]
    lead: list[cp_model.IntVar]
    together: list[Together]
    pairs_of: list[list[int]]


def create_variables(model: cp_model.CpModel, problem: Problem) -> Variables:
    """Add the variables to `model`, in a fixed order."""
    pairs = list(zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True))
    choose = [model.new_bool_var(f"x_{i}_{j}") for i, j in pairs]
    stay = [model.new_bool_var(f"stay_{i}") for i in range(problem.n_mentees)]
    lead = [model.new_bool_var(f"lead_{j}") for j in range(problem.n_hosts)]
    pairs_of = [np.flatnonzero(problem.pair_host == j).tolist() for j in range(problem.n_hosts)]
    return Variables(choose, stay, lead, _together(model, problem), pairs_of)


def _together(model: cp_model.CpModel, problem: Problem) -> list[Together]:
    hosts_of: list[list[int]] = [[] for _ in range(problem.n_mentees)]
    for i, j in zip(problem.pair_mentee.tolist(), problem.pair_host.tolist(), strict=True):
        hosts_of[i].append(j)
    apart = {(i, k) for i, k in problem.cannot_link.tolist()}
    found: list[Together] = []
    for (i, k), value in zip(problem.cohesion_pair.tolist(), problem.cohesion_value.tolist(), strict=True):
        if value == 0 or (i, k) in apart:
            continue
        for j in sorted(set(hosts_of[i]) & set(hosts_of[k])):
            found.append(Together((i, k), j, value, model.new_bool_var(f"y_{i}_{k}_{j}")))
    return found
