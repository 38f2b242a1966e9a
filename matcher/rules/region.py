"""Rule *region*: mentee and mentor are in the same NUTS region, or in one that a school listed.

Source: MenSI matched by region in Italy and by lists of eligible regions in the Czech Republic, with
named exceptions across a border (domain.md, *How the countries chose*).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.countries import country_name
from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.policy.rules import RegionMode
from matcher.profiles import School
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict

_WIDTH = 5
_NUTS_COUNTRY = {"GR": "EL", "GB": "UK"}
_OUTSIDE, _UNSURE, _INSIDE = 0, 1, 2


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Judge by codes or by lists, then waive the named exceptions.

    Mode *equal*: broken where the codes differ within the first ``2 + level`` characters, unknown
    where they agree as far as they are stated but one is shorter. Mode *eligible-list*: a school that
    lists no region accepts all; otherwise the other school's code must begin with a listed one, and
    the lists of both sides count. The mentee's country may have a mode and a level of its own.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,).
    """
    broken, unknown = np.zeros(len(pairs), np.bool_), np.zeros(len(pairs), np.bool_)
    settings = [setting_for(context.policy, school.country) for school in context.mentees]
    number = {setting: at for at, setting in enumerate(sorted(set(settings)))}
    of_pair = np.array([number[setting] for setting in settings], dtype=np.int64)[pairs.mentee]
    for (mode, level), at in number.items():
        chosen = of_pair == at
        part = pairs.take(chosen)
        equal = mode is RegionMode.EQUAL
        verdict = _judge_equal(context, part, 2 + level) if equal else _judge_lists(context, part)
        broken[chosen], unknown[chosen] = verdict.broken, verdict.unknown
    waived = _excepted(context, pairs)
    return Verdict(broken & ~waived, unknown & ~waived)


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name both regions, or the list that the other school is not in."""
    school, mentor = context.mentees[mentee], context.mentors[host]
    mode, _ = setting_for(context.policy, school.country)
    if mode is RegionMode.EQUAL:
        return f"the mentee is in region {_shown(school)}, the mentor in {_shown(mentor)}"
    for one, other, who in ((mentor, school, "mentor"), (school, mentor, "mentee")):
        if one.eligible_regions and _standing(one.eligible_regions, region_code(other)) == _OUTSIDE:
            listed = ", ".join(one.eligible_regions)
            return f"the {who} takes the regions {listed} only, the other school is in {_shown(other)}"
    return "the schools' lists of eligible regions exclude each other"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Say whose region is not known closely enough."""
    _, level = setting_for(context.policy, context.mentees[mentee].country)
    sides = (("mentee", context.mentees[mentee]), ("mentor", context.mentors[host]))
    unknown = [who for who, school in sides if len(school.region or "") < 2 + level]
    return f"the region of the {' and the '.join(unknown or ['schools'])} is not stated closely enough"


def statement(policy: Policy) -> str:
    """Say the rule with its mode, level and number of exceptions."""
    rule = policy.rules.region
    own = [
        f"{country_name(country)}: {_said(*setting_for(policy, country))}"
        for country in sorted(rule.by_country)
        if setting_for(policy, country) != (rule.mode, rule.level)
    ]
    aside = f" ({'; '.join(own)})" if own else ""
    count = len(rule.exceptions)
    named = f", with {count} named exception{'s' if count > 1 else ''}" if count else ""
    return f"Mentee and mentor are in {_said(rule.mode, rule.level)}{aside}{named}"


def setting_for(policy: Policy, country: str) -> tuple[RegionMode, int]:
    """Mode and NUTS level for the mentees of a country."""
    rule = policy.rules.region
    override = rule.by_country.get(country)
    if override is None:
        return rule.mode, rule.level
    return override.mode or rule.mode, override.level or rule.level


def _said(mode: RegionMode, level: int) -> str:
    if mode is RegionMode.EQUAL:
        return f"the same region at NUTS level {level}"
    return "regions that each listed as eligible, if it listed any"


def region_code(school: School) -> str:
    """Region of a school as far as it is known: its NUTS code, else its country's NUTS prefix."""
    return school.region or _NUTS_COUNTRY.get(school.country, school.country)


def _shown(school: School) -> str:
    return school.region or f"{country_name(school.country)} (region not stated)"


def _characters(codes: list[str]) -> NDArray[np.uint8]:
    """Codes as bytes, shape (n, 5), 0 where a code has ended."""
    cells = np.zeros((len(codes), _WIDTH), np.uint8)
    for at, code in enumerate(codes):
        raw = code.encode("ascii")[:_WIDTH]
        cells[at, : len(raw)] = list(raw)
    return cells


def _judge_equal(context: RuleContext, pairs: PairList, width: int) -> Verdict:
    ours = _characters([region_code(school) for school in context.mentees])
    theirs = _characters([region_code(school) for school in context.mentors])
    broken = np.zeros(len(pairs), np.bool_)
    unknown = np.zeros(len(pairs), np.bool_)
    for at in range(width):
        one, other = ours[pairs.mentee, at], theirs[pairs.host, at]
        stated = (one != 0) & (other != 0)
        broken |= stated & (one != other)
        unknown |= ~stated
    return Verdict(broken, unknown & ~broken)


def _judge_lists(context: RuleContext, pairs: PairList) -> Verdict:
    by_mentor = _standings(context.mentors, context.mentees, pairs.host, pairs.mentee)
    by_mentee = _standings(context.mentees, context.mentors, pairs.mentee, pairs.host)
    worst = np.minimum(by_mentor, by_mentee)
    return Verdict(worst == _OUTSIDE, worst == _UNSURE)


def _standings(
    listing: tuple[School, ...],
    located: tuple[School, ...],
    list_at: NDArray[np.int64],
    school_at: NDArray[np.int64],
) -> NDArray[np.int8]:
    """How each pair stands to the lists of one side, shape (n_pairs,): outside, unsure or inside.

    Each different list is held once against each different region, so that the work on the pairs
    themselves is a look-up.
    """
    lists = sorted({school.eligible_regions for school in listing})
    regions = sorted({region_code(school) for school in located})
    table = np.array(
        [[_standing(codes, region) for region in regions] for codes in lists], dtype=np.int8
    ).reshape(len(lists), len(regions))
    list_number = {codes: at for at, codes in enumerate(lists)}
    region_number = {region: at for at, region in enumerate(regions)}
    of_list = np.array([list_number[school.eligible_regions] for school in listing], dtype=np.int64)
    of_region = np.array([region_number[region_code(school)] for school in located], dtype=np.int64)
    found: NDArray[np.int8] = table[of_list[list_at], of_region[school_at]]
    return found


def _standing(codes: tuple[str, ...], region: str) -> int:
    if not codes or region.startswith(codes):
        return _INSIDE
    return _UNSURE if any(code.startswith(region) for code in codes) else _OUTSIDE


def _excepted(context: RuleContext, pairs: PairList) -> NDArray[np.bool_]:
    """Pairs named as exceptions, in either order of the two schools; shape (n_pairs,)."""
    n_hosts = len(context.mentors)
    numbers = []
    for one, other in context.policy.rules.region.exceptions:
        pair = context.pair_of(one, other)
        if pair is not None:
            numbers.append(pair[0] * n_hosts + pair[1])
    waived: NDArray[np.bool_] = np.isin(
        pairs.mentee * n_hosts + pairs.host, np.array(sorted(numbers), np.int64)
    )
    return waived


RULE = PairRuleSpec("region", "Region", judge, breach, missing, statement)
