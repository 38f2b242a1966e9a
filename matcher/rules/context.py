"""What every pair rule looks at: the schools, their features and the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.features.rows import row_positions
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.policy.rules import PairRule
from matcher.profiles import Intake, LinkKind, School, Strength
from matcher.rules.declared import Declared, declared_links

BARRING_LINKS = (LinkKind.RIVALRY, LinkKind.FORBID)
"""Declared links that bar a mentee–mentor pair."""


@dataclass(frozen=True, eq=False)
class RuleContext:
    """One intake under one policy, with what the rules share.

    Attributes
    ----------
    intake : Intake
    features : FeatureTable
        Has a row for every school in `mentees` and `mentors`.
    policy : Policy
    mentees, mentors : tuple of School
        In index order.
    """

    intake: Intake
    features: FeatureTable
    policy: Policy
    mentees: tuple[School, ...]
    mentors: tuple[School, ...]

    @classmethod
    def of(cls, intake: Intake, features: FeatureTable, policy: Policy) -> RuleContext:
        """Context of a whole intake."""
        return cls(intake, features, policy, intake.mentees, intake.mentors)

    @cached_property
    def mentee_rows(self) -> NDArray[np.int64]:
        """Feature row of each mentee, shape (n_mentees,)."""
        return row_positions(self.features, [school.school_id for school in self.mentees])

    @cached_property
    def mentor_rows(self) -> NDArray[np.int64]:
        """Feature row of each host, shape (n_hosts,)."""
        return row_positions(self.features, [school.school_id for school in self.mentors])

    @cached_property
    def mentee_at(self) -> dict[str, int]:
        """Position of each mentee by id."""
        return {school.school_id: at for at, school in enumerate(self.mentees)}

    @cached_property
    def host_at(self) -> dict[str, int]:
        """Position of each host by id."""
        return {school.school_id: at for at, school in enumerate(self.mentors)}

    @cached_property
    def barring_links(self) -> dict[tuple[int, int], tuple[Declared, ...]]:
        """Rivalries and forbidden pairs in force, by (mentee, host)."""
        found: dict[tuple[int, int], list[Declared]] = {}
        for kind in BARRING_LINKS:
            for one in declared_links(self.intake, self.policy, kind):
                pair = self.pair_of(one.link.school_a, one.link.school_b)
                if pair is not None:
                    found.setdefault(pair, []).append(one)
        return {pair: tuple(links) for pair, links in sorted(found.items())}

    def pair_of(self, one: str, other: str) -> tuple[int, int] | None:
        """(mentee, host) of two ids given in either order; None if they are not one of each."""
        for mentee, host in ((one, other), (other, one)):
            if mentee in self.mentee_at and host in self.host_at:
                return self.mentee_at[mentee], self.host_at[host]
        return None

    def single(self, mentee: int, host: int) -> RuleContext:
        """Context of one pair alone, both at position 0.

        Judging it there costs the same however large the intake is.
        """
        rows = np.array([self.mentee_rows[mentee], self.mentor_rows[host]])
        table = FeatureTable(
            tuple(self.features.school_ids[row] for row in rows),
            self.features.columns,
            self.features.values[rows],
            self.features.missing[rows],
        )
        return replace(self, features=table, mentees=(self.mentees[mentee],), mentors=(self.mentors[host],))


_latest: tuple[RuleContext, ...] = ()


def context_of(intake: Intake, features: FeatureTable, policy: Policy) -> RuleContext:
    """Context of an intake; the latest one is kept, since explanations ask for it pair by pair.

    All three are immutable, so that keeping it changes nothing but the time taken.
    """
    global _latest  # noqa: PLW0603 - a memo of one entry, compared by identity
    for kept in _latest:
        if kept.intake is intake and kept.features is features and kept.policy is policy:
            return kept
    context = RuleContext.of(intake, features, policy)
    _latest = (context,)
    return context


def pair_at(mentee: int, host: int) -> PairList:
    """Return a list of one pair."""
    return PairList(np.array([mentee], np.int64), np.array([host], np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What a rule finds on a list of pairs, before the policy says what follows from it.

    Attributes
    ----------
    broken : ndarray of bool, shape (n_pairs,)
        Pairs that are known to break the rule.
    unknown : ndarray of bool, shape (n_pairs,)
        Pairs that cannot be judged because data is missing; never broken as well.
    """

    broken: NDArray[np.bool_]
    unknown: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class PairRuleSpec:
    """One rule about a mentee and a mentor.

    Attributes
    ----------
    key : str
        Name of the rule in ``policy.rules``.
    label : str
        Name of the rule in reports.
    judge : callable
        ``judge(context, pairs) -> Verdict``; vectorised, without side effects.
    breach : callable
        ``breach(context, mentee, host) -> str``: the values of a pair that breaks the rule, without
        the label and the full stop.
    missing : callable
        ``missing(context, mentee, host) -> str``: what is not known about a pair that cannot be judged.
    statement : callable
        ``statement(policy) -> str``: the rule with its parameters, without the full stop.
    excess : callable or None
        ``excess(context, pairs) -> array``: by how much each pair exceeds the rule's limit, NaN where that is
        unknown; None for a rule without a limit that could be widened.
    """

    key: str
    label: str
    judge: Callable[[RuleContext, PairList], Verdict]
    breach: Callable[[RuleContext, int, int], str]
    missing: Callable[[RuleContext, int, int], str]
    statement: Callable[[Policy], str]
    excess: Callable[[RuleContext, PairList], NDArray[np.float64]] | None = None

    def settings(self, policy: Policy) -> PairRule:
        """Return the rule's part of the policy."""
        rule = getattr(policy.rules, self.key)
        if not isinstance(rule, PairRule):
            raise TypeError(f"policy.rules.{self.key} is not a pair rule")
        return rule


@dataclass(frozen=True, slots=True, eq=False)
class Force:
    """How binding a pair rule is for each mentee (the mentee's country decides).

    Attributes
    ----------
    hard, off : ndarray of bool, shape (n_mentees,)
    price : ndarray of float64, shape (n_mentees,)
        Points a breach costs; 0 where the rule is hard or off.
    """

    hard: NDArray[np.bool_]
    off: NDArray[np.bool_]
    price: NDArray[np.float64]


def strength_for(rule: PairRule, country: str) -> tuple[Strength, float]:
    """Strength and price (points) of a pair rule for the mentees of a country."""
    override = rule.by_country.get(country)
    if override is None:
        return rule.strength, rule.price
    strength = rule.strength if override.strength is None else override.strength
    return strength, rule.price if override.price is None else override.price


def force_of(rule: PairRule, mentees: tuple[School, ...]) -> Force:
    """Strength and price of a pair rule for each mentee."""
    by_country = {c: strength_for(rule, c) for c in sorted({school.country for school in mentees})}
    settings = [by_country[school.country] for school in mentees]
    return Force(
        hard=np.array([strength is Strength.HARD for strength, _ in settings], dtype=np.bool_),
        off=np.array([strength is Strength.OFF for strength, _ in settings], dtype=np.bool_),
        price=np.array([price if s is Strength.SOFT else 0.0 for s, price in settings], dtype=np.float64),
    )


def is_off(rule: PairRule) -> bool:
    """Whether the rule is off for every country."""
    stated = (rule.strength, *(override.strength for override in rule.by_country.values()))
    return all(strength in (None, Strength.OFF) for strength in stated)
