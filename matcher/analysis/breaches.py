"""What each rule finds on one plan: what it looked at, what it could not judge, what is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from matcher.analysis.bars import soft_breaches_on
from matcher.analysis.view import PlanView
from matcher.analysis.wording import counted
from matcher.encoding import LinkTerm
from matcher.encoding.budget import budget_label, budget_of, euro_words
from matcher.encoding.fairness import group_of
from matcher.encoding.leads import is_lead_row, is_lock_row, lead_words
from matcher.encoding.reserve import PROGRAMME, reserve_of
from matcher.features.countries import country_name
from matcher.policy.rules import LoadScope, PairRule, QuotaCounts, QuotaRule
from matcher.profiles import Strength
from matcher.rules.apart import apart_pairs
from matcher.rules.context import context_of, strength_for
from matcher.rules.declared import LINK_RULES
from matcher.rules.fairness import FLOOR, group_rule
from matcher.rules.members import undecided
from matcher.rules.registry import LEADS, RESERVE
from matcher.solution.data import UNASSIGNED


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach: the schools concerned, the matter in words, what it costs in objective units."""

    schools: tuple[str, ...]
    detail: str
    units: int


@dataclass(slots=True)
class Finding:
    """What one rule finds at one strength."""

    checked: int = 0
    not_judged: int = 0
    breaches: list[Breach] = field(default_factory=list)


Findings = dict[tuple[str, Strength], Finding]
"""By key of the rule and strength, hard or soft."""


def find_breaches(view: PlanView) -> Findings:
    """Judge every rule of the policy on a plan.

    Parameters
    ----------
    view : PlanView

    Returns
    -------
    dict of (str, Strength) to Finding
        A rule that binds some schools hard and others softly has two findings. The price of leaving a
        mentee out stands under ``unassigned``; that of opening a cluster breaks nothing and is in the
        totals only.
    """
    found: Findings = {}
    _pair_rules(view, found)
    _floor(view, found)
    _declared_pairs(view, found)
    _apart(view, found)
    _together(view, found)
    _locks(view, found)
    _load(view, found)
    _counts(view, found)
    _unassigned(view, found)
    return found


def _at(found: Findings, key: str, *, hard: bool) -> Finding:
    return found.setdefault((key, Strength.HARD if hard else Strength.SOFT), Finding())


def _pair_rules(view: PlanView, found: Findings) -> None:
    encoding = view.encoding
    for number, outcome in enumerate(encoding.pair_rules):
        rule = getattr(encoding.policy.rules, outcome.key, None)
        if not isinstance(rule, PairRule):
            continue  # what costs take breaks nothing; links of a mentee and a mentor: see _declared_pairs
        for mentee in view.placed:
            strength, _ = strength_for(rule, view.mentees[mentee].country)
            if strength is Strength.OFF:
                continue
            at = view.pair_at[mentee]
            if at < 0:
                continue  # a rule bars the pair; only a plan changed by hand has such
            finding = _at(found, outcome.key, hard=strength is Strength.HARD)
            finding.checked += 1
            finding.not_judged += int(outcome.unknown[at])
            if outcome.broken[at]:
                units = int(encoding.pair_penalty[number, at])
                finding.breaches.append(_pair_breach(view, mentee, outcome.key, units))


def _floor(view: PlanView, found: Findings) -> None:
    strength = view.encoding.policy.fairness.floor.strength
    if strength is Strength.OFF:
        return
    finding = _at(found, FLOOR, hard=strength is Strength.HARD)
    finding.checked += len(view.placed)
    for number, outcome in enumerate(view.encoding.pair_rules):
        for mentee in view.placed if outcome.key == FLOOR else ():
            at = view.pair_at[mentee]
            if at >= 0 and outcome.broken[at]:
                units = int(view.encoding.pair_penalty[number, at])
                finding.breaches.append(_pair_breach(view, mentee, FLOOR, units))


def _pair_breach(view: PlanView, mentee: int, key: str, units: int) -> Breach:
    encoding, host = view.encoding, view.host_of[mentee]
    reasons = [words for rule, words in soft_breaches_on(encoding, mentee, host) if rule == key]
    return Breach((encoding.mentee_ids[mentee], encoding.host_ids[host]), " ".join(reasons), units)


