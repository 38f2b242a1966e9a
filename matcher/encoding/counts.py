"""Compositions and quotas: rules that count schools, as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.units import price_units
from matcher.policy.rules import CompositionRule, CountRule, Opening, QuotaCounts, QuotaRule
from matcher.problem import Composition, Quota, QuotaKind
from matcher.profiles import Intake, School, Strength
from matcher.rules.members import select


def encode_compositions(intake: Intake, rules: tuple[CompositionRule, ...]) -> tuple[Composition, ...]:
    """Turn the composition rules that are not off into arrays, keyed ``composition[0]`` and so on."""
    return tuple(
        Composition(
            key=f"composition[{at}]",
            members=select(intake.mentees, rule.members),
            hosts=select(intake.mentors, rule.mentors),
            at_least=rule.at_least,
            at_most=rule.at_most,
            price=_price(rule),
        )
        for at, rule in enumerate(rules)
        if rule.strength is not Strength.OFF
    )


def encode_quotas(intake: Intake, rules: tuple[QuotaRule, ...]) -> tuple[Quota, ...]:
    """Turn the quotas that are not off into arrays, keyed ``quotas[0]`` and so on."""
    return tuple(
        _quota(intake, f"quotas[{at}]", rule)
        for at, rule in enumerate(rules)
        if rule.strength is not Strength.OFF
    )


OPENING = "opening"
"""Key of the limit on how many candidates lead a cluster."""


def encode_opening(intake: Intake, rule: Opening) -> tuple[Quota, ...]:
    """Turn the limit on how many candidates are chosen into a count of clusters; none without a limit."""
    if not rule.is_limited:
        return ()
    members = np.ones(len(intake.mentees), dtype=np.bool_)
    hosts = np.ones(len(intake.mentors), dtype=np.bool_)
    return (Quota(OPENING, QuotaKind.CLUSTERS, members, hosts, rule.at_least, rule.at_most),)


def opening_prices(mentors: tuple[School, ...], rule: Opening) -> NDArray[np.int64]:
    """Price of forming each mentor's cluster, in objective units: that of the first entry that fits it.

    Returns
    -------
    ndarray of int64, shape (n_hosts,)
    """
    prices = np.full(len(mentors), price_units(rule.price), dtype=np.int64)
    for one in reversed(rule.by_mentor):
        prices[select(mentors, one.mentors)] = price_units(one.price)
    return prices


def _quota(intake: Intake, key: str, rule: QuotaRule) -> Quota:
    if rule.counts is QuotaCounts.CLUSTERS:
        kind = QuotaKind.CLUSTERS
        members = np.ones(len(intake.mentees), dtype=np.bool_)
        hosts = select(intake.mentors, rule.members)
    else:
        kind = QuotaKind.MENTEES
        members = select(intake.mentees, rule.members)
        hosts = select(intake.mentors, rule.mentors)
    return Quota(key, kind, members, hosts, rule.at_least, rule.at_most, _price(rule))


def _price(rule: CountRule) -> int | None:
    return None if rule.strength is Strength.HARD else price_units(rule.price)
