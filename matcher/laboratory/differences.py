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

Identity = tuple[str, ...]
NOBODY: Identity = ("",)
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
    identities = [_identities(plan.seen) for plan in plans]
    together = [_together(plan.seen) for plan in plans]
    found = []
    for first, second in combinations(range(len(plans)), 2):
        both = [
            (identities[first][school], identities[second][school])
            for school in identities[first]
            if school in identities[second]
        ]
        compared = [pair for pair in both if pair != (NOBODY, NOBODY)]
        either = together[first] | together[second]
        shared = together[first] & together[second]
        found.append(
            Agreement(
                first=plans[first].key,
                second=plans[second].key,
                compared=len(compared),
                same=sum(one == other for one, other in compared),
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


def _identity(placement: Placement) -> Identity | None:
    """Return by what placements are held against each other; None where there is no mentor."""
    if placement.status == "unassigned":
        return NOBODY
    return placement.leads or None


def _has_mentors(seen: Seen) -> bool:
    """Whether clusters have mentors: where none has, being left out is no matter of mentors either."""
    return not seen.leads or any(seen.leads.values())


def _identities(seen: Seen) -> dict[str, Identity]:
    if not _has_mentors(seen):
        return {}
    found = {school: _identity(placement) for school, placement in _placements(seen).items()}
    return {school: identity for school, identity in found.items() if identity is not None}


def _together(seen: Seen) -> set[tuple[str, str]]:
    """Pairs of schools that share a cluster."""
    return {pair for card in seen.document.clusters for pair in combinations(sorted(card.mentee_ids), 2)}


def _verdict(
    variants: Sequence[str], placements: Sequence[Placement]
) -> Literal["same", "unassigned", "differs", "open"]:
    """Whether all policies give a school one mentor; a policy with layers gives it several to choose from.

    An empty variant stands for a plan without mentors, which is left aside.
    """
    offered: dict[str, set[Identity]] = {}
    for variant, placement in zip(variants, placements, strict=True):
        identity = _identity(placement)
        if variant and identity is not None:
            offered.setdefault(variant, set()).add(identity)
    if len(offered) < 2:
        return "open"
    common = set.intersection(*offered.values())
    if common - {NOBODY}:
        return "same"
    return "unassigned" if common else "differs"