def _declared_pairs(view: PlanView, found: Findings) -> None:
    """Rivalries and forbidden pairs between a mentee and a mentor."""
    encoding = view.encoding
    numbers = {outcome.key: number for number, outcome in enumerate(encoding.pair_rules)}
    context = context_of(encoding.intake, encoding.features, encoding.policy)
    for (mentee, host), links in context.barring_links.items():
        for key in sorted({LINK_RULES[one.link.kind] for one in links}):
            hard = any(one.hard for one in links if LINK_RULES[one.link.kind] == key)
            finding = _at(found, key, hard=hard)
            finding.checked += 1
            if view.host_of[mentee] == host and view.pair_at[mentee] >= 0:
                units = int(encoding.pair_penalty[numbers[key], view.pair_at[mentee]])
                finding.breaches.append(_pair_breach(view, mentee, key, units))


def _apart(view: PlanView, found: Findings) -> None:
    encoding = view.encoding
    for link in encoding.apart:
        finding = _at(found, link.key, hard=link.price is None)
        finding.checked += 1
        if view.together(link.first, link.second):
            finding.breaches.append(_mentee_breach(view, link, "they share a cluster in spite of this:"))
    for part in apart_pairs(encoding.intake, encoding.features, encoding.policy).parts:
        met = sum(view.together(first, second) for first, second in part.unjudged.tolist())
        if met:
            rule = getattr(encoding.policy.rules, part.key)
            _at(found, part.key, hard=rule.strength is Strength.HARD).not_judged += met


def _mentee_breach(view: PlanView, link: LinkTerm, words: str) -> Breach:
    ids = view.encoding.mentee_ids
    detail = f"{_name(view, link.first)} and {_name(view, link.second)}: {words} {link.detail}."
    return Breach((ids[link.first], ids[link.second]), detail, link.price or 0)


def _together(view: PlanView, found: Findings) -> None:
    for link in view.encoding.together:
        hard = link.price is None
        finding = _at(found, "must_link", hard=hard)
        finding.checked += 1
        out = view.host_of[link.first] == UNASSIGNED and view.host_of[link.second] == UNASSIGNED
        if not view.together(link.first, link.second) and not (hard and out):
            words = "neither is placed, against a" if out else "they do not share a cluster, against a"
            finding.breaches.append(_mentee_breach(view, link, words))


def _locks(view: PlanView, found: Findings) -> None:
    encoding = view.encoding
    for link in encoding.locks:
        finding = _at(found, "lock", hard=link.price is None)
        finding.checked += 1
        if view.host_of[link.first] != link.second:
            ids = (encoding.mentee_ids[link.first], encoding.host_ids[link.second])
            names = f"{_name(view, link.first)} and {view.mentors[link.second].name}"
            finding.breaches.append(
                Breach(ids, f"{names}: not together, against a {link.detail}.", link.price or 0)
            )


def _load(view: PlanView, found: Findings) -> None:
    rule = view.encoding.policy.rules.load
    every = rule.applies_to is LoadScope.EVERY
    bound = len(view.mentors) if every else len(view.opened)
    for strength in sorted({rule.min_strength, rule.max_strength} - {Strength.OFF}):
        _at(found, "load", hard=strength is Strength.HARD).checked += bound
    for violation in view.evaluation.violations:
        if violation.rule in ("min-load", "max-load", "load-target"):
            (host,) = violation.hosts
            name, load = view.mentors[host].name, view.evaluation.loads[host]
            target = view.encoding.problem.load_target
            short = target is not None and load < int(target.low[host])
            detail = (
                f"{name} fills {counted(load, 'place', 'places')}, {violation.amount} "
                f"{'fewer' if short else 'more'} than {'its least' if short else 'its most'}."
            )
            _at(found, "load", hard=violation.price is None).breaches.append(
                Breach((view.encoding.host_ids[host],), detail, violation.price or 0)
            )


