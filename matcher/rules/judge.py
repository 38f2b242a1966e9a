"""All pair rules together: verdicts on a list of pairs, and reasons in words for one pair."""

from __future__ import annotations

import numpy as np

from matcher.features.pairs import PairList
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.policy.peers import groups_by_country
from matcher.policy.rules import WhenUnknown
from matcher.profiles import Intake, LinkKind, Strength
from matcher.rules import authority, country, known_cost, language, maturity_gap, phase, region, theme, travel
from matcher.rules.barring import declared_outcome
from matcher.rules.concessions import waivers
from matcher.rules.context import (
    BARRING_LINKS,
    PairRuleSpec,
    RuleContext,
    Verdict,
    context_of,
    force_of,
    is_off,
    pair_at,
    strength_for,
)
from matcher.rules.declared import LINK_RULES
from matcher.rules.outcome import PairOutcome

PAIR_RULES: tuple[PairRuleSpec, ...] = (
    country.RULE,
    region.RULE,
    language.RULE,
    maturity_gap.RULE,
    travel.RULE,
    phase.RULE,
    authority.RULE,
    known_cost.RULE,
    theme.RULE,
)
"""Every rule about a mentee and a mentor that follows from their data, in the policy's order."""

LINK_LABELS = {LinkKind.RIVALRY: "Rivalry", LinkKind.FORBID: "Forbidden"}


def judge_pairs(
    intake: Intake, features: FeatureTable, policy: Policy, pairs: PairList
) -> tuple[PairOutcome, ...]:
    """Judge every pair by every rule that is not off.

    Work and memory are linear in the number of pairs.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
        Has a row for every school of `intake`.
    policy : Policy
    pairs : PairList
        Positions in ``intake.mentees`` and ``intake.mentors``.

    Returns
    -------
    tuple of PairOutcome
        One for each rule that is on for some country, in the policy's order, then ``rivalry`` and
        ``forbid`` if any such link in force joins a mentee and a mentor.
    """
    context = context_of(intake, features, policy)
    outcomes = [_outcome(context, spec, pairs) for spec in host_rules(policy)]
    declared = [declared_outcome(context, pairs, kind) for kind in BARRING_LINKS]
    return (*outcomes, *(outcome for outcome in declared if outcome is not None))


def host_rules(policy: Policy) -> tuple[PairRuleSpec, ...]:
    """Rules about pairs that a policy holds between a mentee and its host, in the policy's order.

    Of a group of equals only the country is known; the other rules hold between its members (see
    ``matcher.rules.between``).
    """
    if policy.peers.enabled:
        return (country.RULE,) if groups_by_country(policy) else ()
    return tuple(spec for spec in PAIR_RULES if not is_off(spec.settings(policy)))


def barred_reasons(
    intake: Intake, features: FeatureTable, policy: Policy, mentee: int, host: int
) -> tuple[tuple[str, str], ...]:
    """Hard rules that bar a pair, each in one plain sentence with the values.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
    policy : Policy
    mentee, host : int
        Positions in ``intake.mentees`` and ``intake.mentors``.

    Returns
    -------
    tuple of (key, sentence)
        Empty for an eligible pair. No sentence names a maturity value.
    """
    return _reasons(context_of(intake, features, policy), mentee, host, hard=True)


def soft_reasons(
    intake: Intake, features: FeatureTable, policy: Policy, mentee: int, host: int
) -> tuple[tuple[str, str], ...]:
    """Soft rules that a pair breaks, in the same form as :func:`barred_reasons`."""
    return _reasons(context_of(intake, features, policy), mentee, host, hard=False)


def _reasons(context: RuleContext, mentee: int, host: int, *, hard: bool) -> tuple[tuple[str, str], ...]:
    found = []
    wanted = Strength.HARD if hard else Strength.SOFT
    alone = context.single(mentee, host)
    for spec in host_rules(context.policy):
        rule = spec.settings(context.policy)
        strength, _ = strength_for(rule, context.mentees[mentee].country)
        if strength is not wanted:
            continue
        verdict = spared(alone, spec, pair_at(0, 0), spec.judge(alone, pair_at(0, 0)))
        if verdict.broken[0]:
            found.append((spec.key, f"{spec.label}: {spec.breach(alone, 0, 0)}."))
        elif verdict.unknown[0] and rule.unknown is WhenUnknown.FORBID:
            gap = spec.missing(alone, 0, 0)
            found.append((spec.key, f"{spec.label}: {gap}, and the rule does not let such pairs pass."))
    for one in context.barring_links.get((mentee, host), ()):
        if one.hard is hard:
            found.append((LINK_RULES[one.link.kind], f"{LINK_LABELS[one.link.kind]}: {one.reason}."))
    return tuple(found)


def spared(context: RuleContext, spec: PairRuleSpec, pairs: PairList, verdict: Verdict) -> Verdict:
    """Take out of a verdict the pairs of mentees for which the policy's concessions waive the rule.

    A rule waived whole lets pairs pass that could not be judged, too; one widened by an amount lets pass only
    what is known to lie within it.
    """
    within = waivers(context.policy, spec.key)
    if not within:
        return verdict
    limits = np.array([within.get(school.school_id, -np.inf) for school in context.mentees])[pairs.mentee]
    passes = np.isposinf(limits)
    if spec.excess is not None:
        passes |= spec.excess(context, pairs) <= limits
    return Verdict(verdict.broken & ~passes, verdict.unknown & ~passes)


def _outcome(context: RuleContext, spec: PairRuleSpec, pairs: PairList) -> PairOutcome:
    rule = spec.settings(context.policy)
    force = force_of(rule, context.mentees)
    on = ~force.off[pairs.mentee]
    judged = pairs.take(on)
    verdict = spared(context, spec, judged, spec.judge(context, judged))
    broken, unknown = np.zeros(len(pairs), np.bool_), np.zeros(len(pairs), np.bool_)
    unknown[on] = verdict.unknown
    broken[on] = verdict.broken | verdict.unknown if rule.unknown is WhenUnknown.FORBID else verdict.broken
    return PairOutcome(spec.key, broken, unknown, force.hard[pairs.mentee], force.price[pairs.mentee])
