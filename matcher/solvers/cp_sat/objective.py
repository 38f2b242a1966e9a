"""Objective of the pair model: every term of the problem's docstring, one function a term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from matcher.problem import Problem
from matcher.problem.validation import row_span
from matcher.solvers.cp_sat.counts import count_members, count_quota, host_load, weigh_row
from matcher.solvers.cp_sat.variables import Variables

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Term = tuple["cp_model.IntVar", int]


def set_objective(model: cp_model.CpModel, problem: Problem, variables: Variables) -> cp_model.LinearExprT:
    """Maximise pair values and cohesion, less every price; returns what is maximised."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    terms = [
        *zip(variables.choose, problem.pair_value.tolist(), strict=True),
        *((literal, -cost) for literal, cost in _costs(problem, variables)),
        *((item.literal, item.value) for item in variables.together),
        *_compositions(model, problem, variables),
        *_quotas(model, problem, variables),
        *_rows(model, problem, variables),
        *_load_target(model, problem, variables),
    ]
    total = cp_model.LinearExpr.weighted_sum([term[0] for term in terms], [term[1] for term in terms])
    whole = total + problem.constant
    model.maximize(whole)
    return whole


def _costs(problem: Problem, variables: Variables) -> Iterator[Term]:
    yield from zip(variables.stay, problem.unassigned_cost.tolist(), strict=True)
    yield from zip(variables.lead, problem.open_cost.tolist(), strict=True)


def _priced_miss(
    model: cp_model.CpModel,
    count: cp_model.LinearExpr,
    *,
    least: cp_model.LinearExpr | int | None = None,
    most: int | None = None,
    price: int,
    largest: int,
) -> Iterator[Term]:
    """``short >= least - count``, ``over >= count - most``; both are as small as they can be."""
    if price == 0:
        return
    if least is not None:
        short = model.new_int_var(0, largest, "short")
        model.add(short >= least - count)
        yield short, -price
    if most is not None:
        over = model.new_int_var(0, largest, "over")
        model.add(over >= count - most)
        yield over, -price


def _compositions(model: cp_model.CpModel, problem: Problem, variables: Variables) -> Iterator[Term]:
    for rule in problem.compositions:
        if rule.price is None:
            continue
        largest = problem.n_mentees + (rule.at_least or 0)
        for host in np.flatnonzero(rule.hosts).tolist():
            count = count_members(problem, variables, rule.members, host)
            least = None if rule.at_least is None else rule.at_least * variables.lead[host]
            yield from _priced_miss(
                model, count, least=least, most=rule.at_most, price=rule.price, largest=largest
            )


def _quotas(model: cp_model.CpModel, problem: Problem, variables: Variables) -> Iterator[Term]:
    for quota in problem.quotas:
        if quota.price is None:
            continue
        count = count_quota(problem, variables, quota)
        largest = problem.n_mentees + problem.n_hosts + (quota.at_least or 0)
        yield from _priced_miss(
            model, count, least=quota.at_least, most=quota.at_most, price=quota.price, largest=largest
        )


def _rows(model: cp_model.CpModel, problem: Problem, variables: Variables) -> Iterator[Term]:
    for row in problem.rows:
        if row.price is None:
            continue
        total = weigh_row(variables, row)
        yield from _priced_miss(
            model, total, least=row.at_least, most=row.at_most, price=row.price, largest=row_span(row)
        )


def _load_target(model: cp_model.CpModel, problem: Problem, variables: Variables) -> Iterator[Term]:
    """Price loads outside the target; a closed host costs nothing unless it must open."""
    target = problem.load_target
    if target is None:
        return
    for host in range(problem.n_hosts):
        load = host_load(problem, variables, host)
        low, high = int(target.low[host]), int(target.high[host])
        least = low if problem.must_open[host] else low * variables.lead[host]
        largest = low + int(problem.pair_demand[variables.pairs_of[host]].sum())
        yield from _priced_miss(model, load, least=least, price=target.under_price, largest=largest)
        yield from _priced_miss(model, load, most=high, price=target.over_price, largest=largest)
