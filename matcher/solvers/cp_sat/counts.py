"""Sums of the pair model that both rules and prices speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Problem, Quota, QuotaKind, Row
from matcher.solvers.cp_sat.variables import Variables

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def host_load(problem: Problem, variables: Variables, host: int) -> cp_model.LinearExpr:
    """Load of a host: places that its cluster takes."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    pairs = variables.pairs_of[host]
    literals = [variables.choose[at] for at in pairs]
    return cp_model.LinearExpr.weighted_sum(literals, problem.pair_demand[pairs].tolist())


def count_members(
    problem: Problem, variables: Variables, members: NDArray[np.bool_], host: int
) -> cp_model.LinearExpr:
    """Count the host's mentees with a property (`members`, shape (n_mentees,))."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    pairs = variables.pairs_of[host]
    chosen = [variables.choose[at] for at in pairs if members[problem.pair_mentee[at]]]
    return cp_model.LinearExpr.sum(chosen)


def count_quota(problem: Problem, variables: Variables, quota: Quota) -> cp_model.LinearExpr:
    """Count what a quota counts: mentees placed at its hosts, or its hosts that lead a cluster."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    hosts = np.flatnonzero(quota.hosts).tolist()
    if quota.kind is QuotaKind.CLUSTERS:
        return cp_model.LinearExpr.sum([variables.lead[host] for host in hosts])
    return cp_model.LinearExpr.sum([count_members(problem, variables, quota.members, host) for host in hosts])


def weigh_row(variables: Variables, row: Row) -> cp_model.LinearExpr:
    """Add up what a row across clusters weighs: chosen pairs and open hosts."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    literals = [*variables.choose, *variables.lead]
    weights = [*row.pair_weight.tolist(), *row.open_weight.tolist()]
    counted = [at for at, weight in enumerate(weights) if weight]
    return cp_model.LinearExpr.weighted_sum([literals[at] for at in counted], [weights[at] for at in counted])
