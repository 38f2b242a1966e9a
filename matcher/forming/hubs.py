"""Hubs of two leads: each pair of mentors that may lead together becomes one host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from matcher.exceptions import UsageError
from matcher.features.build import build_features
from matcher.features.geography import road_km
from matcher.features.rows import row_positions
from matcher.forming.carried import carry_links, carry_maturity, carry_wishes
from matcher.policy.hubs import Hubs
from matcher.policy.model import Policy
from matcher.policy.rules import Members
from matcher.profiles import (
    Cefr,
    Challenge,
    CoordinateQuality,
    Intake,
    LanguageSkill,
    LinkKind,
    Role,
    School,
    WorkMode,
)
from matcher.rules.declared import declared_links
from matcher.rules.members import select

JOIN = "+"
"""Stands between the ids of a hub's two leads."""
_PRECISION = list(CoordinateQuality)
_REACH = (WorkMode.FACE_TO_FACE, WorkMode.BLENDED, WorkMode.VIRTUAL)


def form_hubs(intake: Intake, policy: Policy) -> tuple[Intake, dict[str, tuple[str, ...]]]:
    """Make a host of every two mentors that may lead a hub together, and of single ones where allowed.

    Two mentors of one country may lead together if each meets its condition, they are near enough, share a
    language, and no rivalry or forbidden link in force joins them. A hub has the phases and strengths of
    both; the languages that both work in, at the weaker level; the point midway; the smaller travel limit;
    regions that both list; the number of pupils and the need half-way; of the rest what both have in
    common. What one of them leaves open is open for the hub. Its load is the policy's. Both schools' newest
    maturity values count together. Links and wishes that name a lead hold for each hub that it
    leads, a wish at the better rank; locks do not (see ``matcher.encoding.leads``).

    Parameters
    ----------
    intake : Intake
        In order.
    policy : Policy
        With ``hubs.enabled``.

    Returns
    -------
    intake : Intake
        Its mentors are the hubs.
    leads : dict of str to tuple of str
        Leads by hub id.

    Raises
    ------
    UsageError
        If a school has the id of a hub, or a concession changes the load of a lead.

    References
    ----------
    Living Schools Lab (2012-2014), in Blamire, MenSI D2.1, 2021, §3.1: one hub, two leads.
    """
    mentors = {school.school_id: school for school in intake.mentors}
    leads = dict(_leads(intake, policy))
    _refuse_loads(policy, mentors)
    taken = sorted(
        {school.school_id for school in intake.schools} & {hub for hub in leads if JOIN in hub} - set(mentors)
    )
    if taken:
        raise UsageError(
            f"{', '.join(taken)}: these ids stand for hubs of two leads; give the schools others."
        )
    hubs = [_hub(hub, tuple(mentors[one] for one in of)) for hub, of in leads.items()]
    kept = [(hub, of) for hub, of in zip(hubs, leads.values(), strict=True) if hub is not None]
    led: dict[str, list[str]] = defaultdict(list)
    for hub, of in kept:
        for one in of:
            led[one].append(hub.school_id)
    mentees = tuple(school for school in intake.schools if school.role is Role.MENTEE)
    formed = intake.model_copy(
        update={
            "schools": (*mentees, *(hub for hub, _ in kept)),
            "maturity": tuple(carry_maturity(intake.maturity, led, set(mentors))),
            "links": tuple(carry_links(intake.links, led, set(mentors))),
            "preferences": tuple(carry_wishes(intake.preferences, led, set(mentors))),
        }
    )
    return formed, {hub.school_id: of for hub, of in kept}


def _refuse_loads(policy: Policy, mentors: dict[str, School]) -> None:
    named = [
        one.school
        for one in policy.concessions
        if one.rule in ("places", "minimum") and one.school in mentors
    ]
    if named and not policy.hubs.alone:
        raise UsageError(
            f"A concession changes the places of {', '.join(named)}, but a hub of two leads has the "
            "places of rules.load. Change these, or take the concession out."
        )


