"""Hard rules of the pair model, one function a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.problem import Problem
from matcher.solvers.cp_sat.counts import count_members, count_quota, host_load, weigh_row
from matcher.solvers.cp_sat.variables import Variables

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def add_constraints(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """Add every hard rule of `problem` to `model`."""
    _one_host(model, problem, variables)
    _loads(model, problem, variables)
    _cannot_link(model, problem, variables)
    _must_link(model, problem, variables)
    _locked(model, problem, variables)
    _cohesion(model, problem, variables)
    _compositions(model, problem, variables)
    _quotas(model, problem, variables)
    _rows(model, problem, variables)


def _one_host(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``sum_j x_ij + u_i = 1``; ``u_i = 0`` for a mentee that must be placed."""
    literals: list[list[cp_model.IntVar]] = [[stay] for stay in variables.stay]
    for at, mentee in enumerate(problem.pair_mentee.tolist()):
        literals[mentee].append(variables.choose[at])
    for mentee, options in enumerate(literals):
        model.add_exactly_one(options)
        if not problem.may_stay[mentee]:
            model.add(variables.stay[mentee] == 0)


def _loads(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``L_j o_j <= load_j <= U_j o_j``, ``o_j <= sum_i x_ij``; ``L_j <= load_j`` if it must open."""
    for host, pairs in enumerate(variables.pairs_of):
        lead, low = variables.lead[host], int(problem.min_load[host])
        load = host_load(problem, variables, host)
        high = min(int(problem.max_load[host]), int(problem.pair_demand[pairs].sum()))
        model.add_bool_or([*(variables.choose[at] for at in pairs), ~lead])
        for at in pairs:
            model.add_implication(variables.choose[at], lead)
        model.add(load <= high * lead)
        model.add(load >= (low if problem.must_open[host] else low * lead))


def _cannot_link(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``x_ij + x_kj <= 1``, gathered into ``sum over a clique of rivals <= 1`` for each host."""
    apart: list[set[int]] = [set() for _ in range(problem.n_mentees)]
    for i, k in problem.cannot_link.tolist():
        apart[i].add(k)
        apart[k].add(i)
    for pairs in variables.pairs_of:
        literal = {int(problem.pair_mentee[at]): variables.choose[at] for at in pairs}
        for clique in clique_cover({i: apart[i] & literal.keys() for i in literal}):
            model.add_at_most_one([literal[i] for i in clique])


def clique_cover(neighbours: dict[int, set[int]]) -> list[list[int]]:
    """Cliques that cover every edge, found greedily; a clique says more than its edges one by one.

    Examples
    --------
    >>> clique_cover({0: {1, 2}, 1: {0, 2}, 2: {0, 1, 3}, 3: {2}})
    [[0, 1, 2], [2, 3]]
    """
    covered: set[tuple[int, int]] = set()
    cliques: list[list[int]] = []
    for i in sorted(neighbours):
        for k in sorted(neighbours[i]):
            if k < i or (i, k) in covered:
                continue
            clique, common = [i, k], neighbours[i] & neighbours[k]
            while common:
                chosen = min(common)
                clique.append(chosen)
                common = common & neighbours[chosen]
            clique.sort()
            covered.update((a, b) for at, a in enumerate(clique) for b in clique[at + 1 :])
            cliques.append(clique)
    return cliques


def _must_link(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``x_ij = x_kj`` at every host, 0 where only one of the two is eligible."""
    for i, k in problem.must_link.tolist():
        for host in range(problem.n_hosts):
            first, second = problem.pair_index.get((i, host)), problem.pair_index.get((k, host))
            there = [variables.choose[at] for at in (first, second) if at is not None]
            if len(there) == 2:
                model.add(there[0] == there[1])
            elif there:
                model.add(there[0] == 0)


def _locked(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``x_ij = 1``; impossible where the pair is not eligible."""
    for pair in problem.locked.tolist():
        at = problem.pair_index.get((pair[0], pair[1]))
        if at is None:
            model.add_bool_or([])  # an empty clause: infeasible, as the problem's docstring says
        else:
            model.add(variables.choose[at] == 1)


def _cohesion(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``y <= x_i``, ``y <= x_k`` where being together pays; ``y >= x_i + x_k - 1`` where it costs.

    Where it pays also ``sum_k y_ikj <= (largest cluster - 1) x_ij``: implied for whole values, but it
    keeps the linear relaxation from being together with everybody at once (Adams and Sherali 1986).
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    partners: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for item in variables.together:
        ends = [variables.choose[problem.pair_index[i, item.host]] for i in item.mentees]
        if item.value < 0:
            model.add_bool_or([~ends[0], ~ends[1], item.literal])
            continue
        for mentee, end in zip(item.mentees, ends, strict=True):
            model.add_implication(item.literal, end)
            partners.setdefault((mentee, item.host), []).append(item.literal)
    for (mentee, host), literals in partners.items():
        others = largest_cluster(problem, host, variables) - 1
        if len(literals) > others:
            model.add(
                cp_model.LinearExpr.sum(literals)
                <= others * variables.choose[problem.pair_index[mentee, host]]
            )


def largest_cluster(problem: Problem, host: int, variables: Variables) -> int:
    """How many schools the host can take at most: its eligible mentees, least demand first."""
    demands = np.sort(problem.pair_demand[variables.pairs_of[host]])
    return int((np.cumsum(demands) <= problem.max_load[host]).sum())


def _compositions(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``at_least o_j <= members of the cluster <= at_most``."""
    for rule in problem.compositions:
        if rule.price is not None:
            continue
        for host in np.flatnonzero(rule.hosts).tolist():
            count = count_members(problem, variables, rule.members, host)
            if rule.at_least is not None:
                model.add(count >= rule.at_least * variables.lead[host])
            if rule.at_most is not None:
                model.add(count <= rule.at_most)


def _quotas(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``at_least <= count <= at_most`` across clusters."""
    for quota in problem.quotas:
        if quota.price is not None:
            continue
        count = count_quota(problem, variables, quota)
        if quota.at_least is not None:
            model.add(count >= quota.at_least)
        if quota.at_most is not None:
            model.add(count <= quota.at_most)


def _rows(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """``at_least <= weights of chosen pairs and open hosts <= at_most``."""
    for row in problem.rows:
        if row.price is not None:
            continue
        total = weigh_row(variables, row)
        if row.at_least is not None:
            model.add(total >= row.at_least)
        if row.at_most is not None:
            model.add(total <= row.at_most)
