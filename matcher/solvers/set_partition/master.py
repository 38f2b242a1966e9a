"""The integer master: choose one column a host so that each unit is in one, or stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.problem import Problem, Quota, QuotaKind
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.set_partition.columns import Columns, closed_value
from matcher.solvers.set_partition.units import IntArray, Units

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Master:
    """Model over some columns; ``pick[c]`` says whether column c is chosen."""

    model: cp_model.CpModel
    pick: list[cp_model.IntVar]


def build_master(problem: Problem, units: Units, columns: Columns) -> Master:
    """Build the set-partitioning model, with the rows across clusters and every price."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    model = cp_model.CpModel()
    pick = [model.new_bool_var("") for _ in range(len(columns))]
    terms = list(zip(pick, columns.value.tolist(), strict=True))
    for unit in range(units.count):
        options = [pick[at] for at in np.flatnonzero(columns.members[:, unit]).tolist()]
        if units.may_stay[unit]:
            stay = model.new_bool_var("")
            options.append(stay)
            terms.append((stay, -int(units.stay_cost[unit])))
        model.add_exactly_one(options)
    for host in range(problem.n_hosts):
        options = [pick[at] for at in np.flatnonzero(columns.host == host).tolist()]
        closed = closed_value(problem, host)
        if closed is not None:
            empty = model.new_bool_var("")
            options.append(empty)
            terms.append((empty, closed))
        model.add_exactly_one(options)
    for quota in problem.quotas:
        terms += _quota(model, units, columns, pick, quota)
    total = cp_model.LinearExpr.weighted_sum([term[0] for term in terms], [term[1] for term in terms])
    model.maximize(total + problem.constant)
    return Master(model, pick)


def _quota(
    model: cp_model.CpModel, units: Units, columns: Columns, pick: list[cp_model.IntVar], quota: Quota
) -> list[tuple[cp_model.IntVar, int]]:
    """``at_least <= count <= at_most``, hard, or with what is short and over priced."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    weight = quota.hosts[columns.host].astype(np.int64)
    if quota.kind is QuotaKind.MENTEES:
        weight = weight * (columns.members.astype(np.int64) @ (units.group @ quota.members.astype(np.int64)))
    count = cp_model.LinearExpr.weighted_sum(pick, weight.tolist())
    if quota.price is None:
        if quota.at_least is not None:
            model.add(count >= quota.at_least)
        if quota.at_most is not None:
            model.add(count <= quota.at_most)
        return []
    largest = units.group.size + (quota.at_least or 0) + len(quota.hosts)
    miss = model.new_int_var(0, largest, "")
    if quota.at_least is not None:
        model.add(miss >= quota.at_least - count)
    if quota.at_most is not None:
        model.add(miss >= count - quota.at_most)
    return [(miss, -quota.price)]


def plan_of(problem: Problem, units: Units, columns: Columns) -> IntArray:
    """Host of each mentee under the chosen columns."""
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    for host, members in zip(columns.host.tolist(), columns.members, strict=True):
        host_of[units.group[members].any(axis=0)] = host
    return host_of


def columns_of(units: Units, columns: Columns, plan: Solution) -> list[int]:
    """Positions of the columns that a plan consists of; those that are not listed are left out."""
    if not len(columns):
        return []
    hosts = plan.host_of[units.group.argmax(axis=1)]
    wanted = hosts[None, :] == columns.host[:, None]
    return np.flatnonzero((columns.members == wanted).all(axis=1)).tolist()
