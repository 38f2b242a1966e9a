"""Where the plans part: each school under every plan, and how far two plans agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from matcher.analysis.comparison_document import Agreement, Placement, SchoolRow
from matcher.laboratory.groups import Grouping
from matcher.laboratory.metrics import Seen
from matcher.profiles import Intake

Mentors = frozenset[str]
"""Schools that lead a school's cluster, of which one in common is enough to be placed the same."""
NOBODY: Mentors = frozenset({""})
"""Stands for being left out, as a school id never does."""


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """One plan under its keys.

    Attributes
    ----------
    key, title, variant : str
        A policy with layers has several plans, of one variant.
    seen : Seen
    """

    key: str
    title: str
    variant: str
    seen: Seen


def school_rows(intake: Intake, plans: Sequence[Named], grouping: Grouping) -> tuple[SchoolRow, ...]:
    """Say where every plan puts each school that any of them places or leaves out; by id."""
    placements = [_placements(plan.seen) for plan in plans]
    asked = set().union(*placements) if placements else set()
    variants = [plan.variant if _has_mentors(plan.seen) else "" for plan in plans]
    return tuple(
        SchoolRow(
            school_id=school.school_id,
            name=school.name,
            country=school.country,
            municipality=school.municipality,
            groups=grouping.keys_of(school.school_id),
            verdict=_verdict(variants, own),
            placements=own,
        )
        for school in sorted(intake.schools, key=lambda one: one.school_id)
        if school.school_id in asked
        for own in (tuple(one.get(school.school_id, Placement(status="elsewhere")) for one in placements),)
    )


def agreements(plans: Sequence[Named]) -> tuple[Agreement, ...]:
    """Hold every two plans against each other, in their order."""
    mentors = [_mentors(plan.seen) for plan in plans]
    together = [_together(plan.seen) for plan in plans]
    found = []
    for first, second in combinations(range(len(plans)), 2):
        both = [
            (mentors[first][school], mentors[second][school])
            for school in mentors[first]
            if school in mentors[second]
        ]
        compared = [pair for pair in both if pair != (NOBODY, NOBODY)]
        either = together[first] | together[second]
        shared = together[first] & together[second]
        found.append(
            Agreement(
                first=plans[first].key,
                second=plans[second].key,
                compared=len(compared),
                same=sum(not one.isdisjoint(other) for one, other in compared),
                together=round(len(shared) / len(either), 6) if either else None,
            )
        )
    return tuple(found)


def _placements(seen: Seen) -> dict[str, Placement]:
    names = {card.school_id: card.name for card in seen.document.schools}
    found = {school: Placement(status="unassigned") for school in seen.unassigned}
    for row in seen.document.assignments:
        found[row.mentee_id] = Placement(
            status="placed",
            host_id=row.host_id,
            host=names.get(row.host_id, row.host_id),
            leads=seen.leads[row.host_id],
            fit=seen.fit.get(row.mentee_id),
            distance_km=seen.distance_km.get(row.mentee_id),
        )
    return found


def _mentors_of(placement: Placement) -> Mentors:
    """Who leads a school's cluster; none where there is no mentor to speak of."""
    return NOBODY if placement.status == "unassigned" else frozenset(placement.leads)


def _has_mentors(seen: Seen) -> bool:
    """Whether clusters have mentors: where none has, being left out is no matter of mentors either."""
    return not seen.leads or any(seen.leads.values())


def _mentors(seen: Seen) -> dict[str, Mentors]:
    if not _has_mentors(seen):
        return {}
    found = {school: _mentors_of(placement) for school, placement in _placements(seen).items()}
    return {school: mentors for school, mentors in found.items() if mentors}


def _together(seen: Seen) -> set[tuple[str, str]]:
    """Pairs of schools that share a cluster."""
    return {pair for card in seen.document.clusters for pair in combinations(sorted(card.mentee_ids), 2)}


def _verdict(
    variants: Sequence[str], placements: Sequence[Placement]
) -> Literal["same", "unassigned", "differs", "open"]:
    """Whether all policies give a school one mentor; one with hubs or layers gives it several to choose from.

    An empty variant stands for a plan without mentors, which is left aside.
    """
    offered: dict[str, set[str]] = {}
    for variant, placement in zip(variants, placements, strict=True):
        mentors = _mentors_of(placement)
        if variant and mentors:
            offered.setdefault(variant, set()).update(mentors)
    if len(offered) < 2:
        return "open"
    common = set.intersection(*offered.values())
    if common - NOBODY:
        return "same"
    return "unassigned" if common else "differs"
