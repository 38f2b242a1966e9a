"""What a plan costs: added up in cents from the table of costs, said in euro."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.analysis.clusters import cluster_ids
from matcher.analysis.money_document import ClusterCost, CostLine, CountryCost, MoneyReport, PairCost
from matcher.analysis.view import PlanView
from matcher.analysis.wording import counted, listed, rounded
from matcher.costs import CostKind, CostTable
from matcher.costs.table import CENTS, KINDS, IntArray
from matcher.encoding.budget import cluster_cent_units, euro_words
from matcher.policy.money import Money
from matcher.problem import SCALE
from matcher.profiles import Strength

LABELS = {
    CostKind.TRAVEL: "Travel",
    CostKind.HOURS: "Mentors' hours",
    CostKind.LUMP_SUM: "Lump sums",
    CostKind.INCENTIVES: "Incentives",
    CostKind.SET_UP: "Setting up clusters",
}
_HOW = {
    CostKind.TRAVEL: "Each mentee's way by road to its mentor and back, for each meeting that is not online.",
    CostKind.HOURS: "Hours that mentors give for each mentee and for the cluster, at the hourly rate.",
    CostKind.LUMP_SUM: "A fixed sum for each school that takes part.",
    CostKind.INCENTIVES: "Rewards that are possible in the school's country.",
    CostKind.SET_UP: "Paid once for each cluster that is formed.",
}
_WHAT = {
    CostKind.TRAVEL: "travel",
    CostKind.HOURS: "the mentor's hours",
    CostKind.LUMP_SUM: "lump sum",
    CostKind.INCENTIVES: "incentives",
    CostKind.SET_UP: "setting up",
}


def money_of(view: PlanView) -> MoneyReport | None:
    """Add up what a plan costs; None where the policy counts no money.

    Parameters
    ----------
    view : PlanView

    Returns
    -------
    MoneyReport or None
        The totals by kind, by country and by cluster each add up to ``known``, to the cent.
    """
    costs, money = view.encoding.costs, view.encoding.policy.money
    if costs is None:
        return None
    pairs, hosts = view.placed_pairs, np.array(view.opened, dtype=np.int64)
    by_kind = _summed(costs.mentee_side, pairs) + _summed(costs.mentor_side, pairs)
    by_kind = by_kind + _summed(costs.cluster, hosts)
    known, unknown = int(by_kind.sum()), int((~costs.known[pairs]).sum())
    total = None if unknown else known
    units = cluster_cent_units(money, costs)
    budget = money.budget.total if money.budget.strength is not Strength.OFF else None
    return MoneyReport(
        total=_euro_or_none(total),
        known=_euro(known),
        unknown=unknown,
        supported=len(pairs),
        per_school=_each(total, len(pairs)),
        budget=budget,
        left=_left(budget, total),
        budget_words=_budget_words(view, money),
        points_per_100_euro=money.points_per_100_euro,
        points=rounded(known * units / SCALE),
        kinds=tuple(
            CostLine(key=kind, label=LABELS[kind], euro=_euro(cents), how=_HOW[kind])
            for kind, cents in zip(KINDS, by_kind.tolist(), strict=True)
            if cents
        ),
        countries=tuple(_countries(view, costs, money)),
        clusters=tuple(_clusters(view, costs)),
        pairs=tuple(_pairs(view, costs, units)),
        assumptions=tuple(_assumptions(view, costs)),
    )


def _summed(table: IntArray, at: IntArray) -> IntArray:
    total: IntArray = table[:, at].sum(axis=1)
    return total


def _euro(cents: int) -> float:
    return round(cents / CENTS, 2)


def _euro_or_none(cents: int | None) -> float | None:
    return None if cents is None else _euro(cents)


def _each(cents: int | None, schools: int) -> float | None:
    return None if cents is None or not schools else round(cents / CENTS / schools, 2)


def _left(budget: float | None, cents: int | None) -> float | None:
    return None if budget is None or cents is None else _euro(round(budget * CENTS) - cents)


def _budget_words(view: PlanView, money: Money) -> str:
    budget = money.budget
    if budget.strength is Strength.OFF:
        return ""
    ends = [] if budget.total is None else [f"{euro_words(round(budget.total * CENTS))} in all"]
    if budget.by_country:
        ends.append(f"limits in {counted(len(budget.by_country), 'country', 'countries')}")
    soft = budget.strength is Strength.SOFT
    force = f"each 100 euro more take {budget.price:g} points" if soft else "it must hold"
    broken = any(one.rule.startswith("row:budget:") for one in view.evaluation.violations)
    return f"The budget is {listed(ends)}; {force}. It is {'exceeded' if broken else 'kept'}."


def _countries(view: PlanView, costs: CostTable, money: Money) -> Iterator[CountryCost]:
    pairs, hosts = view.placed_pairs, np.array(view.opened, dtype=np.int64)
    mentee_in = np.array([view.mentees[mentee].country for mentee in view.placed], dtype=np.str_)
    host_in = np.array([school.country for school in view.mentors], dtype=np.str_)
    mentor_in = host_in[np.array([view.host_of[mentee] for mentee in view.placed], dtype=np.int64)]
    limits = money.budget.by_country if money.budget.strength is not Strength.OFF else {}
    stated = {school.country for school in (*view.mentees, *view.mentors)} | set(limits)
    for country in sorted(stated):
        own, led = mentee_in == country, mentor_in == country
        cents = _summed(costs.mentee_side, pairs[own]) + _summed(costs.mentor_side, pairs[led])
        cents = cents + _summed(costs.cluster, hosts[host_in[hosts] == country])
        unknown = int((~costs.known[pairs[own]]).sum())
        known = int(cents.sum())
        yield CountryCost(
            country=country,
            euro=_euro(known),
            lines={kind: _euro(one) for kind, one in zip(KINDS, cents.tolist(), strict=True) if one},
            supported=int(own.sum()),
            per_school=_each(None if unknown else known, int(own.sum())),
            unknown=unknown,
            budget=limits.get(country),
            left=_left(limits.get(country), None if unknown else known),
        )


def _clusters(view: PlanView, costs: CostTable) -> Iterator[ClusterCost]:
    pair, once, ids = costs.pair, costs.host, cluster_ids(view)
    for host in view.opened:
        at = [view.pair_at[mentee] for mentee in view.members[host]]
        whole = int(pair[at].sum()) + int(once[host])
        yield ClusterCost(
            cluster_id=ids[host],
            host_id=view.encoding.host_ids[host],
            euro=_euro(whole) if costs.known[at].all() else None,
            once=_euro(int(once[host])),
        )


def _pairs(view: PlanView, costs: CostTable, units: int) -> Iterator[PairCost]:
    pair = costs.pair
    for mentee, at in zip(view.placed, view.placed_pairs.tolist(), strict=True):
        cents = int(pair[at])
        yield PairCost(
            mentee_id=view.encoding.mentee_ids[mentee],
            euro=_euro(cents) if costs.known[at] else None,
            points=rounded(cents * units / SCALE),
            words=_pair_words(view, costs, mentee, at),
        )


def _pair_words(view: PlanView, costs: CostTable, mentee: int, at: int) -> str:
    by_kind = (costs.mentee_side[:, at] + costs.mentor_side[:, at]).tolist()
    parts = [
        f"{euro_words(cents)} {_WHAT[kind]}" for kind, cents in zip(KINDS, by_kind, strict=True) if cents
    ]
    total = euro_words(sum(by_kind))
    if not costs.known[at]:
        rest = f"; besides, {listed(parts)}" if parts else ""
        return f"What its travel costs is not known, as a distance is not{rest}."
    said = f"Costs {total} a year" + (f": {listed(parts)}" if len(parts) > 1 else "")
    if len(parts) == 1:
        said += (
            f", all of it {_WHAT[next(kind for kind, cents in zip(KINDS, by_kind, strict=True) if cents)]}"
        )
    if costs.assumed_km[at]:
        km = view.encoding.policy.money.rates_in(view.mentees[mentee].country).assumed_km
        said += f"; the distance is not known, {km:g} km are assumed"
    return f"{said}."


def _assumptions(view: PlanView, costs: CostTable) -> Iterator[str]:
    pairs = view.placed_pairs
    unknown, assumed = int((~costs.known[pairs]).sum()), int(costs.assumed_km[pairs].sum())
    silent = int(costs.assumed_mode[pairs].sum())
    if unknown:
        yield (
            f"The travel of {counted(unknown, 'mentee', 'mentees')} is not known, as a distance is not: the "
            "plan costs more than the sum shown."
        )
    if assumed:
        yield (
            f"For {counted(assumed, 'mentee', 'mentees')} the distance is not known; the one that the policy "
            "assumes stands in."
        )
    if silent:
        yield (
            f"For {counted(silent, 'mentee', 'mentees')} a school did not say how it works; its meetings are "
            "counted as face-to-face."
        )