def _leads(intake: Intake, policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    mentors, rule = intake.mentors, policy.hubs
    if rule.alone:
        conditions = rule.leads or (Members(),)
        able = np.logical_or.reduce([select(mentors, one) for one in conditions])
        yield from ((mentors[at].school_id, (mentors[at].school_id,)) for at in np.flatnonzero(able))
    one, other = (select(mentors, condition) for condition in conditions_of(rule))
    features = build_features(intake, policy)
    rows = row_positions(features, [school.school_id for school in mentors])
    apart = _apart(intake, policy)
    for a, b in combinations(range(len(mentors)), 2):
        first, second = mentors[a], mentors[b]
        meets = (one[a] and other[b]) or (one[b] and other[a])
        if not meets or first.country != second.country:
            continue
        if frozenset((first.school_id, second.school_id)) in apart or not _share(
            first, second, rule.language
        ):
            continue
        km = float(road_km(features, rows[[a]], rows[[b]], policy.geography)[0])
        if rule.max_km_apart is None or km <= rule.max_km_apart:
            yield f"{first.school_id}{JOIN}{second.school_id}", (first.school_id, second.school_id)


def _apart(intake: Intake, policy: Policy) -> set[frozenset[str]]:
    kinds = (LinkKind.RIVALRY, LinkKind.FORBID)
    links = (one.link for kind in kinds for one in declared_links(intake, policy, kind))
    return {frozenset((link.school_a, link.school_b)) for link in links}


def _share(one: School, other: School, level: Cefr | None) -> bool:
    """Whether two schools are known to share a language at a level."""
    if level is None:
        return True
    found = _languages(one, other)
    return any(skill.level is not None and skill.level.order >= level.order for skill in found)


def _languages(one: School, other: School) -> tuple[LanguageSkill, ...]:
    theirs = {skill.code: skill.level for skill in other.languages}
    found = []
    for skill in one.languages:
        if skill.code in theirs:
            level = theirs[skill.code]
            known = skill.level is not None and level is not None
            weaker = min((skill.level, level), key=lambda at: at.order if at else 0) if known else None
            found.append(LanguageSkill(code=skill.code, level=weaker))
    return tuple(found)


def _hub(hub_id: str, leads: tuple[School, ...]) -> School | None:
    """Make one school of two, or keep one that leads alone; None where both may take no region."""
    if len(leads) == 1:
        return leads[0]
    one, other = leads
    regions = _regions(one.eligible_regions, other.eligible_regions)
    if regions is None:
        return None
    towns = dict.fromkeys(school.municipality for school in leads if school.municipality)
    placed = all(school.latitude is not None and school.longitude is not None for school in leads)
    return School(
        school_id=hub_id,
        name=f"{one.name} & {other.name}",
        role=Role.MENTOR,
        country=one.country,
        region=_common_region(one.region, other.region),
        municipality=" and ".join(towns) or None,
        latitude=_middle(one.latitude, other.latitude) if placed else None,
        longitude=_middle(one.longitude, other.longitude) if placed else None,
        coordinate_quality=_roughest(one.coordinate_quality, other.coordinate_quality) if placed else None,
        phases=one.phases | other.phases,
        pupils=_half_way(one.pupils, other.pupils),
        rurality=one.rurality if one.rurality is other.rurality else None,
        need_index=_middle(one.need_index, other.need_index),
        authority=one.authority if one.authority == other.authority else None,
        languages=_languages(one, other),
        challenges=_either(one.challenges, other.challenges),
        strengths=_either(one.strengths, other.strengths),
        work_mode=_least_virtual(one.work_mode, other.work_mode),
        max_travel_km=min(
            (km for km in (one.max_travel_km, other.max_travel_km) if km is not None), default=None
        ),
        eligible_regions=regions,
        willingness=one.willingness if one.willingness is other.willingness else None,
    )


def _regions(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    """Regions that both lists allow; empty where neither lists any, None where they exclude each other."""
    if not one or not other:
        return one or other
    both = {code for code in one if code.startswith(other)} | {code for code in other if code.startswith(one)}
    return tuple(sorted(both)) or None


def _common_region(one: str | None, other: str | None) -> str | None:
    """Region that holds both, as far as their codes agree."""
    if one is None or other is None:
        return None
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one[:same] if same >= 2 else None


def _middle(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round((one + other) / 2, 6)


def _half_way(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else (one + other) // 2


def _roughest(one: CoordinateQuality | None, other: CoordinateQuality | None) -> CoordinateQuality | None:
    return None if one is None or other is None else max(one, other, key=_PRECISION.index)


def _least_virtual(one: WorkMode | None, other: WorkMode | None) -> WorkMode | None:
    return None if one is None or other is None else min(one, other, key=_REACH.index)


def _either(one: tuple[Challenge, ...], other: tuple[Challenge, ...]) -> tuple[Challenge, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def conditions_of(rule: Hubs) -> tuple[Members, Members]:
    """Conditions of the two leads; any school where none is given."""
    return (rule.leads[0], rule.leads[1]) if rule.leads else (Members(), Members())
