"""Concessions that give nothing up: what the report says was granted must have had an effect."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.issues import Issue, Location, Severity
from matcher.policy.concessions import LINK_NAMES, PAIR_RULE_NAMES, Concession
from matcher.policy.model import Policy
from matcher.policy.rules import PairRule
from matcher.profiles import Intake, Strength
from matcher.rules.concessions import LINK_KINDS


def idle_concessions(intake: Intake, policy: Policy) -> tuple[Issue, ...]:
    """Warn of concessions that have no effect on this intake under this policy.

    Parameters
    ----------
    intake : Intake
        As it was read, with the links that concessions take out.
    policy : Policy

    Returns
    -------
    tuple of Issue
        Warnings in the policy's order: schools that are not there or have the other role, links that were
        not declared, rules that are off, quotas and compositions that the policy does not have. A policy
        may be written for several intakes, so none of them is an error here.
    """
    return tuple(
        _issue(f"concessions[{at}]", *fault)
        for at, one in enumerate(policy.concessions)
        for fault in faults_of(one, intake, policy)
    )


def faults_of(one: Concession, intake: Intake, policy: Policy) -> Iterator[tuple[str, str]]:
    """Say why a concession gives nothing up, as pairs of a value and what is wrong with it; else nothing."""
    ids = {school.school_id for school in intake.schools}
    strangers = [school_id for school_id in (one.school, one.other) if school_id and school_id not in ids]
    if strangers:
        yield from ((school_id, "The intake has no school with this id.") for school_id in strangers)
    elif one.rule.startswith("reserve["):
        yield from _unreserved(one, intake, policy)
    elif one.rule.endswith("]"):
        yield from _uncounted(one, policy)
    elif one.rule in LINK_KINDS:
        yield from _undeclared(one, intake)
    else:
        yield from _wrong_role(one, intake)
        yield from _off(one, policy)


def _wrong_role(one: Concession, intake: Intake) -> Iterator[tuple[str, str]]:
    leads = one.rule in ("places", "minimum")
    expected = {school.school_id for school in (intake.mentors if leads else intake.mentees)}
    role = "mentor" if leads else "mentee"
    for school_id in (one.school, one.other):
        if school_id and school_id not in expected:
            yield school_id, f"The rule {one.rule} is given up for a {role}, and this school is none."


def _undeclared(one: Concession, intake: Intake) -> Iterator[tuple[str, str]]:
    kind, ends = LINK_KINDS[one.rule], {one.school, one.other}
    if not any(str(link.kind) == kind and {link.school_a, link.school_b} == ends for link in intake.links):
        yield f"{one.school} – {one.other}", f"The intake has no {kind} of these two schools."


def _off(one: Concession, policy: Policy) -> Iterator[tuple[str, str]]:
    rules = policy.rules
    if one.rule == "unassigned":
        if rules.unassigned.allowed and not rules.unassigned.never:
            yield one.school, "Every school may stay without a mentor as it is."
    elif one.rule in (*PAIR_RULE_NAMES, *LINK_NAMES):
        rule = getattr(rules, one.rule)
        stated = [rule.strength]
        if isinstance(rule, PairRule):
            stated += [own.strength for own in rule.by_country.values()]
        if all(strength in (None, Strength.OFF) for strength in stated):
            yield one.rule, "The rule is off as it is."


def _unreserved(one: Concession, intake: Intake, policy: Policy) -> Iterator[tuple[str, str]]:
    reserve, group = policy.rules.load.reserve, one.rule.removeprefix("reserve[").removesuffix("]")
    per = str(reserve.per)
    if reserve.strength is Strength.OFF:
        yield one.rule, "The policy keeps no places free."
    elif (group == "programme") != (per == "programme"):
        yield one.rule, f"The reserve is kept per {per}."
    elif per == "country" and group not in {school.country for school in intake.mentors}:
        yield one.rule, "No mentor is in this country."


def _uncounted(one: Concession, policy: Policy) -> Iterator[tuple[str, str]]:
    name, number = one.rule.removesuffix("]").split("[")
    rules = policy.rules.quotas if name == "quotas" else policy.rules.composition
    if int(number) >= len(rules):
        there = f"{name} has {len(rules)} of them, counted from 0" if rules else f"{name} has none"
        yield one.rule, f"There is no such rule: {there}."
        return
    rule, side = rules[int(number)], "at_least" if (one.amount or 0) < 0 else "at_most"
    if getattr(rule, side) is None:
        yield one.rule, f"The rule has no {side} that the amount {one.amount:g} could change."


def _issue(key: str, value: str, problem: str) -> Issue:
    advice = f"Correct {key} or take it out: as it stands nothing is given up by it."
    return Issue(
        Severity.WARNING,
        "concession-without-effect",
        Location(file="policy", header=key),
        value,
        problem,
        advice,
    )