def _counts(view: PlanView, found: Findings) -> None:
    problem, rules = view.encoding.problem, view.encoding.policy.rules
    stated = {f"composition[{at}]": rule.members for at, rule in enumerate(rules.composition)}
    for composition in problem.compositions:
        finding = _at(found, composition.key, hard=composition.price is None)
        finding.checked += sum(bool(composition.hosts[host]) for host in view.opened)
        unsure = undecided(view.mentees, stated[composition.key])
        finding.not_judged += sum(
            bool(unsure[mentee] and composition.hosts[view.host_of[mentee]]) for mentee in view.placed
        )
    quotas = {f"quotas[{at}]": rule for at, rule in enumerate(rules.quotas)}
    for quota in problem.quotas:
        finding = _at(found, quota.key, hard=quota.price is None)
        finding.checked += 1
        if quota.key in quotas:  # how many lead a cluster is counted of all mentors: none is in doubt
            finding.not_judged += _quota_unsure(view, quotas[quota.key])
    for row in problem.rows:
        _at(found, row_rule(row.key), hard=row.price is None).checked += 1
    for breach_key, hard, breach in _count_breaches(view):
        _at(found, breach_key, hard=hard).breaches.append(breach)


def _quota_unsure(view: PlanView, rule: QuotaRule) -> int:
    """Count schools whose membership is not known for lack of data."""
    if rule.counts is QuotaCounts.CLUSTERS:
        unsure = undecided(view.mentors, rule.members)
        return sum(bool(unsure[host]) for host in view.opened)
    unsure_mentees, unsure_hosts = (
        undecided(view.mentees, rule.members),
        undecided(view.mentors, rule.mentors),
    )
    return sum(bool(unsure_mentees[mentee] or unsure_hosts[view.host_of[mentee]]) for mentee in view.placed)


def _count_breaches(view: PlanView) -> Iterator[tuple[str, bool, Breach]]:
    for violation in view.evaluation.violations:
        kind, _, key = violation.rule.partition(":")
        hard = violation.price is None
        missing = counted(violation.amount, "school", "schools")
        if kind == "composition":
            (host,) = violation.hosts
            detail = f"The cluster of {view.mentors[host].name} is out by {missing}."
            yield key, hard, Breach((view.encoding.host_ids[host],), detail, violation.price or 0)
        elif kind == "quota":
            detail = f"The plan is out by {violation.amount}."
            yield key, hard, Breach((), detail, violation.price or 0)
        elif kind == "row":
            yield row_rule(key), hard, Breach((), _row_words(key, violation.amount), violation.price or 0)


def row_rule(key: str) -> str:
    """Key under which a limit on a sum over the plan is reported."""
    if is_lead_row(key):
        return LEADS
    if is_lock_row(key):
        return "lock"
    number = group_of(key)
    if number is not None:
        return group_rule(number)
    return f"row:{key}" if reserve_of(key) is None else RESERVE


def _row_words(key: str, amount: int) -> str:
    where = reserve_of(key)
    if budget_of(key) is not None:
        return f"The plan costs {euro_words(amount)} more than “{budget_label(key)}” allows."
    if lead_words(key):
        return f"Not kept: {lead_words(key)}."
    if group_of(key) is not None:
        return "The two groups are further apart than the limit."
    if where is None:
        return f"The sum over the plan misses the limit “{key}” by {amount}."
    country = "Over all countries" if where == PROGRAMME else f"In {country_name(where)}"
    return (
        f"{country}, {counted(amount, 'place', 'places')} too few {'is' if amount == 1 else 'are'} kept free."
    )


def _unassigned(view: PlanView, found: Findings) -> None:
    encoding = view.encoding
    costs = np.asarray(encoding.problem.unassigned_cost)
    for mentee, host in enumerate(view.host_of):
        finding = _at(found, "unassigned", hard=not encoding.problem.may_stay[mentee])
        finding.checked += 1
        if host == UNASSIGNED:
            detail = f"{_name(view, mentee)} has no mentor."
            finding.breaches.append(Breach((encoding.mentee_ids[mentee],), detail, int(costs[mentee])))


def _name(view: PlanView, mentee: int) -> str:
    return view.mentees[mentee].name
