"""What would stand in the way if one mentee moved to another host, the rest of the plan unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.analysis.view import PlanView
from matcher.encoding import LinkTerm
from matcher.encoding.budget import budget_label, budget_of, euro_words
from matcher.models.wishes import not_accepted
from matcher.problem import Composition, Problem, Quota, QuotaKind, Row
from matcher.rules.registry import rule_entries
from matcher.solution.data import UNASSIGNED


class Obstacle(StrEnum):
    """What stands in the way of a move."""

    LOCKED = "locked"
    RIVAL = "rival"
    SEPARATE = "separate"
    FULL = "full"
    COUNT = "count"
    CLOSED = "closed"
    MINIMUM = "minimum"
    BUDGET = "budget"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One obstacle of one move, in words."""

    obstacle: Obstacle
    words: str


class MoveJudge:
    """Judge single moves of one plan against its hard rules.

    Parameters
    ----------
    view : PlanView
    """

    def __init__(self, view: PlanView) -> None:
        self._view = view
        self._problem: Problem = view.encoding.problem
        n_mentees = len(view.mentees)
        self._rivals: list[list[LinkTerm]] = [[] for _ in range(n_mentees)]
        self._partners: list[list[int]] = [[] for _ in range(n_mentees)]
        for link in view.encoding.apart:
            if link.price is None:
                self._rivals[link.first].append(link)
                self._rivals[link.second].append(link)
        for link in view.encoding.together:
            if link.price is None:
                self._partners[link.first].append(link.second)
                self._partners[link.second].append(link.first)
        self._locked = {int(mentee): int(host) for mentee, host in self._problem.locked}
        self._labels = {entry.key: entry.label for entry in rule_entries(view.encoding.policy)}
        self._unwanted = not_accepted(view.encoding)
        self._spent = [_spent(row, view) for row in self._problem.rows]
        self._quota_count = [_quota_count(quota, view) for quota in self._problem.quotas]

    def hindrances(self, mentee: int, host: int) -> tuple[Hindrance, ...]:
        """Say what keeps a mentee from an eligible host, most telling first.

        Parameters
        ----------
        mentee, host : int
            Positions of an eligible pair that the plan does not use.

        Returns
        -------
        tuple of Hindrance
            Empty when the single move breaks no hard rule.
        """
        found = [
            *self._wishes(mentee, host),
            *self._links(mentee, host),
            *self._load(mentee, host),
            *self._counts(mentee, host),
            *self._budgets(mentee, host),
            *self._left_behind(mentee),
        ]
        return tuple(found)

    def _wishes(self, mentee: int, host: int) -> list[Hindrance]:
        if (mentee, host) not in self._unwanted:
            return []
        return [Hindrance(Obstacle.UNWANTED, "one side named other schools only")]

    def _links(self, mentee: int, host: int) -> list[Hindrance]:
        view, found = self._view, []
        if mentee in self._locked:
            found.append(Hindrance(Obstacle.LOCKED, "it is locked to its mentor"))
        for link in self._rivals[mentee]:
            other = link.second if link.first == mentee else link.first
            if view.host_of[other] == host:
                kind = "rival" if link.key == "rivalry" else "school to be kept apart,"
                found.append(Hindrance(Obstacle.RIVAL, f"{kind} {_name(view, other)} is in that cluster"))
        for other in self._partners[mentee]:
            if view.host_of[other] != host:
                words = f"would separate it from {_name(view, other)}"
                if view.host_of[mentee] == UNASSIGNED:
                    words = f"it must share a cluster with {_name(view, other)}, which is not there"
                found.append(Hindrance(Obstacle.SEPARATE, words))
        return found

    def _load(self, mentee: int, host: int) -> list[Hindrance]:
        problem, view = self._problem, self._view
        load, most = view.evaluation.loads[host], int(problem.max_load[host])
        needed = int(problem.pair_demand[problem.pair_index[mentee, host]])
        if load + needed > most:
            left = most - load
            words = f"full ({load} of {most} places)"
            if left > 0:
                words = f"only {left} of {most} places left, {needed} needed"
            return [Hindrance(Obstacle.FULL, words)]
        least = int(problem.min_load[host])
        if load + needed < least:
            words = f"leads no cluster in this plan (it takes {least} places to lead one)"
            return [Hindrance(Obstacle.CLOSED, words)]
        return []

    def _counts(self, mentee: int, host: int) -> list[Hindrance]:
        problem = self._problem
        found = []
        for composition in problem.compositions:
            if composition.price is None and self._composition_bars(composition, mentee, host):
                label = self._labels[composition.key]
                found.append(Hindrance(Obstacle.COUNT, f"the rule “{label}” does not allow it there"))
        for quota, count in zip(problem.quotas, self._quota_count, strict=True):
            if quota.price is not None:
                continue
            after = count + self._quota_change(quota, mentee, host)
            words = f"the rule “{self._labels[quota.key]}”"
            if quota.at_most is not None and after > quota.at_most:
                found.append(Hindrance(Obstacle.COUNT, f"{words} allows no more"))
            elif quota.at_least is not None and after < quota.at_least:
                found.append(Hindrance(Obstacle.COUNT, f"{words} would fall short"))
        return found

    def _budgets(self, mentee: int, host: int) -> list[Hindrance]:
        """Budgets that must hold and that the move would exceed, with what it would cost more."""
        view, problem = self._view, self._problem
        own, at = view.host_of[mentee], problem.pair_index[mentee, host]
        found = []
        for row, spent in zip(problem.rows, self._spent, strict=True):
            if row.price is not None or row.at_most is None or budget_of(row.key) is None:
                continue
            more = int(row.pair_weight[at]) + (0 if view.members[host] else int(row.open_weight[host]))
            if own != UNASSIGNED:
                more -= int(row.pair_weight[view.pair_at[mentee]])
                more -= int(row.open_weight[own]) if len(view.members[own]) == 1 else 0
            if spent + more > row.at_most:
                left, label = euro_words(row.at_most - spent), budget_label(row.key)
                words = f"it would cost {euro_words(more)} more, and “{label}” has {left} left"
                found.append(Hindrance(Obstacle.BUDGET, words))
        return found

    def _composition_bars(self, rule: Composition, mentee: int, host: int) -> bool:
        if not rule.hosts[host]:
            return False
        count = sum(bool(rule.members[other]) for other in (*self._view.members[host], mentee))
        over = rule.at_most is not None and bool(rule.members[mentee]) and count > rule.at_most
        return over or (rule.at_least is not None and count < rule.at_least)

    def _quota_change(self, quota: Quota, mentee: int, host: int) -> int:
        """By how much the move changes what the quota counts."""
        own, members = self._view.host_of[mentee], self._view.members
        if quota.kind is QuotaKind.CLUSTERS:
            gained = bool(quota.hosts[host]) and not members[host]
            lost = own != UNASSIGNED and bool(quota.hosts[own]) and len(members[own]) == 1
        else:
            gained = bool(quota.members[mentee] and quota.hosts[host])
            lost = own != UNASSIGNED and bool(quota.members[mentee] and quota.hosts[own])
        return gained - lost

    def _left_behind(self, mentee: int) -> list[Hindrance]:
        problem, view = self._problem, self._view
        own = view.host_of[mentee]
        if own == UNASSIGNED:
            return []
        left = view.evaluation.loads[own] - int(problem.pair_demand[view.pair_at[mentee]])
        if left < problem.min_load[own] and (left > 0 or problem.must_open[own]):
            words = "its present cluster would fall below its smallest size"
            return [Hindrance(Obstacle.MINIMUM, words)]
        rest = [other for other in view.members[own] if other != mentee]
        for rule in problem.compositions:
            if rule.price is not None or not rule.hosts[own] or rule.at_least is None or not rest:
                continue
            if sum(bool(rule.members[other]) for other in rest) < rule.at_least:
                label = self._labels[rule.key]
                return [Hindrance(Obstacle.COUNT, f"its present cluster would break the rule “{label}”")]
        return []


def _quota_count(quota: Quota, view: PlanView) -> int:
    if quota.kind is QuotaKind.CLUSTERS:
        return sum(bool(members) and bool(quota.hosts[host]) for host, members in enumerate(view.members))
    hosts = np.array(view.host_of, dtype=np.int64)
    counted_here = quota.members & (hosts != UNASSIGNED)
    return int(sum(bool(quota.hosts[host]) for host in hosts[counted_here]))


def _spent(row: Row, view: PlanView) -> int:
    return int(row.pair_weight[view.placed_pairs].sum() + row.open_weight[list(view.opened)].sum())


def _name(view: PlanView, mentee: int) -> str:
    return view.mentees[mentee].name
