"""Names in a policy that the intake does not know: a misspelt id must not pass in silence."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.issues import Issue, Location, Severity
from matcher.policy.model import Policy
from matcher.policy.rules import Members, PairRule
from matcher.profiles import Intake
from matcher.rules.authority import authority_name, folded
from matcher.rules.idle_concessions import idle_concessions
from matcher.rules.members import describe, select

OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes of the European institutions that differ from those of ISO 3166-1."""


def unresolved_names(intake: Intake, policy: Policy) -> tuple[Issue, ...]:
    """Warn of schools and authorities that the policy names and the intake does not have.

    Parameters
    ----------
    intake : Intake
        As it was read: with the links that concessions take out.
    policy : Policy

    Returns
    -------
    tuple of Issue
        Warnings in the policy's order: ids in ``rules.region.exceptions`` that are not a mentee and a
        mentor; country codes that no school can have; ids and authorities under ``members`` and
        ``mentors`` that nobody has, and conditions there that nobody meets; concessions without effect. A
        policy may be written for several intakes, so none of them is an error.
    """
    return (
        *_exceptions(intake, policy),
        *_countries(policy),
        *_members(intake, policy),
        *idle_concessions(intake, policy),
    )


def _exceptions(intake: Intake, policy: Policy) -> Iterator[Issue]:
    mentees = {school.school_id for school in intake.mentees}
    mentors = {school.school_id for school in intake.mentors}
    for at, (one, other) in enumerate(policy.rules.region.exceptions):
        if not ((one in mentees and other in mentors) or (other in mentees and one in mentors)):
            problem = "The intake has no such pair of a mentee and a mentor."
            yield _issue(f"rules.region.exceptions[{at}]", f"{one} – {other}", problem)


def _members(intake: Intake, policy: Policy) -> Iterator[Issue]:
    ids = {school.school_id for school in intake.schools}
    authorities = {authority_name(school) for school in intake.schools}
    for key, members in _every_members(policy):
        strangers = [school_id for school_id in members.schools if school_id not in ids]
        unknown = [name for name in members.authority if folded(name) not in authorities]
        for school_id in strangers:
            yield _issue(f"{key}.schools", school_id, "The intake has no school with this id.")
        for authority in unknown:
            yield _issue(f"{key}.authority", authority, "No school of the intake has this authority.")
        if not strangers and not unknown and not select(intake.schools, members).any():
            yield _issue(key, describe(members), "No school of the intake is described by this.")


def _countries(policy: Policy) -> Iterator[Issue]:
    for name, rule in policy.rules:
        for code in rule.by_country if isinstance(rule, PairRule) else ():
            if code in OTHER_CODES:
                problem = f"No school can have this code: the country's is {OTHER_CODES[code]}."
                yield _issue(f"rules.{name}.by_country", code, problem)


def _every_members(policy: Policy) -> Iterator[tuple[str, Members]]:
    for at, composition in enumerate(policy.rules.composition):
        yield f"rules.composition[{at}].members", composition.members
        yield f"rules.composition[{at}].mentors", composition.mentors
    for at, quota in enumerate(policy.rules.quotas):
        yield f"rules.quotas[{at}].members", quota.members
        yield f"rules.quotas[{at}].mentors", quota.mentors
    for at, places in enumerate(policy.repair.places_in):
        yield f"repair.places_in[{at}].mentors", places.mentors


def _issue(key: str, value: str, problem: str) -> Issue:
    place = Location(file="policy", header=key)
    advice = f"Check the spelling in {key}; what is not found has no effect."
    return Issue(Severity.WARNING, "policy-name-not-found", place, value, problem, advice)
