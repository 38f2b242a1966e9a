"""Concessions: rules given up for named schools, applied where each rule is read."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.features.countries import country_name
from matcher.policy.concessions import PAIR_RULE_NAMES, Concession
from matcher.policy.model import Policy
from matcher.policy.rules import CountRule, LoadRule
from matcher.profiles import Intake, Link, School

Counted = TypeVar("Counted", bound=CountRule)

LINK_KINDS = {"rivalry": "rivalry", "forbid": "forbid", "must_link": "must-link", "lock": "lock"}
"""Kind of declared link that a concession of this name takes out."""


def conceded_intake(intake: Intake, policy: Policy) -> Intake:
    """Return the intake as the concessions change it: loads of mentors, declared links taken out.

    Parameters
    ----------
    intake : Intake
    policy : Policy

    Returns
    -------
    Intake
        The same object when no concession concerns it.
    """
    loads = [one for one in policy.concessions if one.rule in ("places", "minimum")]
    gone = {(LINK_KINDS[one.rule], *_ends(one)) for one in policy.concessions if one.rule in LINK_KINDS}
    changed: dict[str, object] = {}
    if loads:
        changed["schools"] = tuple(_loaded(school, loads, policy.rules.load) for school in intake.schools)
    if gone:
        changed["links"] = tuple(link for link in intake.links if _named(link) not in gone)
    return intake.model_copy(update=changed) if changed else intake


def stated_loads(school: School, rule: LoadRule) -> tuple[int, int]:
    """Smallest and largest load of a mentor: its own columns first, the policy's defaults for the rest."""
    least = rule.min if school.min_load is None else school.min_load
    most = rule.max if school.max_load is None else school.max_load
    if school.min_load is None:
        least = min(least, most)
    elif school.max_load is None:
        most = max(least, most)
    return least, most


def conceded_counts(rules: tuple[Counted, ...], name: str, policy: Policy) -> tuple[Counted, ...]:
    """Quotas or compositions (`name`) with their limits moved by the concessions."""
    return tuple(_moved(rule, f"{name}[{at}]", policy) for at, rule in enumerate(rules))


def may_stay(policy: Policy, mentees: tuple[School, ...]) -> NDArray[np.bool_]:
    """Whether each mentee may be left without a mentor; shape (n_mentees,)."""
    named = {one.school for one in policy.concessions if one.rule == "unassigned"}
    rule = policy.rules.unassigned
    return np.array(
        [
            (rule.allowed and school.willingness not in rule.never) or school.school_id in named
            for school in mentees
        ],
        dtype=np.bool_,
    )


def waived_pairs(policy: Policy, key: str) -> frozenset[tuple[str, str]]:
    """Pairs of ids, sorted in each, for which a rule about two mentees derived from data is given up."""
    return frozenset(_ends(one) for one in policy.concessions if one.rule == key)


def waivers(policy: Policy, key: str) -> dict[str, float]:
    """By mentee id: by how much a pair rule is widened for it, infinite where it is waived whole."""
    if key not in PAIR_RULE_NAMES:
        return {}
    found: dict[str, float] = {}
    for one in policy.concessions:
        if one.rule == key:
            amount = np.inf if one.amount is None else one.amount
            found[one.school] = max(amount, found.get(one.school, 0.0))
    return found


def granted_places(policy: Policy, mentors: tuple[School, ...]) -> NDArray[np.int64]:
    """Places above their maximum that concessions grant mentors; shape (n_mentors,)."""
    granted: dict[str, int] = {}
    for one in policy.concessions:
        if one.rule == "places":
            granted[one.school] = granted.get(one.school, 0) + int(one.amount or 0)
    return np.array([granted.get(school.school_id, 0) for school in mentors], dtype=np.int64)


def spared_places(policy: Policy, group: str) -> int:
    """Places of the reserve of a country, or of the programme, that concessions let be filled."""
    return sum(int(one.amount or 0) for one in policy.concessions if one.rule == f"reserve[{group}]")


def conceded_words(policy: Policy, key: str) -> tuple[str, ...]:
    """Say for whom a rule is given up and why, one phrase a concession; it names schools."""
    names = {"load": ("places", "minimum"), "load.reserve": ("reserve",)}.get(key, (key,))
    return tuple(
        _said(one)
        for one in policy.concessions
        if one.rule in names or (one.rule.startswith("reserve[") and "reserve" in names)
    )


def _said(one: Concession) -> str:
    amount = "" if one.amount is None else f"{one.amount:g}"
    where = one.rule.removeprefix("reserve[").removesuffix("]")
    what = {
        f"reserve[{where}]": f"{amount} fewer {_where(where)}",
        "places": f"{one.school} takes {amount} more",
        "minimum": f"{one.school} makes do with {amount} fewer",
        "travel": f"{one.school}{f' by {amount} km' if amount else ''}",
        "maturity_gap": f"{one.school}{f' by {amount}' if amount else ''}",
    }.get(one.rule, " and ".join(name for name in (one.school, one.other) if name) or f"by {amount}")
    return f"{what} ({one.reason})" if one.reason else what


def _where(group: str) -> str:
    return "over all countries" if group == "programme" else f"in {country_name(group)}"


def _ends(one: Concession) -> tuple[str, str]:
    return min(one.school, one.other), max(one.school, one.other)


def _named(link: Link) -> tuple[str, str, str]:
    return str(link.kind), min(link.school_a, link.school_b), max(link.school_a, link.school_b)


def _loaded(school: School, loads: list[Concession], rule: LoadRule) -> School:
    own = [one for one in loads if one.school == school.school_id]
    if not own:
        return school
    least, most = stated_loads(school, rule)
    most += sum(int(one.amount or 0) for one in own if one.rule == "places")
    least = max(0, least - sum(int(one.amount or 0) for one in own if one.rule == "minimum"))
    return school.model_copy(update={"min_load": least, "max_load": most})


def _moved(rule: Counted, key: str, policy: Policy) -> Counted:
    amounts = [int(one.amount or 0) for one in policy.concessions if one.rule == key]
    least, most = rule.at_least, rule.at_most
    if least is not None:
        least = max(0, least + sum(amount for amount in amounts if amount < 0))
    if most is not None:
        most += sum(amount for amount in amounts if amount > 0)
    return rule.model_copy(update={"at_least": least, "at_most": most}) if amounts else rule
